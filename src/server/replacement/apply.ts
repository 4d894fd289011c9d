import { sql, type Kysely } from 'kysely';
import { callUpAt, figuresOf, gapOf, type PlacedSession, type ReplaceAnswer, type ReplacementView, type Slot } from '../../appointments/index.ts';
import { chairFor, cohortAfter, dayOf, designated, giveSeatBack } from '../../appointments/store.ts';
import type { Instant } from '../../base/index.ts';
import { handle, NOTHING_FREE, type Story } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { intoOutbox } from '../../people/store.ts';
import { trueChance } from '../chance.ts';
import { LostClaim } from '../journeys/free-things.ts';
import { worldOf, type House } from '../house.ts';
import { scopesOf } from '../journeys/store.ts';
import { storeTold } from '../journeys/play.ts';
import type { Asked, Coming, Person } from './problem.ts';
import { dueBefore } from '../series/sessions.ts';
import { writeSeated, writeUnseated } from '../series/store.ts';

type Db = Kysely<any>;

/** Between the look and the writing somebody has taken one of the seats, or a session is another's matter now: it is solved again. */
export class SeatsChanged extends Error {
  override readonly name = 'SeatsChanged';
}

interface Placing extends PlacedSession {
  readonly person: Person;
  readonly from: Coming;
}

/**
 * Everything one run decided, in the caller's transaction: all of it or nothing. Requests that have begun move with their ride and their pass;
 * bookings that have not yet move by rows; whoever has no seat is the command centre's from this moment on.
 * @returns what is kept of the run, and the requests whose errands can be run
 * @throws SeatsChanged
 */
export async function applyReplacement(trx: Db, house: House, { incident, reason }: { readonly incident: string; readonly reason: string | null }, { problem, people }: Asked, answer: ReplaceAnswer): Promise<{ answer: Partial<ReplacementView>; journeys: readonly string[] }> {
  const { city, clock } = house;
  const at = clock.now();
  const placings = answer.placed.map((placed): Placing => {
    const person = people.get(placed.series)!;
    return { ...placed, person, from: person.coming.find(({ was }) => was === placed.was)! };
  });
  const without = answer.unplaced.map((each) => {
    const person = people.get(each.series)!;
    return { ...each, person, from: person.coming.find(({ was }) => was === each.was)! };
  });
  await mustStand(trx, city.id, [...placings, ...without].map(({ from }) => from));
  const [begun, waiting] = [placings.filter(({ from }) => from.journey !== null && from.state === 'begun'), placings.filter(({ from }) => from.journey === null || from.state !== 'begun')];
  // Stories before slots, both in order: so does everybody, and nobody waits for somebody who waits for them.
  await sql`select id from journey where city = ${city.id} and id = any(${[...begun, ...without].flatMap(({ from: { journey } }) => journey ?? [])}::text[]) order by id for update`.execute(trx);
  await sql`select id from slot where city = ${city.id} and id = any(${[...placings, ...without].flatMap(({ from, ...rest }) => [from.slot ?? [], 'slot' in rest ? rest.slot : []].flat())}::text[]) order by id for update`.execute(trx);
  await moveRows(trx, city.id, waiting.filter(({ from }) => from.booking !== null && from.state === 'booked'), at);
  await bookRows(trx, city.id, incident, waiting.filter(({ from }) => from.booking === null || from.state !== 'booked'), at);
  await tellMoved(trx, house, incident, waiting, reason, at);

  const journeys = await moveRequests(trx, house, [
    ...begun.map(({ from, ...seat }) => ({ journey: from.journey!, seat })),
    ...without.flatMap(({ from }) => (from.state === 'begun' && from.journey !== null ? [{ journey: from.journey }] : [])),
  ], at);
  for (const { from } of without) {
    if (from.journey === null && from.booking !== null && from.slot !== null) await giveSeatBack(trx, city.id, { slot: from.slot, booking: from.booking }, at, 'unitClosed');
  }
  await writeUnseated(trx, city.id, incident, without.map(({ series, was, missing, person }) => ({
    series, startsAt: was, missing, ownerRole: 'city', ownerScope: 'city', dueAt: dueBefore(gapOf(person.series, at).alarmAt, at),
  })));
  await intoOutbox({
    city: city.id, incident, audience: 'city', code: 'sessionNotPlaced', facts: sql`json_build_object('about', series, 'startsAt', was, 'what', missing)`, at,
    from: sql`json_to_recordset(${JSON.stringify(without.map(({ series, was, missing }) => ({ series, was, missing })))}::json) as r(series text, was bigint, missing text)`,
  }).execute(trx);
  const { worstGapHours, sameUnit, counterpart, elsewhere } = figuresOf(problem, answer);
  return {
    journeys,
    answer: {
      patients: new Set(problem.displaced.map(({ series }) => series)).size, sessions: placings.length + without.length, placed: placings.length,
      sameUnit, counterpart, elsewhere, worstGapHours, optimalityGap: answer.optimalityGap,
    },
  };
}

