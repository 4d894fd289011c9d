import path from 'node:path';
import type { DayJob, Plan } from '../../trips/index.ts';
import { onThread } from '../on-thread.ts';

const WORKER = path.resolve(import.meta.dirname, './day-worker.ts');
/** A district's day takes half a minute; whoever pressed is told rather than left waiting for ever. */
const SECONDS_MAX = 90;

/** Plans a day on a thread of its own and ends the thread. */
export function planOnThread(job: DayJob, stopping?: AbortSignal): Promise<Plan> {
  return onThread(WORKER, job, { stopping, secondsMax: SECONDS_MAX, tooLong: () => new Error('the day took too long to plan') });
}
