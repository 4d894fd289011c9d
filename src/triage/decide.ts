import { findFinding } from './findings.ts';
import { news2 } from './news2.ts';
import { twoDangerSigns } from './signs.ts';
import { DIALYSIS_ROWS } from './tables/dialysis.ts';
import { FINDING_ROWS } from './tables/findings.ts';
import { NEED_ROWS } from './tables/needs.ts';
import { IITT } from './tables/row.ts';
import type { MeasuredVital, Row } from './tables/row.ts';
import { CHILD_VITAL_ROWS, VITAL_ROWS } from './tables/vitals.ts';
import type { Acuity, FiredRow, Triage, TriageCase } from './triage.ts';

/** Raised whenever a row changes: a decision records it, and an old case is replayed with the tables of its day. */
export const TABLE_VERSION = '2026-2';

const NEWS2_SOURCE = 'NEWS2, Royal College of Physicians 2017, markup 14242';

/**
 * NEWS2 asks for a clinician within an hour from 5, or from a single 3; our level III is within 30 minutes, so III keeps
 * the promise with room. From 7 it asks for an emergency team within 30 minutes: level II, because on the road half an
 * hour is gone before anyone has seen the patient.
 */
const EXTRA_ROWS: readonly Row[] = [
  { id: 'news2-7', acuity: 'II', source: NEWS2_SOURCE },
  { id: 'news2-5', acuity: 'III', source: NEWS2_SOURCE },
  { id: 'news2-single-3', acuity: 'III', source: NEWS2_SOURCE },
  // NEWS2 was not made for pregnancy nor under 16, where it says too much rather than too little. It still is a floor there:
  // the same values must not wait longer because somebody is expecting, or fifteen.
  { id: 'news2-7-floor', acuity: 'II', source: `${NEWS2_SOURCE}; outside its range`, confirm: true },
  { id: 'news2-5-floor', acuity: 'III', source: `${NEWS2_SOURCE}; outside its range`, confirm: true },
  { id: 'news2-single-3-floor', acuity: 'III', source: `${NEWS2_SOURCE}; outside its range`, confirm: true },
  { id: 'two-danger-signs', acuity: 'II', source: `${IITT}; suspected meningitis or sepsis` },
  // A word the tables do not know may be the one that matters: a person has to ask what was meant.
  { id: 'unknown-finding', acuity: 'III', source: 'Unknown never counts as normal' },
];

export const ROWS: readonly Row[] = [...VITAL_ROWS, ...CHILD_VITAL_ROWS, ...FINDING_ROWS, ...DIALYSIS_ROWS, ...NEED_ROWS, ...EXTRA_ROWS];

const ROW_BY_ID: ReadonlyMap<string, Row> = new Map(ROWS.map((row) => [row.id, row]));

/** The row behind a `FiredRow`: its source, and whether a clinician still has to confirm it. */
export function findRow(id: string): Row | undefined {
  return ROW_BY_ID.get(id);
}

interface Compiled {
  readonly row: Row;
  readonly fired: FiredRow;
  /** The answer when this row fires alone, which is most of the time. */
  readonly alone: readonly FiredRow[];
  readonly rank: number;
  /** Asks nothing beyond what it hangs on. */
  readonly always: boolean;
}

const RANK: Record<Acuity, number> = { I: 0, II: 1, III: 2, IV: 3 };

function compile(row: Row): Compiled {
  const fired = Object.freeze({ row: row.id, acuity: row.acuity });
  const byNeed = row.finding === undefined && row.consciousness === undefined;
  const always = !row.vital && !row.unmeasured && !row.groups && !row.together && !row.age && (byNeed || !row.needs);
  return { row, fired, alone: Object.freeze([fired]), rank: RANK[row.acuity], always };
}

function groupBy<K>(rows: readonly Row[], key: (row: Row) => readonly K[]): Map<K, readonly Compiled[]> {
  const groups = new Map<K, Compiled[]>();
  for (const row of rows) {
    const compiled = compile(row);
    for (const k of key(row)) groups.set(k, [...(groups.get(k) ?? []), compiled]);
  }
  return groups;
}

/** Each row hangs on the rarest thing it names, so that a case touches only rows which could fire. */
const BY_FINDING = groupBy(ROWS, (row) => (row.finding ? [row.finding] : []));
const BY_VITAL = groupBy(ROWS, (row) => (row.vital ? [row.vital.name] : []));
const BY_CONSCIOUSNESS = groupBy(ROWS, (row) => (row.consciousness ? [row.consciousness] : []));
const BY_NEED = groupBy(ROWS, (row) => (row.finding || row.vital || row.consciousness ? [] : (row.needs ?? [])));
const EXTRA: ReadonlyMap<string, Compiled> = new Map(EXTRA_ROWS.map((row) => [row.id, compile(row)]));
const extra = (id: string): Compiled => EXTRA.get(id)!;
const TWO_DANGER_SIGNS = extra('two-danger-signs');
const UNKNOWN_FINDING = extra('unknown-finding');
const NEWS2 = { seven: extra('news2-7'), five: extra('news2-5'), single3: extra('news2-single-3') };
const NEWS2_FLOOR = { seven: extra('news2-7-floor'), five: extra('news2-5-floor'), single3: extra('news2-single-3-floor') };

