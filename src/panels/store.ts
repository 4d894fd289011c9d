import { sql, type Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Knock, KnockAsked, KnockFound } from './contact.ts';
import { dueAt } from './day-list.ts';
import type { Member } from './member.ts';
import type { Team } from './team.ts';
import type { Calling, KnockView } from './view.ts';

type Db = Kysely<any>;

/** One city's running incident: everything here belongs to one. */
export interface Ward {
  readonly city: string;
  readonly incident: string;
}

/** Whom somebody may see: the people of these teams, or the people who live in these towns. */
export interface Sight {
  readonly teams: readonly string[];
  readonly towns: readonly string[];
}

export interface MemberRow {
  readonly member: Member;
  readonly version: number;
  readonly calling?: Calling;
}

interface RawRow { readonly member: Member; readonly version: number; readonly by: string | null; readonly name: string | null; readonly since: Instant | null; readonly until: Instant | null }

const COLUMNS = sql`member, version, calling_by as "by", calling_name as name, calling_since as since, calling_until as until`;

function rowOf({ member, version, by, name, since, until }: RawRow): MemberRow {
  return { member, version, ...(by !== null && { calling: { by, name: name!, since: since!, until: until! } }) };
}

const seenBy = ({ teams, towns }: Sight) => sql`(team = any(${teams}::text[]) or town = any(${towns}::text[]))`;

export async function listTeams(db: Db, { city, incident }: Ward): Promise<readonly Team[]> {
  const { rows } = await sql<Team & { centre: string | null }>`select id, centre, name, phone, towns from panel_team where city = ${city} and incident = ${incident} order by id`.execute(db);
  return rows.map(({ centre, ...team }) => ({ ...team, ...(centre && { centre }) }));
}

/** @returns false when there was such a team before: what was entered for it stands, unless it is to be changed */
export async function saveTeam(db: Db, { city, incident }: Ward, { id, centre, name, phone, towns }: Team, change: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into panel_team (city, incident, id, centre, name, phone, towns)
    values (${city}, ${incident}, ${id}, ${centre ?? null}, ${name}, ${phone}, ${towns}::text[])
    on conflict (city, incident, id) do ${change ? sql`update set centre = excluded.centre, name = excluded.name, phone = excluded.phone, towns = excluded.towns` : sql`nothing`}`.execute(db);
  return numAffectedRows === 1n;
}

function projected(member: Member, at: Instant): object {
  const { id, town, team, key, number, transfer, left } = member;
  return {
    id, town, team, person_key: key, number, active: left === undefined, due_at: Math.min(dueAt(member, {}, at), Number.MAX_SAFE_INTEGER),
    transfer_to: transfer?.to, transfer_due_at: transfer?.dueAt, member,
  };
}

const PROJECTED = sql`r(id text, town text, team text, person_key text, number text, active boolean, due_at bigint, transfer_to text, transfer_due_at bigint, member jsonb)`;

/** @returns how many were new; those already known are left as they are */
export async function addMembers(db: Db, { city, incident }: Ward, members: readonly Member[], at: Instant): Promise<number> {
  if (members.length === 0) return 0;
  const { numAffectedRows = 0n } = await sql`insert into panel_member (city, incident, version, id, town, team, person_key, number, active, due_at, transfer_to, transfer_due_at, member)
    select ${city}, ${incident}, 1, r.* from jsonb_to_recordset(${JSON.stringify(members.map((member) => projected(member, at)))}::jsonb) as ${PROJECTED}
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
}

