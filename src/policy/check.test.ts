import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applying, checkPolicy, compilePolicy, FACTS, formatFacts, outcomeOf } from './index.ts';
import type { Effects, Facts, Measure, StandingRules } from './index.ts';
import { answersIn, COMBINATIONS, regionsOf } from './regions.ts';
import { loadPolicies } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { compiled, ordinary, standing, documents } = loaded.policies;

const measure = (id: string, when: Measure['when'], then: Effects): Measure => ({ id, clause: '0', text: { zh: id, en: id }, when, then, line: 1 }) as Measure;
const withLaw = (...measures: Measure[]): StandingRules => ({ ...standing, law: [...measures, ...standing.law] });
/** The ordinary rules alone are quick to walk. */
const check = (...measures: Measure[]) => checkPolicy(compilePolicy(undefined, withLaw(...measures)));

/** A walk takes a second or two; on a busy machine it may take longer, and is no worse for it. */
const unhurried = { timeout: 120_000 };

describe('the walk', unhurried, () => {
  it.each([...compiled.values(), ordinary].map((policy) => [policy.id, policy] as const))('%s: nothing is found', (_id, policy) => {
    const report = checkPolicy(policy);
    expect(report.findings).toEqual([]);
    expect(report.stoodFor).toBe(COMBINATIONS);
  });
  it('a region says the same of each of its members', () => {
    const policy = compiled.get('shanghai-2022-03-28')!;
    let compared = 0;
    for (const { facts, box } of regionsOf(policy.forest.root)) {
      if (facts.need !== 'specialist') continue;
      for (const answer of answersIn(box, 'test')) {
        const member: Facts = { ...facts, test: FACTS.test[answer]! };
        expect(applying(policy, member)).toEqual(applying(policy, facts));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

describe('what the checker finds', unhurried, () => {
  it.each<[string, Measure, string]>([
    ['an emergency that a test stands before', measure('X', [{ acuity: ['I'] }], { testRequired: true }), 'testBeforeEmergency'],
    ['an emergency on another pathway, with a slot before it', measure('X', [{ acuity: ['I'] }], { pathway: 'visit', byAppointment: true }), 'emergencyPathway'],
    ['an emergency that waits', measure('X', [{ acuity: ['II'] }], { pathway: 'visit', release: true }), 'emergencyWaits'],
    ['a small child asked for a test', measure('X', [{ need: ['fever'], acuity: ['III'] }], { testRequired: true }), 'underThreeTested'],
    ['a measure that can never apply', measure('X', [{ acuity: [] }], { release: true }), 'neverApplies'],
  ])('given %s, then it is found, with an example', (_what, bad, code) => {
    const found = check(bad).findings.find((finding) => finding.code === code)!;
    expect(found.combinations).toBeGreaterThan(0);
    if (found.example) expect(formatFacts(found.example)).toContain('need ');
  });
  it('given standing rules that say nothing, then every attribute is unsettled, and people are still sent help', () => {
    const silent = compilePolicy(undefined, { version: '0', law: [], ordinary: [] });
    const report = checkPolicy(silent);
    expect(report.findings.map(({ code }) => code)).toContain('unsettled');
    const outcome = outcomeOf(silent, [...regionsOf(silent.forest.root)][0]!.facts);
    expect(outcome.plan(0, 0, false).links[0]!.kind).toBe('sendUnit');
  });
  it('given the deadline of a step is taken away, then its step is named', () => {
    const rules: StandingRules = { ...standing, ordinary: standing.ordinary.filter(({ id }) => id !== 'DUE-links') };
    const messages = checkPolicy(compilePolicy(undefined, rules)).findings.map(({ message }) => message);
    expect(messages.join()).toContain('receive.within');
  });
});

describe('an announcement among the standing rules', unhurried, () => {
  it('cannot take the law back', () => {
    const document = documents.get('zhengzhou-2022-11-25')!;
    const hostile = { ...document, measures: [measure('BAD', [], { pathway: 'visit' as const, testRequired: true, byAppointment: true }), ...document.measures] };
    const codes = checkPolicy(compilePolicy(hostile, standing)).findings.map(({ code }) => code);
    expect(codes).not.toContain('emergencyPathway');
    expect(codes).not.toContain('testBeforeEmergency');
    // What it says of others is what a reviewer is there for.
    expect(codes).toContain('underThreeTested');
  });
  it('is told which of its measures an earlier one always speaks over', () => {
    const document = documents.get('shanghai-2022-03-28')!;
    const late = measure('LATE', [{ need: ['fever'], acuity: ['III', 'IV'] }], { venue: 'outpatientClinic' });
    const report = checkPolicy(compilePolicy({ ...document, measures: [...document.measures, late] }, standing));
    expect(report.findings.map(({ code, message }) => [code, message.split(' ')[1]])).toEqual([['neverHeard', 'LATE']]);
  });
  it('says nothing outside its period', () => {
    const policy = compiled.get('zhengzhou-2022-11-25')!;
    for (const { facts } of regionsOf(ordinary.forest.root)) {
      if (facts.period === 'inForce') continue;
      expect(outcomeOf(policy, facts).plan(0, 0, false).links).toEqual(outcomeOf(ordinary, facts).plan(0, 0, false).links);
    }
  });
});
