import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Refusal } from '../../base/index.ts';
import { handle, mayDo, wantedFor, whereabouts, type Claim, type Command, type Story } from '../../journey/index.ts';
import { conflict, maySee, notAllowed, notFound, Refused, type Actor } from '../../people/index.ts';
import { followStories } from '../appointments/booking-follow.ts';
import { LostClaim, lookUp, makeClaims, queueAtCounter } from './free-things.ts';
import { worldOf, type House } from '../house.ts';
import { announce, notify, readOnce, readStory, scopesOf, storeEntries, storyAt, type Entry, type Once } from './store.ts';
import { carsToClean, concernsRides, rideRows } from '../rides/rows.ts';
import { codeOf } from '../start-problem.ts';
import { saveDispensed } from '../../clinic/store.ts';
import { saveRides, takeOffToClean } from '../../trips/store.ts';
import { followHandOvers } from '../door/hand-overs.ts';
import { oweWorse } from '../call-line/worse-after-answer.ts';
import { followPlaces } from '../status/places.ts';
import { followRefusals } from '../refusals/follow.ts';
import { concernsDispensed, dispensedRows } from '../clinic/rows.ts';

/** Who asks for a thing queues at its counter, so a claim is lost only to something outside: three looks are plenty. */
const LOOKS_MAX = 3;
/** PostgreSQL gave up a transaction so that another could go on, or found at its end two cohorts in one car; nothing was stored. */
const TRY_AGAIN = new Set(['40001', '40P01', '23P01']);
/** Two of one person, service and day that looked at the same moment: whoever looks again is told what stands in the way. */
const isSecondOfADay = (error: unknown): boolean => codeOf(error) === '23505' && (error as { constraint?: unknown }).constraint === 'booking_one_a_day';

/**
 * One command to one journey, in one transaction: the story, what happened, the things it takes and gives back, what has to
 * be done next and the news of it are stored together or not at all. The same key again gets the same answer again.
 * @throws Refused with what the person can do about it
 */
export async function perform(house: House, actor: Actor, id: string, command: Command, key?: string): Promise<Story> {
  return withFreshLooks(async () => house.db.transaction().execute(async (trx) => {
    const story = await readStory(trx, house.city.id, id, true);
    if (!story || !inScope(house, actor, story)) throw notFound();
    const once = key === undefined ? undefined : onceOf({ key, actor, journey: id, what: command });
    const known = once && (await readOnce(trx, house.city.id, once.key, once.actor));
    if (known) return againFor(trx, house, known, once);
    if (!mayDo(actor, command.type, story, house.city)) throw notAllowed();
    const refusal = await apply(trx, house, actor, story, command, once);
    if (typeof refusal === 'object' && 'refusal' in refusal) throw conflict(refusal.refusal);
    return refusal;
  }));
}

/** One command to one journey, by whoever gives it. */
export interface Act {
  readonly actor: Actor;
  readonly journey: string;
  readonly command: Command;
}

/** What a person asked for, under a key: sent again, it gets the same story of this journey again. */
export interface Asked {
  readonly key: string;
  readonly actor: Actor;
  readonly journey: string;
  readonly what: unknown;
}

/**
 * Commands to several journeys that make sense only together (a unit turns round from one patient to another), in the order
 * given and in one transaction: one that is refused undoes them all. Stories are locked in the order of their ids, so that two
 * of these never wait for each other. The caller has asked whether the actors may.
 * @param check looks at the stories behind their locks, before anything is done; throws to leave everything as it is
 * @returns the stories after it, by id
 * @throws Refused
 */
export async function performTogether(
  house: House, acts: readonly Act[], asked?: Asked, check: (stories: ReadonlyMap<string, Story>) => void = () => undefined,
): Promise<ReadonlyMap<string, Story>> {
  return withFreshLooks(async () => house.db.transaction().execute((trx) => playTogether(trx, house, acts, asked, check)));
}

/** The same in a transaction that the caller has begun. */
export async function playTogether(
  trx: Kysely<any>, house: House, acts: readonly Act[], asked?: Asked, check: (stories: ReadonlyMap<string, Story>) => void = () => undefined,
): Promise<ReadonlyMap<string, Story>> {
  const once = asked && onceOf(asked);
  const stories = new Map<string, Story>();
  for (const id of [...new Set(acts.map(({ journey }) => journey))].sort()) {
    const story = await readStory(trx, house.city.id, id, true);
    if (!story) throw notFound();
    stories.set(id, story);
  }
  const known = once && (await readOnce(trx, house.city.id, once.key, once.actor));
  if (known) return stories.set(asked!.journey, await againFor(trx, house, known, once));
  check(stories);
  const last = acts.findLastIndex(({ journey }) => journey === asked?.journey);
  for (const [index, { actor, journey, command }] of acts.entries()) {
    const answer = await apply(trx, house, actor, stories.get(journey)!, command, index === last ? once : undefined);
    if ('refusal' in answer) throw conflict(answer.refusal);
    stories.set(journey, answer);
  }
  return stories;
}

