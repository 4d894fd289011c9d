import { CONSENSUS, IITT } from './row.ts';
import type { Row } from './row.ts';

const NEWS2 = 'NEWS2, Royal College of Physicians 2017, markup 14242';
const CLINICIAN = 'Down-triage by a clinician, with name and reason';

/**
 * Rows that hang on no single fact; `decide.ts` says when each fires.
 *
 * NEWS2 asks for a clinician within an hour from 5, or from a single 3; our level III is within 30 minutes, so III keeps
 * the promise with room. From 7 it asks for an emergency team within 30 minutes: level II, because on the road half an
 * hour is gone before anyone has seen the patient.
 */
export const EXTRA_ROWS = [
  { id: 'news2-7', acuity: 'II', source: NEWS2 },
  { id: 'news2-5', acuity: 'III', source: NEWS2 },
  { id: 'news2-single-3', acuity: 'III', source: NEWS2 },
  // NEWS2 was not made for pregnancy nor under 16, where it says too much rather than too little. It still is a floor there:
  // the same values must not wait longer because somebody is expecting, or fifteen.
  { id: 'news2-7-floor', acuity: 'II', source: `${NEWS2}; outside its range`, confirm: true },
  { id: 'news2-5-floor', acuity: 'III', source: `${NEWS2}; outside its range`, confirm: true },
  { id: 'news2-single-3-floor', acuity: 'III', source: `${NEWS2}; outside its range`, confirm: true },
  { id: 'two-danger-signs', acuity: 'II', source: `${IITT}; suspected meningitis or sepsis` },
  // A word the tables do not know may be the one that matters: a person has to ask what was meant.
  { id: 'unknown-finding', acuity: 'III', source: 'Unknown never counts as normal' },
  // Neither awake nor breathing could be told: until somebody has looked it is an arrest.
  { id: 'not-known-alive', acuity: 'I', source: `${CONSENSUS}; unknown never counts as normal`, confirm: true },
  { id: 'lowered-II', acuity: 'II', source: CLINICIAN },
  { id: 'lowered-III', acuity: 'III', source: CLINICIAN },
  { id: 'lowered-IV', acuity: 'IV', source: CLINICIAN },
] as const satisfies readonly Row[];

export type ExtraRow = (typeof EXTRA_ROWS)[number]['id'];
