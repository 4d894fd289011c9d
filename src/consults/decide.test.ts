import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay } from '../base/index.ts';
import { answerConsult, byDeadline, consultDueAt, escalateConsult, evolveConsult, takeConsult, TEXT_LENGTH_MAX, URGENCIES, type Consult, type ConsultEvent, type Urgency } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const HOSPITALS = ['H1', 'H2', 'H3'];
const ask = (urgency: Urgency = 'urgent', id = 'Q1', at = NOW): Consult => evolveConsult(undefined, {
  type: 'ConsultAsked',
  consult: { id, askedBy: 'ward', askedFrom: 'H0', askedOf: 'H1', specialty: 'cardiology', urgency, mode: 'remote', question: 'Thrombolysis?' },
}, at)!;
const taken = evolveConsult(ask(), { type: 'ConsultTaken', by: 'E1', name: 'Expert 1' }, NOW)!;
const codeOf = (answer: ReturnType<typeof takeConsult>): string => (answer.ok ? answer.value.type : answer.refusal.code);

describe('a question has a deadline', () => {
  it.each([['immediate', 10 * MINUTE_MS], ['urgent', 30 * MINUTE_MS], ['soon', 2 * HOUR_MS]] as const)('given %s, then within %d ms', (urgency, ms) => {
    expect(ask(urgency).dueAt - NOW).toBe(ms);
  });

  it('given the same day, then by midnight in the city, and never in less than two hours', () => {
    expect(consultDueAt('sameDay', NOW)).toBe(startOfDay(NOW) + DAY_MS);
    const late = startOfDay(NOW) + DAY_MS - MINUTE_MS;
    expect(consultDueAt('sameDay', late)).toBe(late + 2 * HOUR_MS);
  });
});

describe('one expert has it', () => {
  it('given two take it, then the second hears who has it', () => {
    expect(codeOf(takeConsult(ask(), 'E1', 'Expert 1'))).toBe('ConsultTaken');
    expect(takeConsult(taken, 'E2', 'Expert 2')).toEqual({ ok: false, refusal: { code: 'consultTaken', facts: { by: 'Expert 1' } } });
  });

  it('given it was not taken, was taken by another or says nothing, then it is not answered', () => {
    expect(codeOf(answerConsult(ask(), 'E1', 'Expert 1', 'yes'))).toBe('consultNotTaken');
    expect(codeOf(answerConsult(taken, 'E2', 'Expert 2', 'yes'))).toBe('consultTaken');
    expect(codeOf(answerConsult(taken, 'E1', 'Expert 1', ' '))).toBe('answerMissing');
    expect(codeOf(answerConsult(taken, 'E1', 'Expert 1', 'x'.repeat(TEXT_LENGTH_MAX + 1)))).toBe('textTooLong');
  });

  it('given it was answered, then nothing more happens to it', () => {
    const answered = evolveConsult(taken, { type: 'ConsultAnswered', by: 'E1', name: 'Expert 1', text: 'Yes, now.' }, NOW)!;
    expect(answered.answer?.text).toBe('Yes, now.');
    expect(codeOf(takeConsult(answered, 'E2', 'Expert 2'))).toBe('alreadyAnswered');
    expect(codeOf(escalateConsult(answered, HOSPITALS, answered.dueAt, answered.dueAt))).toBe('alreadyAnswered');
  });
});

describe('its time is over', () => {
  it('given somebody had taken it, then they have lost it and the next hospital is asked with a new deadline', () => {
    const answer = escalateConsult(taken, HOSPITALS, taken.dueAt, taken.dueAt);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const moved = evolveConsult(taken, answer.value, taken.dueAt)!;
    expect(moved).toMatchObject({ askedOf: 'H2', dueAt: taken.dueAt + 30 * MINUTE_MS, escalations: [{ from: 'H1', to: 'H2' }] });
    expect(moved.taken).toBeUndefined();
  });

  it('given the watch saw an older deadline, or looks too early, then nothing happens', () => {
    expect(codeOf(escalateConsult(ask(), HOSPITALS, NOW, NOW + DAY_MS))).toBe('deadlineMoved');
    expect(codeOf(escalateConsult(ask(), HOSPITALS, ask().dueAt, ask().dueAt - 1))).toBe('deadlineMoved');
  });

  it('given the asking hospital is in the list, then it is not asked by itself', () => {
    expect(escalateConsult(ask(), ['H1', 'H0'], ask().dueAt, ask().dueAt)).toMatchObject({ ok: true, value: { to: 'H1' } });
    expect(codeOf(escalateConsult(ask(), ['H0'], ask().dueAt, ask().dueAt))).toBe('nobodyToAsk');
  });

  it('goes round all hospitals until somebody answers, and every one that let it pass is on the record', () => {
    fc.assert(fc.property(fc.constantFrom(...URGENCIES), fc.integer({ min: 1, max: 12 }), (urgency, rounds) => {
      let consult = ask(urgency);
      for (let round = 0; round < rounds; round++) {
        const answer = escalateConsult(consult, HOSPITALS, consult.dueAt, consult.dueAt);
        if (!answer.ok) throw new Error(answer.refusal.code);
        consult = evolveConsult(consult, answer.value as ConsultEvent, consult.dueAt)!;
      }
      expect(consult.escalations.map(({ from }) => from)).toEqual(Array.from({ length: rounds }, (_, index) => HOSPITALS[index % 3]));
      expect(consult.dueAt).toBeGreaterThan(consult.escalations.at(-1)!.at);
    }));
  });
});

describe('the list', () => {
  it('given one is answered, then it comes last; the others by deadline', () => {
    const done: Consult = { ...taken, id: 'done', answer: { by: 'E1', name: 'Expert 1', at: NOW, text: 'yes' } };
    expect([done, ask('soon', 'later'), ask('immediate', 'now')].sort(byDeadline).map(({ id }) => id)).toEqual(['now', 'later', 'done']);
  });
});
