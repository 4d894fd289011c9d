export * from './arrival.ts';
export * from './decide.ts';
export * from './entry.ts';
export * from './decide-refusal.ts';
export * from './refusal.ts';
export * from './refusal-record.ts';
export type * from './refusal-view.ts';
