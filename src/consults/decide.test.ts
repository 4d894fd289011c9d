import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay } from '../base/index.ts';
import {
  answerConsult, answerDueAt, assignConsult, byDeadline, declineConsult, escalateConsult, evolveConsult, isOver, MEDICAL_OFFICE, offerCall, rateConsult, takeConsult, TEXT_LENGTH_MAX, treatTogether, URGENCIES,
  whomToAsk, withdrawConsult, type Consult, type ConsultEvent, type Experts, type ExpertShift, type Signer, type Urgency,
} from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const NOBODY: Experts = { roster: [], loads: new Map(), hospitals: ['H1', 'H2'] };
const ask = (urgency: Urgency = 'urgent', id = 'Q1', at = NOW): Consult => evolveConsult(undefined, {
  type: 'ConsultAsked', consult: { id, askedBy: 'ward', askedFrom: 'H0', askedOf: 'H1', specialty: 'cardiology', urgency, mode: 'remote', question: 'Thrombolysis?' },
}, at)!;
const expert = (id: string, of = 'H1'): Signer => ({ id, name: `Expert ${id}`, of });
const [one, two] = [expert('E1'), expert('E2', 'H2')];
type Decided = ReturnType<typeof takeConsult>;
const after = (consult: Consult, decided: Decided, at = NOW): Consult => {
  if (!decided.ok) throw new Error(decided.refusal.code);
  return evolveConsult(consult, decided.value, at)!;
};
const codeOf = (decided: Decided): string => (decided.ok ? decided.value.type : decided.refusal.code);
const taken = after(ask(), takeConsult(ask(), one), NOW + MINUTE_MS);
const late = (consult: Consult): Consult => after(consult, escalateConsult(consult, whomToAsk(consult, NOBODY, consult.dueAt), consult.dueAt, consult.dueAt), consult.dueAt);

describe('a question has a deadline', () => {
  it.each([['immediate', 10, 3], ['urgent', 30, 8], ['soon', 120, 30]] as const)('given %s, then answered within %d min, and taken within %d or the next is asked', (urgency, answer, take) => {
    const asked = ask(urgency);
    expect([asked.answerBy - NOW, asked.dueAt - NOW]).toEqual([answer * MINUTE_MS, take * MINUTE_MS]);
  });

  it('given the same day, then by midnight in the city, and never in less than two hours', () => {
    expect(answerDueAt('sameDay', NOW)).toBe(startOfDay(NOW) + DAY_MS);
    const evening = startOfDay(NOW) + DAY_MS - MINUTE_MS;
    expect(answerDueAt('sameDay', evening)).toBe(evening + 2 * HOUR_MS);
  });

  it('given it is taken, then the answer is due when it was due, however late that was', () => {
    expect(taken.dueAt).toBe(taken.answerBy);
    const passed = late(late(ask()));
    expect(after(passed, takeConsult(passed, two), passed.answerBy + MINUTE_MS).dueAt).toBeGreaterThan(passed.answerBy + MINUTE_MS);
  });
});

describe('one expert has it', () => {
  it('given two take it, then the second hears who has it, and the first that it is theirs', () => {
    expect(takeConsult(taken, expert('E9'))).toEqual({ ok: false, refusal: { code: 'consultTaken', facts: { by: 'Expert E1' } } });
    expect(codeOf(takeConsult(taken, one))).toBe('consultIsYours');
  });

  it('given it was not taken, was taken by another or says nothing, then it is not answered', () => {
    expect(codeOf(answerConsult(ask(), one, 'yes'))).toBe('consultNotTaken');
    expect(codeOf(answerConsult(taken, two, 'yes'))).toBe('consultTaken');
    expect(codeOf(answerConsult(taken, one, ' '))).toBe('answerMissing');
    expect(codeOf(answerConsult(taken, one, 'x'.repeat(TEXT_LENGTH_MAX + 1)))).toBe('textTooLong');
  });

  it('given it was answered, then nothing more is owed, and the one who asked says whether it helped', () => {
    const answered = after(taken, answerConsult(taken, one, 'Yes, now.'));
    expect(answered.answer?.text).toBe('Yes, now.');
    for (const decided of [takeConsult(answered, two), escalateConsult(answered, { of: 'H2' }, answered.dueAt, answered.dueAt), withdrawConsult(answered, one, 'gone')]) expect(codeOf(decided)).toBe('alreadyAnswered');
    expect(codeOf(rateConsult(taken, { id: 'ward', name: 'Ward' }, 'yes'))).toBe('notAnsweredYet');
    expect(after(answered, rateConsult(answered, { id: 'ward', name: 'Ward' }, 'partly', 'too late')).rating).toMatchObject({ helped: 'partly', note: 'too late' });
  });

  it('given they talk and treat together, then it stands on record, by whom', () => {
    const called = after(taken, offerCall(taken, one, 'video', 'https://meet.example.org/a'));
    expect(called.call).toMatchObject({ by: 'E1', kind: 'video' });
    const joint = after(called, treatTogether(called, { id: 'ward', name: 'Ward', of: 'H0' }, 'Thrombolysis begun'));
    expect(joint.joint).toMatchObject([{ by: 'ward', text: 'Thrombolysis begun' }]);
    expect(codeOf(treatTogether(called, two, 'I was not there'))).toBe('consultTaken');
  });
});

