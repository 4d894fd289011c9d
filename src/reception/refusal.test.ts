import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../base/index.ts';
import type { Actor } from '../people/index.ts';
import { decideRefusal, evolveRefusal, silentFrom, TAKE_WITHIN_MS, type Arrival, type RefusalCase, type RefusalCaseCommand } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const OFFICER: Actor = { id: 'D1', name: 'officer of the district', role: 'district', scope: 'district:1' };
const RELIEF: Actor = { ...OFFICER, id: 'D2', name: 'the next shift' };
const CHIEF: Actor = { id: 'C1', name: 'command centre', role: 'city', scope: 'city' };
const WARD: Actor = { id: 'W1', name: 'ward', role: 'ward', scope: 'institution:H1' };

const OPENED: RefusalCase = {
  id: 'F1', about: 'institution:H1', source: 'report', ground: 'noTestResult', neverBlock: true, openedAt: NOW, dueAt: NOW + TAKE_WITHIN_MS, missed: [],
  owner: { role: 'district', scope: 'district:1' }, journey: 'R1', next: { institution: 'H2', state: 'onTheWay' },
};
const UPHELD: RefusalCaseCommand = { type: 'decide', upheld: true, ground: 'noTestResult', reason: 'all say so' };
const RECEIVED: RefusalCaseCommand = { type: 'personOver', how: 'received', institution: 'H2', by: 'ward of H2' };

function after(given: readonly (readonly [RefusalCaseCommand, Actor])[], at = NOW + MINUTE_MS): RefusalCase {
  return given.reduce((refusal, [command, actor]) => {
    const answer = decideRefusal(refusal, command, actor, at);
    if (!answer.ok) throw new Error(answer.refusal.code);
    return evolveRefusal(refusal, answer.value, at);
  }, OPENED);
}
const codeOf = (refusal: RefusalCase, command: RefusalCaseCommand, actor: Actor, at = NOW + MINUTE_MS): string => {
  const answer = decideRefusal(refusal, command, actor, at);
  return answer.ok ? answer.value.type : answer.refusal.code;
};

