import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, parseInstant } from '../base/index.ts';
import { changeCounterparts, KEY_SERVICES, withCounterparts } from './arrangements.ts';
import { candidatesFor } from './candidates.ts';
import type { City, ServiceStatus } from './city.ts';
import { findHoles } from './holes.ts';
import { loadCity } from './load.ts';
import { initialStatus, withStatus, type LiveStatus } from './status.ts';

const cityOf = (id: string): City => {
  const loaded = loadCity(join(import.meta.dirname, `../../cities/${id}`));
  if (!('city' in loaded)) throw new Error(`${id} cannot be read`);
  return loaded.city;
};
const toytown = cityOf('toytown');
const zhengzhou = cityOf('zhengzhou');
const at = parseInstant('2022-11-25 08:00')!;
const FOOTHILL = '990102001';
const closed = (institution: string, service: ServiceStatus['service'], more: Partial<ServiceStatus> = {}): ServiceStatus =>
  ({ institution, service, state: 'closed', since: at - HOUR_MS, until: at + 8 * HOUR_MS, reason: 'disinfection', reportedBy: 'ward', reportedAt: at - HOUR_MS, ...more });
const statusWith = (city: City, ...reports: readonly ServiceStatus[]): LiveStatus => reports.reduce(withStatus, initialStatus(city));
const ofFoothill = (city: City, status: LiveStatus) => findHoles(city, status, at).filter(({ town }) => town === FOOTHILL);

describe('a hole that a closure makes', () => {
  it('is not there while somebody who is named is open', () => {
    expect(ofFoothill(toytown, statusWith(toytown, closed('T-H4', 'emergency')))).toEqual([]);
  });

  it('is filled by the stand-in of the closure, for as long as the closure lasts', () => {
    expect(ofFoothill(toytown, statusWith(toytown, closed('T-H1', 'haemodialysis', { standIn: 'T-H2' })))).toEqual([{
      town: FOOTHILL, service: 'haemodialysis', closed: ['T-H1'], since: at - HOUR_MS, until: at + 8 * HOUR_MS, fill: { institution: 'T-H2', how: 'standIn', seconds: expect.any(Number) },
    }]);
  });

  it('is filled by another counterpart of the town before anybody else’s', () => {
    const city = withCounterparts(toytown, changeCounterparts(toytown.counterparts, { towns: [FOOTHILL], service: 'haemodialysis', institutions: ['T-H2'] }), 'c1');
    expect(ofFoothill(city, statusWith(city, closed('T-H2', 'haemodialysis')))[0]?.fill).toMatchObject({ institution: 'T-H1', how: 'otherCounterpart' });
  });

  it('is filled by the counterpart of neighbouring towns, then by whoever is open; and it is said when nobody is', () => {
    expect(ofFoothill(toytown, statusWith(toytown, closed('T-H1', 'haemodialysis')))[0]?.fill).toMatchObject({ institution: 'T-H2', how: 'neighbour' });
    const far = changeCounterparts(toytown.counterparts, { towns: ['990101001', '990101002', '990101100'], institutions: ['T-H1'] });
    const city = withCounterparts(toytown, far, 'c1');
    expect(ofFoothill(city, statusWith(city, closed('T-H1', 'haemodialysis')))[0]?.fill).toMatchObject({ institution: 'T-H2', how: 'nearest' });
    const nobody = ofFoothill(toytown, statusWith(toytown, closed('T-H1', 'haemodialysis'), closed('T-H2', 'haemodialysis')));
    expect(nobody).toMatchObject([{ closed: ['T-H1'] }]);
    expect(nobody[0]!.fill).toBeUndefined();
  });

  it('is filled, whatever closes in the city, by the very house a decision by counterparts would name', () => {
    const anyClosure = fc.record({ institution: fc.constantFrom(...zhengzhou.institutions.keys()), service: fc.constantFrom(...KEY_SERVICES) }).map(({ institution, service }) => closed(institution, service));
    fc.assert(fc.property(fc.array(anyClosure, { maxLength: 60 }), (closures) => {
      const status = statusWith(zhengzhou, ...closures);
      for (const { town, service, closed: named, fill } of findHoles(zhengzhou, status, at)) {
        const { candidates: [first] } = candidatesFor(zhengzhou, status, { town, service, instant: at, children: service === 'paediatrics', rule: 'counterpartFirst' });
        expect([fill?.institution, named.includes(fill?.institution ?? '')]).toEqual([first?.institution.code, false]);
      }
    }), { numRuns: 30 });
  });
});
