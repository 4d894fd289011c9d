import { findFinding } from './findings.ts';
import { isWorse } from './lowered.ts';
import { news2, onScale2 } from './news2.ts';
import { readingOf } from './reading.ts';
import { ROWS, TABLE_VERSION } from './rows.ts';
import { dangerSigns, twoOf } from './signs.ts';
import { EXTRA_ROWS } from './tables/extra.ts';
import type { ExtraRow } from './tables/extra.ts';
import type { Row } from './tables/row.ts';
import type { Acuity, FiredRow, Lowered, Triage, TriageCase, Vitals } from './triage.ts';

interface Answer {
  readonly fired: FiredRow;
  /** The answer when this row fires alone, which is most of the time. */
  readonly alone: readonly FiredRow[];
}

/** A row made ready: what fires, how urgent it is. */
interface Compiled {
  readonly row: Row;
  readonly known: Answer;
  /** The same where nobody gave an age. */
  readonly ageUnknown: Answer;
  readonly rank: number;
  /** Asks nothing beyond what it hangs on. */
  readonly always: boolean;
}

const RANK: Readonly<Record<Acuity, number>> = { I: 0, II: 1, III: 2, IV: 3 };

function answer(fired: FiredRow): Answer {
  return { fired: Object.freeze(fired), alone: Object.freeze([fired]) };
}

function compile(row: Row): Compiled {
  const known = answer({ row: row.id, acuity: row.acuity });
  const ageUnknown = row.age ? answer({ ...known.fired, ageUnknown: true }) : known;
  const byNeed = row.finding === undefined && row.notKnown === undefined && row.consciousness === undefined;
  const always = !row.vital && !row.unmeasured && !row.groups && !row.together && !row.age && (byNeed || !row.needs);
  return { row, known, ageUnknown, rank: RANK[row.acuity], always };
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
const BY_NOT_KNOWN = groupBy(ROWS, (row) => (row.notKnown ? [row.notKnown] : []));
const rest = ROWS.filter(({ finding, notKnown }) => !finding && !notKnown);
const BY_VITAL = groupBy(rest, (row) => (row.vital ? [row.vital.name] : []));
const BY_CONSCIOUSNESS = groupBy(rest, (row) => (row.consciousness ? [row.consciousness] : []));
const BY_NEED = groupBy(rest, (row) => (row.vital || row.consciousness ? [] : (row.needs ?? [])));
const EXTRA = Object.fromEntries(EXTRA_ROWS.map((row) => [row.id, compile(row)])) as Readonly<Record<ExtraRow, Compiled>>;
const NEWS2 = { seven: EXTRA['news2-7'], five: EXTRA['news2-5'], single3: EXTRA['news2-single-3'] };
const NEWS2_FLOOR = { seven: EXTRA['news2-7-floor'], five: EXTRA['news2-5-floor'], single3: EXTRA['news2-single-3-floor'] };

const READINGS = [...BY_VITAL.keys()];
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

function limitHolds({ name, atLeast, atMost }: NonNullable<Row['vital']>, vitals: Vitals): boolean {
  const value = readingOf(name, vitals);
  return value !== undefined && (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}

function holds(row: Row, care: TriageCase): boolean {
  if (row.vital && !limitHolds(row.vital, care.vitals)) return false;
  if (row.saturationScale && (row.saturationScale === 2) !== onScale2(care.vitals)) return false;
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

function takeCodes(hits: Compiled[], codes: readonly string[], by: ReadonlyMap<string, readonly Compiled[]>, care: TriageCase): void {
  for (const code of codes) {
    const rows = by.get(code);
    if (rows) take(hits, rows, care);
    else if (!findFinding(code) && !hits.includes(EXTRA['unknown-finding'])) insert(hits, EXTRA['unknown-finding']);
  }
}

/** Every row that fires on these facts, most urgent first; what a clinician has lowered is not looked at. */
function hitsOf(care: TriageCase): readonly Compiled[] {
  const hits: Compiled[] = [];
  takeCodes(hits, care.findings, BY_FINDING, care);
  if (care.notKnown && care.notKnown.length > 0) {
    takeCodes(hits, care.notKnown, BY_NOT_KNOWN, care);
    if (care.notKnown.includes('unresponsive') && care.notKnown.includes('notBreathing')) insert(hits, EXTRA['not-known-alive']);
  }
  if (twoOf(dangerSigns(care))) insert(hits, EXTRA['two-danger-signs']);
  let measured = care.vitals.airOrOxygen === 'oxygen';
  for (const name of READINGS) {
    if (readingOf(name, care.vitals) === undefined) continue;
    measured = true;
    take(hits, BY_VITAL.get(name)!, care);
  }
  const { consciousness } = care.vitals;
  if (consciousness !== undefined) take(hits, BY_CONSCIOUSNESS.get(consciousness) ?? NO_ROWS, care);
  if (measured || consciousness !== undefined) addNews2(care, hits);
  // Last, so that among equals the finding explains the acuity, not the need.
  take(hits, BY_NEED.get(care.need) ?? NO_ROWS, care);
  return hits;
}

function addNews2(care: TriageCase, hits: Compiled[]): void {
  const { ageMonths } = care;
  // A child whose age nobody gave may be fourteen: like the adult rows, the floor holds for them.
  if (ageMonths !== undefined && ageMonths < NEWS2_FLOOR_FROM_MONTHS) return;
  const made = !isPregnant(care) && (ageMonths === undefined ? !isChild(care) : ageMonths >= NEWS2_FROM_MONTHS);
  const rows = made ? NEWS2 : NEWS2_FLOOR;
  const { score, threes } = news2(care.vitals);
  if (score >= 7) insert(hits, rows.seven);
  else if (score >= 5) insert(hits, rows.five);
  if (threes !== 0) insert(hits, rows.single3);
}

/** What the clinician looked at counts no more than they said; what is new or worse since then counts in full. */
function withLowered(hits: readonly Compiled[], care: TriageCase, { acuity, covers }: Lowered): readonly Compiled[] {
  const then: TriageCase = { ...care, ...covers, notKnown: covers.notKnown ?? [] };
  const before = hitsOf(then);
  const left = hits.filter((hit) => hit.rank >= RANK[acuity] || !before.includes(hit) || isWorse(hit.row, care, then));
  if (left.length === hits.length) return hits;
  insert(left, EXTRA[`lowered-${acuity}`]);
  return left;
}

/**
 * Acuity of one case: the most urgent single row wins, and no row can lower. Only a clinician's down-triage can, and only
 * for the facts it speaks about. Pure; below a microsecond.
 * @returns the acuity and every row that fired, most urgent first.
 */
export function triage(care: TriageCase): Triage {
  let hits = hitsOf(care);
  if (care.lowered) hits = withLowered(hits, care, care.lowered);
  const top = hits[0];
  if (!top) return { acuity: 'II', fired: [], tableVersion: TABLE_VERSION };
  const as = care.ageMonths === undefined ? 'ageUnknown' : 'known';
  const fired = hits.length === 1 ? top[as].alone : hits.map((hit) => hit[as].fired);
  return { acuity: top.row.acuity, fired, tableVersion: TABLE_VERSION };
}
