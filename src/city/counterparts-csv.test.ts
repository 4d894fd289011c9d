import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { townsChanged } from './arrangements.ts';
import { SERVICES, type Counterpart } from './city.ts';
import { counterpartsCsv, readCounterpartsCsv } from './counterparts-csv.ts';
import { loadCity } from './load.ts';

const loaded = loadCity(join(import.meta.dirname, '../../cities/zhengzhou'));
if (!('city' in loaded)) throw new Error('Zhengzhou cannot be read');

describe('counterparts as a table', () => {
  it('come back as they went out, for the whole city', () => {
    const { lines, problems } = readCounterpartsCsv(counterpartsCsv(loaded.city.counterparts));
    expect(problems).toEqual([]);
    expect(townsChanged(loaded.city.counterparts, lines.map(({ row }) => row))).toEqual([]);
  });

  it('come back as they went out, whatever the services and periods', () => {
    const anyRow: fc.Arbitrary<Counterpart> = fc.record({
      town: fc.constantFrom('1', '2', '3'), institutions: fc.uniqueArray(fc.constantFrom('H1', 'H2', 'H3'), { minLength: 1 }), service: fc.option(fc.constantFrom(...SERVICES), { nil: undefined }),
      from: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined }), to: fc.option(fc.integer({ min: 0, max: 4_000_000_000 }), { nil: undefined }),
    }).map(({ town, institutions, service, from, to }) => ({ town, institutions, ...(service && { service }), ...(from !== undefined && { period: { from: from * 1_000, ...(to !== undefined && { to: to * 1_000 }) } }) }));
    fc.assert(fc.property(fc.array(anyRow), (rows) => {
      const { lines, problems } = readCounterpartsCsv(counterpartsCsv(rows));
      expect(problems).toEqual([]);
      expect(townsChanged(rows, lines.map(({ row }) => row))).toEqual([]);
    }));
  });

  it('name each mistake by line and column, and read every other row', () => {
    const { lines, problems } = readCounterpartsCsv('town,service,institutions,from,to\n1,,H1；H2、H3,,\n2,dentist,H1,25 Nov,\n3,,H1,,2022-11-30 24:00\n');
    expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual(['3:2 serviceUnknown', '3:4 instantUnreadable', '4:4 periodWithoutBeginning']);
    expect(lines[0]!.row).toEqual({ town: '1', institutions: ['H1', 'H2', 'H3'] });
    expect(readCounterpartsCsv('town,institutions,from\n1,H1,2022-11-25 08:00').lines[0]!.row.period).toEqual({ from: parseInstant('2022-11-25 08:00') });
  });

  it('are rows or problems, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, headed) => {
      const { lines, problems } = readCounterpartsCsv(headed ? `town,institutions\n${text}` : text);
      expect(problems.every(({ line, column }) => line >= 1 && column >= 1) && lines.every(({ row }) => Array.isArray(row.institutions))).toBe(true);
    }));
  });
});
