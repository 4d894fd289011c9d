export * from './decide.ts';
export * from './ride.ts';
