import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, parseInstant, within } from '../base/index.ts';
import { compilePolicy } from './compile.ts';
import type { PolicyDocument } from './document.ts';
import { loadPolicies } from './load.ts';
import { asIfInForce, boundariesPassed, findParted, findRing, overlapping, policyFor, type PoliciesInForce } from './which.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error('the policies have to load');
const { policies } = loaded;
const whole = policies.documents.get('zhengzhou-2022-11-25')!;
const at = (text: string): number => parseInstant(text)!;

interface Given { readonly from: string; readonly to?: string; readonly districts?: readonly string[]; readonly supersedes?: readonly string[] }
const announced = (id: string, { from, to, districts = ['410102'], ...rest }: Given): PolicyDocument => ({
  ...whole, id, ...rest, coverage: { period: { from: at(from), ...(to && { to: at(to) }) }, districts: new Map(districts.map((code) => [code, { zh: code, en: code }])), towns: new Set() },
});
const inForce = (...documents: readonly PolicyDocument[]): PoliciesInForce => ({
  documents: new Map(documents.map((document) => [document.id, document])),
  compiled: new Map(documents.map((document) => [document.id, compilePolicy(document, policies.standing)])),
  ordinary: policies.ordinary,
});
const speaking = (these: PoliciesInForce, instant: string, district = '410102'): string => policyFor(these, 'zhengzhou', at(instant), district).id;

describe('given an announcement that supersedes another', () => {
  const first = announced('first', { from: '2022-11-25', to: '2022-12-05', districts: ['410102', '410103'] });
  const later = announced('later', { from: '2022-11-28', to: '2022-12-01', supersedes: ['first'] });
  const both = inForce(first, later);

  it.each([
    ['before the later one begins, the first speaks', '2022-11-27 23:59', 'first'],
    ['from its first moment on, the later one', '2022-11-28 00:00', 'later'],
    ['after it has ended, neither: what was superseded does not come back', '2022-12-01 00:00', 'standing-rules'],
  ])('%s', (_, instant, id) => {
    expect(speaking(both, instant)).toBe(id);
  });

  it('in a district it does not cover, the first goes on', () => {
    expect(speaking(both, '2022-11-29', '410103')).toBe('first');
  });

  it('then the two do not overlap, in either order', () => {
    expect([overlapping(first, [later]), overlapping(later, [first])]).toEqual([[], []]);
  });
});

describe('given one that supersedes another, which supersedes a third', () => {
  const [third, second, first] = [
    announced('third', { from: '2022-11-25', to: '2022-12-05' }),
    announced('second', { from: '2022-11-27', to: '2022-12-05', supersedes: ['third'] }),
    announced('first', { from: '2022-11-28', to: '2022-12-01', supersedes: ['second'] }),
  ];

  it('then the first knows of the third: they do not overlap, unless the one between them says so no longer', () => {
    expect(overlapping(first, [third, second])).toEqual([]);
    expect(overlapping(first, [third])).toEqual([third]);
    const silent = announced('second', { from: '2022-12-10' });
    expect(findParted(silent, [third, second, first])).toEqual(['third', 'first']);
    expect(findParted({ ...second, version: '2' }, [third, second, first])).toBeUndefined();
  });

  it('then it takes the place of the third as well, also where the one between does not hold', () => {
    const elsewhere = { ...second, coverage: announced('second', { from: '2022-11-27', districts: ['410105'] }).coverage };
    expect(speaking(inForce(third, elsewhere, first), '2022-11-29')).toBe('first');
    expect(speaking(inForce(third, elsewhere, first), '2022-12-02')).toBe('standing-rules');
  });
});

describe('given announcements that supersede each other in a ring', () => {
  const [one, two, three] = [
    announced('one', { from: '2022-11-25', to: '2022-12-05', supersedes: ['three'] }),
    announced('two', { from: '2022-11-27', to: '2022-11-30', supersedes: ['one'] }),
    announced('three', { from: '2022-11-26', to: '2022-12-05', supersedes: ['two'] }),
  ];

  it('then it is named, whichever of them is looked at', () => {
    expect(findRing(one, [two, three])).toEqual(['one', 'three', 'two']);
    expect(findRing(three, [one, two])).toEqual(['three', 'two', 'one']);
    expect(findRing(one, [two])).toEqual([]);
    expect(findRing(announced('four', { from: '2022-11-25', supersedes: ['one'] }), [one, two, three])).toEqual([]);
  });

  it('then they do not silence each other: of those in force the one that began last speaks', () => {
    const ring = inForce(one, two, three);
    expect(['2022-11-25', '2022-11-26', '2022-11-28', '2022-11-30'].map((day) => speaking(ring, day))).toEqual(['one', 'three', 'two', 'three']);
    expect(speaking(inForce({ ...one, supersedes: ['two'] }, { ...two, coverage: one.coverage }), '2022-11-26')).toBe('two');
  });
});

