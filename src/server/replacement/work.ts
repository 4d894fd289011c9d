import { sql, type Kysely } from 'kysely';
import type { Series } from '../../appointments/index.ts';
import type { Instant } from '../../base/index.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { notice } from '../journeys/owed.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { applyReplacement, SeatsChanged } from './apply.ts';
import { readProblem } from './problem.ts';
import { replaceOnThread } from './thread.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';

const LOOK_EVERY_MS = 1_000;
/** After so many looks that somebody else overtook, the seats are held while it is solved. */
const OPEN_LOOKS = 3;
const LOOKS_MAX = OPEN_LOOKS + 2;
/** A run that fails is tried again by every look, and the command centre hears of it now and then: giving up would leave people before a closed door. */
const TOLD_EVERY = 5;

interface Run {
  readonly id: string;
  readonly incident: string;
  readonly institution: string;
  readonly service: Series['service'];
  readonly reason: string | null;
  readonly askedAt: Instant;
}

/**
 * Runs that are wanted, one at a time and each by one server: whoever holds its lock works on it, and the lock ends with the connection, so
 * that another takes over from a server that is killed. What was asked stands in a row until it is done.
 */
export function openReplacements(house: House, afterwards: (journeys: readonly string[]) => void): Rounds {
  const { db, city, log } = house;
  const stopping = new AbortController();
  const round = async (): Promise<void> => {
    const { rows } = await sql<Run>`select id, incident, institution, service, reason, asked_at as "askedAt" from replacement
      where city = ${city.id} and state = 'running' order by asked_at, id limit 20`.execute(db);
    for (const run of rows) {
      if (stopping.signal.aborted) return;
      await db.connection().execute(async (line) => {
        const key = sql`hashtextextended(${`${city.id} replacement ${run.id}`}, 0)`;
        const { rows: [mine] } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(line);
        if (!mine!.locked) return;
        try {
          afterwards(await runOnce(house, run, stopping.signal));
        } catch (error) {
          if (stopping.signal.aborted) return;
          log(`The run for ${run.institution} ${run.service} waits for another try: ${messageOf(error)}`);
          const { rows: [failed] } = await sql<{ attempts: number }>`update replacement set attempts = attempts + 1 where city = ${city.id} and id = ${run.id} and state = 'running' returning attempts`.execute(db);
          if (failed && failed.attempts % TOLD_EVERY === 0) {
            await notice(db, city.id, run.incident, { audience: 'city', code: 'replacementFails', facts: { about: run.id, institution: run.institution } }, house.clock.now());
          }
        } finally {
          await sql`select pg_advisory_unlock(${key})`.execute(line).catch(() => undefined);
        }
      });
    }
  };
  const rounds = openRounds(() => round().catch((error: unknown) => log(`The runs of re-placement wait for another look: ${messageOf(error)}`)), LOOK_EVERY_MS);
  rounds.kick();
  return {
    kick: rounds.kick,
    stop() {
      stopping.abort(new Error('the server stops'));
      return rounds.stop();
    },
  };
}

/** @returns requests that have errands now */
async function runOnce(house: House, run: Run, stopping: AbortSignal): Promise<readonly string[]> {
  const { db, log, board } = house;
  const began = performance.now();
  // Another server may have closed it a moment ago.
  await board.reload();
  for (let look = 1; ; look++) {
    try {
      if (look > OPEN_LOOKS) {
        return await db.transaction().execute(async (trx) => {
          const held = await readProblem(trx, house, run, true);
          return finish(trx, house, run, held, await replaceOnThread(held.problem, log, stopping), began);
        });
      }
      const asked = await readProblem(db, house, run);
      const answer = await replaceOnThread(asked.problem, log, stopping);
      return await withFreshLooks(() => db.transaction().execute((trx) => finish(trx, house, run, asked, answer, began)));
    } catch (error) {
      if (!(error instanceof SeatsChanged) || look === LOOKS_MAX) throw error;
    }
  }
}

async function finish(trx: Kysely<any>, house: House, run: Run, asked: Parameters<typeof applyReplacement>[3], solved: Parameters<typeof applyReplacement>[4], began: number): Promise<readonly string[]> {
  const { city, clock } = house;
  const { rows: [still] } = await sql<{ askedAt: Instant }>`select asked_at as "askedAt" from replacement where city = ${city.id} and id = ${run.id} and state = 'running' for update`.execute(trx);
  // Done by whoever took over while this server seemed to be gone.
  if (!still) return [];
  const { answer, journeys } = await applyReplacement(trx, house, run, asked, solved);
  const tookMs = Math.round(performance.now() - began);
  // Asked again since: the next look of this run sees what has changed, and adds to what was done.
  const again = still.askedAt !== run.askedAt;
  await sql`update replacement set answer = ${JSON.stringify({ ...answer, tookMs })}::jsonb, state = ${again ? 'running' : 'done'}, ended_at = ${again ? null : clock.now()}
    where city = ${city.id} and id = ${run.id}`.execute(trx);
  for (const kind of ['series', 'appointments']) await notify(trx, { city: city.id, kind });
  return journeys;
}
