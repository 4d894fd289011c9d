import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../base/index.ts';
import { expectedReadyAt, wishOf, type RideOrder } from './index.ts';

const TEN = Date.UTC(2022, 10, 25, 2);
const order: RideOrder = {
  ride: 'R1', leg: 'out', town: 'T', institution: 'H', pickUpAt: TEN, travelSeconds: 20 * 60, cohort: 'other', seats: 1, wheelchair: false, stretcher: false,
};

describe('what an order means', () => {
  it('given an order from before anybody asked for windows, then they follow from its pick-up', () => {
    expect(wishOf(order)).toMatchObject({ earliestPickUpAt: TEN - 30 * MINUTE_MS, latestArriveAt: TEN + 35 * MINUTE_MS, earliestArriveAt: TEN - 10 * MINUTE_MS });
    expect(wishOf({ ...order, leg: 'back' })).toMatchObject({ earliestPickUpAt: TEN, latestPickUpAt: TEN + 60 * MINUTE_MS });
  });

  it('given either leg, then going straight there keeps every window', () => {
    for (const leg of ['out', 'back'] as const) {
      const wish = wishOf({ ...order, leg });
      const arrives = TEN + wish.pickUpSeconds * SECOND_MS + order.travelSeconds * SECOND_MS;
      expect(TEN).toBeGreaterThanOrEqual(wish.earliestPickUpAt);
      expect(TEN).toBeLessThanOrEqual(wish.latestPickUpAt);
      expect(arrives).toBeGreaterThanOrEqual(wish.earliestArriveAt);
      expect(arrives).toBeLessThanOrEqual(wish.latestArriveAt);
      expect(order.travelSeconds).toBeLessThanOrEqual(wish.longestRideSeconds);
    }
  });

  it('given what the order says itself, then that counts', () => {
    const said = { earliestPickUpAt: TEN, latestPickUpAt: TEN + 1, earliestArriveAt: TEN + 2, latestArriveAt: TEN + 3, pickUpSeconds: 4, dropOffSeconds: 5, longestRideSeconds: 6 };
    expect(wishOf({ ...order, ...said })).toEqual(said);
  });

  it('given a wheelchair or a stretcher, then the door takes longer', () => {
    const seconds = (rest: Partial<RideOrder>): number => wishOf({ ...order, ...rest }).pickUpSeconds;
    expect([seconds({}), seconds({ wheelchair: true }), seconds({ stretcher: true })]).toEqual([300, 480, 720]);
  });
});

describe('when somebody is probably ready to go home', () => {
  it('given dialysis, then four and a half hours after it begins; given a stay in the ward, then nobody says', () => {
    expect(expectedReadyAt('haemodialysis', TEN)).toBe(TEN + 270 * MINUTE_MS);
    expect(expectedReadyAt('inpatient', TEN)).toBeUndefined();
    expect(expectedReadyAt('severeIllness', TEN)).toBeUndefined();
  });
});
