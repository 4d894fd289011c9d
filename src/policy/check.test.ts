import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AVAILABILITIES } from './availability.ts';
import { applying, checkPolicy, compilePolicy, FACTS, outcomeOf } from './index.ts';
import type { CheckFinding, CompiledPolicy, Effects, Facts, FindingCode, Measure, StandingRules } from './index.ts';
import { loadPolicies } from './load.ts';
import { answersIn, COMBINATIONS, regionsOf } from './regions.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { compiled, ordinary, standing, documents } = loaded.policies;
const zhengzhou = documents.get('zhengzhou-2022-11-25')!;

const measure = (id: string, when: object[], then: object, over: readonly string[] = []): Measure =>
  ({ id, clause: `1: "${id}"`, text: { zh: id, en: id }, when, then: then as Effects, line: 1, over }) as Measure;
/** The announcement of Zhengzhou's period and districts, with these measures and no others, or before its own. */
const announced = (...measures: Measure[]): CompiledPolicy => compilePolicy({ ...zhengzhou, measures }, standing);
const beside = (...measures: Measure[]): CompiledPolicy => compilePolicy({ ...zhengzhou, measures: [...measures, ...zhengzhou.measures] }, standing);
/** The standing rules with these as law: nothing stands before them. */
const lawful = (...measures: Measure[]): CompiledPolicy => compilePolicy(undefined, { ...standing, law: [...measures, ...standing.law] });
const found = (policy: CompiledPolicy, code: FindingCode): CheckFinding | undefined => checkPolicy(policy).findings.find((finding) => finding.code === code);
const codes = (policy: CompiledPolicy): readonly FindingCode[] => checkPolicy(policy).findings.map(({ code }) => code);

const unhurried = { timeout: 120_000 };

