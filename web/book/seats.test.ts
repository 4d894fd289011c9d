import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FreeSeatView } from '../../src/appointments/index.ts';
import { grouped, insteadOf } from './seats.ts';

const HOUR_MS = 3_600_000;
const seat = (institution: string, hour: number, given: Partial<FreeSeatView> = {}): FreeSeatView => ({
  slot: `${institution}/${hour}/${given.clinic ?? ''}`, institution, service: 'specialist', clinic: '', startsAt: hour * HOUR_MS, endsAt: (hour + 1) * HOUR_MS, seatsLeft: 1,
  institutionName: { zh: institution, en: institution }, town: 'T', point: { lon: 113, lat: 34 }, seesChildren: false, ...given,
});

describe('seats in the order a person chooses', () => {
  it('given two houses, then the nearer comes first with its hours in order, and one whose way nobody knows comes last', () => {
    const groups = grouped([seat('UNKNOWN', 8), seat('FAR', 8, { travelSeconds: 1_200 }), seat('NEAR', 11, { travelSeconds: 300 }), seat('NEAR', 9, { travelSeconds: 300 })]);
    expect(groups.map(({ key, seats }) => [key, seats.map(({ startsAt }) => startsAt / HOUR_MS)])).toEqual([['NEAR/', [9, 11]], ['FAR/', [8]], ['UNKNOWN/', [8]]]);
  });

  it('given the house somebody is booked at, then it comes before a nearer one', () => {
    expect(grouped([seat('NEAR', 8, { travelSeconds: 60 }), seat('OWN', 8)], 'OWN').map(({ key }) => key)).toEqual(['OWN/', 'NEAR/']);
  });

  it('given two clinics of one house, then each stands by itself', () => {
    expect(grouped([seat('A', 8, { clinic: 'skin' }), seat('A', 8, { clinic: 'eyes' })]).map(({ key }) => key)).toEqual(['A/skin', 'A/eyes']);
  });

  it('given any seats, then grouping them loses none and shows none twice', () => {
    fc.assert(fc.property(fc.array(fc.record({ institution: fc.constantFrom('A', 'B', 'C'), hour: fc.nat(200), travel: fc.option(fc.nat(5_000), { nil: undefined }) })), (rows) => {
      const all = rows.map(({ institution, hour, travel }) => seat(institution, hour, travel === undefined ? {} : { travelSeconds: travel }));
      const shown = grouped(all).flatMap(({ seats }) => seats);
      expect(shown).toHaveLength(all.length);
      expect(new Set(shown)).toEqual(new Set(all));
    }));
  });
});

describe('a seat that went while somebody typed', () => {
  it('given free ones, then the nearest hour of the same house is offered first, and never the lost one', () => {
    const lost = seat('A', 10);
    const offered = insteadOf(lost, [seat('B', 10), seat('A', 14), lost, seat('A', 9)], 3);
    expect(offered.map(({ slot }) => slot)).toEqual(['A/9/', 'A/14/', 'B/10/']);
  });

  it('given nothing is free, then nothing is offered', () => {
    expect(insteadOf(seat('A', 10), [seat('A', 10)], 3)).toEqual([]);
  });
});
