import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, findFinding, GROUPS, listConcerning, NEEDS, nextQuestions, QUESTIONS_MOST, triage, withAnswers } from './index.ts';
import type { Acuity, Answer, Answers, Need, TriageCase } from './index.ts';
import { INTERVIEW } from './tables/questions.ts';

const RANK: Record<Acuity, number> = { I: 0, II: 1, III: 2, IV: 3 };
const LINES = INTERVIEW.map((entry) => (typeof entry === 'string' ? entry : entry.code));
const TOPICS = INTERVIEW.filter((entry) => typeof entry !== 'string');
const person = (need: Need, rest: Partial<TriageCase> = {}): TriageCase => ({ need, groups: [], findings: [], vitals: {}, ...rest });
const next = (care: TriageCase, answers: Answers = {}, count = 1): readonly string[] => nextQuestions(care, answers, count).map(({ code }) => code);
const no = (...codes: string[]): Answers => Object.fromEntries(codes.map((code) => [code, 'no']));

/** Asks one question after another until none is left. */
function interview(care: TriageCase, answer: (code: string) => Answer): Answers {
  const answers: Record<string, Answer> = {};
  for (let [question] = next(care); question !== undefined; [question] = next(care, answers)) {
    if (answers[question] !== undefined) throw new Error(`${question} was asked twice`);
    answers[question] = answer(question);
  }
  return answers;
}

const anyPerson: fc.Arbitrary<TriageCase> = fc.record({
  need: fc.constantFrom(...NEEDS), groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 3 }),
  findings: fc.uniqueArray(fc.constantFrom(...FINDINGS.map(({ code }) => code)), { maxLength: 1 }), vitals: fc.constant({}),
  ageMonths: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 1_200 })), sex: fc.constantFrom('female' as const, 'male' as const),
}, { requiredKeys: ['need', 'groups', 'findings', 'vitals'] });
const anyAnswers = fc.infiniteStream(fc.constantFrom<Answer>('yes', 'no', 'no', 'no', 'notKnown'));

describe('the interview', () => {
  it('given a new call, then awake and breathing are asked, then what happened, then what needs somebody at once', () => {
    expect(next(person('emergency'), {}, 7)).toEqual(['unresponsive', 'notBreathing', 'anyBleeding', 'anyAccident', 'anyBreathing', 'chestPain', 'strokeSigns']);
  });
  it('given that level I is certain, then nothing more is asked', () => {
    expect(next(person('emergency', { findings: ['notBreathing'] }))).toEqual([]);
    expect(next(person('emergency'), { unresponsive: 'yes' })).toEqual([]);
  });
  it('given trouble with breathing, then what would make it more urgent is asked at once, and the rest after the last line', () => {
    const asked = next(person('generalOutpatient', { ageMonths: 480 }), { ...no('unresponsive', 'notBreathing', 'anyBleeding', 'anyAccident'), anyBreathing: 'yes' }, 50);
    expect(asked.slice(0, 2)).toEqual(['airwayBlocked', 'cyanosis']);
    const known = { ...no('unresponsive', 'notBreathing', 'anyBleeding', 'anyAccident', 'airwayBlocked', 'cyanosis'), anyBreathing: 'yes', severeBreathlessness: 'yes' } as const;
    const after = next(person('generalOutpatient', { ageMonths: 480 }), known, 50);
    expect(after[0]).toBe('chestPain');
    expect(after.indexOf('wheeze')).toBeGreaterThan(after.indexOf('anyHarm'));
  });
  it('given a finding that was named already, then its topic is open and not asked about', () => {
    const asked = next(person('emergency', { findings: ['vomitingBlood'] }), no('unresponsive', 'notBreathing'), 50);
    expect(asked).not.toContain('anyBleeding');
    expect(asked[0]).toBe('majorBleeding');
  });
  it('given a dialysis patient, then their own questions come behind what needs somebody at once and before pain', () => {
    const asked = next(person('haemodialysis', { ageMonths: 700 }), {}, 50);
    expect(asked.indexOf('hyperkalaemiaSigns')).toBe(asked.indexOf('shockSigns') + 1);
    expect(asked.indexOf('dialysisAccessProblem')).toBeLessThan(asked.indexOf('anyPain'));
  });
  it('given a fever, then whoever had chemotherapy is found, though they did not call about that', () => {
    expect(next(person('fever', { ageMonths: 480 }), {}, 50)).toContain('feverOnChemotherapy');
    expect(next(person('specialist', { ageMonths: 480 }), {}, 50)).not.toContain('feverOnChemotherapy');
  });
  it('given a man of forty, then nobody asks about pregnancy or a soft spot on the head', () => {
    const all = listConcerning(person('generalOutpatient', { sex: 'male', ageMonths: 480 }));
    expect(new Set(all.map(({ audience }) => audience))).toEqual(new Set(['everyone']));
    expect(next(person('generalOutpatient', { sex: 'male', ageMonths: 480 }), {}, 50).filter((code) => /Birth|child|pregnan/i.test(code))).toEqual([]);
  });
});

