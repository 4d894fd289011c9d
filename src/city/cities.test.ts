import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { candidatesFor, counterpartsOf, formatProblems, initialStatus, SERVICES, type City, type Service } from './index.ts';
import { loadCity } from './load.ts';
import { sees } from './patients.ts';

function given(id: string): City {
  const loaded = loadCity(join(import.meta.dirname, '../../cities', id));
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems));
  return loaded.city;
}

/** The eight of the announcement: five statutory districts and three functional zones. */
const MAIN_URBAN = ['410102', '410103', '410104', '410105', '410108', '4101ZD', '410171', '410172'];
const opening = parseInstant('2022-11-25 00:00')!;

describe('Zhengzhou', () => {
  const city = given('zhengzhou');
  const towns = [...city.towns.values()];
  const institutions = [...city.institutions.values()];
  const covered = towns.filter(({ district }) => MAIN_URBAN.includes(district));
  const inside = institutions.filter(({ district }) => MAIN_URBAN.includes(district));
  const running = (service: Service): number => inside.filter(({ services }) => services.has(service)).length;

  it('has all its subdistricts and towns, each in a district and with a centre of its own', () => {
    expect(towns).toHaveLength(208);
    expect(covered).toHaveLength(90);
    expect(new Set(towns.map(({ centre }) => `${centre.lon} ${centre.lat}`)).size).toBe(towns.length);
    expect(new Set(towns.map(({ district }) => district)).size).toBe(16);
  });

  it('tells statutory districts from functional zones, whose codes are no GB/T 2260 codes', () => {
    const zones = [...city.districts.values()].filter(({ kind }) => kind === 'functionalZone').map(({ code }) => code);
    expect(zones.sort()).toEqual(['410171', '410172', '410173', '4101ZD']);
  });

  it('has at least 45 hospitals, and names none of them twice', () => {
    expect(institutions.filter(({ level }) => level !== 'primary').length).toBeGreaterThanOrEqual(45);
    expect(new Set(institutions.map(({ name }) => name.zh)).size).toBe(institutions.length);
  });

  it('runs every service several times within the eight districts', () => {
    for (const service of SERVICES) expect(running(service), service).toBeGreaterThanOrEqual(3);
    expect(running('haemodialysis')).toBeGreaterThanOrEqual(6);
    expect(running('feverClinic')).toBeGreaterThanOrEqual(8);
    expect(inside.filter(({ services }) => services.get('feverClinic')?.children).length).toBeGreaterThanOrEqual(4);
  });

  it('gives every town a counterpart for emergency care, and somewhere to go for every service', () => {
    const status = initialStatus(city);
    for (const { code: town } of towns) {
      expect(counterpartsOf(city, town, 'emergency', opening).length, town).toBeGreaterThanOrEqual(1);
      for (const service of SERVICES) {
        const { candidates } = candidatesFor(city, status, { town, service, instant: opening, rule: 'counterpartFirst' });
        expect(candidates.length, `${town} ${service}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('has emergency care in every county-level area outside the eight, too', () => {
    const served = new Set(institutions.filter(({ services }) => services.has('emergency')).map(({ district }) => district));
    expect([...city.districts.keys()].filter((district) => !served.has(district))).toEqual([]);
  });

  it('has a place for a child in every service, and in every one of the treatments that go on for weeks a second', () => {
    const forChildren = (service: Service): number => institutions.filter((institution) => sees(institution, service, true)).length;
    for (const service of SERVICES) expect(forChildren(service), service).toBeGreaterThanOrEqual(1);
    for (const service of ['haemodialysis', 'chemotherapy', 'radiotherapy'] as const) expect(forChildren(service), service).toBeGreaterThanOrEqual(2);
  });

  it('gives every town a special car that takes a wheelchair', () => {
    const withWheelchair = new Set([...city.cars.values()].filter(({ wheelchair }) => wheelchair).map(({ town }) => town));
    expect(towns.filter(({ code }) => !withWheelchair.has(code))).toEqual([]);
  });

  it('has about 30 stations and 70 ambulances, half of them advanced, two in five with negative pressure', () => {
    const units = [...city.units.values()];
    const share = (count: number): number => count / units.length;
    expect(city.stations.size).toBeGreaterThanOrEqual(28);
    expect(units.length).toBeGreaterThanOrEqual(65);
    expect(share(units.filter(({ equipment }) => equipment === 'advanced').length)).toBeCloseTo(0.5, 1);
    expect(share(units.filter(({ negativePressure }) => negativePressure).length)).toBeGreaterThanOrEqual(0.4);
  });

  it('marks everything assumed, and every place that nobody surveyed', () => {
    expect(towns.every(({ approximate }) => approximate)).toBe(true);
    expect(institutions.every(({ services }) => [...services.values()].every(({ synthetic }) => synthetic))).toBe(true);
    expect(institutions.every(({ medicalLine }) => medicalLine?.synthetic)).toBe(true);
    expect([...city.stations.values(), ...city.units.values(), ...city.cars.values(), ...city.counterparts].every(({ synthetic }) => synthetic)).toBe(true);
    expect(institutions.filter(({ approximate }) => !approximate).map(({ code }) => code)).toHaveLength(15);
  });
});

describe('Toytown', () => {
  it('has four towns, each with somewhere to go in an emergency', () => {
    const city = given('toytown');
    expect([...city.towns.keys()].map((town) => counterpartsOf(city, town, 'emergency', opening)[0]?.code)).toEqual(['T-H1', 'T-H1', 'T-H1', 'T-H4']);
  });
});