/** As they were when they were looked at: nobody else has moved, begun or ended them since. */
async function mustStand(trx: Db, city: string, looked: readonly Coming[]): Promise<void> {
  const { rows: [row] } = await sql<{ count: number }>`with looked as materialized (
      select * from json_to_recordset(${JSON.stringify(looked)}::json) as r(series text, was bigint, state text, booking text, journey text, slot text)),
    held as materialized (select n.* from series_session n join looked on n.series = looked.series and n.starts_at = looked.was where n.city = ${city} order by n.series, n.starts_at for update of n)
    select count(*)::int as count from held join looked on held.series = looked.series and held.starts_at = looked.was and held.state = looked.state
      and held.booking is not distinct from looked.booking and held.journey is not distinct from looked.journey
      left join booking b on b.city = ${city} and b.id = held.booking
    where b.slot is not distinct from looked.slot and b.journey is not distinct from case when looked.state = 'booked' then null else b.journey end`.execute(trx);
  if (row!.count !== looked.length) throw new SeatsChanged(`${looked.length - row!.count} sessions have changed`);
}

/** So many seats of each slot, if they are there and nobody of another cohort sits there since: one conditional write. */
async function count(trx: Db, city: string, placings: readonly Placing[], at: Instant): Promise<void> {
  if (placings.length === 0) return;
  const wanted = [...Map.groupBy(placings, ({ slot }) => slot)].map(([slot, of]) => ({ slot, seats: of.length, cohort: of[0]!.person.series.cohort }));
  const { numAffectedRows } = await sql`update slot set taken = taken + wanted.seats, cohort = ${designated(sql`wanted.cohort`)}
    from json_to_recordset(${JSON.stringify(wanted)}::json) as wanted(slot text, seats integer, cohort text)
    where city = ${city} and id = wanted.slot and ${chairFor(sql`wanted.cohort`)} and closed_at is null and released_at <= ${at} and taken + wanted.seats <= slot.seats
      and (kept_until is null or kept_until <= ${at} or taken - taken_kept + wanted.seats <= slot.seats - kept)`.execute(trx);
  if (numAffectedRows !== BigInt(wanted.length)) throw new SeatsChanged('seats were taken meanwhile');
}

const chosen = (placings: readonly Placing[], at: Instant): string => JSON.stringify(placings.map(({ from, slot, startsAt, institution, series, person, was }) => ({
  id: from.booking ?? `B${trueChance.code(9)}`, slot, institution, series, was, callUpAt: callUpAt(startsAt, at), startsAt, personKey: person.personKey, person: person.person, town: person.town,
})));
const CHOSEN = sql`r(id text, slot text, institution text, series text, was bigint, "callUpAt" bigint, "startsAt" bigint, "personKey" text, person jsonb, town text)`;

async function moveRows(trx: Db, city: string, placings: readonly Placing[], at: Instant): Promise<void> {
  if (placings.length === 0) return;
  await count(trx, city, placings, at);
  const given = sql`json_to_recordset(${chosen(placings, at)}::json) as ${CHOSEN}`;
  await sql`with left_seats as (
      select slot, count(*)::int as seats, (count(*) filter (where kept))::int as kept from booking where city = ${city} and id = any(${placings.map(({ from }) => from.booking)}::text[]) group by slot)
    update slot set taken = taken - left_seats.seats, taken_kept = taken_kept - left_seats.kept, cohort = ${cohortAfter(sql`left_seats.seats`)} from left_seats where slot.city = ${city} and slot.id = left_seats.slot`.execute(trx);
  // Two sessions of one person may change days with each other: for a moment neither has one.
  await sql`update booking set day = null where city = ${city} and id = any(${placings.map(({ from }) => from.booking)}::text[])`.execute(trx);
  await sql`update booking b set slot = r.slot, institution = r.institution, day = ${dayOf(sql`r."startsAt"`)}, call_up_at = r."callUpAt", kept = false, version = b.version + 1
    from ${given} where b.city = ${city} and b.id = r.id`.execute(trx);
}

