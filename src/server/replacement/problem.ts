import { sql, type Kysely } from 'kysely';
import { HORIZON_MS } from '../series/sessions.ts';
import { DESIGNATED_SERVICE, UNREACHABLE, type ChairCohort, type Displaced, type OfferedSeats, type ReplaceProblem, type Series } from '../../appointments/index.ts';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import { counterpartsOf, estimateSeconds, statusOf, type City } from '../../city/index.ts';
import type { House } from '../house.ts';

type Db = Kysely<any>;

/** Leave, pass and car take their time: no session is placed sooner than this. Synthetic. */
const LEAD_MS = 2 * HOUR_MS;

/** One coming session of somebody who loses a seat at that unit, or has none. */
export interface Coming {
  readonly series: string;
  /** When it should have begun, which is its name. */
  readonly was: Instant;
  readonly state: 'booked' | 'notPlaced' | 'begun';
  readonly booking: string | null;
  readonly slot: string | null;
  readonly journey: string | null;
  readonly institution: string | null;
  readonly startsAt: Instant | null;
  /** It has its seat, and keeps it: the gap chain runs through it. */
  readonly stands: boolean;
}

export interface Person {
  readonly series: Series;
  readonly town: string;
  readonly district: string;
  readonly personKey: string;
  readonly person: { readonly name: string; readonly phone: string };
  readonly coming: readonly Coming[];
}

export interface Asked {
  readonly problem: ReplaceProblem;
  readonly people: ReadonlyMap<string, Person>;
}

interface Row extends Omit<Coming, 'stands'> {
  readonly noun: Series;
  readonly town: string;
  readonly district: string;
  readonly personKey: string;
  readonly person: Person['person'];
  readonly away: boolean;
  /** Its chairs were closed, are another cohort's, or there are fewer of them than people: whoever has most time left gives up theirs. */
  readonly chairGone: boolean;
  /** A request that is not bound to this seat any more: policy has found another place for it. */
  readonly leftTo: boolean;
}

/**
 * Everybody who has a coming session at a closed unit or none at all, and every seat of the city that is left.
 * @param lock holds sessions and seats as they are until the transaction ends
 */
