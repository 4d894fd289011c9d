import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerJob } from './policy-worker.ts';

const WORKER = path.join(import.meta.dirname, 'policy-worker.ts');
/** A policy that tells too much apart ends its own thread, never the server. */
const MEMORY_MB_MAX = 1_024;
const MINUTES_MAX = 5;

/**
 * Does one job on a thread of its own and ends the thread.
 * @throws when it failed, took too much memory or came to no end
 */
export function onThread<T>(job: WorkerJob, stopping?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX } });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', stop);
      settle();
      void worker.terminate();
    };
    const stop = (): void => end(() => reject(new Error('the server stops')));
    const timer = setTimeout(() => end(() => reject(new Error(`it came to no end in ${MINUTES_MAX} minutes`))), MINUTES_MAX * 60_000);
    stopping?.addEventListener('abort', stop);
    worker.once('message', (answer: T) => end(() => resolve(answer)));
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', (code) => end(() => reject(new Error(`its thread ended with ${code}`))));
  });
}
