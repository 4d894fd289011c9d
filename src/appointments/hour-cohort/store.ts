import { sql, type RawBuilder } from 'kysely';
import { DESIGNATED_SERVICE } from '../seats.ts';

/**
 * Whose the chairs of an hour are. Three statements of one rule, each about a row of `slot`: the first seat makes them its cohort's, only that cohort
 * takes more of them, and with the last seat they are nobody's again. A unit that laid an hour out for a cohort keeps it so.
 */

/** After a seat of this cohort is taken. */
export function designated(cohort: string | null | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when slot.service = ${DESIGNATED_SERVICE} then coalesce(slot.cohort, ${cohort}::text) else slot.cohort end`;
}

/** May this cohort take one? Where somebody sits of whom nobody has said a cohort (a hold), nobody else's cohort is guessed. */
export function chairFor(cohort: string | null | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(slot.cohort = ${cohort}::text or (slot.cohort is null and (slot.service <> ${DESIGNATED_SERVICE} or slot.taken = 0)))`;
}

/** After so many seats are given back. */
export function cohortAfter(seats: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when slot.taken = ${seats} and slot.schedule is null and slot.service = ${DESIGNATED_SERVICE} then null else slot.cohort end`;
}
