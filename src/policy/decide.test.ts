import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { parseInstant } from '../base/index.ts';
import { decide, policyFor } from './index.ts';
import type { CareCase, Decision } from './index.ts';
import { loadPolicies } from './load.ts';

const loaded = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)));
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
const { policies } = loaded;
const zhengzhou = policies.compiled.get('zhengzhou-2022-11-25')!;
const shanghai = policies.compiled.get('shanghai-2022-03-28')!;

const at = (text: string): number => parseInstant(text)!;
const DURING = at('2022-11-26 10:00');
const JINSHUI = '410105001';
const HUANGPU = '310101002';
/** A person of forty in Jinshui with a green code and a valid test, who walks; each case says what is different. */
const someone = (rest: Partial<CareCase>): CareCase => ({
  need: 'generalOutpatient', groups: [], findings: [], vitals: {}, ageMonths: 480, instant: DURING, town: JINSHUI,
  patientKind: 'greenCode', test: 'valid', mobility: 'walks', ...rest,
});
const inShanghai = (rest: Partial<CareCase>): CareCase => someone({ town: HUANGPU, instant: at('2022-04-02 10:00'), ...rest });
const without = (care: CareCase, ...facts: (keyof CareCase)[]): CareCase =>
  Object.fromEntries(Object.entries(care).filter(([name]) => !facts.includes(name as keyof CareCase))) as unknown as CareCase;
const chain = ({ links }: Decision): string => links.map(({ kind }) => kind).join(' ');
const clauses = ({ reasons }: Decision): string[] => reasons.map(({ clause }) => clause);

describe('what was measured', () => {
  it.each<[string, Partial<CareCase>]>([
    ['newly confused', { vitals: { consciousness: 'confused' } }], ['91 % oxygen', { vitals: { oxygenSaturationPercent: 91 } }],
    ['32 breaths a minute', { vitals: { respiratoryRatePerMinute: 32 } }], ['a pulse of 130', { vitals: { pulsePerMinute: 130 } }],
    ['34.5 °C', { vitals: { temperatureCelsius: 34.5 } }],
  ])('given somebody who asked for advice online, %s, then they are seen in person', (_what, rest) => {
    for (const policy of loaded.policies.compiled.values()) {
      const decision = decide(policy, { need: 'onlineConsultation', groups: [], findings: [], vitals: {}, ageMonths: 720, ...rest });
      expect(decision.pathway).not.toBe('remote');
      expect(decision.transport).not.toBe('none');
    }
  });
  it('given a pain or a laboratory value that a doctor can look after at a distance, then it stays online', () => {
    for (const policy of loaded.policies.compiled.values()) {
      expect(decide(policy, { need: 'onlineConsultation', groups: [], findings: [], vitals: { painScore: 5 }, ageMonths: 720 }).pathway).toBe('remote');
    }
  });
});

describe('the period and the districts', () => {
  it.each([
    ['2022-11-24T23:59:59+08:00', false], ['2022-11-25 00:00', true], ['2022-11-29T23:59:59+08:00', true],
    ['2022-11-29 24:00', false], ['2022-11-30 00:00', false],
  ])('given %s, then in force is %s', (instant, inForce) => {
    expect(decide(zhengzhou, someone({ instant: at(instant) })).policyInForce).toBe(inForce);
  });
  it.each([
    ['410105001', true], ['410171560', true], ['410172560', true], ['410104570', true], ['410105560', true],
    // Zhengdong New Area's towns with Zhongmu County's prefix, and their neighbours that it does not command.
    ['410122105', true], ['410122570', true], ['410122571', true], ['410122104', false], ['410173400', false], ['410181001', false],
    [HUANGPU, false],
  ])('given town %s, then its code alone says whether it is covered: %s', (town, covered) => {
    expect(decide(zhengzhou, someone({ town })).policyInForce).toBe(covered);
  });
  it('given no instant or no town, then the protections hold, and nobody claims to know that the policy is in force', () => {
    const child = someone({ need: 'fever', ageMonths: 24, patientKind: 'highRiskArea' });
    for (const care of [without(child, 'instant'), without(child, 'town')]) {
      const decision = decide(zhengzhou, care);
      expect(decision.policyInForce).toBe(false);
      expect(decision.closedLoop).toBe(true);
      expect(clauses(decision)).toContain('ZZ-8-under-3');
    }
  });
  it('Shanghai states no end: a year later it is still in force', () => {
    expect(decide(shanghai, inShanghai({ instant: at('2023-04-02') })).policyInForce).toBe(true);
  });
  it('the policy of a city at an instant in a district, and the standing rules elsewhere', () => {
    expect(policyFor(policies, 'zhengzhou', DURING, '410105')).toBe(zhengzhou);
    expect(policyFor(policies, 'zhengzhou', DURING, '410181')).toBe(policies.ordinary);
    expect(policyFor(policies, 'zhengzhou', at('2022-12-01'), '410105')).toBe(policies.ordinary);
  });
});

