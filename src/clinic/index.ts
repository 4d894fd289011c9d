export * from './decide.ts';
export * from './visit.ts';
