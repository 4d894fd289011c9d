import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metersBetween } from '../../base/index.ts';
import { at, gridOfStreets, piece } from '../../../tests/roads/streets.ts';
import { driveBetween, driveMatrix, nearest, NO_DRIVE } from './ask.ts';
import { prepareRoads } from './map.ts';
import { ACCESS, networkOf, ROAD_CLASSES } from './network.ts';
import { snap } from './snap.ts';
import { roadTimes } from './times.ts';

const grid = prepareRoads(gridOfStreets(11, 11));
const car = roadTimes(grid, 'car', 12);
const inTheGrid = fc.record({ east: fc.integer({ min: -300, max: 1_300 }), north: fc.integer({ min: -300, max: 1_300 }) }).map(({ east, north }) => at(east, north));

describe('a drive', () => {
  it('has its length, its time and its line, door to door', () => {
    // Given two doors 20 m off their streets, half-way along them
    const [from, to] = [at(50, 20), at(550, 320)];
    const drive = driveBetween(car, from, to);
    if (!('seconds' in drive)) throw new Error('the grid is connected');
    // Then it is 500 m east and 300 m north on streets, and 20 m at each end
    expect(drive.meters).toBe(840);
    expect(drive.shape[0]).toEqual(from);
    expect(drive.shape.at(-1)).toEqual(to);
    const drawn = drive.shape.slice(1).reduce((sum, place, index) => sum + metersBetween(drive.shape[index]!, place), 0);
    expect(drawn).toBeCloseTo(840, 0);
  });

  it('along one street is no longer than that piece of it, and nothing to where one is', () => {
    const ahead = driveBetween(car, at(120, 0), at(180, 0));
    expect(ahead).toMatchObject({ meters: 60 });
    expect(driveBetween(car, at(180, 0), at(120, 0))).toMatchObject({ meters: 60 });
    expect(driveBetween(car, at(120, 0), at(120, 0))).toMatchObject({ meters: 0, seconds: 0 });
  });

  it('is in the matrix as it is alone, wherever it begins and ends', () => {
    fc.assert(fc.property(fc.array(inTheGrid, { minLength: 1, maxLength: 4 }), fc.array(inTheGrid, { minLength: 1, maxLength: 4 }), (from, to) => {
      const matrix = driveMatrix(car, from, to);
      from.forEach((start, row) => to.forEach((end, column) => {
        const drive = driveBetween(car, start, end);
        expect(matrix[row * to.length + column]).toBe('seconds' in drive ? drive.seconds : NO_DRIVE);
      }));
    }), { numRuns: 60 });
  });

  it('is never faster by car than by ambulance', () => {
    const ambulance = roadTimes(grid, 'ambulance', 12);
    fc.assert(fc.property(inTheGrid, inTheGrid, (from, to) => {
      const [a, b] = [driveMatrix(ambulance, [from], [to])[0]!, driveMatrix(car, [from], [to])[0]!];
      expect(a).toBeLessThanOrEqual(b);
    }), { numRuns: 60 });
  });
});

describe('the nearest', () => {
  const wards = [at(1_000, 1_000), at(300, 0), at(0, 900), at(9_000, 0), at(300, 0)];

  it('are the nearest by road, in order, without those that no road reaches', () => {
    const found = nearest(car, at(0, 0), [...wards.keys()], (index) => wards[index]!, { count: 10, direction: 'to' });
    expect(found.map(({ candidate }) => candidate)).toEqual([1, 4, 2, 0]);
    expect(found.map(({ seconds }) => seconds)).toEqual([...found.map(({ seconds }) => seconds)].sort((a, b) => a - b));
    expect(nearest(car, at(0, 0), [...wards.keys()], (index) => wards[index]!, { count: 2, direction: 'to' })).toEqual(found.slice(0, 2));
  });

  it('on their way here are asked in that direction', () => {
    // Given a ring of one-way streets: 0 → 1 → 2 → 3 → 0
    const ring = networkOf([at(0, 0), at(500, 0), at(500, 500), at(0, 500)], [piece(0, 1, 500), piece(1, 2, 500), piece(2, 3, 500), piece(3, 0, 500)]);
    const times = roadTimes(prepareRoads(ring), 'car', 12);
    const stations = { next: at(480, 0), last: at(0, 480) };
    const order = (direction: 'to' | 'from') => nearest(times, at(20, 0), ['next', 'last'] as const, (name) => stations[name], { count: 2, direction }).map(({ candidate }) => candidate);
    expect(order('to')).toEqual(['next', 'last']);
    expect(order('from')).toEqual(['last', 'next']);
  });
});