describe('a refusal case', () => {
  it('given the person is safe and nobody has decided, then it stays open; given it is decided and the person is with nobody, too', () => {
    expect(after([[RECEIVED, OFFICER]])).toMatchObject({ dueAt: OPENED.dueAt });
    expect(after([[{ type: 'take' }, OFFICER], [UPHELD, OFFICER]]).closedAt).toBeUndefined();
    const closed = after([[{ type: 'take' }, OFFICER], [UPHELD, OFFICER], [RECEIVED, OFFICER]]);
    expect(closed.closedAt).toBe(NOW + MINUTE_MS);
    expect(closed.dueAt).toBeUndefined();
  });

  it('is decided by whoever has it by name, and by nobody else', () => {
    expect(codeOf(OPENED, UPHELD, OFFICER)).toBe('refusalNotTaken');
    const taken = after([[{ type: 'take' }, OFFICER]]);
    expect(taken.dueAt).toBe(NOW + MINUTE_MS + 24 * HOUR_MS);
    expect(codeOf(taken, UPHELD, CHIEF)).toBe('refusalTaken');
    expect(codeOf(taken, UPHELD, WARD)).toBe('refusalTaken');
    expect(codeOf(taken, { type: 'decide', upheld: true, reason: 'x' }, OFFICER)).toBe('groundMissing');
    expect(codeOf(taken, { type: 'decide', upheld: false, reason: 'they were treated inside' }, OFFICER)).toBe('RefusalDecided');
  });

  it('given a shift ends, then the next takes over by name; what the command centre took stays there', () => {
    const taken = after([[{ type: 'take' }, OFFICER]]);
    expect(codeOf(taken, { type: 'take' }, OFFICER)).toBe('refusalTaken');
    expect(codeOf(taken, { type: 'take' }, RELIEF)).toBe('RefusalTaken');
    expect(codeOf(after([[{ type: 'take' }, CHIEF]]), { type: 'take' }, OFFICER)).toBe('refusalTaken');
  });

  it('given the officer found another ground, then that one counts; the statement of the house changes nothing', () => {
    const decided = after([[{ type: 'state', text: 'no bed' }, WARD], [{ type: 'take' }, OFFICER], [{ ...UPHELD, ground: 'noPlace' } as RefusalCaseCommand, OFFICER]]);
    expect(decided).toMatchObject({ ground: 'noPlace', neverBlock: false, statement: { text: 'no bed', by: 'ward' } });
  });

  it('always has an owner, and a deadline as long as it is open; nothing that happens takes either away', () => {
    const commands = fc.constantFrom<RefusalCaseCommand>({ type: 'take' }, { type: 'state', text: 'x' }, UPHELD, { type: 'decide', upheld: false, reason: 'x' }, RECEIVED, { type: 'personOver', how: 'ended' }, { type: 'missDeadline', dueAt: 0 });
    fc.assert(fc.property(fc.array(fc.tuple(commands, fc.constantFrom(OFFICER, RELIEF, CHIEF, WARD), fc.integer({ min: 0, max: 30 * 60 })), { maxLength: 25 }), (steps) => {
      let [refusal, at] = [OPENED, NOW];
      for (const [command, actor, minutes] of steps) {
        at += minutes * MINUTE_MS;
        const given = command.type === 'missDeadline' ? { ...command, dueAt: refusal.dueAt ?? 0 } : command;
        const answer = decideRefusal(refusal, given, actor, at);
        if (!answer.ok) continue;
        const before = refusal;
        refusal = evolveRefusal(refusal, answer.value, at);
        expect(refusal.owner.scope).not.toBe('');
        expect(refusal.dueAt === undefined).toBe(refusal.closedAt !== undefined);
        if (refusal.closedAt !== undefined) expect(refusal.over && refusal.decision).toBeTruthy();
        // Who decided is who had taken it, and a deadline that was missed was told to somebody.
        if (answer.value.type === 'RefusalDecided') expect(before.taken).toBeDefined();
        if (answer.value.type === 'RefusalTold') expect(refusal.missed).toHaveLength(before.missed.length + 1);
      }
    }));
  });
});

describe('silence at a door', () => {
  const arrived: Arrival = { institution: 'H1', acuity: 'III', entry: { testRequired: false, via: 'direct' }, expectedAt: NOW, arrivedAt: NOW };

  it('is a refusal when the limit of the acuity has passed: the more urgent, the sooner', () => {
    expect(silentFrom(arrived, 'II')).toEqual({ at: NOW + 10 * MINUTE_MS, source: 'notReceived' });
    expect(silentFrom(arrived, 'II', undefined, { receivedMinutes: { I: 1, II: 3, III: 5, IV: 9 } })).toMatchObject({ at: NOW + 3 * MINUTE_MS });
  });

  it('given a seat at a later hour, then the house has until that hour; an emergency waits for no hour', () => {
    expect(silentFrom(arrived, 'III', NOW + HOUR_MS)).toEqual({ at: NOW + HOUR_MS + 30 * MINUTE_MS, source: 'appointmentPassed' });
    expect(silentFrom(arrived, 'III', NOW - HOUR_MS)).toMatchObject({ at: NOW + 30 * MINUTE_MS });
    expect(silentFrom(arrived, 'I', NOW + HOUR_MS)).toMatchObject({ at: NOW + 5 * MINUTE_MS, source: 'notReceived' });
  });

  it('is none while they are not there, or once they are received', () => {
    const { arrivedAt: _, ...expected } = arrived;
    expect(silentFrom(expected, 'I')).toBeUndefined();
    expect(silentFrom({ ...arrived, receivedAt: NOW }, 'I')).toBeUndefined();
  });
});
