import { sql } from 'kysely';
import { conflict, type Actor } from '../../people/index.ts';
import { answerOf, newFaults, workOut, type DayJob, type DayUnplanned, type Plan } from '../../trips/index.ts';
import { writeAudit } from '../audit.ts';
import { planOnThread } from './day-thread.ts';
import type { House } from '../house.ts';
import { actsFor, carryOnWithout, findPlaceFor, inTurn, mustBeFaultless, playActs } from './desk.ts';
import { openRounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { jobFor, readDay, type StoredDay } from './trip-day.ts';

export interface DayPlanner {
  /** Plans the rest of a district's day anew. Who presses while it is planned shares the answer. */
  replan(district: string, by: Actor): Promise<{ readonly moved: number; readonly unplanned: readonly DayUnplanned[] }>;
  isPlanning(district: string): boolean;
  /** A car came free, or a ride waits for one. */
  kick(): void;
  stop(): Promise<void>;
}

/** A day that changes faster than it is planned is planned while nobody may change it, the third time. */
const FREE_TRIES = 2;
/** Many changes within this are one reason to look. */
const GATHER_MS = 1_000;
/** Rides of one district that are looked after in one round: on a day with too few cars hundreds wait, and each is a question to the whole plan. */
const LOOKED_AFTER_MAX = 8;
/** By the clock alone: nothing changed, but time went by. */
const ROUND_EVERY_MS = 15_000;

export function openDayPlanner(house: House): DayPlanner {
  const { city, db, clock, log } = house;
  const underWay = new Map<string, ReturnType<DayPlanner['replan']>>();
  const stopping = new AbortController();
  let soon: NodeJS.Timeout | undefined;
  const tried = new Map<string, number>();

  const store = async (district: string, by: Actor, planned: { readonly job: DayJob; readonly plan: Plan } | undefined, before: StoredDay | undefined): ReturnType<DayPlanner['replan']> => inTurn(house, district, async (trx) => {
    const stored = await readDay(trx, house, district, before?.day.at ?? clock.now());
    if (before && fingerprint(stored) !== fingerprint(before)) throw new DayChanged();
    const job = planned?.job ?? await jobFor(house, stored.day);
    const answer = answerOf(stored.day, job, planned?.plan ?? workOut(job));
    await mustBeFaultless(house, newFaults(stored.day, answer.moved));
    await playActs(trx, house, actsFor(stored, answer.moved));
    const at = clock.now();
    const moved = answer.moved.filter(({ told }) => told).length;
    await sql`insert into day_plan (city, district, incident, at, planned_by, moved) values (${city.id}, ${district}, ${house.incident.id}, ${at}, ${by.name}, ${moved})
      on conflict (city, district, incident) do update set at = excluded.at, planned_by = excluded.planned_by, moved = excluded.moved`.execute(trx);
    await writeAudit(trx, city.id, house.incident.id, { at, by, what: 'replanDay', facts: { district, moved, unplanned: answer.unplanned.length } });
    return { moved, unplanned: answer.unplanned };
  });

  const plan = async (district: string, by: Actor): ReturnType<DayPlanner['replan']> => {
    for (let attempt = 0; attempt < FREE_TRIES; attempt++) {
      const before = await readDay(db, house, district, clock.now());
      const job = await jobFor(house, before.day);
      const made = { job, plan: await planOnThread(job, stopping.signal) };
      try {
        return await store(district, by, made, before);
      } catch (error) {
        if (!(error instanceof DayChanged)) throw error;
      }
    }
    return store(district, by, undefined, undefined);
  };

  const rounds = openRounds(async () => {
    if (stopping.signal.aborted) return;
    try {
      await keepDays(house, stopping.signal, tried);
    } catch (error) {
      log(`The day of special cars waits for another round: ${messageOf(error)}`);
    }
  }, ROUND_EVERY_MS);

  return {
    replan(district, by) {
      const mine = underWay.get(district) ?? plan(district, by).catch((error: unknown) => {
        if (stopping.signal.aborted) throw conflict({ code: 'takenMeanwhile' });
        throw error;
      }).finally(() => underWay.delete(district));
      underWay.set(district, mine);
      return mine;
    },
    isPlanning: (district) => underWay.has(district),
    kick() {
      soon ??= setTimeout(() => {
        soon = undefined;
        rounds.kick();
      }, GATHER_MS);
    },
    async stop() {
      clearTimeout(soon);
      stopping.abort(new Error('the server stops'));
      await Promise.allSettled([...underWay.values()]);
      await rounds.stop();
    },
  };
}

class DayChanged extends Error {}

/** What a plan was made from; the clock does not count. */
function fingerprint({ day }: StoredDay): string {
  return JSON.stringify([day.rides, day.cars.map(({ car, state, cohortBefore }) => [car, state, cohortBefore])]);
}

/**
 * Whoever has a yes and no place, and whoever waits for a car that cannot come: each is looked after until it has one, also after a kill. A car
 * that is off still drives, and whoever is in it is brought to the end; only a broken one leaves them standing.
 */
async function keepDays(house: House, stopping: AbortSignal, tried: Map<string, number>): Promise<void> {
  const { rows } = await sql<{ district: string; ride: string; car: string | null; state: string; lost: boolean }>`
    select r.district, r.ride, r.car, r.state, c.state is not null as lost from ride r
    left join car_state c on c.city = r.city and c.car = r.car and c.state <> 'ready'
    where r.city = ${house.city.id} and r.state <> 'over' and (r.wants_plan or c.state = 'broken' or (c.state = 'off' and r.state <> 'aboard')) order by (r.state = 'aboard') desc, r.pick_up_at`.execute(house.db);
  const fetched = new Set<string>();
  const waiting = new Set(rows.map(({ ride }) => ride));
  for (const ride of tried.keys()) if (!waiting.has(ride)) tried.delete(ride);
  const asked = new Map<string, number>();
  // In turn: whoever was not asked about for the longest time comes first, among equals the earliest.
  for (const { district, ride, car, state, lost } of rows.toSorted((a, b) => Number(b.lost) - Number(a.lost) || (tried.get(a.ride) ?? 0) - (tried.get(b.ride) ?? 0))) {
    if (stopping.aborted) return;
    const before = asked.get(district) ?? 0;
    if (!lost && before >= LOOKED_AFTER_MAX) continue;
    asked.set(district, before + 1);
    tried.set(ride, house.clock.now());
    if (lost && state === 'aboard' && car !== null && !fetched.has(car)) {
      fetched.add(car);
      await carryOnWithout(house, district, car).catch((error: unknown) => house.log(`Car ${car} is broken and its riders wait: ${messageOf(error)}`));
    } else if (state !== 'aboard') {
      await findPlaceFor(house, district, ride).catch((error: unknown) => house.log(`A ride waits for its place: ${messageOf(error)}`));
    }
  }
}

