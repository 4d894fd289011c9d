import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { replace, type ReplaceAnswer, type ReplaceProblem } from '../appointments/index.ts';
import { messageOf } from './start-problem.ts';

const WORKER = path.resolve(import.meta.dirname, './replace-worker.ts');
/** 3,000 people take a few seconds. Beyond this the plan that needs no solver is taken: nobody's seat waits for a better one. */
const SECONDS_MAX = 60;

/** Solved on a thread of its own, which ends with it. A solver that fails costs the proof and some minutes of travel, never a seat. */
export async function replaceOnThread(problem: ReplaceProblem, log: (line: string) => void, stopping?: AbortSignal): Promise<ReplaceAnswer> {
  stopping?.throwIfAborted();
  try {
    return await new Promise<ReplaceAnswer>((resolve, reject) => {
      const worker = new Worker(WORKER, { workerData: problem });
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        stopping?.removeEventListener('abort', stop);
        settle();
        void worker.terminate();
      };
      const stop = (): void => end(() => reject(stopping?.reason));
      const timer = setTimeout(() => end(() => reject(new Error('the solver took too long'))), SECONDS_MAX * 1_000);
      stopping?.addEventListener('abort', stop);
      worker.once('message', (answer: ReplaceAnswer) => end(() => resolve(answer)));
      worker.once('error', (error) => end(() => reject(error)));
      worker.once('exit', (code) => end(() => reject(new Error(`the solver's thread ended with ${code}`))));
    });
  } catch (error) {
    stopping?.throwIfAborted();
    log(`The sessions are placed without the solver: ${messageOf(error)}`);
    return replace(problem);
  }
}
