import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { checkReplacement, replace, type ReplaceAnswer, type ReplaceProblem } from '../../appointments/index.ts';
import { messageOf } from '../start-problem.ts';

const WORKER = path.resolve(import.meta.dirname, './worker.ts');
/** 3,000 people take a few seconds. Beyond this the plan that needs no solver is taken: nobody's seat waits for a better one. */
const SECONDS_MAX = 60;

/**
 * Solved on a thread of its own, which ends with it, and judged before anything is written. A solver that fails costs the proof and some
 * minutes of travel, never a seat.
 */
export async function replaceOnThread(problem: ReplaceProblem, log: (line: string) => void, stopping?: AbortSignal): Promise<ReplaceAnswer> {
  stopping?.throwIfAborted();
  try {
    const answer = await new Promise<ReplaceAnswer>((resolve, reject) => {
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
    const faults = checkReplacement(problem, answer);
    if (faults.length > 0) throw new Error(`the judge found ${faults.slice(0, 5).map(({ fault, what }) => `${fault} ${what}`).join(', ')}`);
    return answer;
  } catch (error) {
    stopping?.throwIfAborted();
    log(`The sessions are placed without the solver: ${messageOf(error)}`);
    return replace(problem);
  }
}
