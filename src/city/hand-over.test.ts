import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { candidatesFor, initialStatus, withHandOver, type City } from './index.ts';
import { loadCity } from './load.ts';

const city = (loadCity(join(import.meta.dirname, '../../cities/toytown')) as { city: City }).city;
const noon = parseInstant('2022-11-25 12:00')!;
const town = '990101001';
const order = (measured: ReadonlyMap<string, number>): string[] => {
  const travel = withHandOver(city, undefined, measured, noon)?.ambulance;
  return candidatesFor(city, initialStatus(city), { town, service: 'emergency', instant: noon, rule: 'nearest', ...(travel && { travel }) }).candidates.map(({ institution }) => institution.code);
};

describe('the hand-over at the end of a drive', () => {
  const [nearest, second] = order(new Map());

  it('given crews stand at the nearest door for two hours, then the next house comes first', () => {
    expect(order(new Map([[nearest!, 7_200], [second!, 600]]))[0]).toBe(second);
  });

  it('given it is the same everywhere, or measured in one house only, then the drive alone decides', () => {
    expect(order(new Map([[nearest!, 1_800], [second!, 1_800]]))[0]).toBe(nearest);
    expect(order(new Map([[nearest!, 7_200]]))[0]).toBe(nearest);
  });

  it('given nothing was measured, then nothing is changed', () => {
    expect(withHandOver(city, undefined, new Map(), noon)).toBeUndefined();
  });
});
