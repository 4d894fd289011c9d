import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, parseInstant, seededChance, type Instant, type Place } from '../base/index.ts';
import { estimateSeconds, initialStatus, type TravelSeconds } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import { begin, carsFor, handle, unitsFor, type Story, type World } from './index.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
const { city } = loadedCity;
const policy = compilePolicy(rehearseIn(loaded.policies.documents.get('shanghai-2022-03-28')!, 'toytown', ['990101']), loaded.policies.standing);

const START = parseInstant('2022-11-25 08:00')!;
const COMMITTEE: Actor = { id: 'committee', name: 'Committee', role: 'committee', scope: 'town:990101001' };
const DOOR: Place = { lon: 113.651, lat: 34.751 };

const worldAt = (at: Instant, actor: Actor, travel?: TravelSeconds): World => ({
  at, actor, city, chance: seededChance(at), free: { units: [], cars: [], slots: [] }, ...(travel && { travel }),
  decide: (care, excluded) => decide(policy, care, { city, status: initialStatus(city), excluded }),
});

/** Somebody with a fever who is fetched by the committee's car, as soon as they are released. */
function fetched(travel?: TravelSeconds): Story {
  const begun = begin({
    channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', point: DOOR, need: 'fever', groups: [],
    findings: ['fever'], vitals: {}, patientKind: 'greenCode', mobility: 'walks',
  }, 'test', worldAt(START, SYSTEM, travel));
  if (!begun.ok) throw new Error(begun.refusal.code);
  const released = handle(begun.value.story, { type: 'release' }, worldAt(START + MINUTE_MS, COMMITTEE, travel));
  if (!released.ok) throw new Error(released.refusal.code);
  return released.value.story;
}

describe('a ride is ordered', () => {
  it('given roads, then with the time on them, for a car with a permit, from the door to the institution', () => {
    const asked: unknown[] = [];
    const { out, decision } = fetched((from, to, _, kind) => {
      asked.push([from, to, kind]);
      return 1_234;
    });
    expect(out!.travelSeconds).toBe(1_234);
    const there = city.institutions.get(decision.institution!)!.place;
    expect(asked).toEqual([[DOOR, there, 'permitCar'], [there, DOOR, 'permitCar']]);
  });

  it('given none, or every road is closed, then with the estimate: it is ordered all the same', () => {
    const { out, decision } = fetched();
    expect(out!.travelSeconds).toBe(estimateSeconds(DOOR, city.institutions.get(decision.institution!)!.place, START, 'car'));
    expect(fetched(() => undefined).out!.travelSeconds).toBe(out!.travelSeconds);
  });
});

describe('what is free', () => {
  it('given roads, then is as near as they say, an ambulance as an ambulance and a car with its permit', () => {
    const travel: TravelSeconds = (_from, _to, _at, kind) => ({ ambulance: 60, permitCar: 600, car: 6_000 })[kind];
    const story = fetched();
    expect(unitsFor(story, city.units.keys(), city, START, travel).map(({ etaSeconds }) => etaSeconds)).toEqual([...city.units.keys()].map(() => 60));
    const [first] = carsFor(story, city.cars.keys(), city, START, travel);
    expect(first).toMatchObject({ etaSeconds: 600 });
    expect(first).not.toHaveProperty('noWayOpen');
  });

  it('given every road is closed, then it says so, and how soon it would be there', () => {
    const story = fetched();
    const estimated = unitsFor(story, city.units.keys(), city, START);
    expect(unitsFor(story, city.units.keys(), city, START, () => undefined)).toEqual(estimated.map(({ estimated: _, ...unit }) => ({ ...unit, noWayOpen: true })));
    expect(estimated.every((unit) => unit.estimated)).toBe(true);
  });
});
