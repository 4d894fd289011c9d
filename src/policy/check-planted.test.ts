import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkPolicy, compilePolicy } from './index.ts';
import type { CheckFinding, Effects, FindingCode, LinkKind, LinkTerms, Measure, StandingRules } from './index.ts';
import { SETS } from './facts.ts';
import { loadPolicies } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { documents, standing } = loaded.policies;
const document = documents.get('zhengzhou-2022-11-25')!;

const HOUR = 3_600;
const DAY = 24 * HOUR;
const emergencies = { acuity: ['I', 'II'] };
const others = { acuity: ['III', 'IV'] };
const REMOTE = SETS.need!.remote!;

/** What is found in an announcement that says this and nothing else. */
function announcing(when: object, then: Effects): readonly CheckFinding[] {
  const measure = { id: 'X', clause: '1: "X"', text: { zh: '一', en: 'one' }, when: [when], then, line: 1 } as unknown as Measure;
  return checkPolicy(compilePolicy({ ...document, measures: [measure] }, standing)).findings;
}
const late = (step: LinkKind, ...seconds: readonly [I: number, II: number, III: number, IV: number]): Effects => ({ links: { [step]: { dueSeconds: { I: seconds[0], II: seconds[1], III: seconds[2], IV: seconds[3] } } } });
const all = (seconds: number): [number, number, number, number] => [seconds, seconds, seconds, seconds];

/** What is found in standing rules after one of them was changed; undefined leaves it out. */
function standingWith(id: string, changed: (rule: Measure) => Measure | undefined): readonly CheckFinding[] {
  const rules = (list: readonly Measure[]): readonly Measure[] => list.flatMap((one) => (one.id === id ? (changed(one) ?? []) : one));
  const changedRules: StandingRules = { ...standing, law: rules(standing.law), ordinary: rules(standing.ordinary) };
  return checkPolicy(compilePolicy(undefined, changedRules)).findings;
}
const withLink = (step: LinkKind, terms: LinkTerms) => (rule: Measure): Measure =>
  ({ ...rule, then: { ...rule.then, links: { ...rule.then.links, [step]: { ...rule.then.links?.[step], ...terms } } } }) as Measure;

describe('an announcement that makes somebody wait', { timeout: 120_000 }, () => {
  it.each<[string, LinkKind, object, Effects, readonly FindingCode[]]>([
    ['an ambulance within half an hour', 'sendUnit', emergencies, late('sendUnit', ...all(1_800)), ['slower', 'emergencyWaits']],
    ['an emergency received within the hour', 'receive', emergencies, late('receive', ...all(HOUR)), ['slower', 'emergencyWaits']],
    ['an emergency picked up within the week', 'pickUp', emergencies, late('pickUp', ...all(7 * DAY)), ['slower', 'emergencyWaits']],
    ['an emergency brought within a day', 'bring', emergencies, late('bring', ...all(DAY)), ['slower', 'emergencyWaits']],
    ['a place found for an emergency within the week', 'findPlace', emergencies, late('findPlace', ...all(7 * DAY)), ['slower', 'emergencyWaits']],
    ['an emergency treated within the week', 'treat', emergencies, late('treat', ...all(7 * DAY)), ['slower']],
    ['level I received after level IV', 'receive', emergencies, late('receive', DAY, 60, 60, 60), ['slower', 'emergencyWaits']],
    ['a slot within the week', 'slot', { ...others, need: ['haemodialysis'] }, late('slot', ...all(7 * DAY)), ['slower']],
    ['a slot within the week for those without an institution of their own', 'slot', { ...others, need: ['haemodialysis'], ownInstitution: ['no'] }, late('slot', ...all(7 * DAY)), ['slower']],
    ['a named group received later than others', 'receive', { ...others, need: ['obstetrics'], group: ['pregnant'] }, late('receive', ...all(7 * DAY)), ['slower']],
    ['a doctor online within the day', 'consult', { ...others, need: ['onlineConsultation'] }, late('consult', ...all(DAY)), ['slower']],
  ])('given %s, then it is found, with what was and what is now', (_what, step, when, then, codes) => {
    const findings = announcing(when, then);
    for (const code of codes) {
      const finding = findings.find((one) => one.code === code)!;
      expect([finding.measures, finding.clauses, finding.key.split(' ')[1]]).toEqual([['X'], ['1: "X"'], step]);
      expect(finding.combinations).toBeGreaterThan(0);
    }
  });
  it('given what was and what is now, then both are said in both languages, with an example', () => {
    const { message, example } = announcing({ acuity: ['I'] }, late('sendUnit', ...all(1_800))).find(({ code }) => code === 'slower')!;
    expect(message.en).toBe('"ambulance sent" is given longer: 1 min without the announcement, now 30 min; take the deadline out, or make it no longer than that');
    expect(message.zh).toBe('“派救护车”要等得更久：平时1分钟，现在30分钟；请删去这个时限，或改得不比平时长');
    expect(example!.text.en).toBe('general clinic, acuity I');
  });
  it('given shorter deadlines, or the same, then nothing is found of them', () => {
    expect(announcing(others, late('receive', 60, 60, 600, 600)).map(({ code }) => code)).not.toContain('slower');
    expect(announcing(others, late('receive', 60, 600, 1_800, 3_600)).map(({ code }) => code)).not.toContain('slower');
  });
  it.each<[LinkKind, number]>([['sendUnit', 7 * DAY], ['receive', DAY], ['pickUp', 3 * DAY], ['bring', DAY]])(
    'given standing rules that give an emergency too long for %s, then they are found as well', (step, seconds) => {
      expect(standingWith('DUE-links', withLink(step, { dueSeconds: { I: seconds, II: seconds, III: seconds, IV: seconds } })).map(({ code }) => code)).toContain('emergencyWaits');
    });
});

