import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, parseInstant } from '../base/index.ts';
import { changeCounterparts, checkArrangements, counterpartsAt, givesKey, KEY_SERVICES, townsChanged, withCounterparts, type CounterpartChange } from './arrangements.ts';
import { SERVICES, type Counterpart } from './city.ts';
import { counterpartsOf } from './counterparts.ts';
import { loadCity } from './load.ts';

const loaded = loadCity(join(import.meta.dirname, '../../cities/toytown'));
if (!('city' in loaded)) throw new Error('Toytown cannot be read');
const { city } = loaded;
const at = parseInstant('2022-11-25 08:00')!;
const [OLD_TOWN, ORCHARD, FOOTHILL] = ['990101001', '990101100', '990102001'];
const hour = (hours: number): number => at + hours * HOUR_MS;

const codes = (rows: readonly Counterpart[]): readonly string[] => checkArrangements(city, rows, at).map(({ code, field }) => `${code} ${field}`);
const change = (given: Partial<CounterpartChange>): readonly Counterpart[] => changeCounterparts(city.counterparts, { towns: [FOOTHILL], institutions: ['T-H1'], ...given });

describe('a set of counterparts', () => {
  it('is without problems as the city’s files say it', () => {
    expect(checkArrangements(city, city.counterparts, at)).toEqual([]);
  });

  it.each<[string, readonly Counterpart[], readonly string[]]>([
    ['a town nobody knows', [...city.counterparts, { town: '1', institutions: ['T-H1'] }], ['counterpartTownUnknown town']],
    ['an institution nobody knows', change({ institutions: ['T-H1', 'T-H9'] }), ['counterpartInstitutionUnknown institutions']],
    ['one that does not run the service', change({ service: 'feverClinic', institutions: ['T-H3'] }), ['counterpartCannotServe institutions']],
    ['one named twice', change({ institutions: ['T-H1', 'T-H1'] }), ['counterpartTwice institutions']],
    ['nobody named', change({ institutions: [] }), ['counterpartNobody institutions', 'noEmergencyCounterpart institutions']],
    ['a period that ends before it begins', [...city.counterparts, { town: FOOTHILL, service: 'pharmacy', institutions: ['T-H1'], period: { from: hour(2), to: hour(1) } }], ['counterpartPeriodBackwards to']],
    ['two answers for the same time', [...city.counterparts, { town: FOOTHILL, institutions: ['T-H1'], period: { from: hour(2) } }], ['counterpartPeriodsOverlap from']],
    ['a town without emergency care', change({ institutions: ['T-H3'] }), ['noEmergencyCounterpart institutions']],
    ['a town with nobody for dialysis and what else the city gives', change({ institutions: ['T-H4'] }), ['haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'chemotherapy'].map(() => 'counterpartGap institutions')],
  ])('names %s', (_what, rows, expected) => {
    expect(codes(rows)).toEqual(expected);
  });

  it('names the moment from which a town would be without emergency care', () => {
    const rows = city.counterparts.map((row) => (row.town === FOOTHILL ? { ...row, period: { from: 0, to: hour(5) } } : row));
    expect(checkArrangements(city, rows, at)[0]).toMatchObject({ code: 'noEmergencyCounterpart', town: FOOTHILL, from: hour(5) });
    // What ended before today is nobody's business any more, but that nobody follows it is.
    expect(checkArrangements(city, rows, hour(9))[0]).toMatchObject({ code: 'noEmergencyCounterpart', from: hour(9) });
  });

  it('says everything at once', () => {
    expect(codes([...change({ institutions: ['T-H3', 'T-H9', 'T-H9'] }), { town: '1', institutions: [] }])).toHaveLength(5);
  });
});

describe('a change of counterparts', () => {
  it('holds for its period, and what stood before stands again afterwards', () => {
    const next = withCounterparts(city, change({ institutions: ['T-H1', 'T-H2'], period: { from: hour(1), to: hour(3) } }), 'c1');
    const first = (hours: number): string | undefined => counterpartsOf(next, FOOTHILL!, 'emergency', hour(hours))[0]?.code;
    expect([0, 1, 2, 3].map(first)).toEqual(['T-H4', 'T-H1', 'T-H1', 'T-H4']);
    expect(checkArrangements(city, next.counterparts, at)).toEqual([]);
  });

  it('names the towns for which something is different, and no others', () => {
    expect(townsChanged(city.counterparts, change({ towns: [FOOTHILL!, ORCHARD!] }))).toEqual([ORCHARD, FOOTHILL]);
    expect(townsChanged(city.counterparts, [...city.counterparts].reverse())).toEqual([]);
  });

  it('of one service ends with nobody named: those for everything answer again', () => {
    const rows = changeCounterparts(city.counterparts, { towns: [OLD_TOWN!], service: 'feverClinic', institutions: [] });
    expect(rows.filter(({ town, service }) => town === OLD_TOWN && service === 'feverClinic')).toEqual([]);
    expect(checkArrangements(city, rows, at)).toEqual([]);
  });

  it('does not take apart a city whose files have changed since', () => {
    const next = withCounterparts(city, [{ town: OLD_TOWN!, institutions: ['T-GONE', 'T-H2'] }, { town: 'gone', institutions: ['T-H1'] }], 'c7');
    expect(counterpartsOf(next, OLD_TOWN!, 'emergency', at).map(({ code }) => code)).toEqual(['T-H2']);
    expect(counterpartsOf(next, FOOTHILL!, 'emergency', at)[0]?.code).toBe('T-H4');
    expect(next.version).not.toBe(city.version);
  });
});

const anyPeriod = fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined })).map(([from, hours]) => ({ from: hour(from), ...(hours !== undefined && { to: hour(from + hours) }) })), { nil: undefined });
const anyChange: fc.Arbitrary<CounterpartChange> = fc.record({
  towns: fc.uniqueArray(fc.constantFrom(...city.towns.keys()), { minLength: 1 }), institutions: fc.uniqueArray(fc.constantFrom(...city.institutions.keys())),
  service: fc.option(fc.constantFrom(...SERVICES), { nil: undefined }), period: anyPeriod,
}).map(({ service, period, ...rest }) => ({ ...rest, ...(service && { service }), ...(period && { period }) }));