const VITAL_NAMES = [...BY_VITAL.keys()];
const NO_ROWS: readonly Compiled[] = [];
/** Below this age pulse and breath are a child's, and the score would call a healthy toddler ill. */
const NEWS2_FLOOR_FROM_MONTHS = 14 * 12;
const NEWS2_FROM_MONTHS = 16 * 12;

/** Known as a child although nobody gave an age. */
function isChild(care: TriageCase): boolean {
  return care.need === 'paediatrics' || care.groups.includes('child') || care.groups.includes('underThree');
}

function isPregnant(care: TriageCase): boolean {
  return care.need === 'obstetrics' || care.groups.includes('pregnant');
}

function ageHolds(row: Row, care: TriageCase): boolean {
  const { age } = row;
  if (!age) return true;
  if (care.ageMonths === undefined) {
    return age.unknown === 'applies' || isChild(care) === (age.unknown === 'ifChild');
  }
  return care.ageMonths >= (age.fromMonths ?? 0) && care.ageMonths < (age.belowMonths ?? Infinity);
}

function holds(row: Row, care: TriageCase): boolean {
  if (row.vital) {
    const value = care.vitals[row.vital.name]!;
    if (row.vital.atLeast !== undefined && value < row.vital.atLeast) return false;
    if (row.vital.atMost !== undefined && value > row.vital.atMost) return false;
  }
  if (row.unmeasured && care.vitals[row.unmeasured] !== undefined) return false;
  if (row.needs && !row.needs.includes(care.need)) return false;
  if (row.groups && !row.groups.some((group) => (group === 'pregnant' ? isPregnant(care) : care.groups.includes(group)))) return false;
  if (row.together && !row.together.some((code) => care.findings.includes(code))) return false;
  return ageHolds(row, care);
}

/** Keeps the hits most urgent first, and equals in the order of arrival. */
function insert(hits: Compiled[], hit: Compiled): void {
  let at = hits.length;
  while (at > 0 && hits[at - 1]!.rank > hit.rank) at -= 1;
  if (at === hits.length) hits.push(hit);
  else hits.splice(at, 0, hit);
}

function take(hits: Compiled[], candidates: readonly Compiled[], care: TriageCase): void {
  for (let i = 0; i < candidates.length; i += 1) {
    const candidate = candidates[i]!;
    if (candidate.always || holds(candidate.row, care)) insert(hits, candidate);
  }
}

/**
 * Acuity of one case: the most urgent single row wins, and no row can lower. Pure; below a microsecond.
 * @returns the acuity and every row that fired, most urgent first.
 */
export function triage(care: TriageCase): Triage {
  const hits: Compiled[] = [];
  for (const code of care.findings) {
    const rows = BY_FINDING.get(code);
    if (rows) take(hits, rows, care);
    else if (!findFinding(code) && !hits.includes(UNKNOWN_FINDING)) insert(hits, UNKNOWN_FINDING);
  }
  if (twoDangerSigns(care)) insert(hits, TWO_DANGER_SIGNS);
  let measured = false;
  for (const name of VITAL_NAMES) {
    if (care.vitals[name] === undefined) continue;
    measured = true;
    take(hits, BY_VITAL.get(name)!, care);
  }
  const { consciousness } = care.vitals;
  if (consciousness !== undefined) take(hits, BY_CONSCIOUSNESS.get(consciousness) ?? NO_ROWS, care);
  if (measured || consciousness !== undefined) addNews2(care, hits);
  // Last, so that among equals the finding explains the acuity, not the need.
  take(hits, BY_NEED.get(care.need) ?? NO_ROWS, care);

  const top = hits[0];
  if (!top) return { acuity: 'II', fired: [], tableVersion: TABLE_VERSION };
  const fired = hits.length === 1 ? top.alone : hits.map((hit) => hit.fired);
  return { acuity: top.row.acuity, fired, tableVersion: TABLE_VERSION };
}

function addNews2(care: TriageCase, hits: Compiled[]): void {
  const { ageMonths } = care;
  // A child whose age nobody gave may be fourteen: like the adult rows, the floor holds for them.
  if (ageMonths !== undefined && ageMonths < NEWS2_FLOOR_FROM_MONTHS) return;
  const made = !isPregnant(care) && (ageMonths === undefined ? !isChild(care) : ageMonths >= NEWS2_FROM_MONTHS);
  const rows = made ? NEWS2 : NEWS2_FLOOR;
  const { score, single3 } = news2(care.vitals);
  if (score >= 7) insert(hits, rows.seven);
  else if (score >= 5) insert(hits, rows.five);
  if (single3) insert(hits, rows.single3);
}

export type { MeasuredVital, Row };
