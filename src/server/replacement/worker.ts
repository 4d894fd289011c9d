/** The sessions of a closed unit are placed again on a thread of their own: no request waits for a solver. */
import { parentPort, workerData } from 'node:worker_threads';
import { replace, type ReplaceProblem } from '../../appointments/index.ts';
import { loadSolver } from '../../appointments/load.ts';

parentPort?.postMessage(replace(workerData as ReplaceProblem, await loadSolver()));
