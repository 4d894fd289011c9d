import { sql, type Kysely, type RawBuilder } from 'kysely';
import { DAY_MS, startOfDay, type Instant } from '../../base/index.ts';
import type { BookableService, FreeDaysView, FreeSeatsView, FreeSeatView } from '../../appointments/index.ts';
import { chairFor, dayOf, seatFree, seatsLeft } from '../../appointments/store.ts';
import { estimateSeconds, sees, type City, type Institution } from '../../city/index.ts';
import type { House } from '../house.ts';

export interface Looked {
  readonly service: BookableService;
  /** Where they set out; without it nothing is said of the way. */
  readonly town?: string;
  readonly institution?: string;
  readonly clinic?: string;
  readonly from: Instant;
  readonly to?: Instant;
  readonly stepFree?: true;
  readonly child?: true;
  readonly language?: string;
  readonly green: boolean;
  readonly cohort: string;
}

interface LookedFor extends Looked {
  readonly limit: number;
}

interface Way {
  readonly institution: Institution;
  readonly seconds?: number;
  readonly estimated?: true;
}

interface Seat {
  readonly id: string;
  readonly institution: string;
  readonly clinic: string;
  /** As its institution has published it. */
  readonly clinicName: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seatsLeft: number;
  readonly ordinaryLeft: number;
  readonly keptUntil: Instant | null;
}

/** The nearest houses are asked first; the others only when none of these has a seat. */
const HOUSES_AT_ONCE = 24;
/** Of one house: its next days are seen, and it does not crowd out the others. */
const SEATS_OF_A_HOUSE = 24;
const AHEAD_MS = 28 * DAY_MS;

/** Seats that this person could take: the soonest day first, of one day the nearest house, of one house the earliest hour. */
export async function findFreeSeats({ db, city, travel }: Pick<House, 'db' | 'city' | 'travel'>, looked: LookedFor, at: Instant): Promise<FreeSeatsView> {
  const ways = waysTo(city, travel, looked, at);
  const to = looked.to ?? at + AHEAD_MS;
  const seats = await nearestWith(ways, (houses) => seatsOf(db, city.id, houses, looked, { from: looked.from, to }, at, { each: seatsEach(looked), most: looked.limit }));
  if (seats.length > 0) return { at, seats: inOrder(seats, ways).map((seat) => view(seat, ways, looked.service, at)) };
  const houses = [...ways.keys()];
  const [notYet, later] = await Promise.all([
    soonestRelease(db, city.id, houses, looked, { from: looked.from, to }, at),
    looked.to === undefined ? [] : seatsOf(db, city.id, houses, looked, { from: looked.to, to: looked.to + AHEAD_MS }, at, { each: 1, most: houses.length }),
  ]);
  const [otherDay] = [...later].sort((a, b) => a.startsAt - b.startsAt || secondsTo(ways, a) - secondsTo(ways, b));
  return { at, seats: [], ...(notYet && { notYet }), ...(otherDay ? { otherDay: view(otherDay, ways, looked.service, at) } : { waitingList: true }) };
}

const seatsEach = ({ institution, limit }: LookedFor): number => (institution === undefined ? Math.min(limit, SEATS_OF_A_HOUSE) : limit);

/** Every house that runs the service and may fit, nearest first. What nobody has stated about a house rules it out for nobody. */
function waysTo(city: City, travel: House['travel'], { service, town, institution, stepFree, child, language }: Looked, at: Instant): ReadonlyMap<string, Way> {
  const from = town === undefined ? undefined : city.towns.get(town)?.centre;
  const table = travel.tables()?.car;
  const ways = [...city.institutions.values()]
    .filter((house) => house.services.has(service) && (institution === undefined || house.code === institution))
    // Whoever asks for one house by name has chosen it; among all of them nobody is led to a children's hospital, or past one, by mistake.
    .filter((house) => (institution !== undefined && child === undefined) || sees(house, service, child === true))
    .filter((house) => stepFree === undefined || house.stepFree !== false)
    .filter((house) => language === undefined || language === 'zh-CN' || house.languages === undefined || house.languages.includes(language))
    .map((house): Way => {
      if (!from) return { institution: house };
      const driven = table?.seconds(town!, house.code);
      if (driven === Infinity) return { institution: house };
      return driven === undefined ? { institution: house, seconds: estimateSeconds(from, house.place, at, 'car'), estimated: true } : { institution: house, seconds: driven };
    });
  const sure = (house: Institution): number => (stepFree && house.stepFree === undefined ? 1 : 0) + (language && language !== 'zh-CN' && house.languages === undefined ? 1 : 0);
  ways.sort((a, b) => sure(a.institution) - sure(b.institution) || (a.seconds ?? Infinity) - (b.seconds ?? Infinity) || (a.institution.code < b.institution.code ? -1 : 1));
  return new Map(ways.map((way) => [way.institution.code, way]));
}

async function nearestWith(ways: ReadonlyMap<string, Way>, look: (houses: readonly string[]) => Promise<readonly Seat[]>): Promise<readonly Seat[]> {
  const houses = [...ways.keys()];
  for (let next = 0; next < houses.length; next += HOUSES_AT_ONCE) {
    const seats = await look(houses.slice(next, next + HOUSES_AT_ONCE));
    if (seats.length > 0) return seats;
  }
  return [];
}

