import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { at, gridOfStreets } from '../../tests/roads/streets.ts';
import {
  candidatesFor, driveMatrix, initialStatus, LiveRoads, prepareRoads, travelEstimate, travelTables, withStatus,
  type CandidateQuestion, type Candidates, type City, type Restriction, type TownTravel,
} from './index.ts';
import { loadCity } from './load.ts';

const toytown = (loadCity(join(import.meta.dirname, '../../cities/toytown')) as { city: City }).city;
const noon = parseInstant('2022-11-25 12:00')!;
const riverside = '990101001';

/** Toytown on a grid of streets a kilometre wide: the town in the west, one hospital near, one far, the third off all roads. */
const city: City = {
  ...toytown,
  towns: new Map([[riverside, { ...toytown.towns.get(riverside)!, centre: at(20, 500) }]]),
  institutions: new Map([['T-H1', at(600, 500)], ['T-H2', at(1_000, 900)], ['T-H4', at(500, 9_000)]].map(([code, place]) =>
    [code as string, { ...toytown.institutions.get(code as string)!, place: place as ReturnType<typeof at> }])),
};
const wall = (passage: Restriction['passage']): Restriction =>
  ({ id: 'wall', kind: 'cordon', area: { centre: at(600, 500), radiusMeters: 150 }, passage });

async function tablesWith(...restrictions: Restriction[]): ReturnType<typeof travelTables> {
  const roads = new LiveRoads(prepareRoads(gridOfStreets(11, 11)));
  roads.restrict(restrictions);
  return travelTables(city, roads.map, async (profile, from, to) => driveMatrix(roads.times(profile, noon), from, to));
}
const emergency = (travel?: TownTravel, more: Partial<CandidateQuestion> = {}): Candidates =>
  candidatesFor(city, initialStatus(city), { town: riverside, service: 'emergency', instant: noon, rule: 'nearest', ...(travel && { travel }), ...more });
const codes = ({ candidates }: Candidates): string[] => candidates.map(({ institution }) => institution.code);

describe('how far it is from the towns', () => {
  it('is what the roads say, and nothing where one end lies off them or is not known', async () => {
    const { car } = await tablesWith();
    expect(car.seconds(riverside, 'T-H1')).toBeGreaterThan(0);
    expect(car.seconds(riverside, 'T-H4')).toBeUndefined();
    expect([car.seconds('000000000', 'T-H1'), car.seconds(riverside, 'T-H9')]).toEqual([undefined, undefined]);
  });

  it('given a cordon around a hospital, is without end for those it stops, later for those it delays, as ever for the rest', async () => {
    const before = await tablesWith();
    const after = await tablesWith(wall({ ambulance: 'free', car: 'closed', permitCar: { delaySeconds: 60 } }));
    expect(after.car.seconds(riverside, 'T-H1')).toBe(Infinity);
    expect(after.permitCar.seconds(riverside, 'T-H1')).toBe(before.permitCar.seconds(riverside, 'T-H1')! + 60);
    expect(after.ambulance.seconds(riverside, 'T-H1')).toBe(before.ambulance.seconds(riverside, 'T-H1'));
  });
});

describe('candidates on roads', () => {
  it('given roads, are told the time on them, and an estimate where there are none', async () => {
    const { car } = await tablesWith();
    const answer = emergency(car);
    expect(codes(answer)).toEqual(['T-H1', 'T-H2', 'T-H4']);
    expect(answer.candidates[0]!.seconds).toBe(car.seconds(riverside, 'T-H1'));
    expect(answer.candidates[2]!.seconds).toBe(travelEstimate(at(20, 500), at(500, 9_000), noon, 'car').seconds);
  });

  it('given every road to the nearest is closed, have it last and say why it was overtaken', async () => {
    const closed = await tablesWith(wall({ ambulance: 'free', car: 'closed', permitCar: 'closed' }));
    const answer = emergency(closed.car);
    expect(codes(answer)).toEqual(['T-H2', 'T-H4', 'T-H1']);
    expect(answer.ruledOut).toEqual([{ institution: city.institutions.get('T-H1'), cause: 'noWayOpen' }]);
    expect(emergency(closed.car, { rule: 'counterpartFirst', ownInstitution: 'T-H1' })).toEqual(answer);
    // An ambulance passes
    expect(codes(emergency(closed.ambulance))).toEqual(['T-H1', 'T-H2', 'T-H4']);
  });

  it('given guards who hold everybody up, go to whoever is reached sooner', async () => {
    const delayed = await tablesWith(wall({ ambulance: 'free', car: { delaySeconds: 1_200 }, permitCar: 'free' }));
    expect(codes(emergency(delayed.car)).slice(0, 1)).toEqual(['T-H2']);
    expect(emergency(delayed.car).ruledOut).toEqual([]);
  });

  it('given a closed ward whose stand-in nobody reaches, do not send there', async () => {
    const { car } = await tablesWith(wall({ ambulance: 'closed', car: 'closed', permitCar: 'closed' }));
    const status = withStatus(initialStatus(city), {
      institution: 'T-H2', service: 'emergency', state: 'closed', since: noon, until: noon + 1, standIn: 'T-H1', reportedBy: 'ward', reportedAt: noon,
    });
    expect(codes(candidatesFor(city, status, { town: riverside, service: 'emergency', instant: noon, rule: 'nearest', travel: car }))).toEqual(['T-H4', 'T-H1']);
  });

  const known = fc.option(fc.oneof(fc.integer({ min: 0, max: 7_200 }), fc.constant(Infinity)), { nil: undefined });
  it('whatever the roads say, nobody who could take the patient is forgotten, and nobody is before one who is reached sooner', () => {
    const able = codes(emergency()).sort();
    fc.assert(fc.property(fc.tuple(known, known, known), fc.constantFrom('car' as const, 'ambulance' as const), (driven, profile) => {
      const answer = emergency({ profile, seconds: (_, institution) => driven[able.indexOf(institution)] });
      expect(codes(answer).sort()).toEqual(able);
      const seconds = answer.candidates.map((candidate) => candidate.seconds);
      expect(seconds).toEqual([...seconds].sort((a, b) => (a === b ? 0 : a - b)));
      for (const { institution } of answer.ruledOut) expect(driven[able.indexOf(institution.code)]).toBe(Infinity);
    }));
  });
});