describe('four journeys', () => {
  it('a: chest pain in a high-risk area, no test: 120, through the buffer zone, nothing stands before treatment', () => {
    const decision = decide(zhengzhou, someone({ need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea', test: 'none' }));
    expect(decision).toMatchObject({
      acuity: 'II', pathway: 'emergency', priority: 'asap', transport: 'ambulance', closedLoop: true,
      venueKind: 'emergencyDepartment', entry: { testRequired: false, via: 'bufferZone' }, byAppointment: false,
    });
    expect(chain(decision)).toBe('sendUnit pickUp bring receive treat returnCar returnPickUp returnTravel confirmHome');
    expect(decision.links[3]).toEqual({ kind: 'receive', owner: 'ward', dueSeconds: 600 });
    expect(clauses(decision)).toEqual(expect.arrayContaining(['LAW-doctors-27', 'ZZ-4-channel', 'ZZ-9-no-test']));
  });
  it('b: a child of two with fever: special car, closed loop, fever clinic, no test asked, home', () => {
    const decision = decide(zhengzhou, someone({ need: 'fever', ageMonths: 24, test: 'none' }));
    expect(decision).toMatchObject({
      acuity: 'III', pathway: 'visit', venueKind: 'feverClinic', transport: 'specialCar', closedLoop: true, greenChannel: true,
    });
    expect(decision.entry.testRequired).toBe(false);
    expect(chain(decision)).toBe('slot release pass assignCar pickUp travel receive treat returnCar returnPickUp returnTravel confirmHome');
    expect(clauses(decision)).toContain('ZZ-8-under-3');
  });
  it('c: dialysis: a chair, a release, one pass for both ways, a car there and back', () => {
    const decision = decide(zhengzhou, someone({ need: 'haemodialysis', ownInstitution: 'ZZ-H-001' }));
    expect(decision).toMatchObject({ pathway: 'visit', venueKind: 'dialysisUnit', service: 'haemodialysis', transport: 'specialCar', acuity: 'III' });
    expect(decision.links.find(({ kind }) => kind === 'release')).toEqual({ kind: 'release', owner: 'committee', dueSeconds: 1_800 });
  });
  it('d: tablets for three days left: consulted, dispensed, delivered, without leaving home', () => {
    const decision = decide(zhengzhou, someone({ need: 'medicineRefill', groups: ['chronic'], ageMonths: 800 }));
    expect(decision).toMatchObject({ pathway: 'remote', venueKind: 'cloudClinic', transport: 'none', entry: { testRequired: false, via: 'none' } });
    expect(chain(decision)).toBe('consult dispense deliver confirmHome');
  });
});

describe('Zhengzhou, sentence by sentence', () => {
  const visit = (rest: Partial<CareCase>): Decision => decide(zhengzhou, someone({ need: 'specialist', ...rest }));
  it('6: outside the emergency department, by appointment; the emergency department never', () => {
    expect(visit({}).byAppointment).toBe(true);
    expect(decide(zhengzhou, someone({ need: 'emergency' })).byAppointment).toBe(false);
  });
  it.each([['highRiskArea', 'ZZ-7-high-risk'], ['isolationPoint', 'ZZ-7-isolation'], ['nonGreenSpecial', 'ZZ-7-special']] as const)(
    '7: given %s, then a special car in a closed loop', (patientKind, clause) => {
      const decision = visit({ patientKind });
      expect(decision).toMatchObject({ transport: 'specialCar', closedLoop: true, entry: { via: 'bufferZone' } });
      expect(clauses(decision)).toContain(clause);
    });
  it('7: given a green code and good legs, then on their own, with a pass for both ways, and home again', () => {
    const decision = visit({});
    expect(decision).toMatchObject({ transport: 'own', closedLoop: false, entry: { testRequired: true, via: 'direct' } });
    expect(chain(decision)).toBe('slot release pass travel receive treat returnHome confirmHome');
    expect(clauses(decision)).toContain('ZZ-7-green');
  });
  it('7: given nobody said which kind of patient, then the car: the better-attended way', () => {
    expect(decide(zhengzhou, without(someone({ need: 'specialist' }), 'patientKind'))).toMatchObject({ transport: 'specialCar', closedLoop: true });
  });
  it('8: pregnant women, the elderly and children: green channel and a car, by group or by age', () => {
    for (const rest of [{ groups: ['pregnant'] as const }, { ageMonths: 75 * 12 }, { ageMonths: 10 * 12 }]) {
      expect(visit(rest)).toMatchObject({ greenChannel: true, transport: 'specialCar' });
    }
    expect(visit({}).greenChannel).toBe(false);
  });
  it('8: under three no test is asked, one day later it is, and chooses the entrance alone', () => {
    expect(visit({ need: 'paediatrics', ageMonths: 35, test: 'none' }).entry.testRequired).toBe(false);
    expect(visit({ need: 'paediatrics', ageMonths: 36, test: 'none' }).entry).toEqual({ testRequired: true, via: 'bufferZone' });
  });
  it('9: no result or a positive one: the same pathway, the same links, another door', () => {
    const valid = visit({});
    for (const test of ['none', 'expired'] as const) expect(chain(visit({ test }))).toBe(chain(valid));
    for (const test of ['none', 'expired', 'positive', 'positiveAntigen'] as const) {
      expect(visit({ test })).toMatchObject({ pathway: 'visit', entry: { via: 'bufferZone' } });
    }
    expect(visit({ test: 'positive' })).toMatchObject({ transport: 'specialCar', closedLoop: true });
  });
  it('9: an emergency is never asked for a test, whatever it says', () => {
    for (const test of ['valid', 'expired', 'none', 'positive', 'positiveAntigen'] as const) {
      expect(decide(zhengzhou, someone({ need: 'emergency', test })).entry.testRequired).toBe(false);
    }
  });
  it('3, 4: clinics, community health centres and hospitals are open: each is said by its own sentence', () => {
    for (const [need, clause] of [['specialist', 'ZZ-3-open'], ['generalOutpatient', 'ZZ-4-grass-roots'], ['chemotherapy', 'ZZ-4-hospitals']] as const) {
      expect(clauses(visit({ need, vitals: { temperatureCelsius: 36.6 } }))).toContain(clause);
    }
  });
  it('8: given nobody said how old the child is, then no test is asked, and nobody is told that it is under three', () => {
    const decision = decide(zhengzhou, without(someone({ need: 'paediatrics' }), 'ageMonths'));
    expect(decision.entry.testRequired).toBe(false);
    const [reason] = decision.reasons.filter(({ clause }) => clause.startsWith('ZZ-8-age') || clause === 'ZZ-8-under-3');
    expect([reason!.clause, reason!.text.en]).toEqual(['ZZ-8-age-unknown', expect.stringContaining('not known')]);
  });
});

describe('Shanghai, sentence by sentence', () => {
  it('5: hypertension and diabetes: the family-doctor team', () => {
    const decision = decide(shanghai, inShanghai({ need: 'chronicFollowUp' }));
    expect(decision.pathway).toBe('remote');
    expect(decision.links[0]).toMatchObject({ kind: 'consult', owner: 'familyDoctor' });
  });
  it('6: online consultation needs no pharmacy', () => {
    expect(chain(decide(shanghai, inShanghai({ need: 'onlineConsultation' })))).toBe('consult confirmHome');
  });
  it('7: fever: a special car to the nearest fever clinic in a closed loop', () => {
    expect(decide(shanghai, inShanghai({ need: 'fever' }))).toMatchObject({ venueKind: 'feverClinic', transport: 'specialCar', closedLoop: true });
  });
  it('7: fever that came with an online request needs hands', () => {
    expect(decide(shanghai, inShanghai({ need: 'onlineConsultation', findings: ['fever'] }))).toMatchObject({ pathway: 'visit', venueKind: 'feverClinic' });
  });
  it('8: who really must go out: special vehicle to the designated institution in a closed loop, no test asked', () => {
    const decision = decide(shanghai, inShanghai({}));
    expect(decision).toMatchObject({
      venueKind: 'designatedInstitution', transport: 'specialCar', closedLoop: true, entry: { testRequired: false, via: 'direct' },
    });
    expect(chain(decision)).toContain('release pass assignCar');
  });
  it('9, 10: acute and critical: 120', () => {
    expect(decide(shanghai, inShanghai({ need: 'severeIllness' }))).toMatchObject({ pathway: 'emergency', transport: 'ambulance' });
  });
  it('3: open and unblocked: the door asks for no test, and says so', () => {
    expect(clauses(decide(shanghai, inShanghai({ test: 'none' })))).toContain('SH-3-unblocked');
  });
  it('6: the internet hospital dispenses, and the medicine comes to the door', () => {
    const decision = decide(shanghai, inShanghai({ need: 'medicineRefill' }));
    expect([chain(decision), clauses(decision)]).toEqual(['consult dispense deliver confirmHome', expect.arrayContaining(['SH-6-dispense'])]);
  });
  it('7: "or contact 120": given no car for a fever, then 120 takes the person; for any other visit the announcement names nobody else', () => {
    const excluded = [{ transport: 'specialCar', cause: 'noCar' }] as const;
    expect(decide(shanghai, inShanghai({ need: 'fever' }), { excluded })).toMatchObject({ pathway: 'visit', transport: 'ambulance', venueKind: 'feverClinic' });
    expect(decide(shanghai, inShanghai({ need: 'specialist' }), { excluded }).transport).toBe('specialCar');
  });
});

describe('outside every announcement', () => {
  it('given a walk to a clinic, then nothing is asked of anyone: no slot, no release, no pass, no test', () => {
    const decision = decide(policies.ordinary, someone({}));
    expect(chain(decision)).toBe('travel receive treat returnHome confirmHome');
    expect(decision).toMatchObject({ policyInForce: false, transport: 'own', closedLoop: false, entry: { testRequired: false, via: 'direct' } });
  });
  it('given a high-risk area, then the person still cannot walk out, and is still fetched', () => {
    expect(decide(policies.ordinary, someone({ patientKind: 'highRiskArea' }))).toMatchObject({ transport: 'specialCar', closedLoop: true });
  });
  it('given a child under six online, then a guardian is with them, and controlled medicine is not prescribed', () => {
    expect(decide(policies.ordinary, someone({ need: 'onlineConsultation', ageMonths: 60 })).safeguards).toEqual(['guardianPresent', 'controlledDrugsInPerson']);
  });
});

describe('reasons', () => {
  it('what was ruled out names the clause that did it', () => {
    const { ruledOut } = decide(zhengzhou, someone({ need: 'emergency' }));
    expect(ruledOut.find(({ option }) => option === 'pathway:visit')!.clause).toBe('LAW-doctors-27');
  });
  it('each reason leads to the wording of its clause', () => {
    const decision = decide(zhengzhou, someone({ need: 'fever', ageMonths: 24 }));
    const wordingOf = (id: string): string | undefined => zhengzhou.measures.find((measure) => measure.id === id)?.clause;
    for (const clause of clauses(decision).slice(1)) expect(wordingOf(clause)).toMatch(/\S/);
    expect(wordingOf('ZZ-8-under-3')).toContain('under the age of 3');
  });
  it('triage speaks first and names the finding, in both languages', () => {
    const [first] = decide(zhengzhou, someone({ need: 'emergency', findings: ['chestPain'] })).reasons;
    expect(first!.text).toEqual({ zh: '二级：到院后10分钟内接诊（胸痛）。', en: 'Level II: seen within 10 minutes of arriving (chest pain).' });
  });
  it('a finding nobody knows is named in what is missing', () => {
    expect(decide(zhengzhou, someone({ findings: ['purpleElbow'] })).missing).toEqual(['finding:purpleElbow']);
  });
  it('given only a need, then every fact that would help is named', () => {
    expect(decide(zhengzhou, { need: 'fever', groups: [], findings: [], vitals: {} }).missing).toEqual(
      ['instant', 'town', 'patientKind', 'test', 'ageMonths', 'mobility', 'vitals.temperatureCelsius']);
  });
});

describe('index cases: the link that broke then holds now', () => {
  it('Xi’an: an expired test at the door: buffer zone, received within a minute', () => {
    const decision = decide(zhengzhou, someone({ need: 'obstetrics', groups: ['pregnant'], findings: ['abdominalPain', 'pregnancyBleeding'], test: 'expired' }));
    expect(decision).toMatchObject({ acuity: 'I', pathway: 'emergency', priority: 'stat', entry: { testRequired: false, via: 'bufferZone' } });
    expect(decision.links.find(({ kind }) => kind === 'receive')).toEqual({ kind: 'receive', owner: 'ward', dueSeconds: 60 });
  });
  it('Zhengzhou: the infant at the isolation point: a unit is sent, nobody has to look first, the family may call', () => {
    const decision = decide(zhengzhou, someone({ need: 'paediatrics', ageMonths: 4, findings: ['poorFeeding', 'bornPreterm'], patientKind: 'isolationPoint', test: 'none' }));
    expect(decision.links[0]).toEqual({ kind: 'sendUnit', owner: 'dispatcher', dueSeconds: 180 });
  });
  it('Shanghai: the way home and the compound’s gate are links with owners, not hopes', () => {
    const decision = decide(shanghai, inShanghai({ need: 'chemotherapy', patientKind: 'nonGreenSpecial', vitals: { temperatureCelsius: 36.6 } }));
    expect(decision.links.slice(-4).map(({ kind, owner }) => `${kind} ${owner}`)).toEqual(
      ['returnCar committee', 'returnPickUp driver', 'returnTravel driver', 'confirmHome committee']);
  });
});

describe('a fever that came with another need', () => {
  const OUTSIDE = '410181001';
  it.each(['onlineConsultation', 'chronicFollowUp', 'medicineRefill', 'specialist', 'expert'] as const)('given %s with a fever, then it is seen in a fever clinic, there is a way there, and a door', (need) => {
    for (const care of [someone({ need, findings: ['fever'] }), someone({ need, findings: ['fever'], town: OUTSIDE }), someone({ need, findings: ['feverFiveDays'] })]) {
      const decision = decide(zhengzhou, care);
      expect(decision).toMatchObject({ pathway: 'visit', venueKind: 'feverClinic', service: 'feverClinic' });
      expect(decision.transport).not.toBe('none');
      expect(decision.entry.via).not.toBe('none');
    }
  });
  it('outside the period somebody lying down is fetched', () => {
    expect(decide(zhengzhou, someone({ need: 'onlineConsultation', findings: ['fever'], mobility: 'stretcher', town: OUTSIDE })))
      .toMatchObject({ transport: 'specialCar', entry: { via: 'direct' } });
  });
  it.each([{ test: 'positive' as const }, { patientKind: 'highRiskArea' as const }])('given %o and a fever, then an online need enters through the buffer zone', (rest) => {
    for (const decision of [decide(zhengzhou, someone({ need: 'onlineConsultation', findings: ['fever'], ...rest })), decide(shanghai, inShanghai({ need: 'medicineRefill', findings: ['fever'], ...rest }))]) {
      expect(decision.entry.via).toBe('bufferZone');
    }
  });
  it.each(['generalOutpatient', 'specialist', 'expert'] as const)('in Shanghai %s with a fever asks the fever clinic for the fever clinic, not for the service of another venue', (need) => {
    expect(decide(shanghai, inShanghai({ need, findings: ['fever'] }))).toMatchObject({ venueKind: 'feverClinic', service: 'feverClinic' });
  });
});

describe('a finding that needs hands, and a request that came online', () => {
  const OUTSIDE = '410181001';
  const online = (rest: Partial<CareCase>): CareCase => someone({ need: 'onlineConsultation', findings: ['cannotDrink'], ...rest });
  it.each(['onlineConsultation', 'chronicFollowUp', 'medicineRefill'] as const)('given %s and somebody who cannot drink, then they are seen in person at once, and driven there', (need) => {
    for (const decision of [decide(zhengzhou, online({ need })), decide(shanghai, inShanghai({ need, findings: ['cannotDrink'] }))]) {
      expect(decision).toMatchObject({ acuity: 'III', pathway: 'visit', venueKind: 'emergencyDepartment', transport: 'specialCar', byAppointment: false });
      expect(clauses(decision)).toContain('ORD-hands');
      expect(decision.links.map(({ kind }) => kind)).not.toContain('slot');
    }
  });
  it.each(['breathless', 'limbDeformity', 'reducedFetalMovement', 'dialysisAccessProblem', 'moderateBleeding'])('%s needs hands', (finding) => {
    expect(decide(zhengzhou, online({ findings: [finding] })).pathway).toBe('visit');
  });
  it.each(['selfHarmThoughts', 'vitalMedicineOut', 'moderatePain', 'worseningRash', 'nobodyKnowsThisOne'])('%s is looked after at a distance, where a doctor can say more', (finding) => {
    expect(decide(zhengzhou, online({ findings: [finding] })).pathway).toBe('remote');
  });
  it('given a positive result or a high-risk area, then the way is closed and the door is the buffer zone', () => {
    for (const rest of [{ test: 'positiveAntigen' as const }, { patientKind: 'highRiskArea' as const }]) {
      expect(decide(zhengzhou, online(rest))).toMatchObject({ closedLoop: true, entry: { via: 'bufferZone' }, transport: 'specialCar' });
    }
  });
  it('outside the period: on their own, unless they live where nobody walks out', () => {
    expect(decide(zhengzhou, online({ town: OUTSIDE }))).toMatchObject({ pathway: 'visit', transport: 'own' });
    expect(decide(zhengzhou, online({ town: OUTSIDE, patientKind: 'isolationPoint' }))).toMatchObject({ transport: 'specialCar', closedLoop: true });
  });
});

describe('who confirms that the person is home, and by when', () => {
  const confirm = (care: CareCase): object => decide(policies.ordinary, care).links.at(-1)!;
  it('given nobody restricts movement, then whoever came home on their own says so within a day', () => {
    expect(confirm(someone({}))).toMatchObject({ kind: 'confirmHome', owner: 'resident', dueSeconds: 86_400 });
    expect(confirm(someone({ need: 'medicineRefill' }))).toMatchObject({ owner: 'resident', dueSeconds: 86_400 });
  });
  it('given a high-risk area, then the committee sees to it within the hour, and brings the medicine', () => {
    for (const need of ['specialist', 'medicineRefill', 'emergency'] as const) {
      expect(confirm(someone({ need, patientKind: 'highRiskArea' }))).toMatchObject({ owner: 'committee', dueSeconds: 3_600 });
    }
    expect(decide(policies.ordinary, someone({ need: 'medicineRefill', patientKind: 'isolationPoint' })).links.find(({ kind }) => kind === 'deliver')!.owner).toBe('committee');
    expect(decide(policies.ordinary, someone({ need: 'medicineRefill' })).links.find(({ kind }) => kind === 'deliver')!.owner).toBe('pharmacist');
  });
});
