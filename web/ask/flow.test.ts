import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, GROUPS } from '../../src/triage/index.ts';
import { NO_ANSWERS, type Answers } from './answers.ts';
import { CHECK, findQuestion, pageAfter, progress, QUESTIONS } from './flow.ts';
import { callsFor120, DANGER, PAGES_MOST, QUESTIONS_A_PAGE, questionsFor } from './interview.ts';
import { MATTERS } from './matters.ts';

const answers = (given: Partial<Answers>): Answers => ({ ...NO_ANSWERS, ...given });

function walk(given: Answers): string[] {
  const pages = [QUESTIONS[0]!.id];
  while (pages.at(-1) !== CHECK) pages.push(pageAfter(pages.at(-1)!, given));
  return pages;
}

const anyAnswers = fc.record({
  who: fc.constantFrom('me' as const, 'other' as const),
  danger: fc.oneof(fc.constant(['none']), fc.subarray([...DANGER], { minLength: 1 })),
  matter: fc.constantFrom(...MATTERS),
  age: fc.nat(100).map(String),
  sex: fc.constantFrom('female' as const, 'male' as const, '' as const),
  groups: fc.subarray([...GROUPS]),
  temperature: fc.constantFrom('', '38.9'),
  findings: fc.dictionary(fc.constantFrom(...FINDINGS.map(({ code }) => code)), fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const)),
}).map((given) => answers(given));

describe('the order of asking', () => {
  it('given a life in danger, then 120 comes first and only place and number are asked', () => {
    expect(walk(answers({ who: 'me', danger: ['unresponsive'] }))).toEqual(['who', 'danger', 'call', 'about', 'where', 'contact', CHECK]);
  });

  it('given dialysis, then its own questions come before the rest', () => {
    const pages = walk(answers({ who: 'me', danger: ['none'], matter: 'haemodialysis', age: '62' }));
    expect(pages.indexOf('dialysis')).toBe(pages.indexOf('matter') + 1);
    expect(questionsFor(answers({ danger: ['none'], matter: 'haemodialysis', age: '62' }))[0]?.audience).toBe('dialysis');
  });

  it('given a fever at two and at sixty, then only the child is asked a child\'s questions', () => {
    const audiences = (age: string) => new Set(questionsFor(answers({ danger: ['none'], matter: 'fever', age })).map(({ audience }) => audience));
    expect(audiences('2')).toContain('underFive');
    expect(audiences('60')).not.toContain('underFive');
  });

  it('given a red sign in the interview, then the person is told to call 120 before the address is asked', () => {
    const given = answers({ danger: ['none'], matter: 'emergency', age: '30', findings: { shockSigns: 'yes' } });
    expect(callsFor120(given)).toBe(true);
    const pages = walk(given);
    expect(pages.indexOf('call-now')).toBeLessThan(pages.indexOf('where'));
  });

  it('always comes to an end, asks nothing twice, and always asks where and whom to ring', () => {
    fc.assert(fc.property(anyAnswers, (given) => {
      const pages = walk(given);
      expect(new Set(pages).size).toBe(pages.length);
      expect(pages).toContain('where');
      expect(pages).toContain('contact');
      expect(pages.every((id) => id === CHECK || findQuestion(id)?.applies(given))).toBe(true);
    }));
  });

  it('keeps the questions of the interview while they are being answered', () => {
    fc.assert(fc.property(anyAnswers, (given) => {
      const asked = questionsFor({ ...given, findings: {} }).map(({ code }) => code);
      expect(questionsFor(given).map(({ code }) => code)).toEqual(asked);
      expect(asked.length).toBeLessThanOrEqual(PAGES_MOST * QUESTIONS_A_PAGE);
    }));
  });

  it('says how far along one is', () => {
    const given = answers({ who: 'me', danger: ['unresponsive'] });
    expect(progress('who', given)).toEqual({ number: 1, of: 6 });
    expect(progress('contact', given)).toEqual({ number: 6, of: 6 });
  });
});
