export * from './consult.ts';
export * from './decide.ts';
