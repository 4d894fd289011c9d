import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { admitted, discharged, type Places, type Service, type ServiceStatus } from '../../city/index.ts';
import type { Actor } from '../../people/index.ts';
import { trueChance } from '../chance.ts';

type Db = Kysely<any>;

/** The last time somebody of the house said that a service is as it was. */
export interface Word {
  readonly institution: string;
  readonly service: Service;
  readonly saidAt: Instant;
}

export type MatterKind = 'closing' | 'unknown' | 'difference';

/** Something about a service that waits for somebody: who, and until when. */
export interface Matter {
  readonly id: string;
  readonly institution: string;
  /** Empty where the whole house is asked. */
  readonly service: Service | '';
  readonly district: string;
  readonly kind: MatterKind;
  readonly asked: ServiceStatus | null;
  readonly askedName: string | null;
  readonly openedAt: Instant;
  readonly owner: { readonly role: string; readonly scope: string };
  readonly dueAt: Instant;
  readonly missedCount: number;
}

const MATTER = sql`id, institution, service, district, kind, asked, asked_name as "askedName", opened_at as "openedAt",
  json_build_object('role', owner_role, 'scope', owner_scope) as owner, due_at as "dueAt", missed_count as "missedCount"`;

export async function listWords(db: Db, city: string): Promise<readonly Word[]> {
  return (await sql<Word>`select institution, service, said_at as "saidAt" from service_word where city = ${city}`.execute(db)).rows;
}

export async function saveWords(trx: Db, city: string, institution: string, services: readonly Service[], by: Actor, at: Instant): Promise<void> {
  await sql`insert into service_word as w (city, institution, service, said_at, said_by)
    select ${city}, ${institution}, service, ${at}::bigint, ${by.id} from unnest(${services}::text[]) as service
    on conflict (city, institution, service) do update set said_at = excluded.said_at, said_by = excluded.said_by
    where w.said_at <= excluded.said_at`.execute(trx);
}

export async function listMatters(db: Db, city: string, incident: string): Promise<readonly Matter[]> {
  return (await sql<Matter>`select ${MATTER} from status_matter where city = ${city} and incident = ${incident} order by due_at, id`.execute(db)).rows;
}

/** Behind its lock: two who decide it at once decide it one after the other. */
export async function takeMatter(trx: Db, city: string, incident: string, id: string): Promise<Matter | undefined> {
  return (await sql<Matter>`select ${MATTER} from status_matter where city = ${city} and incident = ${incident} and id = ${id} for update`.execute(trx)).rows[0];
}

/** Opened once; what was asked for anew takes the place of what was asked for before. @returns its id where it is new */
export async function openMatter(trx: Db, city: string, incident: string, matter: Pick<Matter, 'institution' | 'service' | 'district' | 'kind' | 'openedAt' | 'owner' | 'dueAt'> & { readonly asked?: ServiceStatus; readonly askedName?: string }): Promise<string | undefined> {
  const { institution, service, district, kind, openedAt, owner, dueAt, asked, askedName } = matter;
  const { rows: [row] } = await sql<{ id: string }>`insert into status_matter as m (city, id, incident, institution, service, district, kind, asked, asked_name, opened_at, owner_role, owner_scope, due_at)
    values (${city}, ${`T${trueChance.code(9)}`}, ${incident}, ${institution}, ${service}, ${district}, ${kind}, ${asked ? JSON.stringify(asked) : null}::jsonb, ${askedName ?? null},
      ${openedAt}, ${owner.role}, ${owner.scope}, ${dueAt})
    on conflict (city, incident, institution, service, kind) do update set asked = excluded.asked, asked_name = excluded.asked_name where m.kind = 'closing'
    returning id`.execute(trx);
  return row?.id;
}

export async function endMatter(trx: Db, city: string, incident: string, kind: MatterKind, institution: string, service: string): Promise<void> {
  await sql`delete from status_matter where city = ${city} and incident = ${incident} and kind = ${kind} and institution = ${institution} and service = ${service}`.execute(trx);
}

const PLACES = sql`institution, service, capacity, free, beyond, said, said_at as "saidAt", said_by as "saidBy"`;
type PlacesRow = Omit<Places, 'said'> & { readonly said: number | null };
const placesOf = ({ said, ...row }: PlacesRow): Places => ({ ...row, ...(said !== null && { said }) });

export async function listPlaces(db: Db, city: string): Promise<readonly Places[]> {
  return (await sql<PlacesRow>`select ${PLACES} from service_places where city = ${city}`.execute(db)).rows.map(placesOf);
}

export async function readPlaces(trx: Db, city: string, institution: string, service: string): Promise<Places | undefined> {
  const { rows: [row] } = await sql<PlacesRow>`select ${PLACES} from service_places where city = ${city} and institution = ${institution} and service = ${service} for update`.execute(trx);
  return row && placesOf(row);
}

export async function savePlaces(trx: Db, city: string, { institution, service, capacity, free, beyond, said, saidAt, saidBy }: Places): Promise<void> {
  await sql`insert into service_places (city, institution, service, capacity, free, beyond, said, said_at, said_by)
    values (${city}, ${institution}, ${service}, ${capacity}, ${free}, ${beyond}, ${said ?? null}, ${saidAt}, ${saidBy})
    on conflict (city, institution, service) do update set capacity = excluded.capacity, free = excluded.free, beyond = excluded.beyond,
      said = excluded.said, said_at = excluded.said_at, said_by = excluded.said_by`.execute(trx);
}

/** Somebody lies there, or no longer does; where the house never named a number there is nothing to count. @returns whether a number changed */
export async function countOn(trx: Db, city: string, institution: string, service: Service, what: 'admitted' | 'discharged'): Promise<boolean> {
  const before = await readPlaces(trx, city, institution, service);
  if (!before) return false;
  await savePlaces(trx, city, { ...before, ...(what === 'admitted' ? admitted(before) : discharged(before)) });
  return true;
}

/** One thing that was published. */
export interface Published {
  readonly institution: string;
  readonly service: Service;
  readonly state: ServiceStatus['state'];
  readonly since: Instant;
  readonly until: Instant | null;
  readonly reason: string | null;
  readonly standIn: string | null;
  readonly at: Instant;
}

export async function publish(trx: Db, city: string, { institution, service, state, since, until, reason, standIn, reportedAt }: ServiceStatus): Promise<void> {
  await sql`insert into status_log (city, institution, service, state, since, until, reason, stand_in, at)
    values (${city}, ${institution}, ${service}, ${state}, ${since}, ${until ?? null}, ${reason ?? null}, ${standIn ?? null}, ${reportedAt})`.execute(trx);
}

export async function listPublished(db: Db, city: string, most: number): Promise<readonly Published[]> {
  return (await sql<Published>`select institution, service, state, since, until, reason, stand_in as "standIn", at from status_log
    where city = ${city} order by at desc, id desc limit ${most}`.execute(db)).rows;
}

/** Refusals that somebody reported at a door since then, and that no officer has found to be none. */
export async function listTurnedAway(db: Db, city: string, incident: string, since: Instant): Promise<readonly { readonly institution: string; readonly openedAt: Instant }[]> {
  return (await sql<{ institution: string; openedAt: Instant }>`select substr(about, 13) as institution, (refusal ->> 'openedAt')::bigint as "openedAt" from refusal_case
    where city = ${city} and incident = ${incident} and about like 'institution:%' and refusal ->> 'source' = 'report' and (refusal ->> 'openedAt')::bigint >= ${since}
      and refusal #>> '{decision,upheld}' is distinct from 'false'`.execute(db)).rows;
}
