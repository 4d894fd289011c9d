export * from './book.ts';

export * from './decide.ts';
export * from './deterioration.ts';
export * from './formulary.ts';
export * from './medicines-left.ts';
export * from './prescription.ts';
export * from './prescribe.ts';
export * from './promise.ts';
export * from './read-book.ts';
export * from './rules.ts';
export * from './service.ts';
export * from './views.ts';
export * from './visit.ts';
export * from './warnings.ts';
