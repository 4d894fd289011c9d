import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../base/index.ts';
import { assignCar, carWindow, DECONTAMINATION_MS, evolveRide, recommendCar, reportRide, RIDE_STEPS, rideRuns, type FreeCar, type Ride, type RideStep } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const ride: Ride = {
  ride: 'T1', leg: 'out', town: 'A', institution: 'H1', pickUpAt: NOW + 60 * MINUTE_MS, travelSeconds: 600, cohort: 'other',
  seats: 1, wheelchair: false, stretcher: false, orderedAt: NOW, times: {},
};
const assigned: Ride = { ...ride, car: 'C1', times: { assigned: NOW } };
const car = (id: string, rest: Partial<FreeCar> = {}): FreeCar => ({ car: id, town: 'A', etaSeconds: 300, seats: 3, wheelchair: false, stretcher: false, ...rest });
const codeOf = (answer: ReturnType<typeof assignCar>): string => (answer.ok ? answer.value.type : answer.refusal.code);

describe('which car goes', () => {
  it('given a nearer car of the neighbour, then the town\'s own first', () => {
    expect(recommendCar([car('near', { town: 'B', etaSeconds: 10 }), car('own')], ride).map((each) => each.car)).toEqual(['own', 'near']);
  });

  it('given every road from the town\'s own is closed, then the neighbour\'s first', () => {
    expect(recommendCar([car('own', { noWayOpen: true }), car('near', { town: 'B', etaSeconds: 900 })], ride).map((each) => each.car)).toEqual(['near', 'own']);
  });

  it('given a wheelchair, a stretcher or a companion, then only cars that can take them', () => {
    expect(recommendCar([car('C1'), car('C2', { wheelchair: true })], { ...ride, wheelchair: true }).map((each) => each.car)).toEqual(['C2']);
    expect(recommendCar([car('C1', { wheelchair: true })], { ...ride, stretcher: true })).toEqual([]);
    expect(recommendCar([car('C1', { seats: 1 })], { ...ride, seats: 2 })).toEqual([]);
  });

  it('given the named car is gone, does not fit or none is free, then it says so and nothing is assigned', () => {
    expect(codeOf(assignCar(ride, [car('C1')], { leg: 'out', car: 'C2' }))).toBe('carTaken');
    expect(codeOf(assignCar(ride, [], { leg: 'out' }))).toBe('noCarFree');
    expect(codeOf(assignCar(assigned, [car('C2')], { leg: 'out' }))).toBe('carAlreadyAssigned');
    expect(codeOf(assignCar(undefined, [car('C1')], { leg: 'out' }))).toBe('noRideOrdered');
    expect(codeOf(assignCar({ ...assigned, cancelled: true }, [car('C2')], { leg: 'out' }))).toBe('noRideOrdered');
  });
});

describe('how long a ride holds its car', () => {
  it('covers the drive there, the ride and the cleaning, whenever it is asked', () => {
    fc.assert(fc.property(fc.integer({ min: -600, max: 600 }), fc.nat(7_200), (minutes, travelSeconds) => {
      const pickUpAt = NOW + minutes * MINUTE_MS;
      const window = carWindow({ pickUpAt, travelSeconds }, NOW);
      const leavesAt = Math.max(pickUpAt, NOW);
      expect(window.from).toBeGreaterThanOrEqual(NOW);
      expect(window.from).toBeLessThanOrEqual(leavesAt);
      expect(window.to - leavesAt).toBe(travelSeconds * 1_000 + DECONTAMINATION_MS);
    }));
  });
});

describe('the driver reports', () => {
  it('given nobody is aboard, then nobody has arrived: custody would have a hole', () => {
    expect(codeOf(reportRide(assigned, 'out', 'arrived'))).toBe('nobodyAboard');
  });

  it('given no car, or a cancelled ride, then there is nothing to report', () => {
    expect(codeOf(reportRide(ride, 'out', 'atDoor'))).toBe('noCarAssigned');
    expect(codeOf(reportRide({ ...assigned, cancelled: true }, 'out', 'atDoor'))).toBe('noCarAssigned');
  });

  it('steps never go backwards, and an arrival always has somebody who got in', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<RideStep>(...RIDE_STEPS), { maxLength: 10 }), (presses) => {
      let now: Ride = assigned;
      let furthest = -1;
      for (const step of presses) {
        const answer = reportRide(now, 'out', step);
        if (!answer.ok) continue;
        expect(RIDE_STEPS.indexOf(step)).toBeGreaterThan(furthest);
        furthest = RIDE_STEPS.indexOf(step);
        now = evolveRide(now, answer.value, NOW)!;
      }
      if (now.times.arrived !== undefined) expect(now.times.aboard).toBeDefined();
      expect(rideRuns(now)).toBe(now.times.arrived === undefined);
    }));
  });
});
