import type { Reading } from './tables/row.ts';
import type { Vitals } from './triage.ts';

/** The value a limit is held against; undefined while it was not measured. */
export function readingOf(name: Reading, vitals: Vitals): number | undefined {
  if (name !== 'systolicFallMmHg') return vitals[name];
  const { usualSystolicMmHg, systolicMmHg } = vitals;
  return usualSystolicMmHg === undefined || systolicMmHg === undefined ? undefined : usualSystolicMmHg - systolicMmHg;
}
