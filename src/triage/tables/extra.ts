import type { Row } from './row.ts';
import { and, CLINICIAN, CONSENSUS, IITT, NEWS2, NOT_NORMAL } from './sources.ts';

const NEWS2_OUTSIDE = and(NEWS2, '超出其适用范围', 'outside its range');

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
  { id: 'news2-7-floor', acuity: 'II', source: NEWS2_OUTSIDE, confirm: true },
  { id: 'news2-5-floor', acuity: 'III', source: NEWS2_OUTSIDE, confirm: true },
  { id: 'news2-single-3-floor', acuity: 'III', source: NEWS2_OUTSIDE, confirm: true },
  { id: 'two-danger-signs', acuity: 'II', source: and(IITT, '疑似脑膜炎或脓毒症', 'suspected meningitis or sepsis') },
  // A word the tables do not know may be the one that matters: a person has to ask what was meant.
  { id: 'unknown-finding', acuity: 'III', source: NOT_NORMAL },
  // Neither awake nor breathing could be told: until somebody has looked it is an arrest.
  { id: 'not-known-alive', acuity: 'I', source: and(CONSENSUS, '不清楚的不当作正常', 'unknown never counts as normal'), confirm: true },
  { id: 'lowered-II', acuity: 'II', source: CLINICIAN },
  { id: 'lowered-III', acuity: 'III', source: CLINICIAN },
  { id: 'lowered-IV', acuity: 'IV', source: CLINICIAN },
] as const satisfies readonly Row[];

export type ExtraRow = (typeof EXTRA_ROWS)[number]['id'];
