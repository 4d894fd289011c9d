import { sql, type Kysely } from 'kysely';
import { DAY_MS, type Instant } from '../../base/index.ts';
import { findMedicine, type MedicineLeft } from '../../clinic/index.ts';
import { clinicBook } from '../../clinic/load.ts';
import { medicinesLeft } from '../../clinic/store.ts';
import type { Elsewhere, KnownSeries, Medicine, SessionAtRisk } from '../../panels/index.ts';
import type { House } from '../house.ts';

type HouseOf = Pick<House, 'city' | 'incident'>;

/** What the clinic has dispensed to people and how their standing series are, for the teams that look after them. */
export async function elsewhereOf({ city, incident }: HouseOf, db: Kysely<any>, keys: readonly string[], at: Instant): Promise<ReadonlyMap<string, Elsewhere>> {
  if (keys.length === 0) return new Map();
  const risks = sql<{ key: string } & SessionAtRisk>`
    select s.person_key as key, s.id as series, s.service,
      case when s.gap <> 'safe' then s.gap else 'notPlaced' end as state, coalesce(s.alarm_at, n.due_at) as "gapEndsAt"
    from series s left join lateral (
      select due_at from series_session x where x.city = s.city and x.series = s.id and x.state = 'notPlaced' order by x.starts_at limit 1) as n on true
    where s.city = ${city.id} and s.incident = ${incident.id} and s.state = 'active' and s.person_key = any(${keys}::text[]) and (s.gap <> 'safe' or n.due_at is not null)`.execute(db);
  const [{ rows }, left] = await Promise.all([risks, medicinesLeft(db, { city: city.id, incident: incident.id, formulary: clinicBook().formulary }, keys, at)]);
  const found = new Map<string, Elsewhere>([...left].map(([key, medicines]) => [key, { medicines: medicines.map(asMedicine) }]));
  for (const { key, gapEndsAt, ...session } of rows) {
    const risk: SessionAtRisk = { ...session, ...(gapEndsAt !== null && gapEndsAt !== undefined && { gapEndsAt }) };
    const known = found.get(key)?.session;
    if (!known || (risk.gapEndsAt ?? 0) < (known.gapEndsAt ?? 0)) found.set(key, { ...found.get(key), session: risk });
  }
  return found;
}

/** Of several boxes one after the other the last day counts: told as one box that ends then. */
function asMedicine({ medicine, code, neverRunOut, endsAt, daysLeft }: MedicineLeft): Medicine {
  const days = Math.max(1, daysLeft);
  return { name: medicine, dispensedAt: endsAt - days * DAY_MS, days, ...(code && { code }), ...(neverRunOut && { neverRunOut: true }) };
}

/** What the formulary knows of a medicine as somebody wrote it. */
export function inFormulary(written: string): Pick<Medicine, 'code' | 'neverRunOut'> {
  const found = findMedicine(clinicBook().formulary, written);
  return { ...(found && { code: found.code }), ...(found?.neverRunOut && { neverRunOut: true }) };
}

export async function seriesOf({ city, incident }: HouseOf, db: Kysely<any>, keys: readonly string[]): Promise<ReadonlyMap<string, readonly KnownSeries[]>> {
  const { rows } = await sql<KnownSeries & { key: string }>`select person_key as key, id as series, service from series
    where city = ${city.id} and incident = ${incident.id} and state = 'active' and person_key = any(${keys}::text[])`.execute(db);
  return Map.groupBy(rows, ({ key }) => key);
}

/** The next session of a series as it stands: with a seat, with a request under way, or with none and then whose it is. */
export interface NextSession {
  readonly state: 'booked' | 'notPlaced' | 'begun';
  readonly startsAt: Instant;
  readonly institution: string | null;
  readonly role: string | null;
  readonly scope: string | null;
  readonly dueAt: Instant | null;
  readonly missing: string | null;
}

export async function nextSessionOf({ city }: HouseOf, db: Kysely<any>, series: string, at: Instant): Promise<NextSession | undefined> {
  const { rows: [row] } = await sql<NextSession>`select x.state, x.starts_at as "startsAt", b.institution, x.owner_role as role, x.owner_scope as scope, x.due_at as "dueAt", x.missing
    from series_session x left join booking b on b.city = x.city and b.id = x.booking
    where x.city = ${city.id} and x.series = ${series} and x.state in ('booked', 'notPlaced', 'begun') and x.starts_at >= ${at} order by x.starts_at limit 1`.execute(db);
  return row;
}

export async function isActive({ city }: HouseOf, db: Kysely<any>, series: string): Promise<boolean> {
  const { rows } = await sql`select from series where city = ${city.id} and id = ${series} and state = 'active'`.execute(db);
  return rows.length > 0;
}
