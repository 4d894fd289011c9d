import { sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import { HOUR_MS, type Instant, type Place } from '../base/index.ts';
import { holderKey, type IssuedPass, type Issuer, type IssuerCounted, type WorkPass } from './issuer.ts';
import type { Pass, PassEvent } from './pass.ts';
import { shownTwice } from './seen.ts';

type Db = QueryExecutorProvider;

/** A pass as the roadblock finds it: by its code, without the story of its bearer. */
export interface PassRow extends Pass {
  readonly journey: string;
}

/** What happened to the pass of one journey. */
export interface PassNews {
  readonly journey: string;
  readonly at: Instant;
  readonly event: PassEvent;
}

/**
 * Keeps the checkable copy of what the stories say. Parts of the one statement that stores them (a `with` list, each part
 * ending in a comma): a pass that the roadblock does not know of, or still believes in, would be worse than a slow one.
 * @param stored the part of that statement that names the journeys stored by it (column `id`)
 */
export function passParts(city: string, news: readonly PassNews[], stored: RawBuilder<unknown>): RawBuilder<unknown> {
  const issued = news.flatMap(({ journey, at, event }) => (event.type === 'PassIssued' ? [{ ...event.pass, journey, at }] : []));
  const revoked = news.flatMap(({ journey, at, event }) => (event.type === 'PassRevoked' ? [{ id: event.pass, journey, at }] : []));
  const issue = sql`passes_issued as (
      insert into pass (city, id, code, journey, valid_from, valid_to, to_institution, from_town, issued_at)
      select ${city}, * from json_to_recordset(${JSON.stringify(issued)}::json) as p(
        id text, code text, journey text, "validFrom" bigint, "validTo" bigint, "toInstitution" text, "fromTown" text, at bigint)
      where journey in (select id from ${stored})),`;
  const revoke = sql`passes_revoked as (
      update pass set revoked_at = r.at from json_to_recordset(${JSON.stringify(revoked)}::json) as r(id text, journey text, at bigint)
      where pass.city = ${city} and pass.id = r.id and pass.revoked_at is null and r.journey in (select id from ${stored})),`;
  return sql`${issued.length > 0 ? issue : sql``} ${revoked.length > 0 ? revoke : sql``}`;
}

export async function findPass(db: Db, city: string, code: string): Promise<PassRow | undefined> {
  const { rows: [row] } = await sql<Omit<PassRow, 'revoked'> & { revokedAt: Instant | null }>`
    select id, code, journey, from_town as "fromTown", to_institution as "toInstitution", valid_from as "validFrom",
      valid_to as "validTo", issued_at as "issuedAt", revoked_at as "revokedAt"
    from pass where city = ${city} and code = ${code}`.execute(db);
  if (!row) return undefined;
  const { revokedAt, ...pass } = row;
  return revokedAt === null ? pass : { ...pass, revoked: { at: revokedAt, reason: 'revoked' } };
}

/** Codes of withdrawn passes that would hold otherwise: what has ended says so itself. */
export async function listRevoked(db: Db, city: string, at: Instant): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`select code from pass where city = ${city} and revoked_at is not null and valid_to > ${at - REVOKED_KEPT_MS}
    union all select code from work_pass where city = ${city} and revoked_at is not null and valid_to > ${at - REVOKED_KEPT_MS}`.execute(db);
  return rows.map(({ code }) => code);
}
/** How many, and the latest: another answer than before when a code came or went. */
export async function countRevoked(db: Db, city: string, at: Instant): Promise<readonly [count: number, latest: Instant | null]> {
  const { rows: [row] } = await sql<{ count: number; latest: Instant | null }>`select count(*)::int as count, max(revoked_at) as latest from (
    select revoked_at from pass where city = ${city} and revoked_at is not null and valid_to > ${at - REVOKED_KEPT_MS}
    union all select revoked_at from work_pass where city = ${city} and revoked_at is not null and valid_to > ${at - REVOKED_KEPT_MS}) as r`.execute(db);
  return [row!.count, row!.latest];
}
/** A phone's clock may be off. */
const REVOKED_KEPT_MS = HOUR_MS;

export interface PassCheck {
  readonly incident: string;
  readonly pass: string | undefined;
  readonly code: string;
  readonly answer: string;
  readonly at: Instant;
  /** Later than `at` when there was no network. */
  readonly receivedAt: Instant;
  readonly by: string;
  readonly scope: string;
  readonly place?: Place;
}

/** Each look at a pass is kept: who was stopped, where, and what the officer was told. */
export async function logCheck(db: Db, city: string, { incident, pass, code, answer, at, receivedAt, by, scope, place }: PassCheck): Promise<void> {
  await sql`insert into pass_check (city, incident, pass, code, answer, at, received_at, checked_by, scope, lon, lat)
    values (${city}, ${incident}, ${pass ?? null}, ${code}, ${answer}, ${at}, ${receivedAt}, ${by}, ${scope}, ${place?.lon ?? null}, ${place?.lat ?? null})`.execute(db);
}

