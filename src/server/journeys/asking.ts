import { sql } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { Story, Told, World } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { worldOf, type House } from '../house.ts';
import { scopesOf, type Entry } from './store.ts';
import { storeTold } from './play.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';

const LOOK_EVERY_MS = 1_000;
/** One look finds the journeys of one round; it is taken again until none is left. */
const ROUND_MAX = 2_000;
/** So many share one transaction: few enough that nobody's button waits for it. */
const BATCH_MAX = 40;
const PAUSE_MS = 10;

/** Something that, when it has changed, every open journey is asked about again. */
export interface Asking {
  /** Where it stands on a journey how far this had changed when it was last asked. */
  readonly column: 'policy_turn' | 'roads_turn' | 'counterparts_turn';
  /** How far it has changed by now, as far as this server has heard. Never falls. */
  readonly turn: (at: Instant) => number;
  /** Before a round: what this server may not have heard of yet. */
  readonly ready?: () => Promise<void>;
  /** Undefined when the person is not concerned. Between `turn` and the last answer nothing waits. */
  readonly prepare: (stories: readonly Story[]) => Promise<(story: Story, world: World) => Told | undefined>;
  /** For the log: `R… could not be asked again BECAUSE`. */
  readonly because: string;
}

/**
 * Every open journey is asked again, oldest deadline first, on every server at once. How far it has come stands on the journey
 * itself, so a server that is killed leaves nothing half asked and nothing is asked for nothing; one that has not heard of a
 * change yet never takes back what another has done.
 */
export function openAsking(house: House, asking: Asking, afterwards: (journeys: readonly string[]) => void): Rounds {
  const { db, city, clock } = house;
  const { turn, ready, because } = asking;
  const column = sql.ref(asking.column);
  let stopped = false;
  /** Said once for each change: a log that repeats itself is a log that nobody reads. */
  const told = new Set<string>();

  const round = async (): Promise<void> => {
    await ready?.();
    const failed = new Set<string>();
    while (!stopped) {
      const { rows } = await sql<{ id: string }>`select id from journey
        where city = ${city.id} and state = 'open' and ${column} < ${turn(clock.now())} and id <> all(${[...failed]}::text[])
        order by due_at, id limit ${ROUND_MAX}`.execute(db);
      if (rows.length === 0) return;
      for (let from = 0; from < rows.length && !stopped; from += BATCH_MAX) {
        const began = performance.now();
        for (const id of await askTogether(rows.slice(from, from + BATCH_MAX).map(({ id }) => id))) failed.add(id);
        // As long again for everybody else: whoever asks for care now does not wait for those who have an answer.
        await new Promise((resolve) => setTimeout(resolve, Math.max(PAUSE_MS, performance.now() - began)));
      }
    }
  };

  /** One that cannot be asked never keeps the others from it. */
  const askTogether = async (ids: readonly string[]): Promise<readonly string[]> => {
    try {
      await askBatch(house, asking, ids, afterwards);
      return [];
    } catch (error) {
      if (ids.length > 1) {
        const failed: string[] = [];
        for (const id of ids) failed.push(...(await askTogether([id])));
        return failed;
      }
      const name = `${ids[0]} ${turn(clock.now())}`;
      if (!told.has(name)) house.log(`${ids[0]} could not be asked again ${because}: ${messageOf(error)}`);
      told.add(name);
      return ids;
    }
  };

  const rounds = openRounds(() => round().catch((error: unknown) => house.log(`Asking open requests again ${because} waits for another try: ${messageOf(error)}`)), LOOK_EVERY_MS);
  rounds.kick();
  return {
    kick: rounds.kick,
    stop() {
      stopped = true;
      return rounds.stop();
    },
  };
}

/** Asked, written and marked in one transaction. Journeys somebody is working on at this moment are left for the next look. */
async function askBatch(house: House, { column: name, turn: turnAt, prepare }: Asking, ids: readonly string[], afterwards: (journeys: readonly string[]) => void): Promise<void> {
  const { db, city, clock } = house;
  const column = sql.ref(name);
  const errands = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ story: Story }>`select story from journey
      where city = ${city.id} and id = any(${ids}::text[]) and state = 'open' and ${column} < ${turnAt(clock.now())}
      order by id for update skip locked`.execute(trx);
    const ask = await prepare(rows.map(({ story }) => story));
    // From here on nothing waits: the turn that is written down is the one that was asked.
    const at = clock.now();
    const turn = turnAt(at);
    const world = worldOf(house, SYSTEM, at);
    const told = rows.flatMap(({ story: before }): { entry: Entry; claims: Told['claims'] }[] => {
      const answer = ask(before, world);
      if (!answer) return [];
      const { story, events, errands, claims } = answer;
      return [{ entry: { story, events, errands, actor: SYSTEM, at, scopesBefore: scopesOf(before, city) }, claims }];
    });
    if (told.length > 0) await storeTold(trx, city, told);
    await sql`update journey set ${column} = greatest(${column}, ${turn}::bigint)
      where city = ${city.id} and id = any(${rows.map(({ story }) => story.id)}::text[])`.execute(trx);
    return told.filter(({ entry }) => entry.errands.length > 0).map(({ entry: { story } }) => story.id);
  });
  afterwards(errands);
}