describe('whatever people edit', () => {
  it('after any accepted edits every town has emergency care at every moment, and everything a life depends on', () => {
    fc.assert(fc.property(fc.array(anyChange, { maxLength: 12 }), fc.array(fc.integer({ min: 0, max: 90 * 60 }), { minLength: 1, maxLength: 20 }), (changes, minutes) => {
      const rows = changes.reduce((before, one) => {
        const after = changeCounterparts(before, one);
        return checkArrangements(city, after, at).length > 0 ? before : after;
      }, city.counterparts);
      const after = withCounterparts(city, rows, 'c1');
      for (const town of city.towns.keys()) {
        for (const minute of minutes) {
          for (const service of KEY_SERVICES) {
            const there = counterpartsOf(after, town, service, at + minute * 60_000);
            expect(there.some((institution) => givesKey(institution, service)), `${town} ${service} in ${minute} min`).toBe(true);
          }
        }
      }
    }), { numRuns: 300 });
  });

  it('an edit outside of its period changes nothing', () => {
    fc.assert(fc.property(anyChange, fc.integer({ min: 0, max: 90 }), (one, hours) => {
      const moment = hour(hours);
      const holds = one.period === undefined || (moment >= one.period.from && (one.period.to === undefined || moment < one.period.to));
      const said = (rows: readonly Counterpart[]): readonly string[] => counterpartsAt(rows, moment).filter(({ town }) => !holds || !one.towns.includes(town)).map((row) => JSON.stringify(row)).sort();
      expect(said(changeCounterparts(city.counterparts, one))).toEqual(said(city.counterparts));
    }));
  });
});
