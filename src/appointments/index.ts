export * from './booking.ts';
export * from './decide.ts';
