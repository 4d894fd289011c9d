export * from './triage.ts';
export * from './findings.ts';
export { findRow, triage, ROWS, TABLE_VERSION } from './decide.ts';
export type { MeasuredVital, Row } from './decide.ts';
export * from './interview.ts';
export { DANGER_SIGNS } from './signs.ts';
export type { DangerSign } from './tables/signs.ts';
