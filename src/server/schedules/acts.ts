import { sql, type Kysely } from 'kysely';
import { DAY_MS, type Instant, type Refusal } from '../../base/index.ts';
import {
  idOfSlot, problemsOf, type Closure, type PlannedSlot, type ProposedSchedule, type Schedule, type ScheduleChangeView, type SlotSeats,
} from '../../appointments/index.ts';
import { SLOT_SEATS } from '../../appointments/store.ts';
import { conflict, invalid, notFound, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { askReplacement } from '../replacement/ask.ts';
import { closeSessions } from './close-sessions.ts';
import { displace, type Displaced } from './displace.ts';
import { addPlanned, everPublished, layOut, lockSchedules, NOT_IN_SCHEDULE } from './layout.ts';
import { listSchedules } from './rows.ts';
import { isBySeat } from '../appointments/seated.ts';

type Db = Kysely<any>;
type Changes = ScheduleChangeView['schedules'];

/** A session beyond is a typing error: nobody is booked so far ahead. */
const AHEAD_MS_MAX = 400 * DAY_MS;

/** One schedule as it came in; `where` says of a problem where it stands in the file it came from. */
export interface Proposal {
  readonly schedule: ProposedSchedule;
  readonly where?: (refusal: Refusal) => Refusal;
}

/**
 * Publishes schedules together or not at all: stores them, lays out their slots, and writes down whoever has to be placed again.
 * @param before problems of the file itself
 * @param confirmed that the city's built-in sessions may go. They go with the first list of one clinic, also for those it says nothing of: who
 *   published without seeing that would have closed a service by mistake
 * @throws Refused 400 with everything that is wrong at once, 409 with the sessions that would go
 */
export async function publishSchedules(
  trx: Db, house: House, actor: Actor, proposals: readonly Proposal[], { before = [], confirmed = false }: { readonly before?: readonly Refusal[]; readonly confirmed?: boolean } = {},
): Promise<ScheduleChangeView> {
  const { city, clock } = house;
  await lockSchedules(trx, city.id);
  const at = clock.now();
  const kept = await listSchedules(trx, city.id);
  const proposed = proposals.map(({ schedule }) => schedule);
  const problems = [...before, ...proposals.flatMap(({ schedule, where = (refusal) => refusal }, index) => {
    // Two of one file that overlap are named once, where the later of them stands; what is replaced with it is no longer in anybody's way.
    const others = [...kept.filter((known) => isSame(known, schedule) || !proposed.some((each) => isSame(each, known))), ...proposed.slice(0, index)];
    return problemsOf(schedule, { city, isBySeat, others, at }).map(where);
  })];
  // A field that cannot be read is not out of range besides.
  const [first, ...rest] = problems.filter(({ field }, index) => problems.findIndex((other) => other.field === field) === index);
  if (first) throw invalid([first, ...rest]);

  const replaces = await builtInOf(trx, house, proposed, at);
  const [unseen, ...more] = confirmed ? [] : replaces.map(({ institution, service, sessions }): Refusal => ({ code: 'replacesBuiltIn', field: 'confirmReplaces', facts: { institution, service, sessions } }));
  if (unseen) throw new Refused(409, [unseen, ...more]);

  const changes: Changes[number][] = [];
  for (const schedule of proposed.map(complete)) {
    const known = kept.find((each) => isSame(each, schedule));
    const { version: _v, publishedAt: _a, publishedBy: _b, ...was } = known ?? {};
    const change = known === undefined ? 'new' : isEqual(was, schedule) ? 'same' : 'changed';
    changes.push({ institution: schedule.institution, id: schedule.id, change });
    if (change === 'same') continue;
    await sql`insert into schedule (city, institution, id, service, clinic, schedule, published_at, published_by)
      values (${city.id}, ${schedule.institution}, ${schedule.id}, ${schedule.service}, ${schedule.clinic}, ${JSON.stringify(schedule)}::jsonb, ${at}, ${actor.name})
      on conflict (city, institution, id) do update set service = excluded.service, clinic = excluded.clinic, schedule = excluded.schedule, version = schedule.version + 1,
        published_at = excluded.published_at, published_by = excluded.published_by, ended_at = null`.execute(trx);
    await writeAudit(trx, city.id, house.incident.id, { at, by: actor, what: 'publishSchedule', facts: { institution: schedule.institution, schedule: schedule.id, service: schedule.service } });
  }
  // A schedule that becomes another service's leaves the slots of the first behind.
  const services = [...proposed, ...kept.filter((known) => proposed.some((each) => isSame(each, known)))];
  return { ...(await relaid(trx, house, services as Schedule[], changes, at)), ...(replaces.length > 0 && { replaces }) };
}

/** Sessions the city began with, of services for which nothing was ever published: the first schedule takes their place. */
async function builtInOf(trx: Db, { city }: House, proposed: readonly ProposedSchedule[], at: Instant): Promise<NonNullable<ScheduleChangeView['replaces']>> {
  const published = await everPublished(trx, city.id);
  const first = [...new Map(proposed.map(({ institution, service }) => [`${institution}/${service}`, { institution, service }])).entries()].filter(([key]) => !published.has(key)).map(([, one]) => one);
  const { rows } = await sql<NonNullable<ScheduleChangeView['replaces']>[number]>`select institution, service, count(*)::int as sessions
    from slot join json_to_recordset(${JSON.stringify(first)}::json) as first(institution text, service text) using (institution, service)
    where city = ${city.id} and schedule is null and closed_at is null and starts_at > ${at} group by institution, service order by institution, service`.execute(trx);
  return rows;
}

/** No session of it is left: its slots close, and whoever is booked is placed again. */
export async function endSchedule(trx: Db, house: House, actor: Actor, institution: string, id: string): Promise<ScheduleChangeView> {
  const { city, clock, incident } = house;
  await lockSchedules(trx, city.id);
  const at = clock.now();
  const known = await findSchedule(trx, house, institution, id);
  await sql`update schedule set ended_at = ${at} where city = ${city.id} and institution = ${institution} and id = ${id}`.execute(trx);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'endSchedule', facts: { institution, schedule: id } });
  return relaid(trx, house, [known], [{ institution, id, change: 'ended' }], at);
}

