import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Story } from '../../journey/index.ts';
import { readPass, type TrustedKey } from '../../passes/index.ts';
import type { Actor } from '../../people/index.ts';
import type { House } from '../house.ts';
import { listStories } from '../journeys/list.ts';

const LISTED_MAX = 500;
const FOUND_MAX = 5;
/** One or two letters fit half the list: that is no search. */
const LETTERS_MIN = 2;

export interface FoundAtDoor {
  readonly stories: readonly Story[];
  /** Whoever shows a pass for another house is seen here all the same; it is said so that nobody looks for them in vain. */
  readonly expectedAt?: string;
}

/**
 * Whoever stands here, among those this house expects: by the code of a pass (scanned or typed), the plate of what brought them, their name or the request's
 * code. Never a search over the city's people: a pass for another house says which, and nothing else.
 */
export async function findAtDoor(house: House, actor: Actor, text: string, keys: readonly TrustedKey[]): Promise<FoundAtDoor> {
  const { db, city, clock } = house;
  const reading = text.length > 40 ? await readPass(text, { keys, revoked: new Uint8Array() }, clock.now()) : undefined;
  const wanted = fold(reading?.claims?.code ?? text);
  const stories = (await listStories(house, actor, 'open', LISTED_MAX)).filter(({ arrival }) => arrival !== undefined && arrival.treatedAt === undefined);
  if (wanted.length < LETTERS_MIN) return { stories: [] };
  const exact = stories.filter(({ id, pass, mission, out }) => [id, pass?.code, mission?.stoodDown ? undefined : mission?.unit, out?.cancelled ? undefined : out?.car].some((code) => code !== undefined && fold(code) === wanted));
  // A unit has brought others today, who are in bed by now: the one at the door is not received yet, and still in its hands.
  const waiting = exact.filter(({ arrival }) => arrival!.receivedAt === undefined);
  const aboard = waiting.filter(({ mission }) => mission?.times.handedOver === undefined);
  const found = [aboard, waiting, exact].find(({ length }) => length > 0) ?? stories.filter(({ request }) => fold(request.person.name).includes(wanted));
  if (found.length > 0) return { stories: found.slice(0, FOUND_MAX) };
  const elsewhere = await passOf(db, city.id, wanted);
  return { stories: [], ...(elsewhere !== undefined && { expectedAt: elsewhere }) };
}

const fold = (text: string): string => text.normalize('NFKC').replace(/[\s·•.-]/g, '').toLowerCase();

async function passOf(db: Kysely<any>, city: string, code: string): Promise<string | undefined> {
  const { rows: [row] } = await sql<{ institution: string }>`select to_institution as institution from pass where city = ${city} and lower(code) = ${code} and revoked_at is null`.execute(db);
  return row?.institution;
}
