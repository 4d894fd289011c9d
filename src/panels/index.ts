export * from './decide.ts';
export * from './demo.ts';
export * from './member.ts';
