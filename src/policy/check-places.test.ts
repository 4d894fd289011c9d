import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../city/index.ts';
import { checkPolicy, compilePolicy } from './index.ts';
import type { CheckFinding, Effects, FindingCode, Measure } from './index.ts';
import { FACTS } from './facts.ts';
import { loadPolicies } from './load.ts';
import { boxOf, EVERYTHING, meet } from './regions.ts';
import { TREATED } from './treats.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { documents, standing } = loaded.policies;
const document = documents.get('zhengzhou-2022-11-25')!;

const emergencies = { acuity: ['I', 'II'] };
const others = { acuity: ['III', 'IV'] };
const well = { ...others, fever: ['no'], hands: ['no'] };
const anyPositive = ['positiveAntigen', 'positive'];
const remote: Effects = { pathway: 'remote', venue: 'cloudClinic', transport: 'none', entry: 'none', byAppointment: false };

const measure = (id: string, when: object, then: object): Measure => ({ id, clause: `1: "${id}"`, text: { zh: id, en: id }, when: [when], then, line: 1 }) as unknown as Measure;
/** What is found in an announcement of these measures and no others. */
const announcing = (...measures: readonly Measure[]): readonly CheckFinding[] => checkPolicy(compilePolicy({ ...document, measures }, standing)).findings;

describe('which services treat whom', () => {
  it('there is an answer for every person at every acuity, and only one', () => {
    const rows = TREATED.map(({ of }) => of.map(boxOf));
    for (const need of FACTS.need) for (const acuity of FACTS.acuity) for (const fever of FACTS.fever) for (const test of FACTS.test) {
      const person = boxOf({ need: [need], acuity: [acuity], fever: [fever], test: [test] });
      if (!meet(person, EVERYTHING)) continue;
      expect([need, acuity, fever, test, rows.filter((boxes) => boxes.some((box) => meet(box, person))).length]).toEqual([need, acuity, fever, test, 1]);
    }
  });
  it('a service chosen for somebody is no stand-in for them as well', () => {
    for (const { id, by, standIns } of TREATED) expect([id, standIns.filter((service) => by.includes(service))]).toEqual([id, []]);
    expect(new Set(TREATED.flatMap(({ by }) => by))).toEqual(new Set(SERVICES.filter((service) => service !== 'pharmacy')));
  });
});

