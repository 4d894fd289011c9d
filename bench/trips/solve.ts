import { planRides, type Plan, type PlanProblem } from '../../src/trips/index.ts';

/** Asking the clock costs as much as a fraction of a trial; every eighth time is enough. */
const ASK_EVERY = 8;

/** A plan after so many seconds of search on one thread. */
export function solveFor(problem: PlanProblem, seconds: number, seed: number): Plan {
  const start = performance.now();
  let asked = 0;
  let share = 0;
  const spent = (): number => {
    if (asked % ASK_EVERY === 0) share = (performance.now() - start) / 1_000 / seconds;
    asked += 1;
    return share;
  };
  return planRides(problem, { seed, spent });
}
