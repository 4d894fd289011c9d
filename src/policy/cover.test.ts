import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cover } from './cover.ts';
import { GROUPS, NEEDS } from '../triage/index.ts';
import { factsOf } from './decide.ts';
import { PATIENT_KINDS, TEST_STATES } from './decision.ts';
import { FACT_NAMES, FACTS } from './facts.ts';
import type { Facts } from './facts.ts';
import { boxOf, EVERYTHING, regionsOf, takes } from './regions.ts';
import type { Box } from './regions.ts';
import { sayBox } from './say-case.ts';
import { answerTo, growTree } from './tree.ts';

/** What is in some set of conditions, and everything else, as the regions of a tree. */
function partition(conditions: Parameters<typeof boxOf>[0][]): { readonly wanted: Box[]; readonly unwanted: Box[] } {
  const [wanted, unwanted]: [Box[], Box[]] = [[], []];
  for (const region of regionsOf(growTree([conditions]).root)) (region.holds.includes(0) ? wanted : unwanted).push(region.box);
  return { wanted, unwanted };
}
const said = (...conditions: Parameters<typeof boxOf>[0][]): string[] => {
  const { wanted, unwanted } = partition(conditions);
  return cover(wanted, unwanted).map((box) => sayBox(box).en);
};

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const holds = (box: Box, facts: Facts): boolean => FACT_NAMES.every((fact) => takes(box, fact, answerTo(fact, facts)));
/** Somebody there can be: the facts of a case, not any mixture of answers. */
const anyFacts = fc.record({
  need: fc.constantFrom(...NEEDS), groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 4 }), findings: fc.constantFrom([], ['fever'], ['limbDeformity']), vitals: fc.constant({}),
  ageMonths: fc.integer({ min: 0, max: 1_200 }), test: fc.constantFrom(...TEST_STATES), patientKind: fc.constantFrom(...PATIENT_KINDS),
}, { requiredKeys: ['need', 'groups', 'findings', 'vitals'] }).chain((care) => fc.constantFrom(...FACTS.acuity).map((acuity) => factsOf(care, { acuity, fired: [] }, 'inForce')));
const anyCondition = fc.record({
  acuity: some(FACTS.acuity), need: some(FACTS.need), age: some(FACTS.age), group: some(FACTS.group), fever: some(FACTS.fever), test: some(FACTS.test), patientKind: some(FACTS.patientKind),
}, { requiredKeys: [] });

describe('a set of people said in as few words as can be', () => {
  it('given boxes that differ in one fact, then they are one', () => {
    expect(said({ need: ['fever'], test: ['none'] }, { need: ['fever'], test: ['expired'] })).toEqual(['expired test or no test, fever']);
  });
  it('given a fact that says nothing more, then it is dropped: who comes for a fever has one, who is under three is a child', () => {
    expect(said({ need: ['fever'], fever: ['yes'] })).toEqual(['fever']);
    expect(said({ age: ['underThree'], group: ['child'] })).toEqual(['under 3']);
  });
  it('given sets of groups, then they are named by the groups that matter', () => {
    expect(said({ group: ['pregnant', 'elderly'] })).toEqual(['pregnant or elderly']);
    expect(said({ group: ['disabled'], need: ['specialist'] }, { group: ['chronic'], need: ['specialist'] })).toEqual(['disabled or chronically ill, specialist clinic']);
  });
  it('given most of what there is, then what is left out is named', () => {
    expect(said({ need: FACTS.need.filter((need) => need !== 'emergency') })).toEqual(['any need but emergency']);
    expect(said({ acuity: ['III', 'IV'], test: ['expired', 'none', 'positiveAntigen', 'positive', 'unknown'] })).toEqual(['no valid test, acuity III or IV']);
  });
  it('given everybody, then everybody', () => {
    expect(sayBox(EVERYTHING).en).toBe('everybody');
  });
  it('it is the same set: whoever meets a condition is in a box, and nobody else, whatever the conditions', () => {
    fc.assert(fc.property(fc.array(anyCondition, { minLength: 1, maxLength: 4 }), fc.array(anyFacts, { minLength: 20, maxLength: 20 }), (conditions, people) => {
      const { wanted, unwanted } = partition(conditions);
      const boxes = cover(wanted, unwanted);
      expect(boxes.length).toBeLessThanOrEqual(wanted.length);
      for (const facts of people) expect(boxes.some((box) => holds(box, facts))).toBe(conditions.map(boxOf).some((box) => holds(box, facts)));
    }), { numRuns: 100 });
  });
});