/** What was done under this key before, if anything was. */
export async function doneBefore(house: House, asked: Asked): Promise<Story | undefined> {
  const once = onceOf(asked);
  const known = await readOnce(house.db, house.city.id, once.key, once.actor);
  return known && againFor(house.db, house, known, once);
}

/**
 * An errand of the system. Done and noted in one transaction, so that however often it is tried it happens once. A refusal
 * is an answer: the story has moved on, and the errand is done.
 */
export async function runErrand(house: House, actor: Actor, journey: string, errand: number, command: Command): Promise<void> {
  const { city, db, clock } = house;
  await withFreshLooks(async () => db.transaction().execute(async (trx) => {
    const story = await readStory(trx, city.id, journey, true);
    const { numAffectedRows } = await sql`update errand set done_at = ${clock.now()}, attempts = attempts + 1
      where city = ${city.id} and id = ${errand} and done_at is null`.execute(trx);
    if (!story || numAffectedRows !== 1n) return;
    const answer = await apply(trx, house, actor, story, command);
    if ('refusal' in answer) {
      await sql`update errand set last_refusal = ${answer.refusal.code} where city = ${city.id} and id = ${errand}`.execute(trx);
    }
  }));
}

async function apply(
  trx: Kysely<any>, house: House, actor: Actor, story: Story, command: Command, once?: Once,
): Promise<Story | { readonly refusal: Refusal }> {
  const { city, clock, travel } = house;
  const wanted = wantedFor(command, story, clock.now());
  await queueAtCounter(trx, city, wanted, story);
  const at = clock.now();
  const free = await lookUp(trx, city, wanted, story, at, travel.seconds);
  const told = handle(story, command, worldOf(house, actor, at, free));
  if (!told.ok) return { refusal: told.refusal };
  const { story: after, events, claims, errands } = told.value;
  const entry: Entry = { story: after, events, errands, actor, at, scopesBefore: scopesOf(story, city), ...(once && { once }) };
  const stored = await storeTold(trx, city, [{ entry, claims }]);
  // The key was used for another journey: whoever made it made it twice, and nothing may happen under it.
  if (!stored.has(story.id)) throw new Refused(422, [{ code: 'idempotencyKeyReused', field: 'Idempotency-Key' }]);
  return after;
}

/** What stories take and give back, what happened in them and the news of it: all together, in the caller's transaction. */
export async function storeTold(trx: Kysely<any>, city: House['city'], told: readonly { readonly entry: Entry; readonly claims: readonly Claim[] }[]): Promise<ReadonlySet<string>> {
  for (const { entry: { story, at }, claims } of told) await makeClaims(trx, city.id, claims, story, at);
  const entries = told.map(({ entry }) => entry);
  const stored = await storeEntries(trx, city, entries);
  await followStories(trx, city.id, entries.filter(({ story }) => stored.has(story.id)));
  const kept = entries.filter(({ story }) => stored.has(story.id));
  await followPlaces(trx, city.id, kept);
  await oweWorse(trx, city.id, kept);
  const ofRides = kept.filter(({ story, events }) => concernsRides(events, story));
  if (ofRides.length > 0) {
    await saveRides(trx, city.id, ofRides.map(({ story }) => story.id), ofRides.flatMap(({ story }) => rideRows(story, city)));
    await notify(trx, { city: city.id, kind: 'day' });
  }
  const ofShelf = kept.filter(({ events, story }) => concernsDispensed(events, story)).map(({ story }) => story);
  if (ofShelf.length > 0) await saveDispensed(trx, city.id, ofShelf.map(({ visit }) => visit!.id), ofShelf.flatMap(dispensedRows));
  for (const { story, events, at } of kept) {
    for (const car of carsToClean(events, story)) await takeOffToClean(trx, city.id, story.incident, car, at);
  }
  await followRefusals(trx, city, kept);
  await followHandOvers(trx, city, kept);
  await announce(trx, city, entries);
  if (told.some(({ claims }) => claims.some(({ thing }) => thing === 'unit'))) await notify(trx, { city: city.id, kind: 'units' });
  return stored;
}

export function inScope(house: House, actor: Actor, story: Story): boolean {
  return actor.role === 'system' || maySee(actor, whereabouts(story, house.city));
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function onceOf({ key, actor, journey, what }: Asked): Once {
  return { key: hashOf(key), actor: actor.id, requestHash: hashOf([journey, what]) };
}

async function againFor(
  db: Kysely<any>, house: House, known: { requestHash: string; journey: string; version: number }, once: Once,
): Promise<Story> {
  if (known.requestHash !== once.requestHash) throw new Refused(422, [{ code: 'idempotencyKeyReused', field: 'Idempotency-Key' }]);
  const story = await storyAt(db, house.city.id, known.journey, known.version);
  if (!story) throw notFound();
  return story;
}

/** Once more when somebody was faster, with a fresh look each time. */
export async function withFreshLooks<T>(work: () => Promise<T>, looksMax = LOOKS_MAX): Promise<T> {
  for (let look = 1; ; look++) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof LostClaim || TRY_AGAIN.has(codeOf(error) ?? '') || isSecondOfADay(error);
      if (!again) throw error;
      if (look === looksMax) throw conflict({ code: 'takenMeanwhile' });
    }
  }
}