describe('a place without a road', () => {
  it('far from any is said to be', () => {
    expect(driveBetween(car, at(0, 0), at(500, 9_000))).toEqual({ why: 'farFromRoad', place: 'to' });
    expect(driveBetween(car, at(-2_000, 0), at(0, 0))).toEqual({ why: 'farFromRoad', place: 'from' });
  });

  it('on a road that leads nowhere else is on an island, unless the city\'s roads are in reach too', () => {
    // Given 3 × 3 crossings up to (200, 200), and a street from (500, 0) to (1,100, 0) that nothing joins to them
    const city = gridOfStreets(3, 3);
    const points = [...[...city.main.keys()].map((node) => at((node % 3) * 100, Math.floor(node / 3) * 100)), at(500, 0), at(1_100, 0)];
    const arcs = [...[...city.head.keys()].map((arc) => piece(city.tail[arc]!, city.head[arc]!, 100)), piece(9, 10, 600), piece(10, 9, 600)];
    const times = roadTimes(prepareRoads(networkOf(points, arcs)), 'car', 12);
    expect(driveBetween(times, at(0, 0), at(1_000, 0))).toEqual({ why: 'island', place: 'to' });
    expect(driveBetween(times, at(0, 0), at(450, 0))).toMatchObject({ meters: 450 });
  });
});

describe('a place beside an expressway', () => {
  // Given an expressway overhead at 0 m and the street behind, 80 m north, joined at both ends
  const expressway = (roadClass: number) => prepareRoads(networkOf([at(0, 0), at(1_000, 0), at(0, 80), at(1_000, 80)], [
    piece(0, 1, 1_000, { roadClass }), piece(1, 0, 1_000, { roadClass }), piece(2, 3, 1_000), piece(3, 2, 1_000),
    piece(0, 2, 80), piece(2, 0, 80), piece(1, 3, 80), piece(3, 1, 80),
  ]));

  it('has its door on the street, farther though it is', () => {
    for (const name of ['motorway', 'trunk'] as const) {
      const found = snap(expressway(ROAD_CLASSES.indexOf(name)), at(500, 10));
      expect(typeof found !== 'string' && found.meters).toBeCloseTo(70, 0);
    }
  });

  it('takes the trunk road where there is no other, and never a motorway', () => {
    const alone = (name: (typeof ROAD_CLASSES)[number]) => {
      const roadClass = ROAD_CLASSES.indexOf(name);
      return prepareRoads(networkOf([at(0, 0), at(1_000, 0)], [piece(0, 1, 1_000, { roadClass }), piece(1, 0, 1_000, { roadClass })]));
    };
    expect(snap(alone('trunk'), at(500, 10))).toHaveProperty('meters');
    expect(snap(alone('motorway'), at(500, 10))).toBe('farFromRoad');
  });
});

describe('who may drive where', () => {
  const primary = ROAD_CLASSES.indexOf('primary');
  // Given a way round of 3 × 1,000 m on a primary road, and a short cut of 1,000 m
  const town = (shortCut: number) => prepareRoads(networkOf([at(0, 0), at(1_000, 0), at(1_000, 1_000), at(0, 1_000)], [
    ...[[0, 3], [3, 2], [2, 1]].flatMap(([a, b]) => [piece(a!, b!, 1_000, { roadClass: primary }), piece(b!, a!, 1_000, { roadClass: primary })]),
    piece(0, 1, 1_000, { access: shortCut }), piece(1, 0, 1_000, { access: shortCut }),
  ]));

  it('an emergency lane shortens the ambulance\'s way alone', () => {
    const map = town(ACCESS.emergencyOnly);
    expect(driveBetween(roadTimes(map, 'ambulance', 12), at(0, 0), at(1_000, 0))).toMatchObject({ meters: 1_000 });
    expect(driveBetween(roadTimes(map, 'car', 12), at(0, 0), at(1_000, 0))).toMatchObject({ meters: 3_000 });
  });

  it('a compound is a way in and no short cut', () => {
    const times = roadTimes(town(ACCESS.private), 'car', 12);
    expect(driveBetween(times, at(0, 0), at(1_000, 0))).toMatchObject({ meters: 3_000 });
    expect(driveBetween(times, at(0, 0), at(200, 0))).toMatchObject({ meters: 200 });
  });

  it('is slower at eight in the morning than at three at night', () => {
    const map = town(0);
    const seconds = (hour: number): number => driveMatrix(roadTimes(map, 'car', hour), [at(0, 0)], [at(1_000, 1_000)])[0]!;
    expect(seconds(8)).toBeGreaterThan(seconds(3));
  });
});
