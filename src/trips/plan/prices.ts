import type { PlanProblem } from './problem.ts';

/** What lateness and cars cost, in the unit of distance. */
export interface Prices {
  /** 0 when no stop may be late. */
  readonly lateSecond: number;
  /** For each car that drives. */
  readonly car: number;
  /** For each rider who was promised another car. */
  readonly otherCar: number;
}

/**
 * One car is dearer than all the drives that it can save, and one second of lateness dearer than all cars: what comes first in the order of
 * the promise is never given away for what comes after.
 */
export function pricesOf({ travel, cars, fewestCars, otherCarShare = 0 }: PlanProblem): Prices {
  let farthest = 1;
  for (const each of travel.meters ?? travel.seconds) if (each > farthest) farthest = each;
  const car = 10 * farthest;
  return { car: fewestCars ? car : 0, lateSecond: car * cars.length, otherCar: car * otherCarShare };
}
