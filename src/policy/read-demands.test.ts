import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACUITIES } from '../triage/index.ts';
import { SERVICES } from '../city/index.ts';
import { compilePolicy, DEMANDED, diffPolicies, readPolicy, readStandingRules, sayDemands, type PolicyDocument, type StandingRules } from './index.ts';

const HEAD = `id: a
version: '1'
city: toytown
title: { zh: 甲, en: A }
source: test
period: { from: '2022-11-25 00:00' }
districts: [{ code: '990101', name: East }]
sentences: 1
measures: []
demands:
  - id: A-1
    clause: '1: shut no longer than a day'
    text: { zh: 关停不超过一天, en: Shut no longer than a day }
`;
const read = (says: string): ReturnType<typeof readPolicy> => readPolicy('a.yaml', `${HEAD}    says: ${says}\n`);
const codes = (says: string): string => {
  const answer = read(says);
  return 'problems' in answer ? answer.problems.map(({ line, code }) => `${line} ${code}`).join() : '';
};
const documentOf = (says: string): PolicyDocument => {
  const answer = read(says);
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer.value;
};
const standing = (demands = ''): StandingRules => {
  const answer = readStandingRules('s.yaml', `version: '1'\nlaw: []\nordinary: []\n${demands}`);
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer.value;
};

describe('what an announcement demands of institutions', () => {
  it('given its figures, then those hold, and all others stay', () => {
    const { demanded } = compilePolicy(documentOf('{ longestClosure: 1 d, known: { emergency: 4 h }, answer: { immediate: 5 min }, received: { I: 2 min, II: 8 min } }'), standing());
    expect(demanded).toEqual({
      status: { closureDaysMax: 1, secondPerson: DEMANDED.status.secondPerson, knownHours: { ...DEMANDED.status.knownHours, emergency: 4 } },
      answerMinutes: { ...DEMANDED.answerMinutes, immediate: 5 }, receivedMinutes: { ...DEMANDED.receivedMinutes, I: 2, II: 8 },
    });
  });

  it('given a standing rule says the same thing, then the announcement stands above it, and it above what holds where nobody says', () => {
    const rules = standing(`demands:\n  - id: S-1\n    clause: 'notice'\n    text: { zh: 甲, en: A }\n    says: { longestClosure: 3 d, answer: { urgent: 20 min } }\n`);
    expect(compilePolicy(undefined, rules).demanded).toMatchObject({ status: { closureDaysMax: 3 }, answerMinutes: { urgent: 20, soon: 120 } });
    expect(compilePolicy(documentOf('{ longestClosure: 1 d }'), rules).demanded).toMatchObject({ status: { closureDaysMax: 1 }, answerMinutes: { urgent: 20 } });
  });

  it('given services that need a second person, then they are added: none is taken away', () => {
    const { demanded } = compilePolicy(documentOf('{ secondPerson: [radiotherapy] }'), standing());
    expect([...demanded.status.secondPerson].sort()).toEqual([...DEMANDED.status.secondPerson, 'radiotherapy'].sort());
  });

  it.each([
    ['nothing', '{}', '14 empty'],
    ['a word nobody has', '{ longest: 2 d }', '14 unknownKey'],
    ['no unit', '{ longestClosure: 2 }', '14 duration'],
    ['nothing as a time', '{ longestClosure: 0 d }', '14 duration'],
    ['a month', '{ longestClosure: 30 d }', '14 duration'],
    ['days where minutes are meant', '{ answer: { immediate: 10 d } }', '14 says'],
    ['a service nobody has', '{ known: { cafeteria: 4 h }, secondPerson: [cafeteria] }', '14 unknownKey,14 unknownValue'],
    ['that the worse off wait longer', '{ received: { I: 20 min } }', '14 says'],
    ['that a question of today comes before one of this hour', '{ answer: { sameDay: 15 min } }', '14 says'],
  ])('given %s, then it is said with its line', (_, says, expected) => expect(codes(says)).toBe(expected));

  it('given its sentence is not numbered, or the id is there twice, then that is said as of a measure', () => {
    const twice = `${HEAD}    says: { longestClosure: 1 d }\n${HEAD.slice(HEAD.indexOf('  - id'))}    says: { longestClosure: 2 d }\n`;
    const answer = readPolicy('a.yaml', twice.replace("'1: shut", "'shut"));
    expect('problems' in answer && answer.problems.map(({ code }) => code).sort()).toEqual(['clause', 'duplicate']);
  });

  it('given two versions, then the differences say each figure in both languages, and nothing where they agree', () => {
    const [one, other] = ['{ longestClosure: 1 d, received: { I: 3 min } }', '{ longestClosure: 3 d, received: { I: 3 min } }'].map((says) => compilePolicy(documentOf(says), standing()));
    expect(diffPolicies(one!, other!).demands).toEqual([{ what: { zh: '关停最长', en: 'longest closure' }, was: { zh: '1天', en: '1 day' }, now: { zh: '3天', en: '3 days' } }]);
    expect(diffPolicies(one!, one!).demands).toEqual([]);
  });

  it('given any figures that are read, then whoever is worse off never waits longer, and each is said', () => {
    fc.assert(fc.property(
      fc.record({ received: fc.dictionary(fc.constantFrom(...ACUITIES), fc.integer({ min: 1, max: 240 }).map((minutes) => `${minutes} min`)), known: fc.dictionary(fc.constantFrom(...SERVICES), fc.integer({ min: 1, max: 72 }).map((hours) => `${hours} h`)) }),
      ({ received, known }) => {
        const answer = read(JSON.stringify({ ...(Object.keys(received).length > 0 && { received }), ...(Object.keys(known).length > 0 && { known }) }));
        if ('problems' in answer) return;
        const { receivedMinutes } = compilePolicy(answer.value, standing()).demanded;
        for (let place = 1; place < ACUITIES.length; place++) expect(receivedMinutes[ACUITIES[place - 1]!]).toBeLessThanOrEqual(receivedMinutes[ACUITIES[place]!]);
        expect(sayDemands(answer.value.demands![0]!.says)).toHaveLength(Object.keys(received).length + Object.keys(known).length);
      },
    ));
  });
});
