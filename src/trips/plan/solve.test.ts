import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { checkPlan, planRides, type PlanProblem, type PlanStop } from '../index.ts';
import { bestPlan } from '../../../tests/trips/brute-force.ts';
import { randomDay } from '../../../tests/trips/random-day.ts';

const TRIALS = 2_000;
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('planning the rides of a day', () => {
  it('given any day, then the judge has nothing to say, and whoever stays behind is named with a reason', () => {
    fc.assert(fc.property(seeds, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 4 }), (seed, rides, cars) => {
      const day = randomDay(seededChance(seed), rides, cars);
      const plan = planRides(day, { seed, trials: 40 });
      expect(checkPlan(day, plan)).toEqual([]);
    }), { numRuns: 300 });
  });

  it('given up to seven rides, then nobody stays behind and nothing is more than two per cent worse than it must be', () => {
    const chance = seededChance(2_022);
    for (let day = 0; day < 60; day += 1) {
      const problem = randomDay(chance, 3 + (day % 5), 2);
      const best = bestPlan(problem);
      const plan = planRides(problem, { seed: day, trials: TRIALS });
      expect({ day, unplanned: plan.unplanned.length, cars: plan.routes.length }).toEqual({ day, unplanned: best.unplanned, cars: expect.any(Number) });
      expect(plan.latenessSeconds).toBeLessThanOrEqual(best.latenessSeconds * 1.02 + 1e-6);
      if (Math.abs(plan.latenessSeconds - best.latenessSeconds) > 1) continue;
      expect({ day, cars: plan.routes.length }).toEqual({ day, cars: best.cars });
      expect(plan.distance).toBeLessThanOrEqual(best.distance * 1.02 + 1e-6);
    }
  });

  it('given the same day, seed and trials, then the same plan; and another seed may find another', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const day = randomDay(seededChance(seed), 10, 3);
      expect(planRides(day, { seed, trials: 100 })).toEqual(planRides(day, { seed, trials: 100 }));
    }), { numRuns: 20 });
  });
});

describe('who stays behind, and why', () => {
  const chance = seededChance(7);
  const day = (change: (problem: PlanProblem) => PlanProblem): PlanProblem => change(randomDay(chance, 1, 1));

  it('given a stretcher and no car that has a place for one, then no car fits', () => {
    const problem = day((each) => ({ ...each, rides: each.rides.map((ride) => ({ ...ride, load: { seats: 0, wheelchairs: 0, stretchers: 5 } })) }));
    expect(planRides(problem, { seed: 1, trials: 10 }).unplanned).toEqual([{ ride: problem.rides[0]!.ride, reason: 'noCarFits' }]);
  });

  it('given a window that closes before any car can be there, then it is out of reach', () => {
    const problem = day((each) => ({ ...each, longestLatenessSeconds: 0, cars: each.cars.map((car) => ({ ...car, fromSeconds: 80_000, untilSeconds: 86_400 })) }));
    expect(planRides(problem, { seed: 1, trials: 10 }).unplanned).toEqual([{ ride: problem.rides[0]!.ride, reason: 'outOfReach' }]);
  });

  it('given more people at one time than one car can fetch, then the cars are busy', () => {
    const problem = day((each) => {
      const [ride] = each.rides;
      const now = (stop: PlanStop) => ({ ...stop, earliestSeconds: 30_000, latestSeconds: 30_000 + 3_600 });
      const fever = { ...ride!, ride: 'fever', cohort: 'fever' as const, load: { seats: 1, wheelchairs: 0, stretchers: 0 }, pickUp: { ...now(ride!.pickUp), latestSeconds: 30_001 }, dropOff: now(ride!.dropOff) };
      return { ...each, longestLatenessSeconds: 0, rides: [fever, { ...fever, ride: 'contact', cohort: 'contact' as const }] };
    });
    expect(planRides(problem, { seed: 1, trials: 10 }).unplanned.map(({ reason }) => reason)).toEqual(['carsBusy']);
  });
});