/** A holiday, or days on which nobody can be there: kept in the schedule, so that nothing is laid out in it later either. */
export async function addClosure(trx: Db, house: House, actor: Actor, institution: string, id: string, closure: Closure): Promise<ScheduleChangeView> {
  await lockSchedules(trx, house.city.id);
  const { version: _v, publishedAt: _a, publishedBy: _b, ...known } = await findSchedule(trx, house, institution, id);
  return publishSchedules(trx, house, actor, [{
    schedule: { ...known, closures: [...known.closures, closure] },
    where: (refusal) => ({ ...refusal, field: refusal.field?.replace(/^closures\.\d+\./, '') ?? 'from' }),
  }]);
}

async function findSchedule(trx: Db, { city }: House, institution: string, id: string): Promise<Awaited<ReturnType<typeof listSchedules>>[number]> {
  const known = (await listSchedules(trx, city.id, institution)).find((each) => each.id === id);
  if (!known) throw notFound();
  return known;
}

async function relaid(trx: Db, house: House, schedules: readonly Schedule[], changes: Changes, at: Instant): Promise<ScheduleChangeView> {
  const { city } = house;
  const slots = { added: 0, changed: 0, closed: 0 };
  const leaving: string[] = [];
  for (const { institution, service } of new Map(schedules.map((each) => [`${each.institution}/${each.service}`, each])).values()) {
    // A service that is shut holds none of its new sessions either, and does not open again what its schedule no longer has.
    const said = house.board.now().get(service)?.get(institution)?.reported;
    if (said) await closeSessions(trx, house, { ...said, state: 'open' }, at);
    const { added, changed, gone, full } = await layOut(trx, city.id, institution, service, at);
    slots.added += added;
    slots.changed += changed;
    slots.closed += gone.length;
    if (said?.state === 'closed' && (said.until === undefined || said.until > at)) await closeSessions(trx, house, said, at);
    leaving.push(...gone, ...full);
  }
  return told(trx, house, await displace(house, trx, { slots: leaving, reason: NOT_IN_SCHEDULE, at }), { at, schedules: changes, slots });
}

interface SlotRow extends SlotSeats {
  readonly schedule: string | null;
}

