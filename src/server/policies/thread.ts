import path from 'node:path';
import { Refused } from '../../people/index.ts';
import { onThread } from '../on-thread.ts';
import type { WorkerJob } from './worker.ts';

const WORKER = path.join(import.meta.dirname, './worker.ts');
/** A policy that tells too much apart ends its own thread, never the server. */
const MEMORY_MB_MAX = 1_024;
/** Ten times what the longest announcement takes: whoever waits behind it waits no longer than that. */
const SECONDS_MAX = 60;
/** Behind the one that runs. */
const WAITING_MAX = 4;
const BUSY_SECONDS = 30;

/** A job that was stopped at one of its limits; its message is the code of the sentence that says so. */
export class StoppedAtLimit extends Error {
  declare readonly message: 'policyProofTooLong' | 'policyProofTooLarge';
}

export interface ThreadOptions {
  readonly stopping?: AbortSignal;
  readonly secondsMax?: number;
}

/**
 * Does one job on a thread of its own and ends the thread.
 * @throws StoppedAtLimit when it took too much memory or time; the reason of `stopping` when that came first
 */
export async function proveOnThread<T>(job: WorkerJob, { stopping, secondsMax = SECONDS_MAX }: ThreadOptions = {}): Promise<T> {
  try {
    return await onThread<T>(WORKER, job, { stopping, secondsMax, tooLong: () => new StoppedAtLimit('policyProofTooLong'), resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX } });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? new StoppedAtLimit('policyProofTooLarge') : error;
  }
}

/** Jobs for people who wait for the answer, one after the other: @see openTurns */
export type InTurn = <T>(name: string, job: WorkerJob) => Promise<T>;

/**
 * One thread at a time, whoever asks; who asks for what is under way, by its name, shares its answer. Many at once would take
 * the memory that intake needs.
 * @throws Refused 503 when too many wait, 409 when it was stopped at a limit
 */
export function openTurns(run: (job: WorkerJob) => Promise<unknown> = proveOnThread): InTurn {
  const underWay = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  const begin = (name: string, job: WorkerJob): Promise<unknown> => {
    if (underWay.size > WAITING_MAX) throw new Refused(503, [{ code: 'policyProofBusy' }], BUSY_SECONDS);
    const mine = last.then(() => run(job)).finally(() => underWay.delete(name));
    underWay.set(name, mine);
    last = mine.catch(() => undefined);
    return mine;
  };
  return async <T>(name: string, job: WorkerJob): Promise<T> => {
    try {
      return (await (underWay.get(name) ?? begin(name, job))) as T;
    } catch (error) {
      throw error instanceof StoppedAtLimit ? new Refused(409, [{ code: error.message }]) : error;
    }
  };
}
