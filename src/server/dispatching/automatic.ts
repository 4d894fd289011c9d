import pg from 'pg';
import type { CallAnswer } from '../../dispatch/index.ts';
import type { Actor } from '../../people/index.ts';
import type { DispatchBoard } from './board.ts';
import type { Picture } from './picture.ts';
import { readMode } from './mode.ts';
import { actsTogether, asSeen, missionsTogether, unitNow, wasOvertaken } from './send.ts';
import type { House } from '../house.ts';
import { performTogether } from '../journeys/play.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';

/** Who stands in the story when the board sent a unit by itself. */
export const BOARD_ID = 'board';
const BOARD: Actor = { id: BOARD_ID, name: 'board', role: 'system', scope: 'city' };

const LOOK_EVERY_MS = 1_000;

/**
 * The worst day: the board carries out its own answers, one server at a time. Each answer, with everything that belongs to it, is
 * one transaction, so whoever is killed in the middle has either done it or not; the next one looks anew and goes on. A
 * dispatcher's press is never waited for and never undone for a nearer unit.
 */
export function openAutomatic(house: House, board: DispatchBoard, databaseUrl: string): Rounds {
  const turn = takeTurns(house, databaseUrl);
  let tried = '';
  const round = async (): Promise<void> => {
    try {
      if ((await readMode(house)).mode !== 'automatic') return await turn.leave();
      if (await turn.mine()) await carryOut(house, board);
    } catch (error) {
      house.log(`The board could not send by itself: ${messageOf(error)}`);
    }
  };
  const rounds = openRounds(round, LOOK_EVERY_MS);
  board.follow((picture) => {
    if (picture.mode.mode !== 'automatic') return;
    const open = toSend(picture).map(({ mission, unit }) => `${mission} ${unit}`).join();
    // What was tried and stays is tried again by the clock, not in a circle.
    if (open !== '' && open !== tried) rounds.kick();
    tried = open;
  });
  return {
    kick: rounds.kick,
    async stop() {
      await rounds.stop();
      await turn.leave();
    },
  };
}

/** Everything the board says now, the most urgent first; what somebody else was faster with is left to the next look. */
async function carryOut(house: House, board: DispatchBoard): Promise<void> {
  const picture = await board.fresh();
  const touched = new Set<string>();
  for (const answer of toSend(picture)) {
    const acts = actsTogether(picture, answer, BOARD, house);
    if (acts.some(({ journey }) => touched.has(journey))) continue;
    // Whoever switches back is heard between two units, not after the whole queue.
    if ((await readMode(house)).mode !== 'automatic') break;
    for (const { journey } of acts) touched.add(journey);
    try {
      await performTogether(house, acts, undefined, asSeen(picture, acts));
    } catch (error) {
      if (!wasOvertaken(error)) house.log(`The board could not send a unit to ${picture.calls.get(answer.mission)!.id}: ${messageOf(error)}`);
    }
  }
  if (touched.size > 0) board.moved();
}

/** Answers that are not carried out yet, but for those that would only change a dispatcher's own choice for a nearer unit. */
function toSend(picture: Picture): readonly CallAnswer[] {
  const { assignment: { answers }, calls } = picture;
  return answers.filter((answer) => {
    if (answer.unit === undefined || answer.unit === unitNow(calls.get(answer.mission)!)) return false;
    const changed = missionsTogether(picture, answer).map((mission) => calls.get(mission)!);
    return changed.some((call) => unitNow(call) === undefined) || !changed.some(({ mission }) => mission!.chosen);
  });
}

interface Turn {
  /** Whether this server is the one that sends; takes the turn when nobody has it. */
  mine(): Promise<boolean>;
  leave(): Promise<void>;
}

/** A lock that PostgreSQL gives back by itself when the connection of a killed server ends. */
function takeTurns({ city, log }: House, databaseUrl: string): Turn {
  let client: pg.Client | undefined;
  let held = false;
  const leave = async (): Promise<void> => {
    const line = client;
    client = undefined;
    held = false;
    await line?.end().catch(() => undefined);
  };
  return {
    leave,
    async mine() {
      if (!client) {
        const line = new pg.Client({ connectionString: databaseUrl, application_name: 'greenlane automatic', keepAlive: true });
        line.on('error', (error) => log(`The line of the board that sends by itself is down: ${error.message}`));
        line.on('end', () => { if (client === line) { client = undefined; held = false; } });
        await line.connect();
        client = line;
      }
      if (!held) {
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as mine', [`${city.id} automatic`]);
        held = rows[0]!.mine;
      }
      return held;
    },
  };
}
