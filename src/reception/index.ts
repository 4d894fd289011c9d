export * from './arrival.ts';
export * from './decide.ts';
