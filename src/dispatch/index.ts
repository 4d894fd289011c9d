export { assign, type Assignment } from './assign.ts';
export * from './board.ts';
export * from './decide.ts';
export * from './etimes.ts';
export * from './mission.ts';
export * from './same-call.ts';
export * from './unit.ts';
export * from './board-view.ts';
