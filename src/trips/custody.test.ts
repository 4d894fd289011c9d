import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type Place } from '../base/index.ts';
import { custodyFaults, type CarFix, type CustodyRide } from './index.ts';

const NOON = Date.UTC(2022, 10, 25, 4);
const minute = (n: number): number => NOON + n * MINUTE_MS;
/** A street along which a minute of driving is some 900 metres. */
const at = (minutes: number): Place => ({ lon: 113.6 + minutes / 100, lat: 34.7 });
const HOSPITAL = at(20);
const STOPS = [at(0), HOSPITAL];
const aboard: CustodyRide = { ride: 'R1', leg: 'out', car: 'C1', to: HOSPITAL, arriveAt: minute(20), aboardAt: minute(0) };
const driving = (upTo: number): CarFix[] => Array.from({ length: upTo + 1 }, (_, n) => ({ at: minute(n), place: at(n) }));
const standing = (from: number, upTo: number, place = at(from)): CarFix[] => Array.from({ length: upTo - from }, (_, n) => ({ at: minute(from + n + 1), place }));
const faults = (...given: Parameters<typeof custodyFaults>) => custodyFaults(...given).map(({ fault, severity }) => `${fault} ${severity}`);

describe('whoever is in the car', () => {
  it('given a car that drives and says where, then nothing is wrong', () => {
    expect(faults(minute(12), [aboard], driving(12), STOPS)).toEqual([]);
  });

  it('given a car that stands for seven minutes where no stop is planned, then it is asked about, once, from when it stood', () => {
    const fixes = [...driving(8), ...standing(8, 15)];
    const [one] = custodyFaults(minute(15), [aboard], fixes, STOPS);
    expect(one).toMatchObject({ fault: 'unrecordedStop', ride: 'R1', at: minute(8), place: at(8), severity: 'watch', owner: 'district', dueAt: minute(23) });
    expect(custodyFaults(minute(18), [aboard], [...fixes, ...standing(15, 18, at(8))], STOPS)[0]!.key).toBe(one!.key);
  });

  it('given a light, a planned stop, or a car that has moved on, then it is not', () => {
    expect(faults(minute(13), [aboard], [...driving(8), ...standing(8, 13)], STOPS)).toEqual([]);
    expect(faults(minute(20), [aboard], [...driving(8), ...standing(8, 20)], [...STOPS, at(8)])).toEqual([]);
    expect(faults(minute(16), [aboard], [...driving(8), ...standing(8, 15), { at: minute(16), place: at(9) }], STOPS)).toEqual([]);
    expect(faults(minute(60), [{ ...aboard, arrivedAt: minute(20), takenOverAt: minute(25) }], [...driving(8), ...standing(8, 60)], STOPS)).toEqual([]);
  });

  it('given a phone that is silent, then contact is lost; and it is an alarm once they should be there', () => {
    expect(faults(minute(19), [aboard], driving(8), STOPS)).toEqual(['lostContact watch']);
    expect(faults(minute(40), [aboard], driving(8), STOPS)).toEqual(['lostContact alarm']);
    expect(faults(minute(11), [aboard], [], STOPS)).toEqual(['lostContact watch']);
  });
});

describe('from hand to hand', () => {
  it('given nobody who takes the person over at the institution, then it is missed after a quarter of an hour', () => {
    const there = { ...aboard, arrivedAt: minute(20) };
    expect(faults(minute(35), [there], driving(20), STOPS)).toEqual([]);
    expect(faults(minute(36), [there], driving(20), STOPS)).toEqual(['missedHandOver alarm']);
    expect(faults(minute(36), [{ ...there, takenOverAt: minute(30) }], driving(20), STOPS)).toEqual([]);
  });

  it('given somebody who is seen at home although no car recorded it, then the record is missing', () => {
    const home = { ...aboard, leg: 'back' as const, seenElsewhereAt: minute(30) };
    expect(faults(minute(46), [home], driving(20), STOPS)).toEqual(['missedHandOver watch']);
  });

  it('given a wrong person at the door, or a gate that stays closed, then both are alarms; the gate until somebody takes them in', () => {
    expect(faults(minute(1), [{ ...aboard, wrongPersonAt: minute(1) }], driving(1), STOPS)).toEqual(['wrongPerson alarm']);
    const refused = { ...aboard, leg: 'back' as const, refusedAtGateAt: minute(21) };
    const [one] = custodyFaults(minute(22), [refused], driving(22), STOPS);
    expect(one).toMatchObject({ fault: 'refusedAtGate', severity: 'alarm', dueAt: minute(36), place: HOSPITAL });
    expect(faults(minute(30), [{ ...refused, arrivedAt: minute(29), takenOverAt: minute(29) }], driving(30), STOPS)).toEqual([]);
  });

  it('given any ride, then whoever was in a car is in somebody\'s hands, or somebody is asked, within half an hour of the planned arrival', () => {
    const time = fc.option(fc.integer({ min: 0, max: 60 }).map(minute), { nil: undefined });
    fc.assert(fc.property(time, time, fc.integer({ min: 0, max: 60 }), (arrivedAt, takenOverAt, silentFrom) => {
      const ride = { ...aboard, ...(arrivedAt !== undefined && { arrivedAt }), ...(takenOverAt !== undefined && arrivedAt !== undefined && { takenOverAt }) };
      const now = minute(120);
      const isHandedOver = arrivedAt !== undefined && takenOverAt !== undefined;
      expect(custodyFaults(now, [ride], driving(silentFrom), STOPS).length > 0).toBe(!isHandedOver);
    }));
  });
});