describe('for any set of announcements, however they supersede each other', () => {
  const IDS = ['a', 'b', 'c', 'd', 'e'] as const;
  const DISTRICTS = ['410102', '410103'] as const;
  const day = (count: number): string => new Date(at('2022-11-25') + count * DAY_MS).toISOString();
  const given = fc.record({
    from: fc.integer({ min: 0, max: 9 }), days: fc.integer({ min: 1, max: 9 }),
    districts: fc.subarray([...DISTRICTS], { minLength: 1 }), supersedes: fc.subarray([...IDS], { maxLength: 2 }),
  });
  const announcedAs = (id: string, { from, days, districts, supersedes }: { from: number; days: number; districts: string[]; supersedes: string[] }): PolicyDocument =>
    announced(id, { from: day(from), to: day(from + days), districts, supersedes: supersedes.filter((other) => other !== id) });
  const sets = fc.tuple(...IDS.map((id) => given.map((one) => announcedAs(id, one))));
  const moments = fc.record({ at: fc.integer({ min: 0, max: 36 }).map((halves) => at('2022-11-25') + halves * DAY_MS / 2), district: fc.constantFrom(...DISTRICTS) });
  const isHere = ({ coverage }: PolicyDocument, district: string): boolean => coverage.districts.has(district);

  it('when something is in force and none of those that have begun is over, then something speaks', () => {
    fc.assert(fc.property(sets, moments, (documents, { at, district }) => {
      const begun = documents.filter((document) => isHere(document, district) && document.coverage.period.from <= at);
      fc.pre(begun.length > 0 && begun.every(({ coverage }) => within(coverage.period, at)));
      expect(policyFor(inForce(...documents), 'zhengzhou', at, district).id).not.toBe('standing-rules');
    }));
  });

  it('when each was adopted after those before it, then no ring arises, and only one that is over silences what is in force', () => {
    fc.assert(fc.property(sets, moments, (drafts, { at, district }) => {
      const adopted: PolicyDocument[] = [];
      for (const draft of drafts) {
        if (findRing(draft, adopted).length > 0 || overlapping(draft, adopted).length > 0) continue;
        adopted.push(draft);
      }
      for (const document of adopted) expect(findRing(document, adopted)).toEqual([]);
      const here = adopted.filter((document) => isHere(document, district));
      const speaks = policyFor(inForce(...adopted), 'zhengzhou', at, district).id;
      const holding = here.filter(({ coverage }) => within(coverage.period, at));
      const over = here.filter(({ coverage }) => coverage.period.to! <= at);
      if (speaks !== 'standing-rules') expect(holding.map(({ id }) => id)).toContain(speaks);
      else for (const silent of holding) expect(over.filter((ended) => overlapping(silent, [ended], adopted).length === 0)).not.toEqual([]);
    }));
  });
});

describe('what has changed by itself', () => {
  const these = inForce(announced('a', { from: '2022-11-25', to: '2022-11-30' }), announced('b', { from: '2022-11-30' }));

  it('is counted at each beginning and each end', () => {
    expect(['2022-11-24', '2022-11-25', '2022-11-29', '2022-11-30', '2023-01-01'].map((day) => boundariesPassed(these, at(day)))).toEqual([0, 1, 1, 3, 3]);
  });

  it('never goes back, and whenever another policy speaks it has gone on', () => {
    const moment = fc.integer({ min: -10, max: 20 }).map((days) => at('2022-11-25') + days * DAY_MS / 2);
    fc.assert(fc.property(moment, moment, (one, two) => {
      const [earlier, later] = [Math.min(one, two), Math.max(one, two)];
      expect(boundariesPassed(these, later)).toBeGreaterThanOrEqual(boundariesPassed(these, earlier));
      if (policyFor(these, 'zhengzhou', earlier, '410102') !== policyFor(these, 'zhengzhou', later, '410102')) {
        expect(boundariesPassed(these, later)).toBeGreaterThan(boundariesPassed(these, earlier));
      }
    }));
  });
});

describe('a case put to tomorrow\'s rule', () => {
  const policy = policies.compiled.get('zhengzhou-2022-11-25')!;
  const care = { need: 'fever', groups: [], findings: [], vitals: {}, town: '410102001' } as const;

  it('outside its period loses its time, inside keeps it', () => {
    expect(asIfInForce(policy, { ...care, instant: at('2023-05-01') })).toEqual(care);
    const inside = { ...care, instant: at('2022-11-26') };
    expect(asIfInForce(policy, inside)).toBe(inside);
    expect(asIfInForce(policies.ordinary, { ...care, instant: 0 })).toHaveProperty('instant', 0);
  });
});
