import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { HOUR_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { intoOutbox } from '../../people/store.ts';
import { dayOf, seatFree, takesKept } from '../free-seat/store.ts';
import { chairFor, designated } from '../hour-cohort/store.ts';
import { OFFER_HELD, WAY_MS } from '../waiting.ts';

type Db = QueryExecutorProvider;

/** How long an offer is held, by how soon its session begins. */
const heldMs = (startsAt: RawBuilder<unknown>, at: Instant): RawBuilder<unknown> =>
  sql`(case ${sql.join(OFFER_HELD.map(({ withinHours, minutes }) => sql`when ${startsAt} - ${at}::bigint <= ${withinHours * HOUR_MS}::bigint then ${minutes * MINUTE_MS}::bigint`), sql` `)} else ${15 * MINUTE_MS}::bigint end)`;

/** Of a row of `slot` and one of `waiting` as w: this session has a seat now that this person wants and may take. */
export function suits(at: Instant): RawBuilder<unknown> {
  return sql`w.service = slot.service and (cardinality(w.institutions) = 0 or slot.institution = any(w.institutions)) and slot.institution <> all(w.not_at)
    and slot.has_seat and slot.seats_to is null and ${seatFree(sql`w.green`, at)}
    and slot.starts_at >= greatest(w.from_at, ${at + WAY_MS}::bigint) and slot.starts_at < w.to_at
    and ${chairFor(sql`w.cohort`)} and slot.id <> all(w.declined)
    and not exists (select from booking other where other.city = w.city and other.incident = w.incident and other.person_key = w.person_key and other.service = w.service
      and other.day = ${dayOf(sql`slot.starts_at`)} and other.state in ('held', 'booked', 'checkedIn'))`;
}

/** Order of need, as `byNeed` says it. */
export const BY_NEED = sql`w.displaced desc, w.acuity, w.gap_ends_at nulls last, w.green desc, w.joined_at, w.id`;

/**
 * Seats were given back: called in the transaction that gives them back, behind the locks of their sessions, before anybody else can ask.
 * Whoever waits for them is offered them first, in order of need.
 */
export async function onFreed(db: Db, city: string, slots: readonly string[], at: Instant): Promise<void> {
  // Most seats are given back when nobody waits: that costs one look.
  const { rows } = await sql`select from waiting where city = ${city} and due_at is not null limit 1`.execute(db);
  if (rows.length === 0) return;
  await backInLine(db, city, slots, at);
  for (const slot of slots) while (await offerOne(db, city, slot, at));
}

/** Whose offer is over waits again; that session is not offered to them twice. */
async function backInLine(db: Db, city: string, slots: readonly string[], at: Instant): Promise<void> {
  await sql`with again as (
      update waiting w set state = 'waiting', declined = w.declined || w.offer_slot, offer = null, offer_slot = null, offered_at = null, call_at = null, called = false, offer_until = null, version = w.version + 1
      where w.city = ${city} and w.state = 'offered' and w.offer_slot = any(${slots}::text[])
        and not exists (select from booking b where b.city = w.city and b.id = w.offer and b.state = 'held')
      returning w.id, w.incident)
    ${intoOutbox({ city, incident: sql`incident`, audience: sql`'waiting:' || id`, code: 'offerOver', facts: sql`json_build_object('waiting', id)`, at, from: sql`again` })}`.execute(db);
}

/**
 * One seat for whoever needs it most: counted, held, written down and told in one statement. Somebody else's hand on a person means that they are
 * getting another seat or leaving, so nobody waits for it.
 * @returns false when the seat suits nobody who waits
 */
async function offerOne(db: Db, city: string, slot: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`with seat as materialized (select * from slot where city = ${city} and id = ${slot} for no key update),
    next as materialized (
      select w.*, 'B' || replace(gen_random_uuid()::text, '-', '') as made_booking, slot.id as slot, slot.institution, slot.starts_at,
        ${takesKept(sql`w.green`, at)} as kept,
        ${at}::bigint + ${heldMs(sql`slot.starts_at`, at)} as until
      from waiting w, seat slot where w.city = ${city} and w.state = 'waiting' and ${suits(at)}
      order by ${BY_NEED} limit 1 for update of w skip locked),
    made as (
      insert into booking (city, id, slot, incident, state, institution, service, day, booked_at, held_until, kept, waiting, person_key, phone_key, proxy_key, person, care, town, made_by)
      select ${city}, made_booking, slot, incident, 'held', institution, service, ${dayOf(sql`starts_at`)}, ${at}::bigint, until, kept, id, person_key, phone_key, proxy_key, person, care, town, made_by
      from next on conflict do nothing returning id),
    counted as (
      update slot set taken = slot.taken + 1, taken_kept = slot.taken_kept + next.kept::int, cohort = ${designated(sql`next.cohort`)} from next
      where slot.city = ${city} and slot.id = next.slot and next.made_booking in (select id from made)),
    told as (
      ${intoOutbox({
        city, incident: sql`incident`, audience: sql`'waiting:' || id`, code: 'seatOffered', facts: sql`json_build_object('waiting', id, 'institution', institution, 'startsAt', starts_at, 'until', until)`, at,
        from: sql`next where made_booking in (select id from made)`,
      })})
    update waiting w set state = 'offered', offer = next.made_booking, offer_slot = next.slot, offered_at = ${at}::bigint, offer_until = next.until, called = false,
      call_at = case when w.call_only then ${at}::bigint else ${at}::bigint + (next.until - ${at}::bigint) / 2 end, version = w.version + 1
    from next where w.city = ${city} and w.id = next.id and next.made_booking in (select id from made)`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Sessions with a seat that somebody in line could take: a seat that became free in a moment when nobody had joined yet, or that has just been released. */
export async function seatsForLine(db: Db, city: string, at: Instant, most: number): Promise<readonly string[]> {
  const { rows } = await sql<{ slot: string }>`select distinct free.slot from (
      select * from waiting w where w.city = ${city} and w.state = 'waiting' order by ${BY_NEED} limit ${most}) as w
    cross join lateral (select slot.id as slot from slot where slot.city = w.city and ${suits(at)} order by slot.starts_at, slot.id limit 1) as free
    order by free.slot`.execute(db);
  return rows.map(({ slot }) => slot);
}
