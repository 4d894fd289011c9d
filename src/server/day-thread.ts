import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DayJob, Plan } from '../trips/index.ts';

const WORKER = path.resolve(import.meta.dirname, './day-worker.ts');
/** A district's day takes half a minute; whoever pressed is told rather than left waiting for ever. */
const SECONDS_MAX = 90;

/** Plans a day on a thread of its own and ends the thread. */
export function planOnThread(job: DayJob, stopping?: AbortSignal): Promise<Plan> {
  return new Promise((resolve, reject) => {
    stopping?.throwIfAborted();
    const worker = new Worker(WORKER, { workerData: job });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', stop);
      settle();
      void worker.terminate();
    };
    const stop = (): void => end(() => reject(stopping?.reason));
    const timer = setTimeout(() => end(() => reject(new Error('the day took too long to plan'))), SECONDS_MAX * 1_000);
    stopping?.addEventListener('abort', stop);
    worker.once('message', (plan: Plan) => end(() => resolve(plan)));
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', (code) => end(() => reject(new Error(`the planner's thread ended with ${code}`))));
  });
}
