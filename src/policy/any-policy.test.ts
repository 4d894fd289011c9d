import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { FINDINGS, GROUPS, NEEDS } from '../triage/index.ts';
import { checkPolicy, compilePolicy, decide, diffPolicies, factsOf, findDifferences, judgeAlone, LINK_OWNERS, PATHWAYS, PATIENT_KINDS, policiesDiffer, TEST_STATES, TRANSPORTS, VENUE_KINDS, WAITING_LINKS } from './index.ts';
import type { CareCase, CompiledPolicy, Decision, Facts, FindingCode, Measure } from './index.ts';
import { FACTS } from './facts.ts';
import { loadPolicies } from './load.ts';

/** Announcements nobody would write, beside the standing rules: what holds for them holds for whatever a city announces. */
const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { documents, standing } = loaded.policies;
const document = documents.get('zhengzhou-2022-11-25')!;

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const condition = fc.record({
  acuity: some(FACTS.acuity), need: some(FACTS.need), age: some(FACTS.age), group: some(FACTS.group), fever: some(FACTS.fever), hands: some(FACTS.hands),
  mobility: some(FACTS.mobility), patientKind: some(FACTS.patientKind), test: some(FACTS.test), ownInstitution: some(FACTS.ownInstitution),
}, { requiredKeys: [] });
const effects = fc.record({
  pathway: fc.constantFrom(...PATHWAYS), venue: fc.constantFrom(...VENUE_KINDS), transport: fc.constantFrom(...TRANSPORTS), choice: fc.constantFrom('nearest', 'counterpartFirst'),
  byAppointment: fc.boolean(), testRequired: fc.boolean(), release: fc.boolean(), closedLoop: fc.boolean(), greenChannel: fc.boolean(), entry: fc.constantFrom('direct', 'bufferZone', 'none'),
  otherwise: fc.constantFrom({ specialCar: 'ambulance' }, { feverClinic: 'emergencyDepartment' }, { own: 'specialCar', specialCar: 'ambulance' }, { maternityUnit: 'inpatientWard', inpatientWard: 'maternityUnit' }),
  links: fc.record({ receive: fc.record({ owner: fc.constantFrom(...LINK_OWNERS) }), slot: fc.record({ dueSeconds: fc.constantFrom({ III: 60 }, { III: 600, IV: 7_200 }) }) }, { requiredKeys: [] }),
}, { requiredKeys: [] });
const anyMeasures = fc.array(fc.record({ when: fc.array(condition, { maxLength: 2 }), then: effects }), { minLength: 1, maxLength: 4 })
  .map((written) => written.map(({ when, then }, place) => ({ id: `M${place}`, clause: `1: "${place}"`, text: { zh: '一', en: 'one' }, when, then, line: place }) as unknown as Measure));
const compiled = (measures: readonly Measure[]): CompiledPolicy => compilePolicy({ ...document, measures }, standing);
const anyPolicy = anyMeasures.map(compiled);
/** One that takes nothing from anybody: whatever its conditions, the check has to pass it. */
const gentlePolicy = anyMeasures.map((measures) => compiled(measures.map((measure) => ({ ...measure, then: { greenChannel: true } }))));

const anyCase: fc.Arbitrary<CareCase> = fc.record({
  need: fc.constantFrom(...NEEDS), groups: fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 3 }), findings: fc.uniqueArray(fc.constantFrom(...FINDINGS.map(({ code }) => code)), { maxLength: 1 }),
  vitals: fc.constant({}), ageMonths: fc.integer({ min: 0, max: 1_200 }), instant: fc.constantFrom(parseInstant('2022-11-20')!, parseInstant('2022-11-26')!, parseInstant('2022-12-20')!),
  town: fc.constantFrom('410105001', '310101002'), patientKind: fc.constantFrom(...PATIENT_KINDS), test: fc.constantFrom(...TEST_STATES), mobility: fc.constantFrom('walks' as const, 'wheelchair' as const, 'stretcher' as const),
}, { requiredKeys: ['need', 'groups', 'findings', 'vitals'] });
const cases = fc.array(anyCase, { minLength: 30, maxLength: 30 });

