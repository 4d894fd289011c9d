import type { Chance } from '../../src/base/index.ts';
import { COHORTS, type PlanCar, type PlanProblem, type PlanRide } from '../../src/trips/index.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** A small day with everything that makes planning hard: cohorts, wheelchairs, tight windows, short rides, few and unlike cars. */
export function randomDay(chance: Chance, rides: number, cars: number): PlanProblem {
  const places = 4 + chance.below(6);
  const minutes = Array.from({ length: places }, () => [chance.below(25), chance.below(25)] as const);
  const seconds = Float64Array.from({ length: places ** 2 }, (_, at) => {
    const [a, b] = [minutes[Math.floor(at / places)]!, minutes[at % places]!];
    return Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]) * MINUTE);
  });
  const between = (least: number, most: number): number => least + chance.below(most - least + 1);
  return {
    rides: Array.from({ length: rides }, (_, index) => randomRide(`R${index}`, chance, places, between)),
    cars: Array.from({ length: cars }, (_, index) => randomCar(`C${index}`, chance, places, between)),
    travel: { places, seconds },
    decontaminationSeconds: between(0, 30) * MINUTE,
    longestLatenessSeconds: chance.next() < 0.5 ? 0 : between(5, 60) * MINUTE,
    fewestCars: chance.next() < 0.7,
  };
}

type Between = (least: number, most: number) => number;

function randomRide(ride: string, chance: Chance, places: number, between: Between): PlanRide {
  const from = between(7, 11) * HOUR + between(0, 59) * MINUTE;
  const pickUp = { place: chance.below(places), earliestSeconds: from, latestSeconds: from + between(5, 60) * MINUTE, serviceSeconds: between(0, 6) * MINUTE };
  const dropOff = { place: chance.below(places), earliestSeconds: from, latestSeconds: from + between(40, 120) * MINUTE, serviceSeconds: between(0, 6) * MINUTE };
  const onWheels = chance.next() < 0.2;
  return {
    ride, pickUp, dropOff,
    cohort: chance.next() < 0.5 ? 'other' : chance.pick(COHORTS),
    load: { seats: onWheels ? chance.below(2) : between(1, 2), wheelchairs: onWheels ? 1 : 0, stretchers: 0 },
    longestRideSeconds: between(30, 60) * MINUTE,
  };
}

function randomCar(car: string, chance: Chance, places: number, between: Between): PlanCar {
  const from = between(5, 7) * HOUR;
  return {
    car, startPlace: chance.below(places), endPlace: chance.below(places),
    fromSeconds: from, untilSeconds: from + between(6, 10) * HOUR,
    capacity: { seats: between(2, 4), wheelchairs: chance.below(2), stretchers: 0 },
    longestDutySeconds: between(5, 10) * HOUR,
  };
}
