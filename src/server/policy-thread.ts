import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refused } from '../people/index.ts';
import type { WorkerJob } from './policy-worker.ts';

const WORKER = path.join(import.meta.dirname, 'policy-worker.ts');
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
export function onThread<T>(job: WorkerJob, { stopping, secondsMax = SECONDS_MAX }: ThreadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    stopping?.throwIfAborted();
    const worker = new Worker(WORKER, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX } });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', stop);
      settle();
      void worker.terminate();
    };
    const stop = (): void => end(() => reject(stopping?.reason));
    const timer = setTimeout(() => end(() => reject(new StoppedAtLimit('policyProofTooLong'))), secondsMax * 1_000);
    stopping?.addEventListener('abort', stop);
    worker.once('message', (answer: T) => end(() => resolve(answer)));
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new StoppedAtLimit('policyProofTooLarge') : error)));
    worker.once('exit', (code) => end(() => reject(new Error(`its thread ended with ${code}`))));
  });
}

/** Jobs for people who wait for the answer, one after the other: @see openTurns */
export type InTurn = <T>(name: string, job: WorkerJob) => Promise<T>;

/**
 * One thread at a time, whoever asks; who asks for what is under way, by its name, shares its answer. Many at once would take
 * the memory that intake needs.
 * @throws Refused 503 when too many wait, 409 when it was stopped at a limit
 */
export function openTurns(run: (job: WorkerJob) => Promise<unknown> = onThread): InTurn {
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
