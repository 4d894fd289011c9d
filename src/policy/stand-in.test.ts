import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { initialStatus, withStatus } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { compilePolicy, decide, rehearseIn, settle, VENUE_KINDS } from './index.ts';
import type { CareCase, Decision, Effects, Measure, Otherwise } from './index.ts';
import { loadPolicies } from './load.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const loadedCity = loadCity(path('cities/toytown'));
const loaded = loadPolicies(path('policies'));
if (!('city' in loadedCity) || 'problems' in loaded) throw new Error('toytown and the policies have to load');
const { city } = loadedCity;
const { documents, standing } = loaded.policies;

const measure = (id: string, then: Effects): Measure => ({ id, clause: '1: said so', text: { zh: id, en: id }, when: [], then, line: 1 });
const shanghai = rehearseIn(documents.get('shanghai-2022-03-28')!, 'toytown', ['990101']);
/** Shanghai's announcement in the east of Toytown, with what stands in said first. */
const policy = compilePolicy({
  ...shanghai,
  measures: [measure('ED-INSTEAD', { otherwise: { feverClinic: 'emergencyDepartment' } }), measure('120-INSTEAD', { otherwise: { specialCar: 'ambulance' } }), ...shanghai.measures],
}, standing);

const NOW = parseInstant('2022-11-26 10:00')!;
const fever: CareCase = { need: 'fever', groups: [], findings: ['fever'], vitals: {}, ageMonths: 480, instant: NOW, town: '990101001', patientKind: 'greenCode', test: 'valid', mobility: 'walks' };
const chain = ({ links }: Decision): string => links.map(({ kind, owner }) => `${kind}:${owner}`).join(' ');
const option = (decision: Decision, name: string): string[] => decision.ruledOut.filter((item) => item.option === name).map(({ clause }) => clause);

describe('what stands in when an option cannot be had', () => {
  it('given a special car can be had, then nothing stands in, and no stand-in is a reason', () => {
    const decision = decide(policy, fever, { city });
    expect(decision).toMatchObject({ venueKind: 'feverClinic', transport: 'specialCar', transportElse: 'ambulance' });
    expect(decision.reasons.map(({ clause }) => clause)).not.toContain('120-INSTEAD');
  });
  it('given no car can be sent, then 120 fetches the person: its unit, its crew, and the clause that says so', () => {
    const decision = decide(policy, fever, { city, excluded: [{ transport: 'specialCar', cause: 'noCar' }] });
    expect(decision).toMatchObject({ pathway: 'visit', venueKind: 'feverClinic', transport: 'ambulance' });
    expect(decision.transportElse).toBeUndefined();
    expect(chain(decision)).toBe('release:committee pass:committee sendUnit:dispatcher pickUp:crew bring:crew receive:ward treat:ward returnCar:committee returnPickUp:driver returnTravel:driver confirmHome:committee');
    expect(decision.reasons.map(({ clause }) => clause)).toContain('120-INSTEAD');
    expect(option(decision, 'transport:specialCar')).toEqual(['120-INSTEAD', 'asked-noCar']);
    expect(option(decision, 'transport:ambulance')).toEqual([]);
  });
  it('given every way there was found wanting, then the last one stays: somebody still answers for bringing the person', () => {
    const excluded = (['specialCar', 'ambulance'] as const).map((transport) => ({ transport, cause: 'noCar' }));
    expect(decide(policy, fever, { city, excluded }).transport).toBe('ambulance');
  });
  it('given every fever clinic is closed, then the emergency department takes the person, without a slot and without a test, before anybody has to search', () => {
    let status = initialStatus(city);
    for (const { code, services } of city.institutions.values()) {
      if (!services.has('feverClinic')) continue;
      status = withStatus(status, { institution: code, service: 'feverClinic', state: 'closed', since: NOW - 1, until: NOW + 3_600_000, reason: 'disinfection', reportedBy: 'ward', reportedAt: NOW - 1 });
    }
    const decision = decide(policy, fever, { city, status });
    expect(decision).toMatchObject({ venueKind: 'emergencyDepartment', service: 'emergency', byAppointment: false, entry: { testRequired: false } });
    expect(city.institutions.get(decision.institution!)!.services.has('emergency')).toBe(true);
    expect(decision.links.map(({ kind }) => kind)).not.toContain('findPlace');
    expect(option(decision, 'venue:feverClinic')).toEqual(['ED-INSTEAD']);
    expect(decision.reasons.map(({ clause }) => clause)).toContain('ED-INSTEAD');
  });
  it('given an institution has no free slot, then its emergency department, which needs none, still takes the person', () => {
    const withSlots = compilePolicy({ ...shanghai, measures: [measure('SLOTS', { byAppointment: true, otherwise: { feverClinic: 'emergencyDepartment' } }), ...shanghai.measures] }, standing);
    const excluded = [...city.institutions.keys()].map((institution) => ({ institution, cause: 'noSlot' }));
    const decision = decide(withSlots, fever, { city, excluded });
    expect(decision).toMatchObject({ venueKind: 'emergencyDepartment', byAppointment: false });
    expect(option(decision, `institution:${decision.institution}`)).toEqual([]);
    const refused = excluded.map(({ institution }) => ({ institution, cause: 'refused' }));
    expect(decide(withSlots, fever, { city, excluded: refused }).links[0]!.kind).toBe('findPlace');
  });
  it('an emergency is fetched by 120 whatever was said of cars', () => {
    const decision = decide(policy, { ...fever, need: 'emergency' }, { city, excluded: [{ transport: 'ambulance', cause: 'noCar' }] });
    expect(decision).toMatchObject({ pathway: 'emergency', transport: 'ambulance' });
  });
  it('given stand-ins that lead back to themselves, then the chain ends where it would, and is told', () => {
    const outcome = settle([measure('A', { pathway: 'visit', venue: 'feverClinic', otherwise: { feverClinic: 'outpatientClinic', outpatientClinic: 'feverClinic' } })], 'III');
    expect(outcome.venues.map(({ venue }) => venue)).toEqual(['feverClinic', 'outpatientClinic']);
    expect(outcome.circle).toEqual(['feverClinic', 'outpatientClinic', 'feverClinic']);
  });
  it('whatever stands in for whatever, the options end, begin with the choice and are each there once', () => {
    const venues = VENUE_KINDS.filter((venue) => venue !== 'cloudClinic');
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...venues), fc.constantFrom(...venues)), fc.constantFrom(...venues), (otherwise, venue) => {
      const outcome = settle([measure('A', { pathway: 'visit', venue, transport: 'own', otherwise: otherwise as Otherwise })], 'IV');
      const names = outcome.venues.map((item) => item.venue);
      expect([names[0], new Set(names).size]).toEqual([venue, names.length]);
      expect(outcome.circle === undefined).toBe((otherwise as Record<string, string>)[names.at(-1)!] === undefined);
    }));
  });
  it('plans are made once, and frozen', () => {
    const outcome = settle([measure('A', { pathway: 'visit', venue: 'feverClinic', transport: 'specialCar', otherwise: { specialCar: 'ambulance' } })], 'III');
    expect(outcome.plan(0, 1, true)).toBe(outcome.plan(0, 1, true));
    expect(Object.isFrozen(outcome.plan(0, 1, false)) && Object.isFrozen(outcome.plan(0, 1, false).links)).toBe(true);
  });
});
