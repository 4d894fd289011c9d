import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { workOut, type DayJob } from './day/replan.ts';
import type { Plan } from './plan/plan.ts';

/** What a thread of this file was started for. Another thread that merely loads this file was given something else. */
interface Given {
  readonly tripDay: DayJob;
}

/** A plan that takes this long is stuck: the day goes on with the one it has. */
const MINUTES_MAX = 2;

/**
 * A whole day is planned in a thread of its own, so that nobody waits at a desk meanwhile.
 * @throws when the thread ended or took too long; nothing has changed then
 */
export async function workOutInThread(job: DayJob): Promise<Plan> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { tripDay: job } satisfies Given });
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      late = setTimeout(() => reject(new Error(`the plan of the day took longer than ${MINUTES_MAX} minutes`)), MINUTES_MAX * 60_000);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that planned the day ended with ${code}`)));
    });
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}

if (!isMainThread && (workerData as Partial<Given> | null)?.tripDay) parentPort!.postMessage(workOut((workerData as Given).tripDay));