describe('an announcement that sends somebody where nobody can treat them', { timeout: 120_000 }, () => {
  it.each<[string, object, object, string]>([
    ['emergencies, to an expert clinic where there is no emergency department', emergencies, { otherwise: { emergencyDepartment: 'expertClinic' } }, 'emergencies expertClinic.expert stand-in'],
    ['emergencies with a positive test, to a fever clinic in its place', { ...emergencies, test: anyPositive }, { otherwise: { emergencyDepartment: 'feverClinic' } }, 'emergencies feverClinic.feverClinic stand-in'],
    ['dialysis with a positive test, to a fever clinic', { ...others, need: ['haemodialysis'], test: anyPositive }, { venue: 'feverClinic' }, 'haemodialysis feverClinic.feverClinic'],
    ['dialysis, to a general clinic', { ...others, need: ['haemodialysis'] }, { venue: 'outpatientClinic' }, 'haemodialysis outpatientClinic.generalOutpatient'],
    ['dialysis, to a general clinic where its unit is closed', { ...others, need: ['haemodialysis'] }, { otherwise: { dialysisUnit: 'outpatientClinic' } }, 'haemodialysis outpatientClinic.generalOutpatient stand-in'],
    ['dialysis with a positive test, to a fever clinic where its unit is closed', { ...others, need: ['haemodialysis'], test: ['positive'] }, { otherwise: { dialysisUnit: 'feverClinic' } }, 'haemodialysis feverClinic.feverClinic stand-in'],
    ['dialysis, to an emergency department by choice', { ...others, need: ['haemodialysis'] }, { venue: 'emergencyDepartment' }, 'haemodialysis emergencyDepartment.emergency'],
    ['pregnancy in a high-risk area, to a general clinic', { ...others, need: ['obstetrics'], patientKind: ['highRiskArea'] }, { venue: 'outpatientClinic' }, 'obstetrics outpatientClinic.generalOutpatient'],
    ['chemotherapy without a test, to the general clinic of a designated institution', { ...others, need: ['chemotherapy'], test: ['none'] }, { venue: 'designatedInstitution', service: 'generalOutpatient' }, 'chemotherapy designatedInstitution.generalOutpatient'],
    ['who needs a specialist, to the dialysis of a designated institution', { ...others, need: ['specialist'], fever: ['no'] }, { venue: 'designatedInstitution', service: 'haemodialysis' }, 'specialist designatedInstitution.haemodialysis'],
    ['who needs an expert and has no test, to a ward', { ...others, need: ['expert'], fever: ['no'], test: ['none'] }, { venue: 'inpatientWard' }, 'expert inpatientWard.inpatient'],
    ['radiotherapy, to an emergency department in its place', { ...others, need: ['radiotherapy'] }, { otherwise: { radiotherapyUnit: 'emergencyDepartment' } }, 'radiotherapy emergencyDepartment.emergency stand-in'],
    ['a fever, to a general clinic', { ...others, need: ['fever'] }, { venue: 'outpatientClinic' }, 'withFever outpatientClinic.generalOutpatient'],
    ['who needs a general clinic and has no test, to a fever clinic', { ...others, need: ['generalOutpatient'], fever: ['no'], test: ['none'] }, { venue: 'feverClinic' }, 'generalOutpatient feverClinic.feverClinic'],
    ['an emergency below level II, to a general clinic', { ...others, need: ['emergency'] }, { venue: 'outpatientClinic' }, 'emergency outpatientClinic.generalOutpatient'],
    ['a grown-up, to a children’s clinic', { ...others, need: ['generalOutpatient'], fever: ['no'] }, { venue: 'paediatricClinic' }, 'grownUp paediatricClinic.paediatrics'],
  ])('given %s, then it is found', (_what, when, then, about) => {
    const findings = announcing(measure('X', when, then));
    expect(findings.map(({ key }) => key)).toContain(`cannotTreat ${about} X`);
  });
  it('given one of them, then both languages say why and where to send them instead, with the plainest example', () => {
    const [finding] = announcing(measure('X', { ...others, need: ['haemodialysis'] }, { otherwise: { dialysisUnit: 'outpatientClinic' } })).filter(({ code }) => code === 'cannotTreat');
    expect(finding!.message).toEqual({
      zh: '血液透析室不行时，“血液透析”被安排到普通门诊，那里治不了：只有透析室有透析机；急诊只能暂时处理高钾和水肿；请改为：血液透析或急诊',
      en: 'where there is no dialysis unit, "dialysis" is sent to the general clinic, which cannot treat that: only a dialysis unit has the machines; an emergency department can bridge a missed session; send it to: haemodialysis or emergency care',
    });
    expect([finding!.clauses, finding!.example!.text.en]).toEqual([['1: "X"'], 'dialysis, acuity III']);
  });
  it.each<[string, object, object]>([
    ['dialysis, to an emergency department where its unit is closed', { ...others, need: ['haemodialysis'] }, { otherwise: { dialysisUnit: 'emergencyDepartment' } }],
    ['dialysis, to the unit of a designated institution', { ...others, need: ['haemodialysis'] }, { venue: 'designatedInstitution', service: 'haemodialysis' }],
    ['a fever, to an emergency department where no fever clinic is open', { ...others, need: ['fever'] }, { otherwise: { feverClinic: 'emergencyDepartment' } }],
    ['who needs a general clinic and has a positive test, to a fever clinic', { ...others, need: ['generalOutpatient'], test: anyPositive }, { venue: 'feverClinic' }],
    ['a child who needs a general clinic, to a children’s clinic', { ...others, need: ['generalOutpatient'], fever: ['no'], age: ['sixToThirteen'] }, { venue: 'paediatricClinic' }],
    ['who needs an expert, to a specialist where there is none', { ...others, need: ['expert'], fever: ['no'] }, { otherwise: { expertClinic: 'specialistClinic' } }],
  ])('given %s, then nothing is found', (_what, when, then) => {
    expect(announcing(measure('X', when, then))).toEqual([]);
  });
  it('given a standing rule that does, then it is found as well', () => {
    const ordinary = standing.ordinary.map((rule) => (rule.id === 'ORD-dialysis' ? ({ ...rule, then: { ...rule.then, venue: 'outpatientClinic' } } as Measure) : rule));
    expect(checkPolicy(compilePolicy(undefined, { ...standing, ordinary })).findings.map(({ key }) => key)).toContain('cannotTreat haemodialysis outpatientClinic.generalOutpatient ORD-dialysis');
  });
});

