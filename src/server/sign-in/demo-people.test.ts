import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCity } from '../../city/load.ts';
import { maySee, STAFF_ROLES } from '../../people/index.ts';
import { demoLinks, demoPeople, demoPerson } from './index.ts';
import { checkPost, POST_KINDS, vehicleScope } from './posting.ts';

const cityOf = (id: string) => {
  const loaded = loadCity(path.resolve(import.meta.dirname, '../../../cities', id));
  if ('problems' in loaded) throw new Error(id);
  return loaded.city;
};
const zhengzhou = cityOf('zhengzhou');

describe.each(['zhengzhou', 'toytown'])('the people of the demo in %s', (id) => {
  const city = cityOf(id);
  const people = demoPeople(city);

  it('there is at least one for every role a member of staff can have, and a link with something to try', () => {
    expect(new Set(people.map(({ role }) => role))).toEqual(new Set(STAFF_ROLES));
    expect(new Set(demoLinks('http://localhost').map(({ role }) => role))).toEqual(new Set(STAFF_ROLES));
  });

  it('each is posted where the role belongs, is found again by id, and is named once', () => {
    for (const person of people) {
      expect(checkPost(person.role, person.scope, city)).toBeUndefined();
      expect(demoPerson(person.id, city)).toEqual(person);
    }
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
  });

  it('the institutions between them treat emergencies, fever, dialysis, births, children and the remote', () => {
    const wards = people.filter(({ role }) => role === 'ward').map(({ scope }) => city.institutions.get(scope.split(':')[1]!)!);
    const services = new Set(wards.flatMap((ward) => [...ward.services.keys()]));
    expect([...services]).toEqual(expect.arrayContaining(['emergency', 'feverClinic', 'haemodialysis', 'obstetrics', 'paediatrics', 'cloudClinic']));
  });
});

describe('a post', () => {
  it('given a role with a scope of another kind, then it is refused: it would see what it has no business with', () => {
    for (const role of STAFF_ROLES) {
      const kinds = POST_KINDS[role] ?? [];
      expect(kinds.length).toBeGreaterThan(0);
      if (!kinds.includes('city')) expect(checkPost(role, 'city', zhengzhou)).toMatchObject({ code: 'scopeNotOfRole', field: 'scope' });
    }
    expect(checkPost('resident', 'journey:R1', zhengzhou)).toMatchObject({ code: 'roleHasNoPost' });
    expect(checkPost('ward', 'institution:X', zhengzhou)).toMatchObject({ code: 'scopeUnknown' });
    expect(checkPost('ward', 'institution:', zhengzhou)).toMatchObject({ code: 'scopeUnknown' });
  });

  it('given a checkpoint, a station or a garage, then it opens no request', () => {
    const where = { district: '410102', town: '410102001', journey: 'R1', institutions: [], cars: [] };
    for (const [role, scope] of [['checkpoint', 'checkpoint:410102'], ['crew', 'station:ZZ-S-01'], ['driver', 'garage:410102001'], ['planner', 'city']] as const) {
      expect(checkPost(role, scope, zhengzhou)).toBeUndefined();
      expect(maySee({ id: 'a', name: 'A', role, scope }, where)).toBe(false);
    }
  });
});

describe('the vehicle of today', () => {
  it('given a crew of a station, then a unit of that station; in a demo any unit', () => {
    expect(vehicleScope('crew', 'station:ZZ-S-01', 'ZZ-A-001', false, zhengzhou)).toBe('unit:ZZ-A-001');
    expect(vehicleScope('crew', 'station:ZZ-S-01', 'ZZ-A-004', false, zhengzhou)).toBeUndefined();
    expect(vehicleScope('crew', 'unit:ZZ-A-001', 'ZZ-A-004', true, zhengzhou)).toBe('unit:ZZ-A-004');
  });

  it('given a driver of a town, then a car of that town, and never a unit', () => {
    const car = [...zhengzhou.cars.values()][0]!;
    expect(vehicleScope('driver', `garage:${car.town}`, car.id, false, zhengzhou)).toBe(`car:${car.id}`);
    expect(vehicleScope('driver', 'garage:none', car.id, false, zhengzhou)).toBeUndefined();
    expect(vehicleScope('driver', `garage:${car.town}`, 'ZZ-A-001', true, zhengzhou)).toBeUndefined();
    expect(vehicleScope('ward', 'institution:ZZ-H-001', 'ZZ-A-001', true, zhengzhou)).toBeUndefined();
  });
});
