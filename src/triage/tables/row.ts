import type { Text } from '../../base/index.ts';
import type { Acuity, Group, MeasuredVital, Need, Vitals } from '../triage.ts';

/** What a limit may be set on: a measured value, or how far the pressure has fallen below the usual one. */
export type Reading = MeasuredVital | 'systolicFallMmHg';

/**
 * For ages in months, `from` belongs and `below` does not. `unknown` says what the row does when nobody gave an age:
 * `applies` always, `ifChild` only to one known as a child (group, or paediatric need), `unlessChild` only to one who is
 * not. Somebody with neither an age nor a mark of childhood is read as an adult: nearly everyone who asks is one, and the
 * opposite would make an emergency of every fever whose age nobody has asked yet. No row reads an absent age as a healthy
 * one.
 */
export interface AgeRange {
  readonly fromMonths?: number;
  readonly belowMonths?: number;
  readonly unknown: 'applies' | 'ifChild' | 'unlessChild';
}

/**
 * One row of a table: it fires when everything it names holds, and a row can only raise. Limits include their own value:
 * a value on the edge belongs to the more urgent side.
 */
export interface Row {
  readonly id: string;
  readonly acuity: Acuity;
  readonly finding?: string;
  /** At least one of these findings as well. */
  readonly together?: readonly string[];
  /** This finding was asked for, and nobody could tell. */
  readonly notKnown?: string;
  readonly vital?: { readonly name: Reading; readonly atLeast?: number; readonly atMost?: number };
  /** 1: only while no clinician has set a saturation target of 88–92 %; 2: only when one has. */
  readonly saturationScale?: 1 | 2;
  readonly consciousness?: NonNullable<Vitals['consciousness']>;
  readonly needs?: readonly Need[];
  readonly groups?: readonly Group[];
  readonly age?: AgeRange;
  /** Fires because this is not known. */
  readonly unmeasured?: MeasuredVital;
  readonly source: Text;
  /** Our own step beyond the source, or the source says so: a clinician has to confirm the row before a city relies on it. */
  readonly confirm?: true;
}

/**
 * The adult cut-offs for pulse and blood pressure do not hold for children; paediatric departments see people under 14. A
 * child whose age nobody gave may be thirteen: they get the adult rows and the children's, and the more urgent one wins.
 */
export const ADULT: AgeRange = { fromMonths: 14 * 12, unknown: 'applies' };
export const CHILD: AgeRange = { belowMonths: 14 * 12, unknown: 'ifChild' };
export const UNDER_FIVE: AgeRange = { belowMonths: 60, unknown: 'ifChild' };