describe('its time is over', () => {
  it('given somebody had taken it, then the next is asked, and it stays theirs until another has taken it by name', () => {
    const moved = late(taken);
    expect(moved).toMatchObject({ askedOf: 'H2', taken: { by: 'E1' }, escalations: [{ from: { of: 'H1' }, to: { of: 'H2' }, because: 'notAnswered' }] });
    expect(codeOf(answerConsult(moved, one, 'Late, but here it is.'))).toBe('ConsultAnswered');
    const relieved = after(moved, takeConsult(moved, two));
    expect(relieved.taken).toMatchObject({ by: 'E2', of: 'H2' });
    expect(codeOf(answerConsult(relieved, one, 'Too late'))).toBe('consultTaken');
  });

  it('given the watch saw an older deadline, or looks too early, then nothing happens', () => {
    expect(codeOf(escalateConsult(ask(), { of: 'H2' }, NOW, NOW + DAY_MS))).toBe('deadlineMoved');
    expect(codeOf(escalateConsult(ask(), { of: 'H2' }, ask().dueAt, ask().dueAt - 1))).toBe('deadlineMoved');
  });

  it('given every hospital was asked, then the medical office has it and keeps it, told again and again, until it names somebody', () => {
    const office = late(late(ask()));
    expect(office.askedOf).toBe(MEDICAL_OFFICE);
    expect(late(office)).toMatchObject({ askedOf: MEDICAL_OFFICE });
    expect(late(office).dueAt).toBeGreaterThan(office.dueAt);
    const named = after(office, assignConsult(office, { id: 'office' }, { of: 'H2', expert: 'Expert E2' }));
    expect(named).toMatchObject({ askedOf: 'H2', askedExpert: 'Expert E2' });
    expect(codeOf(assignConsult(office, { id: 'office' }, { of: 'H0' }))).toBe('askedOfThemselves');
  });

  it('given one cannot, then it goes on at once; nobody declines for another', () => {
    expect(after(ask(), declineConsult(ask(), one, { of: 'H2' }))).toMatchObject({ askedOf: 'H2', escalations: [{ because: 'declined', by: 'E1' }] });
    expect(codeOf(declineConsult(ask(), two, { of: MEDICAL_OFFICE }))).toBe('consultNotYours');
    expect(codeOf(declineConsult(taken, two, { of: MEDICAL_OFFICE }))).toBe('consultTaken');
  });
});

