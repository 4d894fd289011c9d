/** People in standing series of one dialysis unit, and what must hold of them whatever happens. */
import { confirmClosings, eventually, intake, Visitor, type RunningCity } from './running-city.ts';

export const UNIT = 'ZZ-H-001';
export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHAIR_TIMES = 20;
/** Chairs of one shift for each 300 people, so that all of them have one in their own unit. */
const CHAIRS_PER_300 = 60;

export type Query = <T = any>(text: string, values?: readonly unknown[]) => Promise<readonly T[]>;
export const queryOf = (database: RunningCity['database']): Query => async (text, values = []) => (await database.pool.query(text, [...values])).rows;

async function together(database: RunningCity['database'], work: (query: Query) => Promise<void>): Promise<void> {
  const line = await database.pool.connect();
  try {
    await line.query('begin');
    await work(async (text, values = []) => (await line.query(text, [...values])).rows);
    await line.query('commit');
  } catch (error) {
    await line.query('rollback');
    throw error;
  } finally {
    line.release();
  }
}

const dayOf = (instant: number): number => Math.floor((instant + 8 * HOUR_MS) / DAY_MS) * DAY_MS - 8 * HOUR_MS;
/** 1 Monday to 7 Sunday. */
const weekday = (instant: number): number => (new Date(instant + 8 * HOUR_MS).getUTCDay() + 6) % 7 + 1;

interface Chair {
  readonly days: readonly number[];
  readonly startMinute: number;
  readonly cohort: string;
}

/** Mornings and noons for the others, evenings for contacts on one half of the days and for positives on the other. */
function chairOf(index: number): Chair {
  const days = index % 2 === 0 ? [1, 3, 5] : [2, 4, 6];
  if (index % 5 === 4) return { days, startMinute: 1_080, cohort: index % 2 === 0 ? 'contact' : 'positive' };
  return { days, startMinute: index % 4 < 2 ? 420 : 750, cohort: 'other' };
}

function lastStart(at: number, { days, startMinute }: Chair): number {
  for (let day = dayOf(at); ; day -= DAY_MS) {
    const start = day + startMinute * 60_000;
    if (start < at && days.includes(weekday(day))) return start;
  }
}

export const nowIn = async (city: Pick<RunningCity, 'visitor'>): Promise<number> => (await city.visitor().get('/health')).body.at;

/**
 * One of each chair time is enrolled by the ward; the others who have it are copied from them, with a town, a person and seats of their own.
 * @param patients a multiple of 20
 */
export async function enrolAll(city: RunningCity, patients: number): Promise<void> {
  const query = queryOf(city.database);
  const ward = await city.as(`ward@institution:${UNIT}`);
  const towns = [...city.server.city.towns.keys()].slice(0, 60);
  const at = await nowIn(city);
  const copies = patients / CHAIR_TIMES - 1;
  await query(`update slot set seats = greatest(seats, $2) where institution = $1 and service = 'haemodialysis'`, [UNIT, Math.ceil((patients / 300) * CHAIRS_PER_300)]);
  for (let index = 0; index < CHAIR_TIMES; index++) {
    const chair = chairOf(index);
    const { status, body } = await ward.post('/api/series', {
      care: intake({ person: { name: `Resident ${index}`, phone: `1390000${1_000 + index}` }, need: 'haemodialysis', patientKind: 'greenCode', test: 'valid', ageYears: 55 }),
      service: 'haemodialysis', institution: UNIT, pattern: { days: chair.days, startMinute: chair.startMinute }, cohort: chair.cohort, lastStartAt: lastStart(at, chair), safeGapHours: 72,
    });
    if (status !== 201 || body.notPlaced > 0) throw new Error(JSON.stringify(body));
    // All of it or nothing: the server's own rounds would give seats to a series that stands without any.
    await together(city.database, async (copy) => {
      await copy(`with copied as (select n, s.id || '-' || n as id, (($2::text[])[1 + (n * 7 + $3) % cardinality($2::text[])]) as town from series s, generate_series(1, $4::int) as n where s.id = $1)
        insert into series (city, id, incident, state, service, institution, cohort, town, district, person_key, last_start_at, alarm_at, red_at, series, person, care, made_at, made_by)
        select city, c.id, incident, state, service, institution, cohort, c.town, left(c.town, 6), person_key || n, last_start_at, alarm_at, red_at,
          jsonb_set(s.series, '{id}', to_jsonb(c.id)), person, jsonb_set(care, '{town}', to_jsonb(c.town)), made_at, made_by from series s, copied c where s.id = $1`, [body.id, towns, index, copies]);
      await copy(`update slot set taken = taken + $2 where id in (select slot from booking where series = $1)`, [body.id, copies]);
      await copy(`insert into booking (city, id, slot, incident, state, institution, service, day, booked_at, person_key, person, town, series, call_up_at, made_by)
        select b.city, b.id || '-' || n, b.slot, b.incident, 'booked', b.institution, b.service, b.day, b.booked_at, b.person_key || n, b.person, s.town, b.series || '-' || n, b.call_up_at, b.made_by
        from booking b, generate_series(1, $2::int) as n join series s on s.id = $1 || '-' || n where b.series = $1`, [body.id, copies]);
      await copy(`insert into series_session (city, series, starts_at, incident, state, booking) select city, series || '-' || n, starts_at, incident, 'booked', booking || '-' || n
        from series_session, generate_series(1, $2::int) as n where series = $1`, [body.id, copies]);
    });
  }
}

