import type { MeasuredVital } from '../../../../../src/triage/index.ts';
import { EMPTY, ageMonthsOf, intakeOf, type Draft } from '../../../requests/draft.ts';

/** Vital signs a planner may want to try; a desk that examines people has them all. */
export const TRIED_VITALS = [
  'pulsePerMinute', 'systolicMmHg', 'oxygenSaturationPercent', 'respiratoryRatePerMinute', 'temperatureCelsius',
] as const satisfies readonly MeasuredVital[];
export type TriedVital = (typeof TRIED_VITALS)[number];

/** A case while it is being tried, as it was typed. */
export interface Tried {
  readonly draft: Draft;
  readonly vitals: { readonly [V in TriedVital]?: string };
  /** Epoch milliseconds; absent: see `momentOf`. */
  readonly at?: number;
  /** The words of the finding it stands for, and whether it shows exactly that. */
  readonly example?: { readonly exact: boolean };
}

export const NOTHING_TRIED: Tried = { draft: { ...EMPTY, need: 'fever' }, vitals: {} };

export interface Period {
  readonly from: number;
  readonly to?: number;
}

/** When a case is tried unless a time is chosen: now where the version holds now, else when it begins. */
export function momentOf({ at }: Tried, period: Period, now: number): number {
  return at ?? (holdsAt(period, now) ? now : period.from);
}

export function holdsAt({ from, to }: Period, at: number): boolean {
  return at >= from && (to === undefined || at < to);
}

/** The facts of a case as the server reads it; who the person is does not belong to it, and what was left open stays open. */
export function caseOf({ draft, vitals }: Tried, at: number): Readonly<Record<string, unknown>> {
  const { need, groups, findings, patientKind, test, mobility, town, ownInstitution } = intakeOf(draft) as Readonly<Record<string, unknown>>;
  const measured = Object.entries(vitals).filter(([, value]) => value?.trim()).map(([name, value]) => [name, Number(value)]);
  const given = {
    instant: new Date(at).toISOString(), need, groups, findings, patientKind, test, mobility, town: town || undefined, ownInstitution,
    ageMonths: ageMonthsOf(draft), sex: draft.sex || undefined, vitals: measured.length > 0 ? Object.fromEntries(measured) : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
