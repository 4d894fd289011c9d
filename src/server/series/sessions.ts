import { sql, type Kysely } from 'kysely';
import { callUpAt, comingSessions, GAP_RULES, gapOf, type Series } from '../../appointments/index.ts';
import { chairFor, dayOf, designated, giveSeatBack, seatFree } from '../../appointments/store.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../base/index.ts';
import { statusOf, type LiveStatus } from '../../city/index.ts';
import { trueChance } from '../chance.ts';
import { notice, WARD_HAS_MS } from '../journeys/owed.ts';
import { dropSessions, listSessions, tellSeries, writeSeated, writeUnseated, type SeatedSession, type StoredSeries } from './store.ts';

type Db = Kysely<any>;

/** How far ahead a series has its seats. */
export const HORIZON_MS = 14 * DAY_MS;

export interface ToppedUp {
  readonly placed: number;
  readonly notPlaced: number;
}

/**
 * The coming sessions of one series, behind its lock: each is a booking, or is on somebody's list with a deadline. What a clinician has taken
 * out is given back; nothing else ever is.
 */
export async function topUpSeries(trx: Db, city: string, { series, incident, town, personKey, person, district: _ }: StoredSeries, status: LiveStatus, at: Instant): Promise<ToppedUp> {
  const coming = series.ended ? [] : comingSessions(series, at, at + HORIZON_MS);
  const rows = await listSessions(trx, city, series.id, at);
  const wanted = new Set(coming);
  const gone = rows.filter(({ startsAt, state }) => !wanted.has(startsAt) && (state === 'booked' || state === 'notPlaced' || state === 'begun'));
  for (const { booking, journey } of gone) await release(trx, city, booking, journey, at);
  await dropSessions(trx, city, series.id, gone.map(({ startsAt }) => startsAt));
  const standing = new Set(rows.filter(({ state }) => state !== 'dropped').map(({ startsAt }) => startsAt));
  const fresh = coming.filter((startsAt) => !standing.has(startsAt));
  if (fresh.length === 0) return { placed: 0, notPlaced: 0 };

  const seated = await takeSeats(trx, city, series, { incident, town, personKey, person }, fresh, status, at);
  await writeSeated(trx, city, incident, seated);
  const has = new Set(seated.map(({ startsAt }) => startsAt));
  const without = fresh.filter((startsAt) => !has.has(startsAt));
  const { alarmAt } = gapOf(series, at);
  await writeUnseated(trx, city, incident, without.map((startsAt) => ({
    series: series.id, startsAt, missing: 'noSeatWithinGap', ownerRole: 'ward', ownerScope: `institution:${series.institution}`, dueAt: dueBefore(alarmAt, at),
  })));
  return { placed: seated.length, notPlaced: without.length };
}

/** So long before, that whoever comes can be fetched; and so long beside any other of their sessions. */
const EXTRA_LEAD_MS = 6 * HOUR_MS;
const EXTRA_APART_MS = 20 * HOUR_MS;

/**
 * The first regular session comes after the safe gap is over: a chair beside the pattern, as late as is safe, in their own unit. The unit is full: somebody has to look.
 * @returns its hour
 */
export async function placeExtra(trx: Db, city: string, stored: StoredSeries, status: LiveStatus, at: Instant): Promise<Instant | undefined> {
  const { series: { institution, service, cohort, id, lastStartAt }, incident, town, personKey, person } = stored;
  const { alarmAt } = gapOf(stored.series, at);
  const { rows: chairs } = await sql<FreeChair>`select id, starts_at as "startsAt" from slot where city = ${city} and institution = ${institution} and service = ${service}
    and starts_at > ${Math.max(at + EXTRA_LEAD_MS, (lastStartAt ?? 0) + EXTRA_APART_MS)} and starts_at <= ${alarmAt} and ${seatFree(false, at)} and ${chairFor(cohort)}
    and not exists (select from booking b where b.city = slot.city and b.person_key = ${personKey} and b.service = slot.service and b.state in ('held', 'booked', 'checkedIn') and b.day = ${dayOf(sql`slot.starts_at`)})
    order by starts_at desc limit 20`.execute(trx);
  const chair = chairs.find(({ startsAt }) => statusOf(status, institution, service, startsAt).state !== 'closed');
  if (!chair) return undefined;
  const [seated] = await takeSeats(trx, city, stored.series, { incident, town, personKey, person }, [chair.startsAt], status, at);
  if (!seated) return undefined;
  await writeSeated(trx, city, incident, [seated]);
  await tellSeries(trx, city, stored.series, [{ type: 'ExtraSessionPlaced', at: seated.startsAt }], at);
  await notice(trx, city, incident, { audience: `series:${id}`, code: 'sessionMoved', facts: { institution, startsAt: seated.startsAt, was: seated.startsAt, reason: 'extraSession' } }, at);
  return seated.startsAt;
}