/** All of them, or, where somebody else was faster with one, fewer: the caller then undoes everything. */
export async function saveMembers(db: Db, { city, incident }: Ward, changed: readonly { readonly member: Member; readonly version: number }[], at: Instant): Promise<number> {
  if (changed.length === 0) return 0;
  const rows = changed.map(({ member, version }) => ({ ...projected(member, at), version }));
  const { numAffectedRows = 0n } = await sql`update panel_member m set version = r.version + 1, town = r.town, team = r.team, person_key = r.person_key, number = r.number,
      active = r.active, due_at = r.due_at, transfer_to = r.transfer_to, transfer_due_at = r.transfer_due_at, member = r.member
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, town text, team text, person_key text, number text, active boolean, due_at bigint,
      transfer_to text, transfer_due_at bigint, member jsonb, version integer)
    where m.city = ${city} and m.incident = ${incident} and m.id = r.id and m.version = r.version`.execute(db);
  return Number(numAffectedRows);
}

/** @returns false when somebody else has changed them since they were read */
export async function saveMember(db: Db, ward: Ward, version: number, member: Member, at: Instant): Promise<boolean> {
  return (await saveMembers(db, ward, [{ member, version }], at)) === 1;
}

export async function findMember(db: Db, { city, incident }: Ward, sight: Sight, id: string): Promise<MemberRow | undefined> {
  const { rows: [row] } = await sql<RawRow>`select ${COLUMNS} from panel_member
    where city = ${city} and incident = ${incident} and id = ${id} and (${seenBy(sight)} or transfer_to = any(${sight.teams}::text[]))`.execute(db);
  return row && rowOf(row);
}

/**
 * Of everybody these teams answer for those whom something of their own puts on a list before `until`, and those who are to go to another
 * team. Whoever is left out has no reason of their own to be called: their row says when the first one begins.
 */
export async function listDue(db: Db, { city, incident }: Ward, teams: readonly string[], until: Instant): Promise<readonly MemberRow[]> {
  const { rows } = await sql<RawRow>`select ${COLUMNS} from panel_member
    where city = ${city} and incident = ${incident} and team = any(${teams}::text[]) and active and (due_at < ${until} or transfer_to is not null)`.execute(db);
  return rows.map(rowOf);
}

/** The keys of everybody these teams answer for. */
export async function listKeys(db: Db, { city, incident }: Ward, teams: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`select person_key as key from panel_member
    where city = ${city} and incident = ${incident} and team = any(${teams}::text[]) and active`.execute(db);
  return rows.map(({ key }) => key);
}

