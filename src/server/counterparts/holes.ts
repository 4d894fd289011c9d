import { findHoles, type CounterpartHole } from '../../city/index.ts';
import type { House } from '../house.ts';
import { notice } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { addHoles, endHoles, openHoles, type HoleName } from './store.ts';
import { sql } from 'kysely';

const LOOK_EVERY_MS = 5_000;

/** Towns without their counterpart at this moment, and who fills it. */
export function holesNow({ city, board, clock, travel }: House): readonly CounterpartHole[] {
  return findHoles(city, board.now(), clock.now(), travel.tables()?.car);
}

/** Sees holes begin and end, and tells the command centre of each closure that makes some: once, whichever server saw it first. */
export function openHoleWatch(house: House): Rounds {
  const rounds = openRounds(() => lookForHoles(house).catch((error: unknown) => house.log(`Towns without a counterpart are looked for again: ${messageOf(error)}`)), LOOK_EVERY_MS);
  rounds.kick();
  return rounds;
}

export async function lookForHoles(house: House): Promise<void> {
  const { db, board, clock, incident, counterparts: { of, catchUp } } = house;
  if (same(holesNow(house), await openHoles(db, of))) return;
  const told = await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${of.city} holes`}, 0))`.execute(trx);
    // Behind the lock, as it is now: a server that has not heard of a closure yet never takes back what another has seen.
    await Promise.all([board.reload(), catchUp()]);
    const holes = holesNow(house);
    const known = await openHoles(trx, of);
    const at = clock.now();
    const standing = new Set(holes.map(nameOf));
    await endHoles(trx, of, known.filter((hole) => !standing.has(nameOf(hole))), at);
    const fresh = new Set((await addHoles(trx, of, holes.map(({ town, service }) => ({ town, service })), at)).map(nameOf));
    // A hospital is the counterpart of thirty towns: one closure is one notice.
    for (const together of Map.groupBy(holes.filter((hole) => fresh.has(nameOf(hole))), ({ service, closed }) => `${service} ${closed.join()}`).values()) {
      const [{ service, closed, fill, until }] = together as [CounterpartHole];
      await notice(trx, of.city, incident.id, {
        audience: 'city', code: 'counterpartHole',
        facts: { service, institution: closed.join(' '), towns: together.length, next: fill?.institution ?? '', ...(until !== undefined && { until }) },
      }, at);
    }
    await notify(trx, { city: of.city, kind: 'holes' });
    return fresh.size;
  });
  if (told > 0) house.log(`${told} holes among the counterparts were found and filled`);
}

const nameOf = ({ town, service }: HoleName): string => `${town} ${service}`;

function same(holes: readonly CounterpartHole[], known: readonly HoleName[]): boolean {
  const names = new Set(known.map(nameOf));
  return names.size === holes.length && holes.every((hole) => names.has(nameOf(hole)));
}
