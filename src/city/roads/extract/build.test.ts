import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../../tests/roads/streets.ts';
import { ACCESS, ROAD_CLASSES, type RoadNetwork } from '../network.ts';
import { buildNetwork, isBlocking, rulesOf, type ExtractWay, type Tags } from './build.ts';

const points = new Map([[1, at(0, 0)], [2, at(100, 0)], [3, at(200, 0)], [4, at(200, 100)]]);
const way = (id: number, refs: readonly number[], tags: Tags): ExtractWay => ({ id, refs, rules: rulesOf(tags)! });
const built = (ways: readonly ExtractWay[], blocked: readonly number[] = []): RoadNetwork =>
  buildNetwork({ ways, points, blocked: new Set(blocked), bans: [] });
const street = { highway: 'residential' };

describe('a way of the extract', () => {
  it.each<[string, Tags, { readonly forward: boolean; readonly backward: boolean } | undefined]>([
    ['a street', street, { forward: true, backward: true }],
    ['a one-way street', { ...street, oneway: 'yes' }, { forward: true, backward: false }],
    ['a one-way street drawn backwards', { ...street, oneway: '-1' }, { forward: false, backward: true }],
    ['a one-way street for everyone but buses', { ...street, oneway: 'yes', 'oneway:bus': 'no' }, { forward: true, backward: false }],
    ['a one-way street for bicycles alone', { ...street, oneway: 'yes', 'oneway:motor_vehicle': 'no' }, { forward: true, backward: true }],
    ['a roundabout', { highway: 'primary', junction: 'roundabout' }, { forward: true, backward: false }],
    ['a motorway', { highway: 'motorway' }, { forward: true, backward: false }],
    ['a motorway that says it is not one-way', { highway: 'motorway', oneway: 'no' }, { forward: true, backward: true }],
    ['a footway', { highway: 'footway' }, undefined],
    ['a square', { highway: 'service', area: 'yes' }, undefined],
    ['a street closed to cars', { ...street, motor_vehicle: 'no' }, undefined],
    ['a closed street that is open to cars', { ...street, access: 'no', motor_vehicle: 'yes' }, { forward: true, backward: true }],
    ['a river', { waterway: 'river' }, undefined],
  ])('%s is driven as it is tagged', (_, tags, directions) => {
    if (directions) expect(rulesOf(tags)).toMatchObject(directions);
    else expect(rulesOf(tags)).toBeUndefined();
  });

  it.each<[string, Tags, number]>([
    ['open', street, 0],
    ['private', { ...street, access: 'private' }, ACCESS.private],
    ['for residents', { ...street, motor_vehicle: 'destination' }, ACCESS.private],
    ['for emergencies', { ...street, access: 'no', emergency: 'yes' }, ACCESS.emergencyOnly],
    ['an emergency access', { highway: 'service', service: 'emergency_access' }, ACCESS.emergencyOnly],
  ])('%s is known by its access', (_, tags, access) => {
    expect(rulesOf(tags)?.access).toBe(access);
  });

  it.each([['50', 50], ['30 mph', 48], ['60 km/h', 60], ['walk', 0], ['CN:urban', 0], ['999', 0], ['', 0]])('limit %j is %i km/h', (maxspeed, kmh) => {
    expect(rulesOf({ ...street, maxspeed })?.limitKmh).toBe(kmh);
  });

  it('becomes one arc from point to point in each direction', () => {
    const network = built([way(7, [1, 2, 3], { highway: 'secondary', oneway: 'yes' }), way(8, [3, 4], street)]);
    expect(network.lon7).toHaveLength(4);
    expect([...network.head.keys()].map((arc) => [network.tail[arc], network.head[arc], ROAD_CLASSES[network.roadClass[arc]!], network.decimeters[arc]]))
      .toEqual([[0, 1, 'secondary', 1_000], [1, 2, 'secondary', 1_000], [2, 3, 'residential', 1_000], [3, 2, 'residential', 1_000]]);
    expect([...network.main]).toEqual([0, 0, 1, 1]);
  });

  it('cut by the edge of the extract keeps the pieces of which both ends are known', () => {
    expect(built([way(7, [99, 1, 2, 98, 3, 4], street)]).head).toHaveLength(4);
  });

  it('ends at a bollard, and no point is left without a road', () => {
    const network = built([way(7, [1, 2, 3, 4], street)], [2]);
    expect(network.lon7).toHaveLength(2);
    expect(network.head).toHaveLength(2);
    expect(isBlocking({ barrier: 'bollard' })).toBe(true);
    expect(isBlocking({ barrier: 'bollard', motor_vehicle: 'yes' })).toBe(false);
    expect(isBlocking({ barrier: 'gate' })).toBe(false);
  });
});

describe('any tags', () => {
  const tags = fc.dictionary(fc.constantFrom('highway', 'oneway', 'access', 'maxspeed', 'junction', 'emergency', 'area'), fc.oneof(fc.string(), fc.constantFrom('yes', 'no', '-1', 'primary', '50')));

  it('make a network or none, and never an exception', () => {
    fc.assert(fc.property(fc.array(tags, { maxLength: 4 }), fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }), (many, refs) => {
      const network = built(many.filter((one) => rulesOf(one)).map((one, id) => way(id, refs, one)));
      expect([...network.head].every((node) => node < network.lon7.length)).toBe(true);
      expect(network.firstArc.at(-1)).toBe(network.head.length);
    }));
  });
});
