import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, NEEDS, nextQuestions } from './index.ts';
import type { Need, TriageCase } from './index.ts';

const person = (need: Need, rest: Partial<TriageCase> = {}): TriageCase => ({ need, groups: [], findings: [], vitals: {}, ...rest });

describe('the interview', () => {
  it('given a new call, then awake and breathing are asked before anything else', () => {
    expect(nextQuestions(person('emergency'))).toEqual(['unresponsive', 'notBreathing', 'airwayBlocked']);
  });
  it('given that level I is certain, then nothing more is asked', () => {
    expect(nextQuestions(person('emergency', { findings: ['notBreathing'] }))).toEqual([]);
  });
  it('given a dialysis patient, then dialysis is asked as soon as awake and breathing are known', () => {
    const answered = ['unresponsive', 'notBreathing', 'airwayBlocked', 'cyanosis'];
    expect(nextQuestions(person('haemodialysis'), answered, 1)).toEqual(['hyperkalaemiaSigns']);
  });
  it('given a man of forty, then nobody asks about pregnancy or a soft spot on the head', () => {
    const all = nextQuestions(person('generalOutpatient', { sex: 'male', ageMonths: 480 }), [], 200);
    const audiences = new Set(FINDINGS.filter(({ code }) => all.includes(code)).map(({ audience }) => audience));
    expect([...audiences]).toEqual(['everyone']);
  });
  it('whatever is answered, the interview ends, and asks nothing twice', () => {
    fc.assert(fc.property(fc.constantFrom(...NEEDS), (need) => {
      const asked: string[] = [];
      for (let next = nextQuestions(person(need)); next.length > 0; next = nextQuestions(person(need), asked)) asked.push(...next);
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked.length).toBeLessThanOrEqual(FINDINGS.length);
    }));
  });
});