describe('the walk', unhurried, () => {
  it.each([...compiled.values(), ordinary].map((policy) => [policy.id, policy] as const))('%s: nothing is found', (_id, policy) => {
    const report = checkPolicy(policy);
    expect(report.findings).toEqual([]);
    expect(report.stoodFor).toBe(COMBINATIONS * AVAILABILITIES.length);
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
  it('tells how far it has come, up to the end', () => {
    const parts: number[] = [];
    checkPolicy(compiled.get('zhengzhou-2022-11-25')!, undefined, (part) => parts.push(part));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.at(-1)).toBe(1);
  });
});

describe('what must not happen to anybody', unhurried, () => {
  const others = { acuity: ['III', 'IV'] };
  it.each<[string, FindingCode, CompiledPolicy]>([
    ['an emergency asked for a test', 'testBeforeEmergency', lawful(measure('X', [{ acuity: ['I'] }], { venue: 'designatedInstitution', testRequired: true }))],
    ['an emergency on another pathway', 'emergencyPathway', lawful(measure('X', [{ acuity: ['I'] }], { pathway: 'visit' }))],
    ['an emergency that waits for a slot', 'emergencyWaits', lawful(measure('X', [{ acuity: ['II'] }], { pathway: 'visit', venue: 'designatedInstitution', byAppointment: true }))],
    ['an emergency department behind an appointment', 'slotBeforeEmergency', announced(measure('X', [{ ...others, need: ['emergency'] }], { byAppointment: true }))],
    ['a small child asked for a test', 'underThreeTested', announced(measure('X', [{ ...others, need: ['fever'] }], { testRequired: true }))],
    ['a test asked at the only door', 'groundBlocks', announced(measure('X', [{ ...others, need: ['specialist'], age: ['fourteenAndOver'] }], { testRequired: true }))],
    ['a visit with no way there', 'visitWithoutWay', announced(measure('X', [{ ...others, need: ['specialist'] }], { transport: 'none' }))],
    ['a visit with no door', 'visitWithoutDoor', announced(measure('X', [{ ...others, need: ['specialist'] }], { entry: 'none' }))],
    ['a remote visit with a vehicle', 'remoteWithVehicle', announced(measure('X', [{ ...others, need: ['medicineRefill'] }], { pathway: 'remote', transport: 'specialCar' }))],
    ['dialysis at a distance', 'remoteNeedsHands', announced(measure('X', [{ ...others, need: ['haemodialysis'] }], { pathway: 'remote' }))],
    ['a finding that needs hands, at a distance', 'remoteNeedsHands', announced(measure('X', [{ ...others, need: ['medicineRefill'], hands: ['yes'] }], { pathway: 'remote' }))],
    ['a closed loop without a driver', 'ownWayInClosedLoop', announced(measure('X', [{ ...others, need: ['specialist'] }], { transport: 'own', closedLoop: true }))],
    ['somebody lying down told to go on their own', 'ownWayLyingDown', announced(measure('X', [{ ...others, need: ['specialist'] }], { transport: 'own' }))],
    ['somebody in a high-risk area told to go on their own', 'ownWayRestricted', announced(measure('X', [{ ...others, need: ['specialist'] }], { transport: 'own' }))],
    ['a positive test at the ordinary entrance', 'positiveBesideOthers', announced(measure('X', [{ ...others, need: ['specialist'] }], { entry: 'direct' }))],
    ['a driver who has no car', 'driverWithoutCar', announced(measure('X', [{ ...others, need: ['specialist'] }], { links: { ownTravel: { owner: 'driver' } } }))],
    ['a fever clinic that is to give dialysis', 'serviceUnlikeVenue', announced(measure('X', [{ ...others, need: ['haemodialysis'] }], { venue: 'feverClinic', service: 'haemodialysis' }))],
    ['stand-ins that run in a circle', 'fallbackCircle', announced(
      measure('X', [{ ...others, need: ['fever'] }], { otherwise: { feverClinic: 'outpatientClinic' } }),
      measure('Y', [{ ...others, need: ['fever'] }], { otherwise: { outpatientClinic: 'feverClinic' } }))],
  ])('given %s, then %s, with the measure, an example in words and how many combinations show it', (_what, code, policy) => {
    const finding = found(policy, code)!;
    expect(finding.measures).toContain('X');
    expect(finding.clauses).toContain('1: "X"');
    expect(finding.example!.text.en).not.toBe('');
    expect(finding.combinations).toBeGreaterThan(0);
    expect(finding.combinations).toBeLessThan(COMBINATIONS * AVAILABILITIES.length);
  });
  it('given several who show it, then the plainest of them is the example', () => {
    const finding = found(announced(measure('X', [{ acuity: ['III', 'IV'], need: ['specialist'] }], { transport: 'own' })), 'ownWayLyingDown')!;
    expect(finding.example!.text.en).toBe('lying down, specialist clinic, acuity III');
  });
  it('given a step that only exists when nobody can be found, then it is found with its share of what may be available', () => {
    const rules: StandingRules = { ...standing, ordinary: standing.ordinary.map((one) => (one.id === 'DUE-links' ? { ...one, then: { ...one.then, links: { ...one.then.links, findPlace: {} } } } : one)) as Measure[] };
    expect(found(compilePolicy(undefined, rules), 'unsettled')!.key).toBe('unsettled findPlace.owner');
  });
  it('given standing rules that say nothing, then every attribute is unsettled, and people are still sent help', () => {
    const silent = compilePolicy(undefined, { version: '0', law: [], ordinary: [] });
    expect(codes(silent)).toContain('unsettled');
    expect(outcomeOf(silent, [...regionsOf(silent.forest.root)][0]!.facts).plan(0, 0, false).links[0]!.kind).toBe('sendUnit');
  });
  it('given a ground that makes a deadline longer, then the ground blocks; the type forbids it, so only a hole in the types gets there', () => {
    const finding = found(announced(measure('X', [{ acuity: ['III'], need: ['specialist'], test: ['none'] }], { links: { receive: { owner: 'ward', dueSeconds: { III: 7_200 } } } })), 'groundBlocks')!;
    expect([finding.key, finding.example!.text.en]).toEqual(['groundBlocks deadline receive X', 'no test, specialist clinic, acuity III']);
  });
});

describe('what is wrong between the measures of an announcement', unhurried, () => {
  const clinics = { acuity: ['III', 'IV'], need: ['specialist', 'expert'] };
  it('given one that applies to nobody, then it is found, without an example', () => {
    const finding = found(announced(measure('X', [{ need: ['fever'], fever: ['no'] }], { greenChannel: true })), 'neverApplies')!;
    expect([finding.measures, finding.example, finding.combinations]).toEqual([['X'], undefined, 0]);
  });
  it('given one that changes neither what is done nor what is told, then it is found', () => {
    expect(found(announced(measure('X', [{ acuity: ['I', 'II'] }], { links: { sendUnit: { owner: 'dispatcher' } } })), 'changesNothing')!.measures).toEqual(['X']);
  });
  it('given one that another always speaks over, then it is found', () => {
    expect(codes(announced(measure('X', [clinics], { venue: 'expertClinic' }), measure('Y', [{ ...clinics, need: ['expert'] }], { venue: 'outpatientClinic' })))).toContain('changesNothing');
  });
  it('given one of whose words one is always spoken over by the law, then that word is named', () => {
    const finding = found(announced(measure('X', [{ acuity: ['I', 'II'] }], { transport: 'own', closedLoop: true })), 'spokenOver')!;
    expect(finding.key).toBe('spokenOver transport X');
  });
  it('given a service without a venue, then it is found', () => {
    expect(codes(announced(measure('X', [clinics], { service: 'expert', greenChannel: true })))).toContain('serviceWithoutVenue');
  });
  const [cars, walks] = [measure('CARS', [{ ...clinics, mobility: ['walks'] }], { transport: 'specialCar' }), measure('WALKS', [{ ...clinics, patientKind: ['greenCode'], test: ['valid'], fever: ['no'], mobility: ['walks', 'wheelchair'] }], { transport: 'own' })];
  it('given two that say different things to the same people, neither more particular, then they contradict each other', () => {
    const finding = found(announced(cars, walks), 'contradiction')!;
    expect([finding.measures, finding.message.en]).toEqual([['CARS', 'WALKS'], expect.stringContaining('write over: [WALKS] into CARS')]);
    expect(finding.example!.text.en).toBe('specialist clinic, acuity III');
  });
  it('given one of them says that it goes over the other, then they do not', () => {
    expect(codes(announced({ ...cars, over: ['WALKS'] }, walks))).not.toContain('contradiction');
  });
  it('given a claim to go over one that stands before it, or that never meets it, then it is in vain', () => {
    expect(found(announced(cars, { ...walks, over: ['CARS'] }), 'overInVain')!.key).toBe('overInVain CARS WALKS');
  });
  it('given one that is more particular and stands first, then it is an exception and no contradiction', () => {
    expect(codes(announced(measure('ONE', [{ ...clinics, need: ['expert'] }], { greenChannel: true }), measure('ALL', [clinics], { greenChannel: false })))).toEqual([]);
  });
});

describe('an announcement among the standing rules', unhurried, () => {
  it('cannot take the law back', () => {
    const hostile = codes(beside(measure('BAD', [], { pathway: 'visit', testRequired: true, byAppointment: true })));
    expect(hostile).not.toContain('emergencyPathway');
    expect(hostile).not.toContain('testBeforeEmergency');
    // What it says of others is what a reviewer is there for.
    expect(hostile).toContain('underThreeTested');
  });
  it('says nothing outside its period', () => {
    const policy = compiled.get('zhengzhou-2022-11-25')!;
    for (const { facts } of regionsOf(ordinary.forest.root)) {
      if (facts.period === 'inForce') continue;
      expect(outcomeOf(policy, facts).plan(0, 0, false).links).toEqual(outcomeOf(ordinary, facts).plan(0, 0, false).links);
    }
  });
  it('the same fault has the same key in every check', () => {
    const policy = (): CompiledPolicy => beside(measure('BAD', [], { testRequired: true }));
    const [keys, again] = [policy(), policy()].map((one) => checkPolicy(one).findings.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys!.length);
    expect(again).toEqual(keys);
  });
});
