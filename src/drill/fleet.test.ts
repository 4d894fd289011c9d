import { describe, expect, it } from 'vitest';
import { HOUR_MS, metersBetween, MINUTE_MS, parseInstant, type Instant } from '../base/index.ts';
import type { JourneyEvent, Story } from '../journey/index.ts';
import { Fleet } from './fleet.ts';
import { cityOf } from './load.ts';

const city = cityOf('toytown');
const at = parseInstant('2022-11-25 09:00')!;
const STATION = city.stations.get(city.units.get('T-A1')!.station)!.place;
const town = [...city.towns.values()].toSorted((a, b) => metersBetween(b.centre, STATION) - metersBetween(a.centre, STATION))[0]!;
const house = [...city.institutions.values()].find(({ place }) => metersBetween(place, STATION) > 500)!;
const story = { request: { town: town.code }, decision: { institution: house.code } } as unknown as Story;

const sent = { type: 'UnitSent', mission: 'M1', unit: 'T-A1', etaSeconds: 600 } as const;
const reported = (step: string): JourneyEvent => ({ type: 'MissionReported', mission: 'M1', unit: 'T-A1', step }) as JourneyEvent;
const seen = (fleet: Fleet, now: Instant, taken = false) => fleet.board((unit) => taken && unit === 'T-A1', now).find(({ unit }) => unit === 'T-A1');

/** T-A1 after these, a minute apart. */
function after(...events: readonly JourneyEvent[]): { readonly fleet: Fleet; readonly now: Instant } {
  const fleet = new Fleet(city);
  events.forEach((event, index) => fleet.follow(story, event, at + index * MINUTE_MS));
  return { fleet, now: at + (events.length - 1) * MINUTE_MS };
}

describe('Where the rehearsed ambulances are', () => {
  it('given nothing has happened, then they are idle at their stations', () => {
    expect(seen(new Fleet(city), at)).toMatchObject({ state: 'idle', place: STATION });
  });

  it('given one is on its way and turned round, then it is free where it is, not at its station', () => {
    const { fleet, now } = after(sent, reported('enRoute'));
    const between = seen(fleet, now + MINUTE_MS, true)!;
    expect(between.state).toBe('toPatient');
    expect(metersBetween(between.place, STATION)).toBeGreaterThan(0);
    expect(metersBetween(between.place, town.centre)).toBeGreaterThan(0);

    fleet.follow(story, { type: 'UnitDiverted', mission: 'M1', unit: 'T-A1', to: 'R2' }, now + MINUTE_MS);
    expect(seen(fleet, now + MINUTE_MS)).toMatchObject({ state: 'idle', place: between.place });
  });

  it('given one is with a patient, then nobody counts on it', () => {
    const { fleet, now } = after(sent, reported('enRoute'), reported('atPatient'));
    expect(seen(fleet, now, true)).toBeUndefined();
  });

  it('given one is in service again, then it drives back from where it handed over, and is idle when it is there', () => {
    const { fleet, now } = after(sent, reported('enRoute'), reported('atPatient'), reported('aboard'), reported('atDestination'), reported('inService'));
    expect(seen(fleet, now)).toMatchObject({ state: 'returning', place: house.place });
    expect(seen(fleet, now + 3 * HOUR_MS)).toMatchObject({ state: 'idle', place: STATION });
  });

  it('given its shift ended on the way, then it goes out again when it is back and relieved', () => {
    const late = parseInstant('2022-11-25 20:58')!;
    const fleet = new Fleet(city);
    for (const event of [sent, reported('enRoute'), reported('atPatient')]) fleet.follow(story, event, late - 3 * HOUR_MS);
    fleet.follow(story, reported('inService'), late);
    const relievedAt = fleet.reliefAt('T-A1', late)!;
    expect(seen(fleet, late)!.shiftEndsAt).toBeLessThanOrEqual(late);
    expect(seen(fleet, relievedAt)!.shiftEndsAt).toBeGreaterThan(relievedAt);
  });
});
