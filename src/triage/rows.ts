import { DIALYSIS_ROWS } from './tables/dialysis.ts';
import { EXTRA_ROWS } from './tables/extra.ts';
import { FINDING_ROWS } from './tables/findings.ts';
import { NEED_ROWS } from './tables/needs.ts';
import { notKnownRows } from './tables/not-known.ts';
import type { Row } from './tables/row.ts';
import { CHILD_VITAL_ROWS, VITAL_ROWS } from './tables/vitals.ts';

/**
 * Raised whenever a row, a scale or a danger sign changes (how its source is called is not such a change); `rows.test.ts` holds the fingerprint that belongs to it. Each
 * decision records the version, its acuity and the rows that fired, so what was decided is explained from the record and
 * never computed again with other tables; the tables of an old version are in the repository's history.
 */
export const TABLE_VERSION = '2026-7';

const OWN_ROWS: readonly Row[] = [...VITAL_ROWS, ...CHILD_VITAL_ROWS, ...FINDING_ROWS, ...DIALYSIS_ROWS, ...NEED_ROWS];

export const ROWS: readonly Row[] = [...OWN_ROWS, ...notKnownRows(OWN_ROWS), ...EXTRA_ROWS];

const ROW_BY_ID: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row.id, row]));

/** The row behind a `FiredRow`: its source, and whether a clinician still has to confirm it. */
export function findRow(id: string): Row | undefined {
  return ROW_BY_ID.get(id);
}
