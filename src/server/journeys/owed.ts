import { sql, type Kysely } from 'kysely';
import { HOUR_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import type { NoticeCode, Owner, Role } from '../../people/index.ts';
import { notice } from '../../people/store.ts';

export { notice };

type Db = Kysely<any>;

/** Half an hour, then the next is told: chosen by us, and so is who. An alarm that nobody looks at is worse than one told twice. */
const TOLD_ON_MS = 30 * MINUTE_MS;
/** A unit has this long to answer for a booking that could not become a request, or for somebody near the safe gap. */
export const WARD_HAS_MS = HOUR_MS;

/** Whom a matter of no open request is told on to when its deadline passes; it ends at the command centre, again and again. */
const NEXT: Readonly<Partial<Record<Role, 'district' | 'city'>>> = { ward: 'district', district: 'city' };

export function nextOwner(role: string, district: string): Owner {
  return NEXT[role as Role] === 'district' ? { role: 'district', scope: `district:${district}` } : { role: 'city', scope: 'city' };
}

export type OwedIn = 'series' | 'series_session' | 'booking' | 'expert_visit' | 'duty_matter' | 'hand_over' | 'status_matter';

interface Overdue {
  readonly id: string;
  readonly startsAt: Instant | null;
  readonly role: string;
  readonly district: string;
  readonly incident: string;
  readonly what: string;
}

const FOUND: Readonly<Record<OwedIn, (city: string, at: Instant) => ReturnType<typeof sql>>> = {
  series: (city, at) => sql`select id, null::bigint as "startsAt", owner_role as role, district, incident, gap as what from series
    where city = ${city} and due_at <= ${at} and state = 'active' order by due_at limit 200 for update skip locked`,
  series_session: (city, at) => sql`select n.series as id, n.starts_at as "startsAt", n.owner_role as role, s.district, n.incident, n.missing as what from series_session n join series s on s.city = n.city and s.id = n.series
    where n.city = ${city} and n.due_at <= ${at} order by n.due_at limit 200 for update of n skip locked`,
  booking: (city, at) => sql`select b.id, null::bigint as "startsAt", b.owner_role as role, ''::text as district, b.incident, b.trouble as what from booking b
    where b.city = ${city} and b.due_at <= ${at} and b.state = 'booked' order by b.due_at limit 200 for update skip locked`,
  hand_over: (city, at) => sql`select id, null::bigint as "startsAt", owner_role as role, district, incident, brought_by as what from hand_over
    where city = ${city} and due_at <= ${at} order by due_at limit 200 for update skip locked`,
  duty_matter: (city, at) => sql`select id, starts_at as "startsAt", owner_role as role, district, incident, kind as what from duty_matter
    where city = ${city} and due_at <= ${at} order by due_at limit 200 for update skip locked`,
  status_matter: (city, at) => sql`select id, null::bigint as "startsAt", owner_role as role, district, incident, kind as what from status_matter
    where city = ${city} and due_at <= ${at} order by due_at limit 200 for update skip locked`,
  expert_visit: (city, at) => sql`select id, null::bigint as "startsAt", owner_role as role, district, incident, case when left_at is not null then 'onTheWay' when car is null and not own_way then 'noCar' else 'notLeft' end as what from expert_visit
    where city = ${city} and due_at <= ${at} order by due_at limit 200 for update skip locked`,
};

/** What each is called when it is told on. */
const NOTICE: Readonly<Record<OwedIn, NoticeCode>> = { series: 'seriesGap', series_session: 'sessionNotPlaced', booking: 'bookingNotCalledUp', expert_visit: 'expertVisitLate', duty_matter: 'lineNotCovered', hand_over: 'handOverNotSigned', status_matter: 'statusMatterLate' };

/**
 * Deadlines that belong to no open request: seen once on whichever server, told on, and never to nobody.
 * @returns how many were told on
 */
export async function escalateOwed(db: Db, city: string, table: OwedIn, at: Instant): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await FOUND[table](city, at).execute(trx) as { rows: readonly Overdue[] };
    for (const { id, startsAt, role, district, incident, what } of rows) {
      const owner = district === '' ? { role: 'city', scope: 'city' } as const : nextOwner(role, district);
      const key = table === 'series_session' ? sql`series = ${id} and starts_at = ${startsAt}` : sql`id = ${id}`;
      await sql`update ${sql.table(table)} set owner_role = ${owner.role}, owner_scope = ${owner.scope}, due_at = ${at + TOLD_ON_MS}, missed_count = missed_count + 1
        where city = ${city} and ${key}`.execute(trx);
      await notice(trx, city, incident, { audience: owner.scope, code: NOTICE[table], facts: { about: id, what, ...(startsAt !== null && { startsAt }) } }, at);
    }
    return rows.length;
  });
}