/** Where else a pass was shown since then, the latest first. */
export async function listChecks(db: Db, city: string, pass: string, since: Instant, exceptScope: string): Promise<readonly { readonly at: Instant; readonly scope: string; readonly place: Place }[]> {
  const { rows } = await sql<{ at: Instant; scope: string; lon: number; lat: number }>`select at, scope, lon, lat from pass_check
    where city = ${city} and pass = ${pass} and at > ${since} and scope <> ${exceptScope} and lon is not null order by at desc limit 20`.execute(db);
  return rows.map(({ at, scope, lon, lat }) => ({ at, scope, place: { lon, lat } }));
}


export async function addWorkPasses(db: Db, city: string, incident: string, passes: readonly WorkPass[], by: string): Promise<void> {
  await sql`insert into work_pass (city, code, incident, issuer, batch, kind, name, duty, areas, from_place, to_place, valid_from, valid_to, issued_at, issued_by)
    select ${city}, code, ${incident}, issuer, batch, kind, name, duty, case when areas is null then null else array(select json_array_elements_text(areas)) end, "from", "to", "validFrom", "validTo", "issuedAt", ${by}
    from json_to_recordset(${JSON.stringify(passes)}::json) as n(code text, issuer text, batch text, kind text, name text, duty text, areas json, "from" text, "to" text, "validFrom" bigint, "validTo" bigint, "issuedAt" bigint)`.execute(db);
}

export async function findWorkPass(db: Db, city: string, code: string): Promise<WorkPass | undefined> {
  const { rows: [row] } = await sql<Record<string, unknown>>`select code, issuer, batch, kind, name, duty, areas, from_place as "from", to_place as "to", valid_from as "validFrom", valid_to as "validTo",
    issued_at as "issuedAt", revoked_at as "revokedAt" from work_pass where city = ${city} and code = ${code}`.execute(db);
  return row && (Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as WorkPass);
}

/** @returns false when it is withdrawn already, or none of theirs */
export async function revokeWorkPass(db: Db, city: string, code: string, { by, reason, at }: { readonly by: string; readonly reason: string; readonly at: Instant }): Promise<boolean> {
  const { numAffectedRows } = await sql`update work_pass set revoked_at = ${at}, revoked_by = ${by}, revoked_reason = ${reason} where city = ${city} and code = ${code} and revoked_at is null`.execute(db);
  return numAffectedRows === 1n;
}

export interface Look {
  readonly city: string;
  readonly incident: string;
}

type IssuerRow = Omit<Issuer, 'withdrawn' | 'areas'> & { readonly areas: readonly string[] | null; readonly withdrawnAt: Instant | null; readonly withdrawnBy: string | null; readonly withdrawnReason: string | null; readonly live: number; readonly revoked: number };

export async function listIssuers(db: Db, { city, incident }: Look, at: Instant, id?: string): Promise<readonly IssuerCounted[]> {
  const { rows } = await sql<IssuerRow>`select i.id, i.kind, i.name, i.areas, i.passes_max as "passesMax", i.valid_until as until, i.enrolled_at as "enrolledAt", i.withdrawn_at as "withdrawnAt", i.withdrawn_by as "withdrawnBy",
      i.withdrawn_reason as "withdrawnReason", (count(w.code) filter (where w.revoked_at is null and w.valid_to > ${at}))::int as live, (count(w.code) filter (where w.revoked_at is not null))::int as revoked
    from pass_issuer i left join work_pass w on w.city = i.city and w.incident = i.incident and w.issuer = i.id
    where i.city = ${city} and i.incident = ${incident} and ${id === undefined ? sql`true` : sql`i.id = ${id}`} group by i.city, i.incident, i.id order by i.enrolled_at, i.id`.execute(db);
  return rows.map(({ areas, withdrawnAt, withdrawnBy, withdrawnReason, ...issuer }) => ({
    ...issuer, ...(areas && { areas }), ...(withdrawnAt !== null && { withdrawn: { at: withdrawnAt, by: withdrawnBy!, reason: withdrawnReason! } }),
  }));
}

