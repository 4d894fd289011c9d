import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../base/index.ts';
import { byUrgency, CALL_BACK_WITHIN_MS, callState, CITY_LINE, decideCall, evolveCall, gaps, onDuty, rungAt, type Call, type CallCommand, type Shift } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const rang = (id = 'K1', at = NOW): Call => evolveCall(undefined, { type: 'CallRang', id, line: CITY_LINE, phone: '13800000001' }, at)!;
const after = (call: Call, command: CallCommand, at = NOW): Call => {
  const answer = decideCall(call, command, 'desk 1', at);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return evolveCall(call, answer.value, at)!;
};
const refusalOf = (call: Call, command: CallCommand): string | undefined => {
  const answer = decideCall(call, command, 'desk 2', NOW);
  return answer.ok ? undefined : answer.refusal.code;
};
const missed = after(rang(), { type: 'miss' });

describe('where a call rings', () => {
  it.each([[0, 'dutyPerson'], [9_999, 'dutyPerson'], [10 * SECOND_MS, 'secondPerson'], [29_999, 'secondPerson'], [30 * SECOND_MS, 'district'], [600 * SECOND_MS, 'district']] as const)(
    'given %d ms without an answer, then at the %s', (passed, rung) => {
      expect(rungAt(rang(), NOW + passed)).toBe(rung);
    });
});

describe('a call is taken', () => {
  it('given two pick up, then the second hears who has it', () => {
    const taken = after(rang(), { type: 'answer' });
    expect(decideCall(taken, { type: 'answer' }, 'desk 2', NOW)).toEqual({ ok: false, refusal: { code: 'callTaken', facts: { by: 'desk 1' } } });
  });

  it('given it was not taken, then it cannot be ended: that would be a lost caller', () => {
    expect(refusalOf(rang(), { type: 'end' })).toBe('callNotAnswered');
    expect(refusalOf(missed, { type: 'end' })).toBe('callBackOwed');
  });

  it('given it became a request, then the call says which', () => {
    expect(after(after(rang(), { type: 'answer' }), { type: 'link', journey: 'R1' }).journey).toBe('R1');
    expect(refusalOf(rang(), { type: 'link', journey: ' ' })).toBe('journeyMissing');
  });
});

describe('a call nobody took', () => {
  it('is owed a call-back within ten minutes', () => {
    expect(callState(missed)).toBe('callBackOwed');
    expect(missed.callBackDueAt).toBe(NOW + 10 * MINUTE_MS);
    expect(refusalOf(missed, { type: 'answer' })).toBe('callRungOut');
  });

  it('given nobody picks up the call-back, then it is still owed, with a new deadline; given somebody does, then it is over', () => {
    const tried = after(missed, { type: 'callBack', reached: false }, NOW + MINUTE_MS);
    expect(tried.callBackDueAt).toBe(NOW + MINUTE_MS + CALL_BACK_WITHIN_MS);
    const reached = after(tried, { type: 'callBack', reached: true }, NOW + 2 * MINUTE_MS);
    expect(callState(reached)).toBe('ended');
    expect(reached.callBacks.map((each) => each.reached)).toEqual([false, true]);
    expect(refusalOf(reached, { type: 'callBack', reached: true })).toBe('noCallBackOwed');
  });

  it('is never over before a human has spoken with a human, whatever is pressed', () => {
    const commands: readonly CallCommand[] = [
      { type: 'answer' }, { type: 'miss' }, { type: 'end' }, { type: 'link', journey: 'R1' },
      { type: 'callBack', reached: false }, { type: 'callBack', reached: true },
    ];
    fc.assert(fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 12 }), (pressed) => {
      let call = rang();
      for (const command of pressed) {
        const answer = decideCall(call, command, 'desk', NOW);
        if (answer.ok) call = evolveCall(call, answer.value, NOW)!;
      }
      const spoken = call.answered !== undefined || call.callBacks.some(({ reached }) => reached);
      if (callState(call) === 'ended') expect(spoken).toBe(true);
      expect(callState(call) === 'callBackOwed').toBe(call.callBackDueAt !== undefined && call.endedAt === undefined);
    }));
  });
});

describe('which call first', () => {
  it('given one rings, one is owed, one is talked and one is over, then in that order', () => {
    const talked = after(rang('talked'), { type: 'answer' });
    const over = after(after(rang('over'), { type: 'answer' }), { type: 'end' });
    const owed = after(rang('owed'), { type: 'miss' });
    expect([over, talked, owed, rang('rings')].sort(byUrgency).map(({ id }) => id)).toEqual(['rings', 'owed', 'talked', 'over']);
  });
});

describe('the roster', () => {
  const shift = (from: number, to: number, dutyPerson = 'duty A'): Shift => ({ institution: 'H1', from: NOW + from, to: NOW + to, dutyPerson, phone: '1' });

  it('given a shift, then its person answers from its first moment and no longer at its last', () => {
    expect(onDuty([shift(0, 100)], 'H1', NOW)?.dutyPerson).toBe('duty A');
    expect(onDuty([shift(0, 100)], 'H1', NOW + 100)).toBeUndefined();
    expect(onDuty([shift(0, 100)], 'H2', NOW)).toBeUndefined();
  });

  it('given two overlap, then the one who began later has taken over', () => {
    expect(onDuty([shift(0, 100), shift(50, 150, 'duty B')], 'H1', NOW + 60)?.dutyPerson).toBe('duty B');
  });

  it('given holes before, between and after, then each is named', () => {
    const found = gaps([shift(60, 80), shift(10, 50)], 'H1', { from: NOW, to: NOW + 100 });
    expect(found.map(({ from, to }) => [from - NOW, to - NOW])).toEqual([[0, 10], [50, 60], [80, 100]]);
  });

  it('at every moment either somebody answers or it lies in a named hole, never both', () => {
    const shifts = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })).map(([from, length]) => shift(from, from + length)), { maxLength: 6 });
    fc.assert(fc.property(shifts, fc.nat(59), (roster, moment) => {
      const at = NOW + moment;
      const inHole = gaps(roster, 'H1', { from: NOW, to: NOW + 60 }).some(({ from, to }) => at >= from && at < to);
      expect(inHole).toBe(onDuty(roster, 'H1', at) === undefined);
    }));
  });
});
