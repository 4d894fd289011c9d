export * from './decide.ts';
export * from './mission.ts';