describe('"I can’t tell"', () => {
  it('given neither awake nor breathing can be told, then it is level I after two questions', () => {
    const care = person('onlineConsultation', { ageMonths: 480 });
    const answers = interview(care, () => 'notKnown');
    expect(Object.keys(answers)).toEqual(['unresponsive', 'notBreathing']);
    expect(triage(withAnswers(care, answers)).acuity).toBe('I');
  });
  it('given a topic nobody can tell about, then its findings are asked, and count as not known until they are', () => {
    const care = person('generalOutpatient', { ageMonths: 480 });
    const answers: Answers = { ...no('unresponsive', 'notBreathing'), anyBleeding: 'notKnown' };
    expect(next(care, answers)).toEqual(['majorBleeding']);
    expect(triage(withAnswers(care, answers)).acuity).toBe('II');
    const asked = { ...answers, ...no('majorBleeding', 'vomitingBlood', 'moderateBleeding') };
    expect(triage(withAnswers(care, asked)).acuity).toBe('IV');
  });
  it('given a line that goes dead behind "yes, an accident", then nobody takes that for a small one', () => {
    const care = person('generalOutpatient', { ageMonths: 480 });
    expect(triage(withAnswers(care, { anyAccident: 'yes' })).acuity).toBe('II');
  });
  it('never lowers', () => {
    fc.assert(fc.property(anyPerson, fc.dictionary(fc.constantFrom(...LINES, ...FINDINGS.map(({ code }) => code)), fc.constantFrom<Answer>('yes', 'no', 'notKnown')), fc.constantFrom(...LINES), (care, answers, code) => {
      const { [code]: _, ...without } = answers;
      expect(RANK[triage(withAnswers(care, { ...without, [code]: 'notKnown' })).acuity]).toBeLessThanOrEqual(RANK[triage(withAnswers(care, without)).acuity]);
    }), { numRuns: 1_000 });
  });
});

describe('promises of the interview', () => {
  it('whatever is answered, it ends within three minutes and asks nothing twice', () => {
    fc.assert(fc.property(anyPerson, anyAnswers, (care, stream) => {
      expect(Object.keys(interview(care, () => stream.next().value!)).length).toBeLessThanOrEqual(QUESTIONS_MOST);
    }), { numRuns: 500 });
  });
  it('the lines come in their order, whatever is answered between them', () => {
    fc.assert(fc.property(anyPerson, anyAnswers, (care, stream) => {
      const places = Object.keys(interview(care, () => stream.next().value!)).map((code) => LINES.indexOf(code)).filter((place) => place >= 0);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }), { numRuns: 500 });
  });
  it('the answers give the acuity of what was found and what nobody could tell', () => {
    const everything = fc.tuple(...FINDINGS.map(() => fc.constantFrom<Answer>('yes', 'no', 'no', 'no', 'no', 'notKnown')));
    fc.assert(fc.property(anyPerson, everything, (care, given) => {
      const answers = Object.fromEntries(FINDINGS.map(({ code }, place) => [code, given[place]!]));
      const codes = (answer: Answer): string[] => FINDINGS.map(({ code }) => code).filter((code) => answers[code] === answer);
      const findings = [...new Set([...care.findings, ...codes('yes')])];
      expect(triage(withAnswers(care, answers)).acuity).toBe(triage({ ...care, findings, notKnown: codes('notKnown').filter((code) => !findings.includes(code)) }).acuity);
    }), { numRuns: 500 });
  });
  it('nobody is found less urgent at its end than before its first question', () => {
    fc.assert(fc.property(anyPerson, anyAnswers, (care, stream) => {
      const answers = interview(care, () => stream.next().value!);
      expect(RANK[triage(withAnswers(care, answers)).acuity]).toBeLessThanOrEqual(RANK[triage(care).acuity]);
    }), { numRuns: 500 });
  });

  const people: TriageCase[] = NEEDS.flatMap((need) => [undefined, 0, 30, 100, 480].flatMap((ageMonths) => [[], ['pregnant'], ['child'], ['pregnant', 'child']].flatMap((groups) =>
    (['female', undefined] as const).map((sex) => person(need, { groups: groups as TriageCase['groups'], ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }) })))));
  it.each(NEEDS)('given %s and "no" to everything, then everything that concerns the person has been asked, in three minutes', (need) => {
    for (const care of people.filter((one) => one.need === need)) {
      const asked = Object.keys(interview(care, () => 'no'));
      const covered = [...asked, ...TOPICS.filter(({ code }) => asked.includes(code)).flatMap(({ leadsTo }) => leadsTo)];
      expect(listConcerning(care).map(({ code }) => code).filter((code) => !covered.includes(code))).toEqual([]);
    }
  });
});

describe('the questions', () => {
  it('each finding that people can tell is asked in exactly one place', () => {
    const places = INTERVIEW.flatMap((entry) => (typeof entry === 'string' ? [entry] : entry.leadsTo));
    expect([...places].sort()).toEqual(FINDINGS.filter(({ audience }) => audience !== 'examined').map(({ code }) => code).sort());
  });
  it('no topic has the name of a finding, and each is asked in both languages', () => {
    for (const { code, ask } of TOPICS) {
      expect(findFinding(code)).toBeUndefined();
      for (const text of [ask.zh, ask.en]) expect(text).not.toBe('');
    }
    expect(new Set(LINES).size).toBe(LINES.length);
  });
});