/** Everybody of these teams by name or number, also who has left: so that nobody is on no list. */
export async function findMembers(db: Db, { city, incident }: Ward, teams: readonly string[], said: string, from: number, limit: number): Promise<{ readonly members: readonly Member[]; readonly total: number }> {
  const like = `%${said.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<{ member: Member; total: number }>`select member, (count(*) over ())::int as total from panel_member
    where city = ${city} and incident = ${incident} and team = any(${teams}::text[]) and (member->>'name' ilike ${like} or member->>'phone' like ${like} or number ilike ${like})
    order by not active, member->>'name', id offset ${from} limit ${limit}`.execute(db);
  return { members: rows.map(({ member }) => member), total: rows[0]?.total ?? 0 };
}

/** People of other teams who are to come to these, and have not been said yes to. */
export async function listComing(db: Db, { city, incident }: Ward, teams: readonly string[]): Promise<readonly Member[]> {
  const { rows } = await sql<RawRow>`select ${COLUMNS} from panel_member
    where city = ${city} and incident = ${incident} and transfer_to = any(${teams}::text[]) and not team = any(${teams}::text[]) and active`.execute(db);
  return rows.map(({ member }) => member);
}

export async function membersByKey(db: Db, { city, incident }: Ward, keys: readonly string[]): Promise<readonly MemberRow[]> {
  const { rows } = await sql<RawRow>`select ${COLUMNS} from panel_member
    where city = ${city} and incident = ${incident} and person_key = any(${keys}::text[])`.execute(db);
  return rows.map(rowOf);
}

/** Everybody who lives in this town and whom some team answers for. */
export async function membersIn(db: Db, { city, incident }: Ward, town: string): Promise<readonly MemberRow[]> {
  const { rows } = await sql<RawRow>`select ${COLUMNS} from panel_member
    where city = ${city} and incident = ${incident} and town = ${town} and active`.execute(db);
  return rows.map(rowOf);
}

/** @returns false when somebody else is calling them at this moment */
export async function claimCall(db: Db, { city, incident }: Ward, id: string, { by, name, since, until }: Calling): Promise<boolean> {
  const { numAffectedRows } = await sql`update panel_member set calling_by = ${by}, calling_name = ${name}, calling_since = ${since}, calling_until = ${until}
    where city = ${city} and incident = ${incident} and id = ${id} and (calling_by is null or calling_by = ${by} or calling_until <= ${since})`.execute(db);
  return numAffectedRows === 1n;
}

export async function endCall(db: Db, { city, incident }: Ward, id: string, by?: string): Promise<void> {
  await sql`update panel_member set calling_by = null, calling_name = null, calling_since = null, calling_until = null
    where city = ${city} and incident = ${incident} and id = ${id} and (${by ?? null}::text is null or calling_by = ${by ?? null})`.execute(db);
}

/** @returns false when somebody has been asked to knock there already */
export async function addKnock(db: Db, { city, incident }: Ward, id: string, { id: member, town }: Member, { why, dueAt: due }: KnockAsked, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into panel_knock (city, incident, id, member, town, why, asked_at, due_at)
    values (${city}, ${incident}, ${id}, ${member}, ${town}, ${why}, ${at}, ${due}) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

export type KnockRow = Omit<KnockView, 'team' | 'name' | 'phone' | 'address' | 'groups' | 'conditions' | 'late'> & { readonly person: Member };

/** Open knocks of these towns, and those done since. */
export async function listKnocks(db: Db, { city, incident }: Ward, towns: readonly string[] | undefined, doneSince: Instant): Promise<readonly KnockRow[]> {
  const { rows } = await sql<Knock & { person: Member; told: string | null; doneAt: Instant | null; doneBy: string | null; found: KnockFound | null; note: string | null }>`
    select k.id, k.member, k.town, k.why, k.asked_at as "askedAt", k.due_at as "dueAt", k.told, k.done_at as "doneAt", k.done_by as "doneBy", k.found, k.note, m.member as person
    from panel_knock k join panel_member m on m.city = k.city and m.incident = k.incident and m.id = k.member
    where k.city = ${city} and k.incident = ${incident} and (k.done_at is null or k.done_at >= ${doneSince})
      and (${towns === undefined} or k.town = any(${towns ?? []}::text[]))
    order by (k.done_at is not null), k.due_at, k.id limit 500`.execute(db);
  return rows.map(({ told, doneAt, doneBy, found, note, ...row }) => ({
    ...row, ...(told && { told }), ...(doneAt !== null && { done: { at: doneAt, by: doneBy!, found: found!, ...(note && { note }) } }),
  }));
}

/** Of two who come back from the same door one writes it down. */
export async function finishKnock(db: Db, { city, incident }: Ward, id: string, towns: readonly string[], done: { readonly at: Instant; readonly by: string; readonly found: KnockFound; readonly note?: string | undefined }): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ member: string }>`update panel_knock set done_at = ${done.at}, done_by = ${done.by}, found = ${done.found}, note = ${done.note ?? null}
    where city = ${city} and incident = ${incident} and id = ${id} and town = any(${towns}::text[]) and done_at is null returning member`.execute(db);
  return row?.member;
}

export async function knockExists(db: Db, { city, incident }: Ward, id: string, towns: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select from panel_knock where city = ${city} and incident = ${incident} and id = ${id} and town = any(${towns}::text[])`.execute(db);
  return rows.length > 0;
}

/** Whoever has left needs no knock any more. */
export async function dropKnock(db: Db, { city, incident }: Ward, member: string, at: Instant, by: string): Promise<void> {
  await sql`update panel_knock set done_at = ${at}, done_by = ${by}, found = 'moved' where city = ${city} and incident = ${incident} and member = ${member} and done_at is null`.execute(db);
}