/** What the promises of this room say of one decision. */
function promisesKept(care: CareCase, { acuity, pathway, entry, links, byAppointment, transport }: Decision): void {
  const kinds = links.map(({ kind }) => kind);
  expect(links.every(({ owner, dueSeconds }) => owner && dueSeconds > 0 && dueSeconds <= 604_800)).toBe(true);
  if (acuity === 'I' || acuity === 'II') {
    expect([pathway, entry.testRequired, byAppointment]).toEqual(['emergency', false, false]);
    expect(kinds.slice(0, kinds.indexOf('receive')).filter((kind) => WAITING_LINKS.has(kind))).toEqual([]);
  }
  if (kinds.includes('receive')) expect([kinds.includes('returnTravel') || kinds.includes('returnHome'), kinds.at(-1)]).toEqual([true, 'confirmHome']);
  if (care.ageMonths !== undefined && care.ageMonths < 36) expect(entry.testRequired).toBe(false);
  if (entry.testRequired && care.test !== 'valid') expect(entry.via).toBe('bufferZone');
  if (pathway === 'visit') expect([transport === 'none', entry.via === 'none', transport === 'own' && care.mobility === 'stretcher']).toEqual([false, false, false]);
}

/** What a decision does and says, without the name of the policy. */
const essence = (policy: CompiledPolicy, care: CareCase): string => {
  const { policy: _, policyInForce: __, ...rest } = decide(policy, care);
  return JSON.stringify(rest);
};

/** How measures stand to each other is for their author; everything else is somebody who is left without care. */
const AMONG_MEASURES: ReadonlySet<FindingCode> = new Set(['contradiction', 'overInVain', 'spokenOver', 'serviceWithoutVenue', 'standInUnreached', 'neverApplies', 'changesNothing']);

describe('whatever a city announces', { timeout: 120_000 }, () => {
  it('the check comes to an end, names each fault once, and what it passes keeps every promise', () => {
    let passed = 0;
    fc.assert(fc.property(fc.oneof(anyPolicy, gentlePolicy), cases, (policy, people) => {
      const { findings } = checkPolicy(policy);
      expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
      for (const { message } of findings) expect([message.zh, message.en]).not.toContain('');
      if (findings.some(({ code }) => !AMONG_MEASURES.has(code))) return;
      passed += 1;
      for (const care of people) promisesKept(care, decide(policy, care));
    }), { numRuns: 30, examples: [[compilePolicy(document, standing), []]] });
    expect(passed).toBeGreaterThan(0);
  });
  it('the walk finds what a plain reading finds: whatever is wrong with one person is in the report, and each example is wrong by itself', () => {
    fc.assert(fc.property(anyPolicy, cases, (policy, people) => {
      const harm = checkPolicy(policy).findings.filter(({ code }) => !AMONG_MEASURES.has(code));
      const found = new Set(harm.map(({ code, measures }) => [code, ...measures].join(' ')));
      const said = (facts: Facts): string[] => judgeAlone(policy, facts).map(({ code, measures }) => [code, ...new Set(measures.flatMap((measure) => measure?.id ?? []))].join(' '));
      for (const care of people) for (const fault of said(factsOf(care, decide(policy, care), 'inForce'))) expect(found).toContain(fault);
      for (const { code, measures, example } of harm) expect(said(example!.facts)).toContain([code, ...measures].join(' '));
    }), { numRuns: 15 });
  });
  it('a policy differs from itself for nobody', () => {
    fc.assert(fc.property(anyMeasures, (measures) => {
      const [one, same] = [0, 1].map(() => compilePolicy({ ...document, measures: structuredClone(measures) as Measure[] }, standing)) as [CompiledPolicy, CompiledPolicy];
      expect(policiesDiffer(one, same)).toBe(false);
    }), { numRuns: 40 });
  });
  it('somebody is treated differently when, and only when, they are in a class of the diff; told otherwise alike', () => {
    fc.assert(fc.property(anyPolicy, anyPolicy, cases, (first, second, people) => {
      const { classes, toldOtherwise } = diffPolicies(first, second);
      const keys = new Set(classes.map(({ key }) => key));
      const found = new Set<string>();
      for (const care of people) {
        const differences = findDifferences(first, second, care);
        if (differences) found.add(differences.find((key) => keys.has(key)) ?? `in no class: ${differences.join()}`);
        else if (essence(first, care) !== essence(second, care)) expect(toldOtherwise.length).toBeGreaterThan(0);
        else continue;
        expect(essence(first, care)).not.toBe(essence(second, care));
      }
      for (const key of found) expect(keys).toContain(key);
      expect(policiesDiffer(first, second)).toBe(classes.length + toldOtherwise.length > 0);
    }), { numRuns: 10 });
  });
});
