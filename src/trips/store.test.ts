import { expect, it } from 'vitest';
import { MINUTE_MS, seededChance } from '../base/index.ts';
import { DAY_BEGINS, someRide } from '../../tests/trips/trip-day.ts';
import { claimedWindow } from './store.ts';

it('given a rider fetched so early that they arrive, and the car is clean, before the planned pick-up, then the car is theirs all the same', () => {
  const ride = someRide(seededChance(1), 'early', DAY_BEGINS);
  const arriveAt = DAY_BEGINS + 10 * MINUTE_MS;
  const window = claimedWindow({ ...ride, planned: { car: 'C1', pickUpAt: DAY_BEGINS + 180 * MINUTE_MS, arriveAt } });
  expect(window?.from).toBe(arriveAt);
  expect(window!.to).toBeGreaterThanOrEqual(arriveAt + 30 * MINUTE_MS);
});
