import type { Plan } from './plan.ts';
import type { PlanProblem } from './problem.ts';
import { faultsOf } from './faults.ts';
import { carsAtLeast } from './fleet-bound.ts';
import { networkOf, withLateness, type Network } from './network.ts';
import { pricesOf } from './prices.ts';
import { stopsOf } from './replan.ts';
import { Search, type Spent } from './search.ts';
import { planOf } from './timetable.ts';

/**
 * How long to search. `trials` gives the same plan for the same problem and seed on every machine; `spent` is a share from 0
 * (begun) to 1 (no more) that the caller measures, by a clock where there is one.
 */
export type Effort = { readonly seed: number } & ({ readonly trials: number } | { readonly spent: Spent });

/** When the search for places for everybody ends at the latest, as a share of the whole; twice that where stops may be late. */
const SERVED_BY = 0.25;

/**
 * Plans the rides: first everyone served, then lateness, then cars (where the problem wants few), then distance.
 * @param running the plan from which the search begins, when one runs already: it is left only for something better
 * @throws when the problem has faults; ask `faultsOf` first where people enter it
 */
export function planRides(problem: PlanProblem, effort: Effort, running?: Plan): Plan {
  const faults = faultsOf(problem);
  if (faults.length > 0) throw new Error(faults.map(({ field, code }) => `${field}: ${code}`).join('; '));
  const net = networkOf(problem);
  const search = new Search(net, { ...pricesOf(problem), lateSecond: 0 }, effort.seed);
  const spent = 'spent' in effort ? effort.spent : () => search.trials / effort.trials;
  if (net.rides === 0) return planOf(search.draft);
  if (running) search.draft.restore(stopsOf(problem, search.draft, running));
  search.fill();
  if (search.draft.absent.length > 0) search.serve(spent, SERVED_BY);
  if (search.draft.absent.length > 0 && problem.longestLatenessSeconds > 0) return planLate(net, search, effort, running);
  if (problem.fewestCars && search.draft.absent.length === 0) search.fewerCars(carsAtLeast(net), spent);
  search.cheaper(spent, running !== undefined);
  return planOf(search.draft);
}

/** Somebody would stay behind: with later stops allowed, and a second of lateness dearer than any drive. */
function planLate(net: Network, strict: Search, effort: Effort, running?: Plan): Plan {
  const late = new Search(withLateness(net, net.problem.longestLatenessSeconds), pricesOf(net.problem), effort.seed);
  const { draft } = late;
  const spent = 'spent' in effort ? effort.spent : () => (strict.trials + late.trials) / effort.trials;
  // What was planned, a little late for everybody, may be better than what is in time but for a few.
  const begins = [strict.draft.stops(), ...(running ? [stopsOf(net.problem, draft, running)] : [])].map((stops) => {
    draft.restore(stops);
    late.fill();
    return { stops: draft.stops(), absent: draft.absent.length, price: draft.price };
  });
  draft.restore(begins.sort((a, b) => a.absent - b.absent || a.price - b.price)[0]!.stops);
  if (draft.absent.length > 0) late.serve(spent, 2 * SERVED_BY);
  late.cheaper(spent, running !== undefined);
  return planOf(draft);
}