/** @returns undefined for a slot nobody knows */
export async function findSlot(db: Db, city: string, id: string, lock = false): Promise<SlotRow | undefined> {
  const { rows: [row] } = await sql<SlotRow>`select ${SLOT_SEATS}, schedule from slot where city = ${city} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(db);
  return row;
}

/** One session is not held. Said again it is the same answer. @throws Refused 409 when it has begun */
export async function closeSlot(trx: Db, house: House, actor: Actor, slot: SlotRow, reason: string): Promise<ScheduleChangeView> {
  const { city, clock, incident } = house;
  const at = clock.now();
  if (slot.startsAt <= at) throw conflict({ code: 'sessionHasBegun', field: 'slot' });
  // Closed with its whole service, it stays closed when that opens again.
  const closed = await close(trx, city.id, slot.id, reason, at);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'closeSession', facts: { slot: slot.id, reason } });
  return told(trx, house, await displace(house, trx, { slots: [slot.id], reason: 'sessionClosed', at }), { at, schedules: [], slots: { added: 0, changed: 0, closed } });
}

async function close(trx: Db, city: string, slot: string, reason: string, at: Instant): Promise<number> {
  const { numAffectedRows } = await sql`update slot set closed_at = coalesce(closed_at, ${at}), closed_reason = ${reason}, by_hand = true where city = ${city} and id = ${slot} and (closed_at is null or not by_hand)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

export interface SessionChange {
  readonly startsAt?: Instant | undefined;
  readonly endsAt?: Instant | undefined;
  readonly seats?: number | undefined;
}

/** Another time is another slot that everybody of the old one is offered first; fewer seats place those elsewhere who can best wait. */
export async function changeSlot(trx: Db, house: House, actor: Actor, slot: SlotRow, { startsAt = slot.startsAt, endsAt = slot.endsAt + startsAt - slot.startsAt, seats = slot.seats }: SessionChange): Promise<ScheduleChangeView> {
  const { city, clock, incident } = house;
  const at = clock.now();
  if (slot.startsAt <= at) throw conflict({ code: 'sessionHasBegun', field: 'slot' });
  if (slot.closedAt !== null) throw conflict({ code: 'sessionIsClosed', field: 'slot' });
  if (startsAt <= at) throw invalid([{ code: 'timeIsPast', field: 'startsAt' }]);
  if (endsAt <= startsAt) throw invalid([{ code: 'endsBeforeItBegins', field: 'endsAt' }]);
  if (startsAt > at + AHEAD_MS_MAX) throw invalid([{ code: 'sessionFarAway', field: 'startsAt', facts: { days: AHEAD_MS_MAX / DAY_MS } }]);
  if (endsAt - startsAt > DAY_MS) throw invalid([{ code: 'sessionLongerThanDay', field: 'endsAt' }]);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'changeSession', facts: { slot: slot.id, startsAt, endsAt, seats } });
  if (startsAt !== slot.startsAt) {
    // Laid out for nobody: whose its chairs are is said by who sits there, and it shares them with every other session of its unit.
    const cohort = slot.schedule === null ? null : slot.cohort;
    const id = idOfSlot(slot.institution, slot.service, startsAt, slot.clinic, cohort ?? undefined);
    const { takenKept: _t, closedAt: _c, taken: _n, ...same } = slot;
    const moved: PlannedSlot = {
      ...same, cohort, id, startsAt, endsAt, seats, kept: Math.min(slot.kept, seats), keptUntil: slot.keptUntil === null ? null : slot.keptUntil + startsAt - slot.startsAt,
      // An earlier hour opens earlier, or it would be over before anybody may book it.
      releasedAt: Math.max(0, Math.min(slot.releasedAt, slot.releasedAt + startsAt - slot.startsAt)),
    };
    const { rows: [met] } = await sql<{ id: string }>`select id from slot where city = ${city.id} and institution = ${slot.institution} and clinic = ${slot.clinic} and service = ${slot.service}
      and (schedule is null or ${cohort}::text is null or cohort = ${cohort}) and id <> ${slot.id} and closed_at is null and starts_at < ${endsAt} and ends_at > ${startsAt} limit 1`.execute(trx);
    if (met) throw conflict({ code: 'sessionsMeet', field: 'startsAt', facts: { slot: met.id } });
    const added = await addPlanned(trx, city.id, [moved], true);
    // It stood there before and was closed.
    if (added === 0) await sql`update slot set closed_at = null, closed_reason = null, by_hand = true, ends_at = ${endsAt}, seats = greatest(taken, ${seats}::int), kept = greatest(taken_kept, least(kept, ${seats}::int)) where city = ${city.id} and id = ${id}`.execute(trx);
    const closed = await close(trx, city.id, slot.id, 'sessionMoved', at);
    return told(trx, house, await displace(house, trx, { slots: [slot.id], reason: 'sessionMoved', prefer: id, at }), { at, schedules: [], slots: { added, changed: 0, closed } });
  }
  await sql`update slot set ends_at = ${endsAt}, seats = greatest(taken, ${seats}::int), seats_to = case when taken > ${seats}::int then ${seats}::int end, kept = greatest(taken_kept, least(kept, ${seats}::int)), by_hand = true
    where city = ${city.id} and id = ${slot.id}`.execute(trx);
  return told(trx, house, await displace(house, trx, { slots: [slot.id], reason: 'sessionSmaller', at }), { at, schedules: [], slots: { added: 0, changed: 1, closed: 0 } });
}

async function told(trx: Db, house: House, { people, series }: Displaced, answer: Pick<ScheduleChangeView, 'at' | 'schedules' | 'slots'>): Promise<ScheduleChangeView> {
  const { city, incident } = house;
  // Sessions of standing series are placed again in one run over every unit of the city, not one by one.
  for (const unit of series) await askReplacement(trx, city.id, { ...unit, incident: incident.id, by: 'system', reason: 'sessionClosed', at: answer.at });
  const { rows } = await sql<ScheduleChangeView['touched'][number]>`select id as slot, service, clinic, starts_at as "startsAt" from slot
    where city = ${city.id} and id = any(${[...people.keys()]}::text[]) order by starts_at, id`.execute(trx);
  await notify(trx, { city: city.id, kind: 'appointments' });
  const touched = rows.map((row) => ({ ...row, people: people.get(row.slot)! }));
  return { ...answer, touched, people: touched.reduce((sum, each) => sum + each.people, 0) };
}

const isSame = (a: ProposedSchedule, b: ProposedSchedule): boolean => a.institution === b.institution && a.id === b.id;

/** A dialysis chair is of a cohort, also where nobody says of which. */
function complete(schedule: ProposedSchedule): Schedule {
  return { ...schedule, ...(schedule.service === 'haemodialysis' && { cohort: schedule.cohort ?? 'other' }) } as Schedule;
}

function isEqual(a: object, b: object): boolean {
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(sorted)
    : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, each]) => [key, sorted(each)])) : value);
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}