/** Sessions that had no seat have one. */
async function bookRows(trx: Db, city: string, incident: string, placings: readonly Placing[], at: Instant): Promise<void> {
  if (placings.length === 0) return;
  await count(trx, city, placings, at);
  const fresh = placings.map((placing) => ({ ...placing, from: { ...placing.from, booking: `B${trueChance.code(9)}` } }));
  await sql`insert into booking (city, id, slot, incident, state, institution, service, day, booked_at, person_key, person, town, series, call_up_at, made_by)
    select ${city}, r.id, r.slot, ${incident}, 'booked', r.institution, s.service, ${dayOf(sql`r."startsAt"`)}, ${at}, r."personKey", r.person, r.town, r.series, r."callUpAt", 'series'
    from json_to_recordset(${chosen(fresh, at)}::json) as ${CHOSEN} join series s on s.city = ${city} and s.id = r.series`.execute(trx);
  await writeSeated(trx, city, incident, fresh.map(({ series, was, from }) => ({ series, startsAt: was, booking: from.booking })));
}

/** New place, new hour, why, and whom to call: to each person, in the same breath. No name and no illness leaves with it. */
async function tellMoved(trx: Db, { city }: House, incident: string, placings: readonly Placing[], reason: string | null, at: Instant): Promise<void> {
  const told = placings.map(({ series, was, institution, startsAt }) => ({ audience: `series:${series}`, facts: { institution, startsAt, was, reason: reason ?? 'closed', phone: city.phones.medicalLine.number } }));
  await intoOutbox({
    city: city.id, incident, audience: sql`r.audience`, code: 'sessionMoved', facts: sql`r.facts`, at, from: sql`json_to_recordset(${JSON.stringify(told)}::json) as r(audience text, facts jsonb)`,
  }).execute(trx);
}

/**
 * Requests that have begun, all of them at once: each is moved with its ride and its pass. Where policy cannot send them there after all, or no
 * seat was found, their own request looks on, with its owner and its deadline.
 */
async function moveRequests(trx: Db, house: House, moves: readonly { readonly journey: string; readonly seat?: Pick<PlacedSession, 'slot'> }[], at: Instant): Promise<readonly string[]> {
  const { city } = house;
  if (moves.length === 0) return [];
  const { rows } = await sql<{ story: Story }>`select story from journey where city = ${city.id} and id = any(${moves.map(({ journey }) => journey)}::text[]) order by id for update`.execute(trx);
  const stories = new Map(rows.map(({ story }) => [story.id, story]));
  const { rows: seats } = await sql<Slot>`select id, institution, service, starts_at as "startsAt", ends_at as "endsAt" from slot
    where city = ${city.id} and id = any(${moves.flatMap(({ seat }) => seat?.slot ?? [])}::text[])`.execute(trx);
  const slots = new Map(seats.map((slot) => [slot.id, slot]));
  const told = moves.flatMap(({ journey, seat }) => {
    const before = stories.get(journey);
    const slot = seat && slots.get(seat.slot);
    if (!before) return [];
    const moved = slot && handle(before, { type: 'moveBooking', slot: slot.id, reason: 'unitClosed' }, worldOf(house, SYSTEM, at, { ...NOTHING_FREE, slots: [slot] }));
    const after = moved?.ok ? moved : handle(before, { type: 'loseBooking', reason: 'unitClosed' }, worldOf(house, SYSTEM, at));
    if (!after.ok) return [];
    const { story, events, errands, claims } = after.value;
    return [{ entry: { story, events, errands, actor: SYSTEM, at, scopesBefore: scopesOf(before, city) }, claims }];
  });
  try {
    await storeTold(trx, city, told);
  } catch (error) {
    throw error instanceof LostClaim ? new SeatsChanged('a seat was taken meanwhile') : error;
  }
  return told.map(({ entry }) => entry.story.id);
}
