import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACUITIES } from '../triage/index.ts';
import { byNeed, type Need } from './index.ts';

const need: fc.Arbitrary<Need> = fc.record({
  acuity: fc.constantFrom(...ACUITIES), green: fc.boolean(), since: fc.nat(1_000), displaced: fc.boolean(), gapEndsAt: fc.nat(1_000),
}, { requiredKeys: ['acuity', 'green', 'since'] });

describe('the order of need', () => {
  const first = (a: Partial<Need>, b: Partial<Need>): number => Math.sign(byNeed({ acuity: 'IV', green: false, since: 5, ...a }, { acuity: 'IV', green: false, since: 5, ...b }));
  it.each<[string, Partial<Need>, Partial<Need>]>([
    ['whoever lost a seat before whoever never had one', { displaced: true }, { acuity: 'III', green: true, since: 1 }],
    ['then the more urgent', { acuity: 'III' }, { green: true, since: 1 }],
    ['then whose safe gap ends first; one that nobody knows ends last', { gapEndsAt: 9 }, { green: true, since: 1 }],
    ['then the green channel', { green: true }, { since: 1 }],
    ['then who has waited longest', { since: 1 }, {}],
  ])('%s', (_, a, b) => expect([first(a, b), first(b, a)]).toEqual([-1, 1]));

  it('is an order: nobody is before somebody who is before them', () => {
    fc.assert(fc.property(need, need, need, (a, b, c) => {
      expect(Math.sign(byNeed(a, b)) + Math.sign(byNeed(b, a))).toBe(0);
      if (byNeed(a, b) <= 0 && byNeed(b, c) <= 0) expect(byNeed(a, c)).toBeLessThanOrEqual(0);
    }));
  });
});