describe('how somebody is seen, where, and how they get there', { timeout: 120_000 }, () => {
  it.each<[string, FindingCode, object, object]>([
    ['severe illness online', 'remoteNeedsHands', { ...well, need: ['severeIllness'] }, remote],
    ['an admission online', 'remoteNeedsHands', { ...well, need: ['inpatientAdmission'] }, remote],
    ['an emergency below level II online', 'remoteNeedsHands', { ...well, need: ['emergency'] }, remote],
    ['a child under three online', 'remoteNeedsHands', { ...well, need: ['paediatrics'], age: ['underThree'] }, remote],
    ['a first visit to a specialist online', 'remoteNeedsHands', { ...well, need: ['specialist'] }, remote],
    ['a visit to the cloud clinic', 'pathwayUnlikeVenue', { ...others, need: ['expert'] }, { venue: 'cloudClinic' }],
    ['a visit to the cloud clinic of a designated institution', 'pathwayUnlikeVenue', { ...others, need: ['expert'] }, { venue: 'designatedInstitution', service: 'cloudClinic' }],
    ['online, at a dialysis unit', 'pathwayUnlikeVenue', { ...well, need: ['onlineConsultation'] }, { venue: 'dialysisUnit' }],
    ['online, at an emergency department', 'pathwayUnlikeVenue', { ...well, need: ['onlineConsultation'] }, { venue: 'emergencyDepartment' }],
    ['the emergency pathway on their own', 'pathwayUnlikeTransport', { acuity: ['IV'], need: ['expert'], fever: ['no'] }, { pathway: 'emergency' }],
    ['the emergency pathway in a committee car', 'pathwayUnlikeTransport', { acuity: ['IV'], need: ['expert'], fever: ['no'] }, { pathway: 'emergency', transport: 'specialCar' }],
  ])('given %s, then %s', (_what, code, when, then) => {
    const finding = announcing(measure('X', when, then)).find((one) => one.code === code)!;
    expect([finding.measures.includes('X'), finding.example !== undefined]).toEqual([true, true]);
  });
});

describe('places that contradict each other, or that nobody comes to', { timeout: 120_000 }, () => {
  const dialysis = { ...others, need: ['haemodialysis'] };
  it('given two measures that send the same people to the same house for different services, then they contradict each other', () => {
    const findings = announcing(
      measure('ONE', { ...others, need: ['expert', 'specialist'], fever: ['no'] }, { venue: 'designatedInstitution', service: 'expert' }),
      measure('TWO', { ...others, need: ['specialist', 'generalOutpatient'], fever: ['no'] }, { venue: 'designatedInstitution', service: 'specialist' }));
    const finding = findings.find(({ code }) => code === 'contradiction')!;
    expect([finding.measures, finding.message.en]).toEqual([['ONE', 'TWO'], expect.stringContaining('different things of the kind of place')]);
  });
  it('given a service named that the house gives anyway, then they do not', () => {
    const [one, two] = [{ ...others, need: ['generalOutpatient'], fever: ['no'] }, { ...others, need: ['generalOutpatient', 'specialist'], fever: ['no'], age: ['unknown'] }];
    expect(announcing(measure('ONE', one, { venue: 'designatedInstitution' }), measure('TWO', two, { venue: 'designatedInstitution', service: 'generalOutpatient', closedLoop: true })).map(({ code }) => code)).not.toContain('contradiction');
  });
  it('given a stand-in for a place where nobody is sent, then its turn never comes', () => {
    const finding = announcing(measure('X', dialysis, { byAppointment: false, otherwise: { expertClinic: 'specialistClinic' } })).find(({ code }) => code === 'standInUnreached')!;
    expect([finding.key, finding.message.en]).toEqual(['standInUnreached otherwise.expertClinic X', expect.stringContaining('so its turn never comes')]);
  });
  it('given two of them that run in a circle across measures, then each is found', () => {
    const findings = announcing(
      measure('ONE', dialysis, { byAppointment: false, otherwise: { expertClinic: 'specialistClinic' } }),
      measure('TWO', dialysis, { greenChannel: true, otherwise: { specialistClinic: 'expertClinic' } }));
    expect(findings.filter(({ code }) => code === 'standInUnreached').map(({ measures }) => measures)).toEqual([['ONE'], ['TWO']]);
  });
  it('given an ambulance of an emergency replaced by a car, then its turn never comes either', () => {
    expect(announcing(measure('X', emergencies, { greenChannel: true, closedLoop: true, otherwise: { ambulance: 'specialCar' } })).map(({ code }) => code)).toContain('standInUnreached');
  });
  it('given a circle that somebody does come to, then the circle is found, and none of it is out of reach', () => {
    const found = announcing(measure('X', { ...others, need: ['expert'], fever: ['no'] }, { otherwise: { expertClinic: 'specialistClinic', specialistClinic: 'expertClinic' } })).map(({ code }) => code);
    expect(found).toContain('fallbackCircle');
    expect(found).not.toContain('standInUnreached');
  });
});
