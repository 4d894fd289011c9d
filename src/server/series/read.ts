import { sql, type Kysely } from 'kysely';
import type { Instant, Text } from '../../base/index.ts';
import { SERIES_STATES, type OwedView, type ReplacementView, type SeriesState, type SeriesView, type SessionView, type UnplacedView } from '../../appointments/index.ts';
import type { City } from '../../city/index.ts';
import type { Actor } from '../../people/index.ts';

type Db = Kysely<any>;

/** Whose series somebody may see: a ward its own unit's, a district its own people's, the command centre all. */
function seenBy(actor: Actor): ReturnType<typeof sql> {
  const [kind, code = ''] = actor.scope.split(':');
  if (kind === 'city') return sql`true`;
  if (kind === 'institution') return sql`(s.institution = ${code} or exists (select from booking b where b.city = s.city and b.series = s.id and b.institution = ${code} and b.state in ('booked', 'checkedIn')))`;
  return kind === 'district' ? sql`s.district = ${code}` : sql`false`;
}

interface SeriesRow {
  readonly id: string;
  readonly state: 'active' | 'paused' | 'ended';
  readonly service: SeriesView['service'];
  readonly institution: string;
  readonly cohort: string;
  readonly town: string;
  readonly lastStartAt: Instant | null;
  readonly alarmAt: Instant | null;
  readonly gap: 'safe' | 'alarm' | 'red';
  readonly series: { readonly pattern: unknown; readonly safeGapHours: number };
  readonly person: { readonly name: string; readonly phone: string };
  readonly owner: Owed | null;
  readonly next: Omit<SessionView, 'institutionName'> | null;
  readonly missing: string | null;
  readonly missingOwner: Owed | null;
}

interface Owed {
  readonly role: string;
  readonly scope: string;
  readonly dueAt: Instant;
  readonly missedCount: number;
}

const owedOf = ({ role, scope, dueAt, missedCount }: Owed): OwedView => ({ owner: { role, scope }, dueAt, missedCount });

const LISTED_MAX = 1_000;

/** Worst first: without a seat, then red, then alarm, then by when the safe gap ends. */
export async function listSeries(db: Db, city: City, incident: string, actor: Actor, at: Instant): Promise<readonly SeriesView[]> {
  const { rows } = await sql<SeriesRow>`select s.id, s.state, s.service, s.institution, s.cohort, s.town, s.last_start_at as "lastStartAt", s.alarm_at as "alarmAt", s.gap, s.series, s.person,
      case when s.due_at is not null then json_build_object('role', s.owner_role, 'scope', s.owner_scope, 'dueAt', s.due_at, 'missedCount', s.missed_count) end as owner,
      (select json_build_object('booking', b.id, 'institution', b.institution, 'startsAt', l.starts_at, 'endsAt', l.ends_at, 'journey', b.journey)
        from booking b join slot l on l.city = b.city and l.id = b.slot
        where b.city = s.city and b.series = s.id and b.state in ('booked', 'checkedIn') and l.ends_at > ${at} order by l.starts_at limit 1) as next,
      waits.missing, waits.owner as "missingOwner"
    from series s left join lateral (select n.missing, json_build_object('role', n.owner_role, 'scope', n.owner_scope, 'dueAt', n.due_at, 'missedCount', n.missed_count) as owner
      from series_session n where n.city = s.city and n.series = s.id and n.state = 'notPlaced' order by n.starts_at limit 1) as waits on true
    where s.city = ${city.id} and s.incident = ${incident} and s.state <> 'ended' and ${seenBy(actor)}
    order by waits.missing is null, case s.gap when 'red' then 0 when 'alarm' then 1 else 2 end, s.alarm_at nulls last, s.id limit ${LISTED_MAX}`.execute(db);
  return rows.map((row) => seriesView(row, city)).sort((a, b) => SERIES_STATES.indexOf(a.state) - SERIES_STATES.indexOf(b.state));
}

function seriesView({ id, state, service, institution, cohort, town, lastStartAt, alarmAt, gap, series, person, owner, next, missing, missingOwner }: SeriesRow, city: City): SeriesView {
  const worst: SeriesState = missing !== null ? 'notPlaced' : gap;
  const owed = missingOwner ?? owner;
  return {
    id, person: { name: person.name, phone: person.phone }, town, service, institution, unitName: nameOf(city, institution), pattern: series.pattern, cohort, safeGapHours: series.safeGapHours,
    state: worst, ...(state === 'paused' && { paused: true as const }),
    ...(lastStartAt !== null && { lastStartAt }), ...(alarmAt !== null && { gapEndsAt: alarmAt }),
    ...(next && { next: { ...present(next), institutionName: nameOf(city, next.institution)?.zh ?? next.institution } }),
    ...(missing !== null && { missing }), ...(owed && { owed: owedOf(owed) }),
  };
}

const nameOf = (city: City, institution: string): Text | undefined => city.institutions.get(institution)?.name;

function present<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as T;
}

interface RunRow {
  readonly id: string;
  readonly at: Instant;
  readonly institution: string;
  readonly service: ReplacementView['service'];
  readonly state: ReplacementView['state'];
  readonly until: Instant | null;
  readonly answer: Partial<ReplacementView> | null;
  readonly unplaced: readonly (Omit<UnplacedView, 'owed' | 'gapEndsAt'> & { readonly gapEndsAt: Instant | null; readonly owed: Owed })[] | null;
}

const RUNS_LISTED_MAX = 50;

/** The latest first; a district sees its own people in them, a ward the runs of its own institution. */
export async function listReplacements(db: Db, city: City, incident: string, actor: Actor): Promise<readonly ReplacementView[]> {
  const [kind, code = ''] = actor.scope.split(':');
  const { rows } = await sql<RunRow>`select r.id, r.asked_at as at, r.institution, r.service, r.state, r.until, r.answer,
      (select json_agg(json_build_object('series', n.series, 'name', s.person ->> 'name', 'town', s.town, 'startsAt', n.starts_at, 'missing', n.missing, 'gapEndsAt', s.alarm_at,
          'owed', json_build_object('role', n.owner_role, 'scope', n.owner_scope, 'dueAt', n.due_at, 'missedCount', n.missed_count)) order by n.starts_at, n.series)
        from series_session n join series s on s.city = n.city and s.id = n.series
        where n.city = r.city and s.institution = r.institution and s.service = r.service and n.state = 'notPlaced' and ${seenBy(actor)}) as unplaced
    from replacement r where r.city = ${city.id} and r.incident = ${incident} and (${kind !== 'institution'} or r.institution = ${code})
    order by r.asked_at desc, r.id limit ${RUNS_LISTED_MAX}`.execute(db);
  const latest = new Set<string>();
  return rows.map(({ id, at, institution, service, state, until, answer, unplaced }) => {
    // Who waits now is said once, with the latest run of that unit.
    const isLatest = !latest.has(`${institution} ${service}`);
    latest.add(`${institution} ${service}`);
    return {
      patients: 0, sessions: 0, placed: 0, sameUnit: 0, counterpart: 0, elsewhere: 0, ...answer,
      id, at, institution, service, state, ...(until !== null && { until }),
      unplaced: isLatest ? (unplaced ?? []).map(({ gapEndsAt, owed, ...rest }) => ({ ...rest, ...(gapEndsAt !== null && { gapEndsAt }), owed: owedOf(owed) })) : [],
    };
  });
}
