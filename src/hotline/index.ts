export * from './call.ts';
export * from './decide.ts';
export * from './roster.ts';
