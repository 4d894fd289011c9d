import { describe, expect, it } from 'vitest';
import type { UnitView } from '../../../../src/dispatch/index.ts';
import { unitMark, units, ways } from './features.ts';

const unit = (name: string, given: Partial<UnitView> = {}): UnitView => ({
  unit: name, state: 'idle', station: 's', stationName: { zh: '站', en: 'Station' }, district: '1', place: { lon: 113.6, lat: 34.7 }, placeAt: 0,
  equipment: 'basic', negativePressure: false, since: 0, ...given,
});
const age = (ms: number): string => `${ms / 60_000} min`;
const here = { lon: 113.6, lat: 34.7 };
const there = { lon: 113.7, lat: 34.8 };

describe('units on the map', () => {
  it('given several stand free at one station, then they are one mark with their number', () => {
    const { features } = units({ at: 0, units: [unit('U1'), unit('U2'), unit('U3', { state: 'toPatient' })] }, undefined, age);
    expect(features.map(({ properties }) => properties?.['label'])).toEqual(['× 2', 'U3 0 min']);
  });

  it('given a unit on the road, then how old its place is stands beside it', () => {
    const { features: [feature] } = units({ at: 180_000, units: [unit('U3', { state: 'withPatient', lostContact: true })] }, 'U3', age);
    expect(feature?.properties).toMatchObject({ label: 'U3 3 min', mark: 'lost', selected: true });
  });

  it('given nobody hears of a unit, then it never looks like one that is known to be out', () => {
    expect(unitMark({ state: 'toPatient', lostContact: true })).toBe('lost');
    expect(unitMark({ state: 'decontaminating' })).toBe('away');
  });
});

describe('the way of a unit', () => {
  it('given roads, then it is drawn as driven; given none or none open, then it is dashed', () => {
    const line = [[113.6, 34.7], [113.65, 34.7], [113.7, 34.8]] as const;
    const known = (given: Parameters<typeof ways>[0]): unknown => ways(given, unit('U1'), there).features[0]?.properties?.['known'];
    expect(known({ at: 0, seconds: 60, line, source: 'roads' })).toBe(true);
    expect(known({ at: 0, seconds: 60, line, source: 'roads', noWayOpen: true })).toBe(false);
    expect(known({ at: 0, seconds: 60, source: 'estimate' })).toBe(false);
  });

  it('given nothing is known yet, then a straight dashed line joins the two', () => {
    expect(ways(undefined, unit('U1', { place: here }), there).features[0]?.geometry).toEqual({ type: 'LineString', coordinates: [[113.6, 34.7], [113.7, 34.8]] });
    expect(ways(undefined, undefined, there).features).toEqual([]);
  });
});