/** @returns false when there is a unit of that code */
export async function addIssuer(db: Db, { city, incident }: Look, { id, kind, name, areas, passesMax, until, enrolledAt }: Issuer, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into pass_issuer (city, id, incident, kind, name, areas, passes_max, valid_until, enrolled_at, enrolled_by)
    values (${city}, ${id}, ${incident}, ${kind}, ${JSON.stringify(name)}::jsonb, ${areas ?? null}::text[], ${passesMax}, ${until}, ${enrolledAt}, ${by}) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** The unit and with it every pass of its own. @returns false when it is withdrawn already */
export async function withdrawIssuer(db: Db, { city, incident }: Look, id: string, { by, reason, at }: { readonly by: string; readonly reason: string; readonly at: Instant }): Promise<boolean> {
  const { numAffectedRows } = await sql`update pass_issuer set withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_reason = ${reason} where city = ${city} and incident = ${incident} and id = ${id} and withdrawn_at is null`.execute(db);
  return numAffectedRows === 1n;
}

/** One upload at a time: how many are in force is true until the transaction ends. */
export async function lockIssuer(db: Db, { city, incident }: Look, id: string): Promise<void> {
  await sql`select id from pass_issuer where city = ${city} and incident = ${incident} and id = ${id} for update`.execute(db);
}

/** Who has a pass of this unit in force. */
export async function listHolders(db: Db, { city, incident }: Look, issuer: string, at: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string; duty: string | null; validFrom: Instant }>`select name, duty, valid_from as "validFrom" from work_pass
    where city = ${city} and incident = ${incident} and issuer = ${issuer} and revoked_at is null and valid_to > ${at}`.execute(db);
  return new Set(rows.map(({ duty, ...pass }) => holderKey({ ...pass, ...(duty !== null && { duty }) })));
}

/** A unit's passes, the latest upload first; by batch, or by a part of the name or the code. */
export async function listWorkPasses(db: Db, { city, incident }: Look, issuer: string, { batch, text, from = 0, most }: { readonly batch?: string | undefined; readonly text?: string | undefined; readonly from?: number; readonly most: number }): Promise<readonly IssuedPass[]> {
  const like = text === undefined ? undefined : `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const { rows } = await sql<Record<string, unknown>>`select code, issuer, batch, kind, name, duty, areas, from_place as "from", to_place as "to", valid_from as "validFrom", valid_to as "validTo", issued_at as "issuedAt", revoked_at as "revokedAt", revoked_reason as "revokedReason"
    from work_pass where city = ${city} and incident = ${incident} and issuer = ${issuer} and ${batch === undefined ? sql`true` : sql`batch = ${batch}`} and ${like === undefined ? sql`true` : sql`(name ilike ${like} or code ilike ${like})`}
    order by issued_at desc, name, code offset ${from} limit ${most}`.execute(db);
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as IssuedPass);
}

/** Some of a unit's passes, one upload, or all of them. @returns how many do not hold any more */
export async function revokeIssued(db: Db, { city, incident }: Look, issuer: string, which: { readonly codes: readonly string[] } | { readonly batch: string } | { readonly all: true }, { by, reason, at }: { readonly by: string; readonly reason: string; readonly at: Instant }): Promise<number> {
  const those = 'codes' in which ? sql`code = any(${which.codes}::text[])` : 'batch' in which ? sql`batch = ${which.batch}` : sql`true`;
  const { numAffectedRows } = await sql`update work_pass set revoked_at = ${at}, revoked_by = ${by}, revoked_reason = ${reason} where city = ${city} and incident = ${incident} and issuer = ${issuer} and revoked_at is null and ${those}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** More looks than a day's suspicion holds: the latest are asked. */
const LOOKS_MAX = 2_000;
const TWICE_MAX = 50;

/** How passes were answered since then, by hour; and the codes that were shown in two places at once. */
export async function checkFigures(db: Db, { city, incident }: Look, since: Instant): Promise<{ readonly hours: readonly { readonly hour: Instant; readonly answer: string; readonly count: number }[]; readonly twice: readonly { readonly code: string; readonly at: Instant; readonly scope: string }[] }> {
  const { rows: hours } = await sql<{ hour: Instant; answer: string; count: number }>`select (at / ${HOUR_MS}) * ${HOUR_MS} as hour, answer, count(*)::int as count from pass_check
    where city = ${city} and incident = ${incident} and at > ${since} group by 1, 2 order by 1, 2`.execute(db);
  // Asked of the looks themselves: one that was sent on later keeps the answer its officer was told, who could not know of the other.
  const { rows: looks } = await sql<{ pass: string; code: string; at: Instant; scope: string; lon: number; lat: number }>`select pass, code, at, scope, lon, lat from pass_check
    where city = ${city} and incident = ${incident} and at > ${since} and lon is not null and pass in (
      select pass from pass_check where city = ${city} and incident = ${incident} and at > ${since} and lon is not null group by pass having count(distinct scope) > 1)
    order by at desc limit ${LOOKS_MAX}`.execute(db);
  const twice = [...Map.groupBy(looks, ({ pass }) => pass).values()].flatMap((ofOne) => shownTwice(ofOne.map(({ lon, lat, ...look }) => ({ ...look, place: { lon, lat } }))));
  return { hours, twice: twice.map(({ code, at, scope }) => ({ code, at, scope })).sort((one, other) => other.at - one.at).slice(0, TWICE_MAX) };
}
