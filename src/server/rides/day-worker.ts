/** A day is planned on a thread of its own: no request waits for a planner. */
import { parentPort, workerData } from 'node:worker_threads';
import { workOut, type DayJob } from '../../trips/index.ts';

parentPort?.postMessage(workOut(workerData as DayJob));