export async function readProblem(db: Db, house: House, { institution, service }: { readonly institution: string; readonly service: Series['service'] }, lock = false): Promise<Asked> {
  const { city, clock, board } = house;
  const at = clock.now();
  const to = at + HORIZON_MS;
  // Together with a count over the chairs of a slot no row can be locked: first the lock, then the look.
  if (lock) await sql`select n.series from series_session n join series s on s.city = n.city and s.id = n.series where n.city = ${city.id} and s.service = ${service} and n.state in ('booked', 'notPlaced', 'begun')
    order by n.series, n.starts_at for update of n`.execute(db);
  // Who it is about comes first, on its own: a database that has not counted its rows yet would look through everybody's.
  const { rows } = await sql<Row>`with people as materialized (
      select id from series where city = ${city.id} and institution = ${institution} and service = ${service} and state = 'active'
      union select series from booking where city = ${city.id} and institution = ${institution} and service = ${service} and series is not null and state = 'booked')
    select n.series, n.starts_at as was, n.state, n.booking, b.slot, n.journey, b.institution, l.starts_at as "startsAt", s.series as noun, s.town, s.district,
      s.person_key as "personKey", s.person, coalesce(j.story #>> '{custody,-1,holder}' <> 'home' or j.story #> '{arrival,receivedAt}' is not null, false) as away,
      coalesce(l.closed_at is not null or (l.service = ${DESIGNATED_SERVICE} and l.cohort <> s.cohort) or (l.seats_to is not null and row_number() over (partition by l.id order by s.alarm_at desc, s.id) <= l.taken - l.seats_to), false) as "chairGone",
      j.id is not null and (j.state <> 'open' or j.story #>> '{booking,id}' is distinct from n.booking or b.state <> 'booked') as "leftTo"
    from people join series s on s.city = ${city.id} and s.id = people.id join series_session n on n.city = ${city.id} and n.series = people.id
    left join booking b on b.city = n.city and b.id = n.booking left join slot l on l.city = b.city and l.id = b.slot
    left join journey j on j.city = n.city and j.id = n.journey
    where n.city = ${city.id} and s.state = 'active' and s.service = ${service} and n.state in ('booked', 'notPlaced', 'begun') and n.starts_at > ${at - 12 * HOUR_MS} and n.starts_at <= ${to}
    order by n.series, n.starts_at`.execute(db);
  const status = board.now();
  const isClosed = (code: string, when: Instant): boolean => statusOf(status, code, service, when).state === 'closed';
  const people = new Map<string, Person>();
  for (const [series, theirs] of Map.groupBy(rows, (row) => row.series)) {
    const { noun, town, district, personKey, person } = theirs[0]!;
    const coming = theirs.map(({ was, state, booking, slot, journey, institution: there, startsAt, away, leftTo, chairGone }): Coming => ({
      series, was, state, booking, slot, journey, institution: there, startsAt,
      // Whoever is on their way, or goes where policy has sent them since, is led by their own request.
      stands: state !== 'notPlaced' && (away || leftTo || startsAt === null || startsAt <= at || there === null || (!chairGone && !isClosed(there, startsAt))),
    }));
    if (coming.some(({ stands }) => !stands)) people.set(series, { series: noun, town, district, personKey, person, coming });
  }
  const units = [...city.institutions.values()].filter(({ services }) => services.has(service)).map(({ code }) => code).sort();
  const towns = [...new Set([...people.values()].map(({ town }) => town))].sort();
  const { rows: free } = await sql<OfferedSeats & { taken: number }>`select id as slot, institution, starts_at as "startsAt", ends_at as "endsAt", cohort, taken,
      least(seats - taken, case when kept_until > ${at} then seats - kept - taken + taken_kept else seats - taken end)::int as seats
    from slot where city = ${city.id} and service = ${service} and clinic = '' and institution = any(${units}) and starts_at > ${at + LEAD_MS} and starts_at <= ${to + 36 * HOUR_MS}
      and closed_at is null and released_at <= ${at} and taken < seats order by id ${lock ? sql`for update` : sql``}`.execute(db);
  // Where somebody sits of whom nobody has said a cohort, nobody is put beside them.
  const seats = free.filter(({ cohort, taken, ...each }) => each.seats > 0 && !(service === DESIGNATED_SERVICE && cohort === null && taken > 0) && !isClosed(each.institution, each.startsAt))
    .map(({ taken: _taken, ...each }): OfferedSeats => each);
  return {
    people,
    problem: {
      at, service, earliestAt: at + LEAD_MS, units, seats, displaced: [...people.values()].flatMap((person) => displacedOf(person, towns.indexOf(person.town), city, at)),
      travel: { origins: towns.length, seconds: travelOf(house, towns, units, at) },
    },
  };
}

/** Sessions that follow each other without one between them that stands. */
function displacedOf({ series, town, coming }: Person, origin: number, city: City, at: Instant): readonly Displaced[] {
  const groups: Displaced[] = [];
  let previousAt = series.lastStartAt;
  let open: Instant[] = [];
  const close = (nextAt?: Instant): void => {
    if (open.length === 0) return;
    groups.push({
      series: series.id, cohort: series.cohort as ChairCohort, origin, institution: series.institution, safeGapHours: series.safeGapHours, sessions: open,
      counterparts: counterpartsOf(city, town, series.service, at).map(({ code }) => code),
      ...(previousAt !== undefined && { previousAt }), ...(nextAt !== undefined && { nextAt }),
    });
    open = [];
  };
  for (const { was, stands, startsAt } of coming) {
    if (!stands) {
      open.push(was);
      continue;
    }
    const when = startsAt ?? was;
    close(when);
    previousAt = when;
  }
  close();
  return groups;
}

function travelOf({ city, travel }: House, towns: readonly string[], units: readonly string[], at: Instant): Uint32Array {
  const table = travel.tables()?.permitCar;
  const seconds = new Uint32Array(towns.length * units.length);
  towns.forEach((town, row) => units.forEach((unit, column) => {
    const centre = city.towns.get(town)?.centre;
    const there = city.institutions.get(unit)!.place;
    const driven = table?.seconds(town, unit) ?? (centre ? estimateSeconds(centre, there, at, 'permitCar') : 0);
    seconds[row * units.length + column] = Number.isFinite(driven) ? Math.round(driven) : UNREACHABLE;
  }));
  return seconds;
}