describe('what standing rules may not give either', { timeout: 120_000 }, () => {
  it('given level III received within the week, then it is found', () => {
    const finding = standingWith('DUE-links', withLink('receive', { dueSeconds: { I: 60, II: 600, III: 7 * DAY, IV: HOUR } })).find(({ code }) => code === 'slower')!;
    expect(finding.message.en).toBe('at level III "received" is given 7 d; at most 30 min');
  });
});

describe('an announcement that keeps somebody in, or leaves them out', { timeout: 120_000 }, () => {
  it.each<[string, FindingCode, object, Effects]>([
    ['a high-risk area without release', 'visitWithoutRelease', { ...others, patientKind: ['highRiskArea'] }, { release: false }],
    ['nobody released without a test', 'groundBlocks', { ...others, test: ['none'] }, { release: false }],
    ['nobody released', 'visitWithoutRelease', others, { release: false }],
    ['a closed loop that does not open the gate', 'visitWithoutRelease', others, { closedLoop: true, release: false, transport: 'specialCar' }],
    ['a high-risk area without the green channel', 'groundBlocks', { patientKind: ['highRiskArea'] }, { greenChannel: false }],
    ['a positive test that goes home alone', 'groundBlocks', { test: ['positive', 'positiveAntigen'] }, { wayBack: 'own' }],
    ['emergencies that go home alone', 'noWayBack', emergencies, { wayBack: 'own' }],
    ['emergencies lying down that go home alone', 'noWayBack', { ...emergencies, mobility: ['stretcher'] }, { wayBack: 'own' }],
    ['emergencies without the green channel', 'emergencyWaits', emergencies, { greenChannel: false }],
    ['a closed loop that the person ends alone', 'ownWayInClosedLoop', { patientKind: ['isolationPoint'] }, { links: { confirmHome: { owner: 'resident' } } }],
    ['an emergency need behind a slot', 'slotBeforeEmergency', { ...others, need: ['emergency'] }, { venue: 'outpatientClinic', byAppointment: true }],
    ['a finding that needs hands behind a slot', 'slotBeforeEmergency', { ...others, need: REMOTE, hands: ['yes'] }, { venue: 'outpatientClinic', byAppointment: true }],
  ])('given %s, then %s', (_what, code, when, then) => {
    expect(announcing(when, then).filter((one) => one.code === code && one.measures.includes('X'))).not.toEqual([]);
  });
  it('given a closed loop that a ground takes away, then the ground blocks', () => {
    const loop = { id: 'LOOP', clause: '1: "L"', text: { zh: '一', en: 'one' }, when: [{ ...others, need: ['specialist'] }], then: { transport: 'specialCar', closedLoop: true }, line: 1 } as unknown as Measure;
    const open = { ...loop, id: 'OPEN', when: [{ ...others, need: ['specialist'], patientKind: ['highRiskArea'] }], then: { closedLoop: false } } as unknown as Measure;
    expect(checkPolicy(compilePolicy({ ...document, measures: [open, loop] }, standing)).findings.map(({ key }) => key)).toContain('groundBlocks without closedLoop OPEN');
  });
  it.each<[string, FindingCode]>([
    ['NAT-release', 'visitWithoutRelease'], ['NAT-hands', 'visitWithoutRelease'], ['NAT-zone', 'ownWayRestricted'], ['NAT-way-back', 'noWayBack'],
    ['ORD-lying-home', 'noWayBack'], ['NAT-buffer', 'unknownBesideOthers'], ['LAW-online-19-under-6', 'remoteWithoutGuardian'],
  ])('given standing rules without %s, then %s', (id, code) => {
    expect(standingWith(id, () => undefined).map((one) => one.code)).toContain(code);
  });
});
