import { DAY_MS, type Instant } from '../base/index.ts';
import { findMedicine, type Formulary } from './formulary.ts';
import type { DispensedItem } from './prescription.ts';
import type { MedicineLeft } from './views.ts';

/**
 * How long what was dispensed lasts, counted per medicine: a new box begins when the one before it is used up, and a box dispensed after a
 * gap begins on its own day. Counted from the counter and not from the door: too early costs a telephone call, too late a night without.
 * The same medicine written in other words is the same one, where the formulary knows it.
 * @returns soonest to end first
 */
export function medicinesLeftOf(dispensed: readonly DispensedItem[], formulary: Formulary, at: Instant): readonly MedicineLeft[] {
  const ends = new Map<string, { endsAt: Instant; medicine: string; code?: string; neverRunOut?: string }>();
  const begun = new Map<string, { readonly at: Instant; readonly from: Instant }>();
  for (const { medicine, days, dispensedAt } of [...dispensed].sort((a, b) => a.dispensedAt - b.dispensedAt)) {
    const known = findMedicine(formulary, medicine);
    const key = known?.code ?? medicine.normalize('NFKC').toLowerCase().trim();
    // Two lines of one prescription (morning and evening) are used side by side, not one after the other.
    const beside = begun.get(key);
    const from = beside?.at === dispensedAt ? beside.from : Math.max(ends.get(key)?.endsAt ?? 0, dispensedAt);
    begun.set(key, { at: dispensedAt, from });
    const endsAt = beside?.at === dispensedAt ? Math.min(ends.get(key)!.endsAt, from + days * DAY_MS) : from + days * DAY_MS;
    ends.set(key, { endsAt, medicine, ...(known && { code: known.code }), ...(known?.neverRunOut && { neverRunOut: known.neverRunOut }) });
  }
  return [...ends.values()].map((left) => ({ ...left, daysLeft: Math.max(0, Math.floor((left.endsAt - at) / DAY_MS)) })).sort((a, b) => a.endsAt - b.endsAt);
}
