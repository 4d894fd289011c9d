import { describe, expect, it } from 'vitest';
import { checkPlan, type Plan, type PlanCar, type PlanProblem, type PlanRide, type ViolationCode } from './index.ts';

const MINUTE = 60;
const place = (minutesFromDepot: number): number => minutesFromDepot;
/** Places on one street, a minute apart; place 0 is the depot. */
const PLACES = 61;
const street = Float64Array.from({ length: PLACES ** 2 }, (_, at) => Math.abs(Math.floor(at / PLACES) - (at % PLACES)) * MINUTE);

const ride = (name: string, from: number, to: number, rest: Partial<PlanRide> = {}): PlanRide => ({
  ride: name, cohort: 'other', load: { seats: 1, wheelchairs: 0, stretchers: 0 },
  pickUp: { place: place(from), earliestSeconds: 0, latestSeconds: 120 * MINUTE, serviceSeconds: 2 * MINUTE },
  dropOff: { place: place(to), earliestSeconds: 0, latestSeconds: 120 * MINUTE, serviceSeconds: 2 * MINUTE },
  longestRideSeconds: 60 * MINUTE, ...rest,
});
const car = (name: string, rest: Partial<PlanCar> = {}): PlanCar => ({
  car: name, startPlace: 0, endPlace: 0, fromSeconds: 0, untilSeconds: 240 * MINUTE, capacity: { seats: 3, wheelchairs: 0, stretchers: 0 }, longestDutySeconds: 240 * MINUTE, ...rest,
});
const problem = (rest: Partial<PlanProblem> = {}): PlanProblem => ({
  rides: [ride('R1', 10, 20), ride('R2', 15, 30)], cars: [car('C1'), car('C2')], travel: { places: PLACES, seconds: street },
  decontaminationSeconds: 30 * MINUTE, longestLatenessSeconds: 0, fewestCars: true, ...rest,
});
type Stops = readonly (readonly [ride: string, kind: 'pickUp' | 'dropOff', minute: number])[];
const plan = (stops: Stops, { leaves = 0, returns = 200, distance = 60, late = 0, unplanned = [] as Plan['unplanned'] } = {}): Plan => ({
  routes: [{ car: 'C1', leavesAtSeconds: leaves * MINUTE, returnsAtSeconds: returns * MINUTE, stops: stops.map(([name, kind, minute]) => ({ ride: name, kind, beginsAtSeconds: minute * MINUTE })) }],
  unplanned, latenessSeconds: late * MINUTE, distance: distance * MINUTE,
});
const codes = (...given: Parameters<typeof checkPlan>): readonly ViolationCode[] => checkPlan(...given).map(({ code }) => code);

const TOGETHER: Stops = [['R1', 'pickUp', 10], ['R2', 'pickUp', 17], ['R1', 'dropOff', 24], ['R2', 'dropOff', 36]];
const APART: Stops = [['R1', 'pickUp', 10], ['R1', 'dropOff', 22], ['R2', 'pickUp', 29], ['R2', 'dropOff', 46]];

