import { sql, type QueryExecutorProvider } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { beginStory, evolve, openLink, whereabouts, type Command, type JourneyEvent, type Story } from '../../journey/index.ts';
import { visitParts } from '../../clinic/store.ts';
import type { PassEvent } from '../../passes/index.ts';
import { passParts } from '../../passes/store.ts';
import type { Actor } from '../../people/index.ts';
import { intoOutbox } from '../../people/store.ts';
import { concernsClinic, visitRow } from '../clinic/rows.ts';
import { noticesOf } from '../notices.ts';
import type { ResidentLink } from '../sign-in/index.ts';

type Db = QueryExecutorProvider;

/** A promise to do this once: the key of whoever asked, and a hash of what they asked. */
export interface Once {
  readonly key: string;
  readonly actor: string;
  readonly requestHash: string;
}

/** Everything one command wrote, to be stored in one go. */
export interface Entry {
  readonly story: Story;
  readonly events: readonly JourneyEvent[];
  readonly errands: readonly Command[];
  readonly actor: Actor;
  readonly at: Instant;
  readonly once?: Once;
  /** A new journey: how far what is in force had changed when it was decided. */
  readonly policyTurn?: number;
  readonly link?: ResidentLink;
  /** Where the journey lay before: who has to be told that it is gone from there. */
  readonly scopesBefore?: readonly string[];
}

/** Every scope that covers the story, so that one index answers "what is mine?" for everybody. */
export function scopesOf(story: Story, city: City): readonly string[] {
  const { district, town, journey, institutions, unit, cars } = whereabouts(story, city);
  return [...new Set([
    `district:${district}`, `town:${town}`, `journey:${journey}`, ...institutions.map((code) => `institution:${code}`),
    ...(unit ? [`unit:${unit}`] : []), ...cars.map((car) => `car:${car}`),
  ])];
}

function journeyRow({ story, link, once, at, policyTurn = 0 }: Entry, city: City): object {
  const open = openLink(story);
  const { decision, request, closed } = story;
  return {
    id: story.id, incident: story.incident, version: story.version, state: closed ? 'closed' : 'open',
    acuity: decision.acuity, pathway: decision.pathway, need: request.need, town: request.town,
    district: city.towns.get(request.town)?.district ?? '', institution: decision.institution, service: decision.service,
    scopes: scopesOf(story, city), owner_role: open?.owner.role, owner_scope: open?.owner.scope, step: open?.kind,
    due_at: open?.dueAt, missed_count: open?.missed.length ?? 0, received_at: request.receivedAt, closed_at: closed?.at,
    token_hash: link?.tokenHash, phone_proof: link?.phoneProof, story,
    policy_turn: policyTurn, idem_key: once?.key, idem_actor: once?.actor, idem_hash: once?.requestHash, at,
  };
}

function eventRows({ story, events, actor, at }: Entry): readonly object[] {
  const before = story.version - events.length;
  return events.map((data, index) => ({
    journey: story.id, seq: before + index + 1, happened_at: at, type: data.type,
    actor_id: actor.id, actor_role: actor.role, actor_name: actor.name, data,
  }));
}

/** A courier's pass is looked for at the same roadblocks as a patient's. */
function passNewsOf(event: JourneyEvent): readonly PassEvent[] | undefined {
  switch (event.type) {
    case 'PassIssued':
    case 'PassRevoked':
      return [event];
    case 'MedicineHandedOver':
      return event.pass && [{ type: 'PassIssued', pass: event.pass }];
    case 'MedicineSpoiled':
    case 'Delivered':
      return event.pass === undefined ? [] : [{ type: 'PassRevoked', pass: event.pass, reason: 'delivered' }];
    default:
      return undefined;
  }
}

/** Notifications carry at most 8000 bytes. */
const CHANGES_PER_NOTICE = 24;

/**
 * Stores many entries with one statement: stories, events, errands, notices to people, and the news for open screens. An
 * entry whose key was used before is left out whole.
 * @returns ids of the journeys that were stored
 */