/** Within the hour, and before the safe gap is over where that is sooner; what is over already is due in minutes. */
export function dueBefore(gapEndsAt: Instant, at: Instant): Instant {
  return Math.max(at + WARD_HAS_MS / 4, Math.min(at + WARD_HAS_MS, gapEndsAt));
}

async function release(trx: Db, city: string, booking: string | null, journey: string | null, at: Instant): Promise<void> {
  if (journey !== null) {
    // Its request gives back seat, ride and pass, and says why; once, however often it is tried.
    await sql`insert into errand (city, journey, command, created_at) select city, id, '{"type":"withdrawRequest","reason":"seriesChanged"}'::jsonb, ${at} from journey
      where city = ${city} and id = ${journey} and state = 'open'`.execute(trx);
    return;
  }
  if (booking === null) return;
  const { rows: [row] } = await sql<{ slot: string }>`select slot from booking where city = ${city} and id = ${booking} and state = 'booked'`.execute(trx);
  if (row) await giveSeatBack(trx, city, { slot: row.slot, booking }, at);
}

interface FreeChair {
  readonly id: string;
  readonly startsAt: Instant;
}

interface Who {
  readonly incident: string;
  readonly town: string;
  readonly personKey: string;
  readonly person: object;
}

/** The same chair time where it is free, otherwise the nearest shift of the same unit within what may be moved. */
async function takeSeats(trx: Db, city: string, series: Series, who: Who, fresh: readonly Instant[], status: LiveStatus, at: Instant): Promise<readonly SeatedSession[]> {
  const { institution, service, cohort } = series;
  const movableMs = GAP_RULES[service].movableHours * HOUR_MS;
  const seated: SeatedSession[] = [];
  const days = new Set<number>();
  let left = fresh;
  for (let look = 0; look < 3 && left.length > 0; look++) {
    const { rows: chairs } = await sql<FreeChair>`select id, starts_at as "startsAt" from slot
      where city = ${city} and institution = ${institution} and service = ${service} and starts_at > ${at} and starts_at <= ${left.at(-1)! + movableMs}
        and ${seatFree(false, at)} and ${chairFor(cohort)} order by starts_at`.execute(trx);
    const open = chairs.filter(({ startsAt }) => statusOf(status, institution, service, startsAt).state !== 'closed');
    const choice = left.flatMap((startsAt) => {
      const near = open.filter((chair) => Math.abs(chair.startsAt - startsAt) <= Math.min(movableMs, 12 * HOUR_MS) && !days.has(dayNumber(chair.startsAt)))
        .sort((a, b) => Math.abs(a.startsAt - startsAt) - Math.abs(b.startsAt - startsAt))[0];
      if (near) days.add(dayNumber(near.startsAt));
      return near ? [{ startsAt, slot: near.id, booking: `B${trueChance.code(9)}`, callUpAt: callUpAt(near.startsAt, at) }] : [];
    });
    if (choice.length === 0) break;
    const { rows: made } = await sql<{ id: string }>`with given as materialized (
        select * from json_to_recordset(${JSON.stringify(choice)}::json) as r("startsAt" bigint, slot text, booking text, "callUpAt" bigint)),
      seat as materialized (select id from slot where city = ${city} and id in (select slot from given) order by id for update),
      counted as (
        update slot set taken = taken + 1, cohort = ${designated(cohort)}
        where city = ${city} and id in (select id from seat) and ${seatFree(false, at)} and ${chairFor(cohort)} returning id, starts_at)
      insert into booking (city, id, slot, incident, state, institution, service, day, booked_at, person_key, person, town, series, call_up_at, made_by)
      select ${city}, booking, slot, ${who.incident}, 'booked', ${institution}, ${service}, ${dayOf(sql`starts_at`)}, ${at}, ${who.personKey}, ${JSON.stringify(who.person)}::jsonb, ${who.town}, ${series.id},
        "callUpAt", 'series' from given join counted on counted.id = given.slot
      returning id`.execute(trx);
    const stands = new Set(made.map(({ id }) => id));
    for (const { startsAt, booking } of choice) if (stands.has(booking)) seated.push({ series: series.id, startsAt, booking });
    const has = new Set(seated.map(({ startsAt }) => startsAt));
    left = left.filter((startsAt) => !has.has(startsAt));
  }
  return seated;
}

const dayNumber = (instant: Instant): number => Math.floor((instant + 8 * HOUR_MS) / DAY_MS);
