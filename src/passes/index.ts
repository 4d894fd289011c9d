export * from './decide.ts';
export * from './pass.ts';
