import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../base/index.ts';
import { checkPass, evolvePass, issuePass, revokePass, type Pass, type PassOrder } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const order = (change: Partial<PassOrder> = {}): PassOrder => ({ id: 'P1', code: 'ABCD2345', fromTown: 'T1', toInstitution: 'H1', visitAt: NOW, ...change });
const issued = (change: Partial<PassOrder> = {}, before?: Pass): Pass => {
  const answer = issuePass(before, order(change), NOW);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return evolvePass(undefined, answer.value, NOW)!;
};
const refusalOf = (answer: ReturnType<typeof issuePass>): string | undefined => (answer.ok ? undefined : answer.refusal.code);

describe('a pass is issued', () => {
  it('covers the way there and, however long treatment takes that day, the way back', () => {
    const pass = issued({ visitAt: NOW + 6 * HOUR_MS });
    expect([NOW, NOW + 6 * HOUR_MS, NOW + 16 * HOUR_MS].map((at) => checkPass(pass, at))).toEqual(['valid', 'valid', 'valid']);
  });

  it('given one that serves the same visit, then no second one; revoked or elsewhere, then a new one', () => {
    expect(refusalOf(issuePass(issued(), order(), NOW))).toBe('passAlreadyIssued');
    expect(refusalOf(issuePass(issued(), order({ toInstitution: 'H2' }), NOW))).toBeUndefined();
    expect(refusalOf(issuePass({ ...issued(), revoked: { at: NOW, reason: 'x' } }, order(), NOW))).toBeUndefined();
  });

  it('given the visit was moved so late that the pass would end before the way home, then a new one', () => {
    expect(refusalOf(issuePass(issued(), order({ visitAt: NOW + 11 * HOUR_MS }), NOW))).toBeUndefined();
  });

  it('whatever pass is in force after asking, it outlives the visit by hours', () => {
    fc.assert(fc.property(fc.nat(72), fc.nat(72), (first, second) => {
      const before = issued({ visitAt: NOW + first * HOUR_MS });
      const again = issuePass(before, order({ id: 'P2', visitAt: NOW + second * HOUR_MS }), NOW);
      const inForce = again.ok ? evolvePass(before, again.value, NOW)! : before;
      expect(inForce.validTo - (NOW + second * HOUR_MS)).toBeGreaterThanOrEqual(6 * HOUR_MS);
    }));
  });
});

describe('the officer at the roadblock checks', () => {
  it('given its window, then it begins with its first moment and its last moment is over', () => {
    const pass = issued();
    expect(checkPass(pass, pass.validFrom - 1)).toBe('notYetValid');
    expect(checkPass(pass, pass.validFrom)).toBe('valid');
    expect(checkPass(pass, pass.validTo - 1)).toBe('valid');
    expect(checkPass(pass, pass.validTo)).toBe('expired');
  });

  it('given it was revoked or is none of ours, then that comes before its dates', () => {
    expect(checkPass({ ...issued(), revoked: { at: NOW, reason: 'x' } }, NOW)).toBe('withdrawn');
    expect(checkPass(undefined, NOW)).toBe('unknown');
  });

  it('given it names areas, then it is good in those alone; who does not say where they stand is not asked', () => {
    const pass = { ...issued(), areas: ['410102'] };
    expect([checkPass(pass, NOW, '410102'), checkPass(pass, NOW, '410103'), checkPass(pass, NOW)]).toEqual(['valid', 'wrongArea', 'valid']);
    expect([checkPass({ ...pass, revoked: true }, NOW, '410103'), checkPass(issued(), NOW, '410103')]).toEqual(['withdrawn', 'valid']);
  });
});

describe('a pass is revoked', () => {
  it('given no reason, then not: it would be a refusal without a trace', () => {
    expect(refusalOf(revokePass(issued(), ' '))).toBe('reasonMissing');
    expect(refusalOf(revokePass(undefined, 'lost'))).toBe('noPass');
  });

  it('given a reason, then once', () => {
    const answer = revokePass(issued(), 'withdrawn');
    if (!answer.ok) throw new Error(answer.refusal.code);
    const pass = evolvePass(issued(), answer.value, NOW);
    expect(pass?.revoked).toEqual({ at: NOW, reason: 'withdrawn' });
    expect(refusalOf(revokePass(pass, 'again'))).toBe('alreadyRevoked');
  });
});
