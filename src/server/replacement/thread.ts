import path from 'node:path';
import { checkReplacement, replace, type ReplaceAnswer, type ReplaceProblem } from '../../appointments/index.ts';
import { onThread } from '../on-thread.ts';
import { messageOf } from '../start-problem.ts';

const WORKER = path.resolve(import.meta.dirname, './worker.ts');
/** 3,000 people take a few seconds. Beyond this the plan that needs no solver is taken: nobody's seat waits for a better one. */
const SECONDS_MAX = 60;

/**
 * Solved on a thread of its own, which ends with it, and judged before anything is written. A solver that fails costs the proof and some
 * minutes of travel, never a seat.
 */
export async function replaceOnThread(problem: ReplaceProblem, log: (line: string) => void, stopping?: AbortSignal): Promise<ReplaceAnswer> {
  try {
    const answer = await onThread<ReplaceAnswer>(WORKER, problem, { stopping, secondsMax: SECONDS_MAX, tooLong: () => new Error('the solver took too long') });
    const faults = checkReplacement(problem, answer);
    if (faults.length > 0) throw new Error(`the judge found ${faults.slice(0, 5).map(({ fault, what }) => `${fault} ${what}`).join(', ')}`);
    return answer;
  } catch (error) {
    stopping?.throwIfAborted();
    log(`The sessions are placed without the solver: ${messageOf(error)}`);
    return replace(problem);
  }
}
