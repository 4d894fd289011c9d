import { expect, it } from 'vitest';
import { HOUR_MS } from '../../base/index.ts';
import type { TripDay } from '../day.ts';
import { offer } from './offer.ts';

const now = Date.UTC(2022, 2, 28, 13, 15);
const [home, house] = [{ lon: 113, lat: 34 }, { lon: 114, lat: 34 }];

it('given somebody whose hour has gone by and whose way takes longer than the lateness that is allowed, then a free car takes them all the same', () => {
  const day: TripDay = {
    at: now, rides: [], travel: () => 3 * 3_600,
    cars: [{ car: 'V1', town: 'T1', home, place: home, placeAt: now, onDutyFrom: now - HOUR_MS, onDutyTo: now + 30 * HOUR_MS, capacity: { seats: 3, wheelchairs: 0, stretchers: 0 }, state: 'ready' }],
  };
  const order = {
    ride: 'T1', leg: 'out', town: 'T1', institution: 'H1', pickUpAt: now - 6 * HOUR_MS, travelSeconds: 3 * 3_600, cohort: 'other', seats: 1, wheelchair: false, stretcher: false,
  } as const;
  expect(offer(day, { order, from: home, to: house })).toMatchObject({ ok: true, value: { planned: { car: 'V1' } } });
});
