import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../base/index.ts';
import { byUrgency, CALL_BACK_WITHIN_MS, callState, CITY_LINE, decideCall, evolveCall, nextAt, passTime, rungAt, TALKED_OUT_MS, type Call, type CallCommand, type CallOwner } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const OWNER: CallOwner = { role: 'hotline', scope: 'city' };
const DESK = { id: 'desk 1', name: 'Desk 1' };
const BOTH = { dutyPerson: { name: 'duty A', phone: '1' }, secondPerson: { name: 'duty B', phone: '2' } };
const rang = (id = 'K1', at = NOW): Call => evolveCall(undefined, { type: 'CallRang', id, line: CITY_LINE, phone: '13800000001' }, at)!;
const after = (call: Call, command: CallCommand, at = NOW): Call => {
  const answer = decideCall(call, command, DESK, OWNER);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return evolveCall(call, answer.value, at)!;
};
const refusalOf = (call: Call, command: CallCommand): string | undefined => {
  const answer = decideCall(call, command, { id: 'desk 2', name: 'Desk 2' }, OWNER);
  return answer.ok ? undefined : answer.refusal.code;
};
const missed = after(rang(), { type: 'miss' });

describe('where a call rings', () => {
  it.each([[0, 'dutyPerson'], [9_999, 'dutyPerson'], [10 * SECOND_MS, 'secondPerson'], [29_999, 'secondPerson'], [30 * SECOND_MS, 'district'], [600 * SECOND_MS, 'district']] as const)(
    'given %d ms without an answer, then at the %s', (passed, rung) => {
      expect(rungAt(rang(), NOW + passed, BOTH)).toBe(rung);
    });

  it('given nobody is named second, or the roster has a hole, then it rings in the district instead of at nobody', () => {
    expect(rungAt(rang(), NOW + 10 * SECOND_MS, { dutyPerson: BOTH.dutyPerson })).toBe('district');
    expect(rungAt(rang(), NOW, {})).toBe('district');
  });

  it('given a server slept through ten seconds, then the second person is not said to have been rung', () => {
    let call = rang();
    for (const passed of [0, 40 * SECOND_MS, 50 * SECOND_MS, 95 * SECOND_MS]) {
      const event = passTime(call, BOTH, OWNER, NOW + passed);
      if (event) call = evolveCall(call, event, NOW + passed)!;
    }
    expect(call.rings).toEqual([{ at: NOW, whom: 'dutyPerson', ...BOTH.dutyPerson }, { at: NOW + 40 * SECOND_MS, whom: 'district' }]);
    expect(call).toMatchObject({ owner: OWNER, missedAt: NOW + 95 * SECOND_MS });
  });

  it('looked at whenever time does something to it, a call is taken, rings on, or is owed: it never waits for nothing', () => {
    fc.assert(fc.property(fc.array(fc.nat(40), { minLength: 3, maxLength: 12 }), fc.boolean(), (steps, second) => {
      let [call, at] = [rang(), NOW];
      for (const step of steps) {
        at += step * SECOND_MS;
        expect(nextAt(call)).toBeDefined();
        const event = passTime(call, second ? BOTH : { dutyPerson: BOTH.dutyPerson }, OWNER, at);
        if (event) call = evolveCall(call, event, at)!;
        if (callState(call) === 'ringing') expect(nextAt(call)!).toBeGreaterThan(at);
      }
      expect(call.rings.map(({ whom }) => whom)).toEqual([...new Set(call.rings.map(({ whom }) => whom))]);
    }));
  });
});

describe('a call is taken', () => {
  it('given two pick up, then the second hears who has it', () => {
    const taken = after(rang(), { type: 'answer' });
    expect(decideCall(taken, { type: 'answer' }, { id: 'desk 2', name: 'Desk 2' }, OWNER)).toEqual({ ok: false, refusal: { code: 'callTaken', facts: { by: 'Desk 1' } } });
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
        const answer = decideCall(call, command, DESK, OWNER);
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

describe('a call that nobody ends', () => {
  const answered = after(rang(), { type: 'answer' });

  it('given two hours and no request of it, then somebody is owed a call; given it became one, then it is over', () => {
    expect(passTime(answered, BOTH, OWNER, NOW + TALKED_OUT_MS - 1)).toBeUndefined();
    const left = evolveCall(answered, passTime(answered, BOTH, OWNER, NOW + TALKED_OUT_MS)!, NOW + TALKED_OUT_MS)!;
    expect([callState(left), left.because, left.owner, nextAt(left)]).toEqual(['callBackOwed', 'leftOpen', OWNER, NOW + TALKED_OUT_MS + CALL_BACK_WITHIN_MS]);
    expect(callState(after(left, { type: 'callBack', reached: true }))).toBe('ended');
    const linked = after(answered, { type: 'link', journey: 'R1' });
    expect(passTime(linked, BOTH, OWNER, NOW + TALKED_OUT_MS)).toEqual({ type: 'CallEnded' });
    expect(nextAt(answered)).toBe(NOW + TALKED_OUT_MS);
  });
});
