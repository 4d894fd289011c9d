import { sql } from 'kysely';
import type { Command } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import type { House } from '../house.ts';
import { runErrand } from './play.ts';
import { messageOf } from '../start-problem.ts';

const RUNNERS_MAX = 2;
const SWEEP_EVERY_MS = 2_000;
/** The server that stored an errand runs it at once; only what it left behind is swept up. */
const LEFT_BEHIND_MS = 3_000;
const SWEEP_MAX = 200;
/** More than a city has institutions that run one service. */
const ROUNDS_MAX = 100;

interface Errand {
  readonly id: number;
  readonly journey: string;
  readonly command: Command;
}

export interface Errands {
  /** Runs what is waiting for these journeys, soon, in the background. */
  kick(journeys: readonly string[]): void;
  /** Runs what is waiting for this journey; resolves when it is done. An error waits for the sweep. */
  runFor(journey: string): Promise<void>;
  stop(): Promise<void>;
}

/** What the software does by itself after a command: right away by the server that stored it, after a crash by any. */
export function openErrands(house: House): Errands {
  const { db, city, clock } = house;
  const queue: string[] = [];
  let running = 0;
  let stopped = false;
  let sweeping: Promise<void> = Promise.resolve();

  const runAll = async (errands: readonly Errand[]): Promise<void> => {
    for (const { id, journey, command } of errands) {
      if (stopped) return;
      try {
        await runErrand(house, SYSTEM, journey, id, command);
      } catch (error) {
        house.log(`Errand ${command.type} of ${journey} waits for another try: ${messageOf(error)}`);
        await sql`update errand set attempts = attempts + 1, last_refusal = ${messageOf(error).slice(0, 200)}
          where city = ${city.id} and id = ${id} and done_at is null`.execute(db).catch(() => undefined);
      }
    }
  };

  /** An errand can lead to the next one: no seat here, asked again, book there. The limit stops a circle, not a full city. */
  const runFor = async (journey: string): Promise<void> => {
    for (let round = 0; round < ROUNDS_MAX && !stopped; round++) {
      const { rows } = await sql<Errand>`select id, journey, command from errand
        where city = ${city.id} and journey = ${journey} and done_at is null and attempts < 3 order by id`.execute(db);
      if (rows.length === 0) return;
      await runAll(rows);
    }
  };

  const next = (): void => {
    while (!stopped && running < RUNNERS_MAX && queue.length > 0) {
      const journey = queue.shift()!;
      running++;
      void runFor(journey)
        .catch((error: unknown) => house.log(`Errands of ${journey} wait for the sweep: ${messageOf(error)}`))
        .finally(() => {
          running--;
          next();
        });
    }
  };

  const sweep = async (): Promise<void> => {
    if (queue.length > 0) return;
    const { rows } = await sql<Errand>`select id, journey, command from errand
      where city = ${city.id} and done_at is null and created_at < ${clock.now() - LEFT_BEHIND_MS}
      order by attempts, created_at limit ${SWEEP_MAX}`.execute(db);
    await runAll(rows);
  };
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep).catch((error: unknown) => house.log(`The sweep of errands failed: ${messageOf(error)}`));
  }, SWEEP_EVERY_MS);

  return {
    kick(journeys) {
      queue.push(...journeys);
      next();
    },
    runFor: (journey) => runFor(journey).catch((error: unknown) => house.log(`Errands of ${journey} wait for the sweep: ${messageOf(error)}`)),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await sweeping;
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
