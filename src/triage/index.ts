export * from './triage.ts';
export * from './findings.ts';
export { triage } from './decide.ts';
export { nameOfRow } from './names.ts';
export { findRow, ROWS, TABLE_VERSION } from './rows.ts';
export type { Row } from './tables/row.ts';
export * from './interview.ts';
export { DANGER_SIGNS } from './signs.ts';
export type { DangerSign } from './tables/signs.ts';
