import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, parseInstant } from '../base/index.ts';
import { compilePolicy } from './compile.ts';
import type { PolicyDocument } from './document.ts';
import { loadPolicies } from './load.ts';
import { asIfInForce, boundariesPassed, overlapping, policyFor, type PoliciesInForce } from './which.ts';

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
