import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type Instant, type Place } from '../base/index.ts';
import { isOut, whereIs, type KnownUnit, type Mission, type MissionStep, type Surroundings } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 15, 59);
const place = (lon: number): Place => ({ lon, lat: 34.7 });
const [STATION, PATIENT, HOSPITAL, ROAD] = [place(113.6), place(113.65), place(113.7), place(113.62)];
const free: KnownUnit = { unit: 'U1', mission: null, journey: null, since: NOW - 60 * MINUTE_MS };
const around: Surroundings = { belongsAt: STATION, patientAt: PATIENT, institutionAt: HOSPITAL };
const minutesAgo = (minutes: number): Instant => NOW - minutes * MINUTE_MS;

function onMission(steps: Partial<Record<MissionStep, Instant>>, phone: Partial<KnownUnit> = {}, more: Partial<Surroundings> = {}): ReturnType<typeof whereIs> {
  const mission: Mission = { id: 'M1', acuity: 'I', town: 'T', askedAt: minutesAgo(20), unit: 'U1', times: { sent: minutesAgo(15), ...steps } };
  return whereIs({ ...free, mission: 'M1', journey: 'R1', since: minutesAgo(15), ...phone }, { ...around, mission, ...more }, NOW);
}

describe('a unit without a mission', () => {
  it('given nothing was heard, then it stands at its station; that is known without hearing', () => {
    expect(whereIs(free, around, NOW)).toEqual({ state: 'idle', place: STATION, placeAt: free.since });
  });

  it('given it was heard of on the road, then it is returning, and after two silent minutes contact is lost', () => {
    expect(whereIs({ ...free, place: ROAD, placeAt: minutesAgo(1) }, around, NOW)).toEqual({ state: 'returning', place: ROAD, placeAt: minutesAgo(1) });
    expect(whereIs({ ...free, place: ROAD, placeAt: minutesAgo(3) }, around, NOW)).toMatchObject({ state: 'returning', place: ROAD, lostContact: true });
  });

  it('given it has been silent for longer than a drive back takes, then it stands where it belongs', () => {
    expect(whereIs({ ...free, place: ROAD, placeAt: minutesAgo(31) }, around, NOW)).toMatchObject({ state: 'idle', place: STATION });
  });

  it('given it is out of service, then until it says otherwise or its time has come', () => {
    expect(whereIs({ ...free, outSince: minutesAgo(5), outReason: 'flat tyre' }, around, NOW).state).toBe('outOfService');
    expect(whereIs({ ...free, outSince: minutesAgo(5), outUntil: NOW }, around, NOW).state).toBe('idle');
    expect(isOut({ ...free, outSince: minutesAgo(5), outUntil: NOW + 1 }, NOW)).toBe(true);
  });
});

describe('a unit on its mission', () => {
  it('given it was sent and never heard of, then its station, and lost contact', () => {
    expect(onMission({})).toEqual({ state: 'toPatient', place: STATION, placeAt: minutesAgo(15), lostContact: true });
    expect(onMission({}, { place: ROAD, placeAt: minutesAgo(1) })).toEqual({ state: 'toPatient', place: ROAD, placeAt: minutesAgo(1) });
  });

  it('given the crew pressed later than the phone spoke, then it is where the press says, and nothing is lost', () => {
    expect(onMission({ atGate: minutesAgo(4) }, { place: ROAD, placeAt: minutesAgo(6) })).toEqual({ state: 'toPatient', place: PATIENT, placeAt: minutesAgo(4) });
    expect(onMission({ atPatient: minutesAgo(9) })).toEqual({ state: 'withPatient', place: PATIENT, placeAt: minutesAgo(9) });
    expect(onMission({ aboard: minutesAgo(9) })).toMatchObject({ state: 'withPatient', lostContact: true });
    expect(onMission({ aboard: minutesAgo(9), atDestination: minutesAgo(8) })).toEqual({ state: 'withPatient', place: HOSPITAL, placeAt: minutesAgo(8) });
  });

  it('given somebody infectious was handed over, then it is being decontaminated until the crew says it is clean', () => {
    const times = { aboard: minutesAgo(9), handedOver: minutesAgo(5) };
    expect(onMission(times, {}, { decontamination: true })).toMatchObject({ state: 'decontaminating', readyAt: minutesAgo(5) + 45 * MINUTE_MS });
    expect(onMission({ ...times, decontaminated: minutesAgo(1) }, {}, { decontamination: true }).state).toBe('withPatient');
    expect(onMission(times).state).toBe('withPatient');
  });

  it('given it reported itself out of service meanwhile, then its patient is not forgotten', () => {
    expect(onMission({ aboard: minutesAgo(1) }, { outSince: NOW }).state).toBe('withPatient');
  });
});
