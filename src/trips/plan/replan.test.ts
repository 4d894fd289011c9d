import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { breakDown, cancelRide, checkPlan, insertRide, planRides, remainingDay, type Plan, type PlanProblem, type Replanned } from '../index.ts';
import { randomDay } from '../../../tests/trips/random-day.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const TRIALS = 30;

/** A day of which the last ride is not known yet, planned, and half over. */
function running(seed: number): Replanned & { readonly late: PlanProblem['rides'][number] } {
  const chance = seededChance(seed);
  const whole = randomDay(chance, 9, 3);
  const late = whole.rides.at(-1)!;
  const known = { ...whole, rides: whole.rides.slice(0, -1) };
  return { ...remainingDay(known, planRides(known, { seed, trials: TRIALS }), (6 + chance.below(7)) * 3_600), late };
}

const placeOf = ({ routes }: Plan): ReadonlyMap<string, string> => new Map(routes.flatMap(({ car, stops }) => stops.map(({ ride }) => [ride, car])));
const changedCar = (before: Plan, after: Plan): string[] => {
  const now = placeOf(after);
  return [...placeOf(before)].filter(([ride, car]) => now.has(ride) && now.get(ride) !== car).map(([ride]) => ride);
};
const expectOk = <T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!answer.ok) throw new Error('refused');
  return answer.value;
};

describe('a plan that runs', () => {
  it('given any moment of the day, then the rest of the plan is still a plan', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { problem, plan } = running(seed);
      const codes = checkPlan(problem, plan).map(({ code }) => code).filter((code) => code !== 'latenessMisstated' && code !== 'distanceMisstated');
      expect(codes).toEqual([]);
    }), { numRuns: 200 });
  });

  it('given any moment of the day, then the rest can be planned anew, again and again', () => {
    fc.assert(fc.property(seeds, fc.integer({ min: 8, max: 15 }), (seed, hour) => {
      const { problem } = running(seed);
      const anew = planRides(problem, { seed, trials: TRIALS });
      expect(checkPlan(problem, anew)).toEqual([]);
      const later = remainingDay(problem, anew, hour * 3_600);
      expect(checkPlan(later.problem, planRides(later.problem, { seed, trials: TRIALS }))).toEqual([]);
    }), { numRuns: 200 });
  });

  it('given one more ride, then the judge agrees, nobody is put out, and at most one other rider changes cars', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { problem, plan, late } = running(seed);
      const after = expectOk(insertRide(problem, plan, late));
      expect(checkPlan(after.problem, after.plan)).toEqual([]);
      const behind = new Set(after.plan.unplanned.map(({ ride }) => ride));
      expect([...placeOf(plan).keys()].filter((ride) => behind.has(ride))).toEqual([]);
      // The new ride, and every ride that was left behind before, may each move one.
      expect(changedCar(plan, after.plan).length).toBeLessThanOrEqual(1 + plan.unplanned.length);
      // With these, whoever was aboard was once believed to have got in later than they had, and rode too long.
    }), { numRuns: 200, examples: [[2_005_697_947], [2_102_561_847]] });
  });

  it('given a cancelled ride, then it is gone, nobody else changes cars without need, and the judge agrees', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { problem, plan } = running(seed);
      const name = problem.rides.find(({ aboard }) => !aboard)?.ride;
      if (name === undefined) return;
      const after = expectOk(cancelRide(problem, plan, name));
      expect(checkPlan(after.problem, after.plan)).toEqual([]);
      expect(placeOf(after.plan).has(name)).toBe(false);
      expect(changedCar(plan, after.plan).length).toBeLessThanOrEqual(plan.unplanned.length);
    }), { numRuns: 200 });
  });

  it('given a car that breaks down, then its riders are fetched where they stand or named as left behind, and the judge agrees', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { problem, plan } = running(seed);
      const [broken] = problem.cars;
      const place = broken!.startPlace;
      const after = expectOk(breakDown(problem, plan, broken!.car, { place, seconds: broken!.fromSeconds }));
      expect(checkPlan(after.problem, after.plan)).toEqual([]);
      expect(after.problem.rides.filter(({ aboard }) => aboard?.car === broken!.car)).toEqual([]);
      expect([...placeOf(after.plan).values()]).not.toContain(broken!.car);
      expect(after.problem.rides.length).toBe(problem.rides.length);
    }), { numRuns: 200 });
  });

  it('given two cohorts in one car by somebody\'s mistake, then both get out, nobody joins them, and it is cleaned before the next', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const { problem, plan, late } = running(seed);
      const [car] = problem.cars;
      const mixed = problem.rides.filter(({ aboard }) => !aboard).slice(0, 2).map(({ ride }) => ride);
      fc.pre(mixed.length === 2 && !car!.next);
      const rides = problem.rides.map((ride) => (mixed.includes(ride.ride)
        ? { ...ride, cohort: ride.ride === mixed[0] ? 'fever' as const : 'immunocompromised' as const, aboard: { car: car!.car, sinceSeconds: car!.fromSeconds } } : ride));
      const cars = problem.cars.map(({ next: _, ...each }) => ({ ...each, capacity: { seats: 9, wheelchairs: 9, stretchers: 0 } }));
      const after = expectOk(insertRide({ ...problem, rides, cars }, { ...plan, routes: [] }, late));
      // The mistake itself is seen; the plan adds none of its own.
      expect(new Set(checkPlan(after.problem, after.plan).map(({ code }) => code))).toEqual(new Set(['cohortsTogether']));
      const stops = after.plan.routes.find((route) => route.car === car!.car)!.stops;
      const lastOut = Math.max(...mixed.map((name) => stops.findIndex(({ ride, kind }) => ride === name && kind === 'dropOff')));
      expect(stops.slice(0, lastOut).filter(({ kind }) => kind === 'pickUp')).toEqual([]);
    }), { numRuns: 100 });
  });

  it('given what cannot be done, then it says so by name', () => {
    const { problem, plan, late } = running(3);
    const inside = { ...problem, rides: problem.rides.map((ride) => ({ ...ride, aboard: { car: problem.cars[0]!.car, sinceSeconds: 0 } })) };
    const codes = [
      insertRide(problem, plan, problem.rides[0]!), insertRide(problem, plan, { ...late, pickUp: { ...late.pickUp, place: -1 } }), cancelRide(problem, plan, 'nobody'), cancelRide(inside, plan, problem.rides[0]!.ride), breakDown(problem, plan, 'none', { place: 0, seconds: 0 }),
      breakDown(problem, plan, problem.cars[0]!.car, { place: 99, seconds: 0 }),
    ].map((answer) => (answer.ok ? 'ok' : answer.refusal.code));
    expect(codes).toEqual(['rideAlreadyPlanned', 'rideFaulty', 'noSuchRide', 'rideAboard', 'noSuchCar', 'noSuchPlace']);
  });
});