describe('whom to ask', () => {
  const shift = (name: string, hospital = 'H1', more: Partial<ExpertShift> = {}): ExpertShift => ({ id: name, hospital, name, phone: '1', specialties: ['cardiology'], from: NOW - HOUR_MS, to: NOW + HOUR_MS, onSite: false, ...more });
  const asks = (roster: readonly ExpertShift[], more: Partial<Experts> = {}, question: Partial<Consult> = {}): unknown => whomToAsk({ askedFrom: 'H0', specialty: 'cardiology', mode: 'remote', ...question }, { ...NOBODY, roster, ...more }, NOW);

  it('given one has more to do, then the other is asked; given both the same, the one who was asked longest ago', () => {
    expect(asks([shift('a'), shift('b')], { loads: new Map([['H1/a', { open: 1 }]]) })).toEqual({ of: 'H1', expert: 'b' });
    expect(asks([shift('a'), shift('b')], { loads: new Map([['H1/a', { open: 0, askedLastAt: NOW - 5 }], ['H1/b', { open: 0, askedLastAt: NOW - 9 }]]) })).toEqual({ of: 'H1', expert: 'b' });
  });

  it('given nobody of the house is awake, fit or free, then the next house is asked; their rest is kept', () => {
    for (const asleep of [
      asks([shift('a'), shift('c', 'H2')], { loads: new Map([['H1/a', { open: 0, restingUntil: NOW + 1 }]]) }),
      asks([shift('a', 'H1', { specialties: ['oncology'] }), shift('c', 'H2')]),
      asks([shift('a'), shift('c', 'H2')], { loads: new Map([['H1/a', { open: 3 }]]) }),
      asks([shift('a'), shift('c', 'H2', { onSite: true })], {}, { mode: 'onSite' }),
    ]) expect(asleep).toEqual({ of: 'H2', expert: 'c' });
  });

  it('given a house without a roster, then it is asked as a whole, once', () => {
    expect(asks([shift('c', 'H2')])).toEqual({ of: 'H1' });
    expect(asks([shift('c', 'H2')], {}, { askedOf: 'H1' })).toEqual({ of: 'H2', expert: 'c' });
  });

  it('is always somebody: an expert on shift and awake of another house, a house, or the medical office', () => {
    const shifts = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), hospital: fc.constantFrom('H0', 'H1', 'H2'), from: fc.nat(20), length: fc.integer({ min: 1, max: 20 }), onSite: fc.boolean() }), { maxLength: 6 })
      .map((all) => all.map(({ name, hospital, from, length, onSite }) => shift(name, hospital, { from: NOW - 10 + from, to: NOW - 10 + from + length, onSite })));
    const loads = fc.dictionary(fc.constantFrom('H1/a', 'H1/b', 'H2/a', 'H2/c'), fc.record({ open: fc.nat(4), restingUntil: fc.integer({ min: NOW - 5, max: NOW + 5 }) })).map((all) => new Map(Object.entries(all)));
    fc.assert(fc.property(shifts, loads, fc.constantFrom('remote', 'onSite'), (roster, load, mode) => {
      let consult: Consult = { ...ask(), mode: mode as Consult['mode'] };
      const seen = new Set<string>();
      for (let turn = 0; turn < 9; turn++) {
        const to = whomToAsk(consult, { roster, loads: load, hospitals: ['H1', 'H2'] }, NOW);
        if (to.of === MEDICAL_OFFICE) return;
        expect(['H1', 'H2']).toContain(to.of);
        expect(seen.has(JSON.stringify(to))).toBe(false);
        seen.add(JSON.stringify(to));
        if (to.expert !== undefined) {
          expect(roster.some(({ name, hospital, from, to: end }) => name === to.expert && hospital === to.of && from <= NOW && NOW < end)).toBe(true);
          expect(load.get(`${to.of}/${to.expert}`)?.restingUntil ?? 0).toBeLessThanOrEqual(NOW);
        }
        consult = after(consult, escalateConsult(consult, to, consult.dueAt, consult.dueAt), consult.dueAt);
      }
      expect.unreachable('the medical office is asked in the end');
    }));
  });
});

describe('which question first', () => {
  it('given answered and open ones, then open first, by deadline, the more urgent among equals', () => {
    const answered = after(taken, answerConsult(taken, one, 'yes'));
    const [soon, urgent] = [{ ...ask('soon', 'soon'), dueAt: 5 }, { ...ask('immediate', 'urgent'), dueAt: 5 }];
    expect([{ ...answered, id: 'done' }, soon, urgent].sort(byDeadline).map(({ id }) => id)).toEqual(['urgent', 'soon', 'done']);
    expect(URGENCIES[0]).toBe('immediate');
  });
});

it('whatever is pressed and however late it is, an open question has one who is asked, and a deadline that lies ahead of its last change', () => {
  const pressed = fc.array(fc.tuple(fc.constantFrom('take1', 'take2', 'decline1', 'decline2', 'answer1', 'answer2', 'assign', 'late', 'withdraw', 'call'), fc.nat(600_000)), { maxLength: 20 });
  fc.assert(fc.property(fc.constantFrom(...URGENCIES), pressed, (urgency, steps) => {
    let consult = ask(urgency);
    let at = NOW;
    for (const [step, wait] of steps) {
      at += wait;
      const next = whomToAsk(consult, NOBODY, at);
      const decided: Decided = ({
        take1: () => takeConsult(consult, one), take2: () => takeConsult(consult, two), decline1: () => declineConsult(consult, one, next), decline2: () => declineConsult(consult, two, next),
        answer1: () => answerConsult(consult, one, 'a'), answer2: () => answerConsult(consult, two, 'b'), assign: () => assignConsult(consult, { id: 'office' }, { of: 'H2' }),
        late: () => escalateConsult(consult, next, consult.dueAt, at), withdraw: () => withdrawConsult(consult, one, 'gone'), call: () => offerCall(consult, one, 'voice', 'https://meet.example.org/a'),
      } satisfies Record<string, () => Decided>)[step]();
      if (!decided.ok) continue;
      const wasTaken = consult.taken;
      consult = evolveConsult(consult, decided.value as ConsultEvent, at)!;
      // First contact: whoever has it keeps it until another has taken it by name.
      if (wasTaken) expect(consult.taken).toBeDefined();
      if (!isOver(consult)) {
        expect(consult.askedOf).not.toBe('');
        if (decided.value.type !== 'CallOffered') expect(consult.dueAt).toBeGreaterThan(at);
      }
    }
  }));
});
