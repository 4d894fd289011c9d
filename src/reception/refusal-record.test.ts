import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatInstant, MINUTE_MS } from '../base/index.ts';
import { isNeverBlockGround, NAMED_FROM, REFUSAL_GROUNDS, refusalRecords, type RefusalCase, type RefusalGround } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const monthOf = (at: number): string => formatInstant(at).slice(0, 7);

function refusal(given: { house?: string; ground?: RefusalGround; decided?: boolean; minutes?: number; day?: number } = {}): RefusalCase {
  const { house = 'H1', ground, decided, minutes, day = 0 } = given;
  const openedAt = NOW + day * DAY_MS;
  return {
    id: 'F', about: `institution:${house}`, source: ground ? 'report' : 'notReceived', neverBlock: ground !== undefined && isNeverBlockGround(ground), openedAt, missed: [], owner: { role: 'district', scope: 'district:1' },
    ...(ground && { ground }), ...(decided !== undefined && { decision: { by: 'x', at: NOW, upheld: decided, reason: 'x' } }), ...(minutes !== undefined && { over: { how: 'received' as const, at: openedAt + minutes * MINUTE_MS } }),
  };
}
const times = (count: number, of: RefusalCase): RefusalCase[] => Array.from({ length: count }, () => of);

describe('the published record', () => {
  it('counts a single refusal: what an institution did is never hidden', () => {
    expect(refusalRecords([refusal({ ground: 'noTestResult' })], monthOf)).toEqual([
      { institution: 'H1', total: 1, neverBlock: 1, otherGround: 0, silent: 0, upheld: 0, notUpheld: 0, open: 1, byMonth: [{ month: '2022-11', count: 1 }], byGround: [], otherGrounds: 1 },
    ]);
  });

  it('names a ground and a time from five on, and the rest together without a name', () => {
    const [record] = refusalRecords([...times(5, refusal({ ground: 'disinfection', minutes: 20 })), ...times(4, refusal({ ground: 'positiveAntigen' }))], monthOf);
    expect(record).toMatchObject({ total: 9, byGround: [{ ground: 'disinfection', count: 5 }], otherGrounds: 4, medianMinutes: 20 });
  });

  it('given a case was found to be none, then it stays in the total and its ground counts for nothing', () => {
    const [record] = refusalRecords([...times(5, refusal({ ground: 'noPlace', decided: true })), refusal({ ground: 'noPlace', decided: false })], monthOf);
    expect(record).toMatchObject({ total: 6, upheld: 5, notUpheld: 1, open: 0, byGround: [{ ground: 'noPlace', count: 5 }], otherGrounds: 0 });
  });

  it('shows whoever refuses most on grounds that are never allowed first, and no gate of a compound', () => {
    const gate = { ...refusal({ ground: 'other' }), about: 'town:1' };
    expect(refusalRecords([...times(3, refusal({ house: 'H1', ground: 'noPlace' })), refusal({ house: 'H2', ground: 'riskArea' }), gate], monthOf).map(({ institution }) => institution)).toEqual(['H2', 'H1']);
  });

  it('whatever happens: parts add up, and no ground or time of fewer than five can be read out of it', () => {
    const cases = fc.array(fc.record({
      house: fc.constantFrom('H1', 'H2'), ground: fc.option(fc.constantFrom(...REFUSAL_GROUNDS), { nil: undefined }), decided: fc.option(fc.boolean(), { nil: undefined }),
      minutes: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }), day: fc.integer({ min: 0, max: 60 }),
    }), { maxLength: 60 });
    fc.assert(fc.property(cases, (given) => {
      const all = given.map((each) => refusal(each as Parameters<typeof refusal>[0]));
      const records = refusalRecords(all, monthOf);
      expect(records.reduce((sum, { total }) => sum + total, 0)).toBe(all.length);
      for (const { institution, total, neverBlock, otherGround, silent, upheld, notUpheld, open, byMonth, byGround, medianMinutes, otherGrounds } of records) {
        expect(neverBlock + otherGround + silent).toBe(total);
        expect(upheld + notUpheld + open).toBe(total);
        expect(byMonth.reduce((sum, { count }) => sum + count, 0)).toBe(total);
        expect(byGround.reduce((sum, { count }) => sum + count, otherGrounds)).toBeLessThanOrEqual(neverBlock + otherGround);
        for (const { count } of byGround) expect(count).toBeGreaterThanOrEqual(NAMED_FROM);
        const received = all.filter(({ about, over }) => about === `institution:${institution}` && over).length;
        expect(medianMinutes === undefined).toBe(received < NAMED_FROM);
      }
    }));
  });
});
