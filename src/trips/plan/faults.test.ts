import { describe, expect, it } from 'vitest';
import { seededChance } from '../../base/index.ts';
import { randomDay } from '../../../tests/trips/random-day.ts';
import { faultsOf, planRides, type PlanProblem } from '../index.ts';

const day = randomDay(seededChance(1), 3, 2);
const withRide = (change: Partial<PlanProblem['rides'][number]>): PlanProblem => ({ ...day, rides: day.rides.map((ride, index) => (index === 1 ? { ...ride, ...change } : ride)) });
const fields = (problem: PlanProblem): string[] => faultsOf(problem).map(({ field, code }) => `${field} ${code}`);

describe('what is wrong with a planning problem', () => {
  it('given nothing, then nothing', () => {
    expect(fields(day)).toEqual([]);
  });

  it('given several faults, then all of them at once, each by its field', () => {
    const wrong = withRide({
      ride: day.rides[0]!.ride, load: { seats: 0, wheelchairs: 0, stretchers: 0 }, longestRideSeconds: Number.NaN,
      pickUp: { place: 99, earliestSeconds: 100, latestSeconds: 50, serviceSeconds: -1 }, aboard: { car: 'none', sinceSeconds: 0 },
    });
    expect(fields({ ...wrong, decontaminationSeconds: -1 })).toEqual([
      'decontaminationSeconds negative', 'rides[1].ride namedTwice', 'rides[1].pickUp.place noSuchPlace', 'rides[1].pickUp.latestSeconds endsBeforeItBegins',
      'rides[1].pickUp.serviceSeconds negative', 'rides[1].load takesNoRoom', 'rides[1].longestRideSeconds notANumber', 'rides[1].aboard.car noSuchCar',
    ]);
  });

  it('given travel times with a hole, then the table is named and nothing is planned', () => {
    const seconds = day.travel.seconds.slice();
    seconds[1] = Number.NaN;
    expect(fields({ ...day, travel: { ...day.travel, seconds } })).toEqual(['travel.seconds notANumber']);
    expect(fields({ ...day, travel: { ...day.travel, seconds: seconds.slice(0, 2) } })).toContain('travel.seconds tooFewEntries');
    expect(() => planRides({ ...day, travel: { ...day.travel, seconds } }, { seed: 1, trials: 1 })).toThrow('travel.seconds: notANumber');
  });

  it('given a car on its way to somebody who is in no list, or already aboard, then that stop is named', () => {
    const heading = (ride: string, kind: 'pickUp' | 'dropOff'): PlanProblem => ({ ...day, cars: day.cars.map((car, index) => (index === 0 ? { ...car, next: [{ ride, kind }] } : car)) });
    expect(fields(heading('nobody', 'pickUp'))).toEqual(['cars[0].next[0].ride noSuchRide']);
    expect(fields(heading(day.rides[0]!.ride, 'dropOff'))).toEqual(['cars[0].next[0].kind notAboard']);
    expect(fields(heading(day.rides[0]!.ride, 'pickUp'))).toEqual([]);
  });
});