describe('the judge of plans', () => {
  it('given a plan that keeps every promise, then it has nothing to say', () => {
    expect(codes(problem(), plan(TOGETHER))).toEqual([]);
    expect(codes(problem(), plan(APART, { distance: 70 }))).toEqual([]);
  });

  it('given two cohorts in one car, then it names both the company and the missing cleaning', () => {
    const mixed = problem({ rides: [ride('R1', 10, 20), ride('R2', 15, 30, { cohort: 'fever' })] });
    expect(codes(mixed, plan(TOGETHER))).toEqual(['notDecontaminated', 'cohortsTogether']);
  });

  it('given a time that is not a number, then it is named, and no promise counts as kept', () => {
    const lost: Stops = [['R1', 'pickUp', NaN], ...TOGETHER.slice(1)];
    expect(codes(problem(), plan(lost))).toContain('notANumber');
    expect(codes(problem(), plan(TOGETHER, { returns: NaN }))).toContain('notANumber');
  });

  it('given two cohorts in a car as the day begins, then it names them', () => {
    const inside = (name: string, cohort: PlanRide['cohort']): PlanRide => ride(name, 0, 20, { cohort, aboard: { car: 'C1', sinceSeconds: 0 } });
    const both = problem({ rides: [inside('R1', 'other'), inside('R2', 'fever')] });
    expect(codes(both, plan([['R1', 'dropOff', 20], ['R2', 'dropOff', 22]], { distance: 40 }))).toEqual(['cohortsTogether']);
  });

  it('given another cohort after the first, then only with the cleaning in between', () => {
    const after = problem({ rides: [ride('R1', 10, 20), ride('R2', 15, 30, { cohort: 'immunocompromised' })] });
    expect(codes(after, plan(APART, { distance: 70 }))).toEqual(['notDecontaminated']);
    expect(codes(after, plan([...APART.slice(0, 2), ['R2', 'pickUp', 59], ['R2', 'dropOff', 76]], { distance: 70 }))).toEqual([]);
    expect(codes(problem({ cars: [car('C1', { cohortBefore: 'positive' })] }), plan(TOGETHER))).toEqual(['notDecontaminated']);
  });

  it('given a car that is driven faster than the road allows, then it says by how much', () => {
    expect(checkPlan(problem(), plan([['R1', 'pickUp', 8], ...TOGETHER.slice(1)]))).toEqual([{ code: 'notThereYet', car: 'C1', ride: 'R1', by: 2 * MINUTE }]);
    expect(codes(problem(), plan(TOGETHER, { returns: 60 }))).toEqual(['notThereYet']);
  });

  it('given a window, a ride or a duty that is broken, then each is named', () => {
    const early = ride('R1', 10, 20, { pickUp: { place: 10, earliestSeconds: 15 * MINUTE, latestSeconds: 20 * MINUTE, serviceSeconds: 2 * MINUTE } });
    expect(codes(problem({ rides: [early, ride('R2', 15, 30)] }), plan(TOGETHER))).toEqual(['beforeWindow']);
    const soon = ride('R2', 15, 30, { dropOff: { place: 30, earliestSeconds: 0, latestSeconds: 35 * MINUTE, serviceSeconds: 0 } });
    expect(codes(problem({ rides: [ride('R1', 10, 20), soon] }), plan(TOGETHER, { late: 1 }))).toEqual(['tooLate']);
    expect(codes(problem({ rides: [ride('R1', 10, 20), soon], longestLatenessSeconds: MINUTE }), plan(TOGETHER, { late: 1 }))).toEqual([]);
    expect(codes(problem({ rides: [ride('R1', 10, 20), soon], longestLatenessSeconds: MINUTE }), plan(TOGETHER))).toEqual(['latenessMisstated']);
    expect(codes(problem({ rides: [ride('R1', 10, 20, { longestRideSeconds: 11 * MINUTE }), ride('R2', 15, 30)] }), plan(TOGETHER))).toEqual(['rideTooLong']);
    expect(codes(problem({ cars: [car('C1', { fromSeconds: 5 * MINUTE, untilSeconds: 100 * MINUTE, longestDutySeconds: 90 * MINUTE })] }), plan(TOGETHER)))
      .toEqual(['leavesTooEarly', 'returnsTooLate', 'dutyTooLong']);
  });

  it('given more aboard than there are places, then it counts them', () => {
    const full = problem({ rides: [ride('R1', 10, 20), ride('R2', 15, 30, { load: { seats: 3, wheelchairs: 1, stretchers: 0 } })] });
    expect(checkPlan(full, plan(TOGETHER)).map(({ code, by }) => [code, by])).toEqual([['tooManyAboard', 1], ['tooManyAboard', 1]]);
  });

  it('given a person who is lost, doubled or left in the car, then it says who', () => {
    expect(codes(problem(), plan(TOGETHER.slice(0, 2), { distance: 30 }))).toEqual(['notDroppedOff', 'notDroppedOff', 'notDroppedOff', 'notDroppedOff']);
    expect(codes(problem(), plan(TOGETHER.filter(([name]) => name === 'R1'), { distance: 40 }))).toEqual(['rideForgotten']);
    expect(codes(problem(), plan(TOGETHER, { unplanned: [{ ride: 'R2', reason: 'carsBusy' }] }))).toEqual(['plannedAndUnplanned']);
    expect(codes(problem(), plan([['R1', 'dropOff', 20], ['R1', 'pickUp', 40], ['R2', 'pickUp', 50], ['R2', 'dropOff', 70]], { distance: 80 }))).toContain('notAboard');
    expect(codes(problem(), plan([...TOGETHER, ['R9', 'pickUp', 60]]))).toEqual(['rideUnknown']);
    const twice = plan(TOGETHER);
    expect(codes(problem(), { ...twice, routes: [...twice.routes, ...twice.routes], distance: 120 * MINUTE })).toContain('carTwice');
    expect(codes(problem({ cars: [car('C9')] }), twice)).toEqual(['carUnknown', 'rideForgotten', 'rideForgotten', 'distanceMisstated']);
  });

  it('given a length that is not the road\'s, then the plan misstates it', () => {
    expect(codes(problem(), plan(TOGETHER, { distance: 59 }))).toEqual(['distanceMisstated']);
  });
});

describe('the judge of a plan that runs', () => {
  const running = problem({
    rides: [ride('R1', 10, 20, { aboard: { car: 'C1', sinceSeconds: 12 * MINUTE } }), ride('R2', 15, 30)],
    cars: [car('C1', { startPlace: 10, fromSeconds: 12 * MINUTE, next: [{ ride: 'R2', kind: 'pickUp' }] })],
  });
  const REST = TOGETHER.slice(1);

  it('given the rest of the day, then whoever is aboard only gets out, and the car goes where it was heading', () => {
    expect(codes(running, plan(REST, { leaves: 12, distance: 50 }))).toEqual([]);
    expect(codes(running, plan([['R1', 'dropOff', 22], ['R2', 'pickUp', 29], ['R2', 'dropOff', 46]], { leaves: 12, distance: 60 }))).toEqual(['headingElsewhere']);
  });

  it('given a rider aboard who is left to stay there, then nothing excuses it', () => {
    expect(codes(running, { routes: [], unplanned: [], latenessSeconds: 0, distance: 0 })).toEqual(['notDroppedOff', 'rideForgotten']);
    expect(codes(running, plan([['R2', 'pickUp', 17], ['R2', 'dropOff', 34]], { leaves: 12, distance: 50, unplanned: [{ ride: 'R1', reason: 'carsBusy' }] }))).toEqual(['notDroppedOff', 'plannedAndUnplanned']);
  });

  it('given that it has become late already, then finishing what has begun is no violation', () => {
    const { rides } = running;
    const late = { ...running, rides: rides.map((each) => ({ ...each, longestRideSeconds: 5 * MINUTE, dropOff: { ...each.dropOff, latestSeconds: MINUTE } })), cars: [{ ...running.cars[0]!, untilSeconds: 20 * MINUTE }] };
    expect(codes(late, plan(REST, { leaves: 12, returns: 68, late: 23 + 35, distance: 50 }))).toEqual([]);
  });
});
