export * from './call.ts';
export * from './decide.ts';
export * from './exchange.ts';
export * from './hand-over.ts';
export * from './read-roster.ts';
export * from './roster.ts';
export * from './view.ts';