/** Everybody whose time has come has a request. */
export const calledUp = (query: Query, seconds = 60): Promise<true> => eventually(async () => ((await query(`select 1 from booking b join incident i on i.city = b.city and i.ended_at is null
  where b.journey is null and b.state = 'booked' and b.call_up_at <= (extract(epoch from clock_timestamp()) * 1000)::bigint + i.clock_offset_ms limit 1`)).length === 0 ? true : undefined), seconds);

export async function closeUnit(at: { url: string }, as: Visitor, unit: string, until: number, standIn: string): Promise<void> {
  const { status, body } = await as.post(`/api/institutions/${unit}/services/haemodialysis/status`, { state: 'closed', until, reason: 'staffQuarantined', standIn });
  if (status >= 300) throw new Error(`${at.url}: ${JSON.stringify(body)}`);
  await confirmClosings(at.url);
}

/** Every run is done, and what the requests owe to it as well. */
export const settled = (query: Query, seconds = 60): Promise<true> => eventually(async () =>
  ((await query(`select 1 from replacement where state = 'running' union all select 1 from errand where done_at is null limit 1`)).length === 0 ? true : undefined), seconds);

/** What must hold whatever happened: nothing stands in any of these lists. */
export async function broken(query: Query): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return {
    beyondTheGap: await query(`with starts as (
        select s.id, s.last_start_at as at from series s where s.last_start_at is not null
        union all select b.series, l.starts_at from booking b join slot l on l.city = b.city and l.id = b.slot where b.series is not null and b.state in ('booked', 'checkedIn')),
      gaps as (select id, at, at - lag(at) over (partition by id order by at) as gap from starts)
      select * from gaps where gap > $1`, [72 * HOUR_MS]),
    cohortsMixed: await query(`with sits as (select b.city, b.slot, l.cohort as hour, coalesce(s.cohort, w.cohort, case coalesce(b.care, j.story -> 'request') ->> 'test' when 'positive' then 'positive' when 'positiveAntigen' then 'positive' end) as cohort
        from booking b join slot l on l.city = b.city and l.id = b.slot and l.service = 'haemodialysis' left join series s on s.city = b.city and s.id = b.series left join waiting w on w.city = b.city and w.id = b.waiting
        left join journey j on j.city = b.city and j.id = b.journey where b.state in ('booked', 'checkedIn'))
      select slot from sits where cohort is not null group by city, slot, hour having count(distinct cohort) > 1 or bool_or(hour is not null and cohort <> hour)`),
    behindClosedDoors: await query(`select b.id from booking b join slot l on l.city = b.city and l.id = b.slot join service_status st on st.city = b.city and st.institution = b.institution and st.service = b.service
      where b.series is not null and b.state = 'booked' and st.state = 'closed' and l.starts_at >= st.since and l.starts_at < st.until`),
    lost: await query(`select n.series, n.starts_at, n.state from series_session n left join booking b on b.city = n.city and b.id = n.booking left join journey j on j.city = n.city and j.id = n.journey
      where not (n.state in ('dropped', 'over') or (n.state = 'booked' and b.state = 'booked') or (n.state = 'notPlaced' and n.due_at is not null and n.owner_role is not null)
        or (n.state = 'begun' and (j.state = 'closed' or j.due_at is not null)))`),
    miscounted: await query(`with counted as (select city, slot, count(*) as seats from booking where state <> 'cancelled' group by city, slot)
      select s.id, s.taken, counted.seats from slot s left join counted on counted.city = s.city and counted.slot = s.id where s.taken <> coalesce(counted.seats, 0)`),
    twoChairs: await query(`select b.series, l.starts_at from booking b join slot l on l.city = b.city and l.id = b.slot where b.series is not null and b.state = 'booked' group by b.series, l.starts_at having count(*) > 1`),
    wayElsewhere: await query(`select id from journey where state = 'open' and need = 'haemodialysis' and pathway = 'visit' and story #> '{booking}' is not null and story #> '{booking,cancelled}' is null
      and (story #>> '{decision,institution}' <> story #>> '{booking,slot,institution}'
        or (story #> '{pass}' is not null and story #> '{pass,revoked}' is null and story #>> '{pass,toInstitution}' <> story #>> '{booking,slot,institution}')
        or (story #> '{out}' is not null and story #> '{out,cancelled}' is null and story #>> '{out,institution}' <> story #>> '{booking,slot,institution}'))`),
  };
}

export const NOTHING_BROKEN = { beyondTheGap: [], cohortsMixed: [], behindClosedDoors: [], lost: [], miscounted: [], twoChairs: [], wayElsewhere: [] };