export async function storeEntries(db: Db, city: City, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  const journeys = entries.map((entry) => journeyRow(entry, city));
  const events = entries.flatMap(eventRows);
  const errands = entries.flatMap(({ story, errands, at }) => errands.map((command) => ({ journey: story.id, command, at })));
  const notices = entries.flatMap(({ story, events: told, at }) =>
    noticesOf(told, story).map((notice) => ({ ...notice, journey: story.id, at })));
  const passes = entries.flatMap(({ story, events: told, at }) =>
    told.flatMap((event) => (passNewsOf(event) ?? []).map((news) => ({ journey: story.id, at, event: news }))));
  const visits = entries.flatMap(({ story, events: told }) => (concernsClinic(told, story) ? (visitRow(story) ?? []) : []));
  const { rows } = await sql<{ id: string }>`
    with input as materialized (
      select * from json_to_recordset(${JSON.stringify(journeys)}::json) as r(
        id text, incident text, version integer, state text, acuity text, pathway text, need text, town text, district text,
        institution text, service text, scopes text[], owner_role text, owner_scope text, step text, due_at bigint,
        missed_count integer, received_at bigint, closed_at bigint, token_hash text, phone_proof text, story jsonb,
        policy_turn bigint, idem_key text, idem_actor text, idem_hash text, at bigint)),
    fresh as (
      insert into idempotency (city, key, actor, request_hash, journey, version, created_at)
      select ${city.id}, idem_key, idem_actor, idem_hash, id, version, at from input where idem_key is not null
      on conflict do nothing returning journey),
    passed as (select id from input where idem_key is null or id in (select journey from fresh)),
    stored as (
      insert into journey as j (city, id, incident, version, state, acuity, pathway, need, town, district, institution, service,
        scopes, owner_role, owner_scope, step, due_at, missed_count, received_at, closed_at, token_hash, phone_proof, story, policy_turn)
      select ${city.id}, id, incident, version, state, acuity, pathway, need, town, district, institution, service,
        scopes, owner_role, owner_scope, step, due_at, missed_count, received_at, closed_at, token_hash, phone_proof, story, policy_turn
      from input where id in (select id from passed)
      on conflict (city, id) do update set version = excluded.version, state = excluded.state, acuity = excluded.acuity,
        pathway = excluded.pathway, need = excluded.need, institution = excluded.institution, service = excluded.service,
        scopes = excluded.scopes, owner_role = excluded.owner_role, owner_scope = excluded.owner_scope, step = excluded.step,
        due_at = excluded.due_at, missed_count = excluded.missed_count, closed_at = excluded.closed_at, story = excluded.story),
    ${passParts(city.id, passes, sql`passed`)}
    ${visitParts(city.id, visits, sql`passed`)}
    told as (
      insert into event (city, journey, seq, happened_at, type, actor_id, actor_role, actor_name, data)
      select ${city.id}, * from json_to_recordset(${JSON.stringify(events)}::json) as e(
        journey text, seq integer, happened_at bigint, type text, actor_id text, actor_role text, actor_name text, data jsonb)
      where journey in (select id from passed)),
    sent as (
      insert into errand (city, journey, command, created_at)
      select ${city.id}, * from json_to_recordset(${JSON.stringify(errands)}::json) as e(journey text, command jsonb, at bigint)
      where journey in (select id from passed)),
    noticed as (
      ${intoOutbox({
        city: city.id, journey: sql`n.journey`, audience: sql`n.audience`, code: sql`n.code`, facts: sql`n.facts`, at: sql`n.at`,
        from: sql`json_to_recordset(${JSON.stringify(notices)}::json) as n(journey text, audience text, code text, facts jsonb, at bigint) where n.journey in (select id from passed)`,
      })})
    select id from passed`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** One change as it travels to every server: journey, version, and the scopes whose screens show it. */
export type Change = readonly [journey: string, version: number, scopes: readonly string[]];

/** Tells every server, when the transaction has committed and not before. */
export async function announce(db: Db, city: City, entries: readonly Entry[]): Promise<void> {
  const changes = entries.map(({ story, scopesBefore = [] }): Change =>
    [story.id, story.version, [...new Set([...scopesOf(story, city), ...scopesBefore])]]);
  for (let from = 0; from < changes.length; from += CHANGES_PER_NOTICE) {
    await notify(db, { city: city.id, changes: changes.slice(from, from + CHANGES_PER_NOTICE) });
  }
  if (entries.some(({ story, events }) => concernsClinic(events, story))) await notify(db, { city: city.id, kind: 'clinic' });
}

export const CHANNEL = 'greenlane';

/** News for every server of this database; `kind` is for what belongs to no journey. */
export interface News {
  readonly city: string;
  readonly changes?: readonly Change[];
  readonly kind?: string;
}

export async function notify(db: Db, news: News): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(news)})`.execute(db);
}

export async function readStory(db: Db, city: string, id: string, lock = false): Promise<Story | undefined> {
  const { rows: [row] } = await sql<{ story: Story }>`select story from journey where city = ${city} and id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return row?.story;
}

export interface Known {
  readonly requestHash: string;
  readonly journey: string;
  readonly version: number;
}

/** What was done under this key, if anything was. */
export async function readOnce(db: Db, city: string, key: string, actor: string): Promise<Known | undefined> {
  const { rows: [row] } = await sql<Known>`select request_hash as "requestHash", journey, version from idempotency
    where city = ${city} and key = ${key} and actor = ${actor}`.execute(db);
  return row;
}

export interface StoredEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly by: { readonly role: string; readonly name: string };
  readonly data: JourneyEvent;
}

export async function readEvents(db: Db, city: string, journey: string): Promise<readonly StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`select seq, happened_at as at, type, data,
      json_build_object('role', actor_role, 'name', actor_name) as by
    from event where city = ${city} and journey = ${journey} order by seq`.execute(db);
  return rows;
}

/**
 * The story as it was after `version` events: an answer given once can be given again, word for word, without being kept.
 */
export async function storyAt(db: Db, city: string, journey: string, version: number): Promise<Story | undefined> {
  const now = await readStory(db, city, journey);
  if (!now || now.version === version) return now;
  const [received, decided, ...later] = (await readEvents(db, city, journey)).filter(({ seq }) => seq <= version);
  if (received?.data.type !== 'RequestReceived' || decided?.data.type !== 'RequestDecided') return undefined;
  const first = beginStory(received.data, decided.data.decision, { city: now.city, incident: now.incident }, received.at);
  return later.reduce((story, { data, at }) => evolve(story, data, at), first);
}