/** For each house the first few along one index, of all of them the best; the counters alone decide, so a seat that is shown was free when it was read. */
async function seatsOf(
  db: Kysely<any>, city: string, houses: readonly string[], looked: Looked, { from, to }: { readonly from: Instant; readonly to: Instant }, at: Instant, { each, most }: { readonly each: number; readonly most: number },
): Promise<readonly Seat[]> {
  const [left, ordinary] = [seatsLeft(looked.green, at), seatsLeft(false, at)];
  const { rows } = await sql<Seat>`select seat.*, schedule.schedule ->> 'clinicName' as "clinicName" from (
      select slot.* from unnest(${houses}::text[]) with ordinality as house(code, place) cross join lateral (
        select id, institution, clinic, schedule as "scheduleId", starts_at as "startsAt", ends_at as "endsAt", ${left} as "seatsLeft", ${ordinary} as "ordinaryLeft", kept_until as "keptUntil"
        from slot where city = ${city} and institution = house.code and starts_at >= ${from} and starts_at < ${to} and ${freeFor(looked, at)}
        order by starts_at limit ${each}) as slot
      order by ${dayOf(sql`slot."startsAt"`)}, house.place, slot."startsAt" limit ${most}) as seat
    left join schedule on schedule.city = ${city} and schedule.institution = seat.institution and schedule.id = seat."scheduleId"`.execute(db);
  return rows;
}

/** Which sessions have a seat that this person could take now. */
function freeFor({ service, clinic, green, cohort }: Looked, at: Instant): RawBuilder<unknown> {
  return sql`service = ${service} and starts_at > ${at} and has_seat and ${seatFree(green, at)} and ${chairFor(cohort)} and (${clinic ?? null}::text is null or clinic = ${clinic ?? null})`;
}

/** On which days of a span any house has a seat for them: nobody has to try one day after another. */
export async function findFreeDays({ db, city, travel }: Pick<House, 'db' | 'city' | 'travel'>, looked: Looked & { readonly to: Instant }, at: Instant): Promise<FreeDaysView> {
  const houses = [...waysTo(city, travel, looked, at).keys()];
  const { rows } = await sql<{ day: Instant }>`select day from generate_series(${startOfDay(looked.from)}::bigint, ${looked.to - 1}::bigint, ${DAY_MS}::bigint) as day
    where exists (select from slot where city = ${city.id} and institution = any(${houses}::text[]) and starts_at >= greatest(day, ${looked.from}::bigint) and starts_at < least(day + ${DAY_MS}::bigint, ${looked.to}::bigint) and ${freeFor(looked, at)})
    order by day`.execute(db);
  return { at, days: rows.map(({ day }) => day) };
}

/** Seats are there and open later: when, so that nobody tries every minute. */
async function soonestRelease(
  db: Kysely<any>, city: string, houses: readonly string[], { service, clinic, cohort }: Looked, { from, to }: { readonly from: Instant; readonly to: Instant }, at: Instant,
): Promise<{ readonly releasedAt: Instant; readonly startsAt: Instant } | undefined> {
  const { rows: [row] } = await sql<{ releasedAt: Instant; startsAt: Instant }>`select released_at as "releasedAt", starts_at as "startsAt" from slot
    where city = ${city} and service = ${service} and institution = any(${houses}) and starts_at >= ${from} and starts_at < ${to} and has_seat and released_at > ${at}
      and ${chairFor(cohort)} and (${clinic ?? null}::text is null or clinic = ${clinic ?? null})
    order by released_at, starts_at limit 1`.execute(db);
  return row;
}

function secondsTo(ways: ReadonlyMap<string, Way>, { institution }: Seat): number {
  return ways.get(institution)?.seconds ?? Infinity;
}

function inOrder(seats: readonly Seat[], ways: ReadonlyMap<string, Way>): readonly Seat[] {
  const rank = new Map([...ways.keys()].map((code, index) => [code, index]));
  return [...seats].sort((a, b) => startOfDay(a.startsAt) - startOfDay(b.startsAt) || rank.get(a.institution)! - rank.get(b.institution)! || a.startsAt - b.startsAt);
}

function view(seat: Seat, ways: ReadonlyMap<string, Way>, service: BookableService, at: Instant): FreeSeatView {
  const { institution: house, seconds, estimated } = ways.get(seat.institution)!;
  const onlyKept = seat.ordinaryLeft <= 0 && seat.keptUntil !== null && seat.keptUntil > at;
  return {
    slot: seat.id, institution: house.code, institutionName: house.name, service, clinic: seat.clinic, ...(seat.clinicName !== null && { clinicName: seat.clinicName }),
    startsAt: seat.startsAt, endsAt: seat.endsAt, seatsLeft: seat.seatsLeft, ...(onlyKept && { keptUntil: seat.keptUntil! }),
    town: house.town, point: house.place, seesChildren: sees(house, service, true),
    ...(house.stepFree !== undefined && { stepFree: house.stepFree }), ...(house.languages && { languages: house.languages }),
    ...(seconds !== undefined && { travelSeconds: seconds }), ...(estimated && { estimated }),
  };
}
