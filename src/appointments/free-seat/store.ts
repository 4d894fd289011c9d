import { sql, type RawBuilder } from 'kysely';
import { DAY_MS, HOUR_MS, type Instant } from '../../base/index.ts';

/**
 * Which seat of a session is free for whom: `seatFor` of `seats.ts` and `startOfDay` of base, where PostgreSQL counts. Each is about a row of `slot`; nothing
 * else says it a second time, or a seat would be shown to one and refused to another.
 */

/** Belongs to a green channel: known here, or a column. */
type Green = boolean | RawBuilder<unknown>;

const ordinaryLeft = (at: Instant): RawBuilder<unknown> =>
  sql`case when slot.kept_until is null or slot.kept_until <= ${at} then slot.seats - slot.taken else slot.seats - slot.kept - slot.taken + slot.taken_kept end`;

/** How many seats this person could take. */
export function seatsLeft(green: Green, at: Instant): RawBuilder<unknown> {
  if (green === true) return sql`slot.seats - slot.taken`;
  return green === false ? ordinaryLeft(at) : sql`case when ${green} then slot.seats - slot.taken else ${ordinaryLeft(at)} end`;
}

/** May this person take one now: not closed, released, and one left for them? */
export function seatFree(green: Green, at: Instant): RawBuilder<unknown> {
  return sql`slot.closed_at is null and slot.released_at <= ${at} and ${seatsLeft(green, at)} > 0`;
}

/** Is the one they take one of those kept back? Those go first, so that the others stay for everybody. */
export function takesKept(green: Green, at: Instant): RawBuilder<unknown> {
  return sql`(${typeof green === 'boolean' ? sql`${green}::boolean` : green} and coalesce(slot.kept_until, 0) > ${at} and slot.taken_kept < slot.kept)`;
}

/** Days are the city's. */
export function dayOf(startsAt: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${startsAt} + ${8 * HOUR_MS}::bigint) / ${DAY_MS}::bigint) * ${DAY_MS}::bigint - ${8 * HOUR_MS}::bigint`;
}
