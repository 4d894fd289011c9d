import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, parseInstant } from '../src/base/index.ts';
import { decide as reportStatus, initialStatus, statusOf, travelEstimate, withStatus, type LiveStatus } from '../src/city/index.ts';
import { DIALYSIS_SAFE_GAP_MS } from '../src/appointments/index.ts';
import { work, type ClinicDesk, type Visit } from '../src/clinic/index.ts';
import { clinicBook } from '../src/clinic/load.ts';
import { allPolicies, cityOf, drillOf, policyOf } from '../src/drill/load.ts';
import { playDrill } from '../src/drill/play.ts';
import { readDrill } from '../src/drill/read-drill.ts';
import { brokenPromises, COMMAND_ROLES, type JourneyEvent, type Story } from '../src/journey/index.ts';
import { compilePolicy, decide, LINK_KINDS, PATIENT_KINDS, TEST_STATES, type CareCase } from '../src/policy/index.ts';
import { caseOf } from '../src/requests/index.ts';
import { findFinding, triage } from '../src/triage/index.ts';

/**
 * The cases of 2022 on which somebody did not reach care, each with the link that broke then: accepted by a hospital · let
 * out by the committee · a vehicle · a test · a route if positive · the way home · let back in. One test for each.
 */
const city = cityOf('zhengzhou');
const policy = policyOf(allPolicies(), 'zhengzhou-2022-11-25', city);
const NOON = parseInstant('2022-11-25 12:00')!;
const OPEN = initialStatus(city);

const person = (care: Partial<CareCase> & Pick<CareCase, 'need'>): CareCase => ({ groups: [], findings: [], vitals: {}, instant: NOON, town: '410102001', ageMonths: 480, ...care });
const decided = (care: Partial<CareCase> & Pick<CareCase, 'need'>, status: LiveStatus = OPEN, excluded: Parameters<typeof decide>[2] = {}) =>
  decide(policy, person(care), { city, status, ...excluded });
const closed = (status: LiveStatus, institution: string, service: 'emergency' | 'haemodialysis' | 'specialist'): LiveStatus =>
  withStatus(status, { institution, service, state: 'closed', since: NOON - HOUR_MS, until: NOON + 24 * HOUR_MS, reason: 'disinfection', reportedBy: 'ward', reportedAt: NOON - HOUR_MS });
const isOpen = (status: LiveStatus, institution: string, service: 'emergency' | 'specialist', at = NOON): boolean =>
  statusOf(status, institution, service, at)?.state !== 'closed' && city.institutions.get(institution)!.services.has(service);

interface Replayed {
  readonly story: Story;
  readonly events: readonly { readonly at: number; readonly event: JourneyEvent }[];
}

/** Plays a day from its text, below the usual head; everything expected there has to come true and no promise may break. */
function replay(day: string): readonly Replayed[] {
  const read = readDrill('I00-index-case.drill', `city zhengzhou\npolicy zhengzhou-2022-11-25\nseed 2022\n${day}`);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { rehearsal, misses } = playDrill(read.drill, city, policy);
  expect(misses.map(({ expectation, got }) => `${expectation.name} ${expectation.what}: ${got}`)).toEqual([]);
  expect(rehearsal.breaches).toEqual([]);
  return [...rehearsal.journeys.values()].map(({ story, entries }) => ({ story, events: entries }));
}
const ofType = <T extends JourneyEvent['type']>({ events }: Replayed, type: T) =>
  events.flatMap(({ at, event }) => (event.type === type ? [{ at, event: event as Extract<JourneyEvent, { type: T }> }] : []));

describe('Xi’an, January 2022', () => {
  it('accepted, and a test: given a woman eight months pregnant whose test has expired, when a door says no for it, then the crew has another hospital at once and nobody waits outside', () => {
    const [woman] = replay(`start 2022-11-25 20:00
at 20:00 R1 asks
    town 410105001
    need obstetrics
    groups pregnant
    findings abdominalPain
    test expired
refused R1 noTestResult
expect R1 replanned refused
expect R1 entry bufferZone noTest
expect R1 custody home > unit > institution > car > home`);
    const [refused] = ofType(woman!, 'RefusedAtDoor');
    const again = ofType(woman!, 'RequestDecided').find(({ event }) => event.because === 'refused')!;
    expect(refused!.event.neverBlock).toBe(true);
    expect(again.at).toBe(refused!.at);
    expect(again.event.decision.institution).not.toBe(refused!.event.institution);
  });

  it('recognised: given the words "pain in the belly", when bleeding is added, then it is level I and the specialists are warned before she arrives', () => {
    const [woman] = replay(`start 2022-11-25 20:00
at 20:00 R1 asks
    town 410105001
    need obstetrics
    findings abdominalPain
at 20:03 R1 worse pregnancyBleeding
expect R1 acuity I`);
    const warned = ofType(woman!, 'Expected').find(({ event }) => event.acuity === 'I')!;
    expect(warned.at).toBeLessThan(ofType(woman!, 'Received')[0]!.at);
  });

  it('accepted: given angina from a risk area, when a hospital wants to decline, then it has no command to do so, and the refusal that happened is on its record', () => {
    expect(Object.entries(COMMAND_ROLES).filter(([command, roles]) => /refus|declin|reject/i.test(command) && roles.some((role) => role === 'ward' || role === 'gate'))).toEqual([]);
    const [man] = replay(`start 2022-11-25 09:00
at 09:00 R1 asks
    town 410102001
    need emergency
    findings chestPain
    ageYears 61
    patientKind highRiskArea
refused R1 riskArea
expect R1 acuity II
expect R1 replanned refused`);
    expect(ofType(man!, 'RefusedAtDoor')[0]!.event).toMatchObject({ ground: 'riskArea', neverBlock: true });
    expect(man!.story.arrival?.receivedAt).toBeDefined();
  });

  it('accepted: given a hospital that is to be closed, when nobody is named who takes its patients, then the closure is refused', () => {
    const closure = { type: 'reportStatus', instant: NOON, institution: 'ZZ-H-013', service: 'emergency', state: 'closed', until: NOON + HOUR_MS, reason: 'disinfection', reportedBy: 'ward' } as const;
    expect(reportStatus(city, OPEN, closure)).toMatchObject({ ok: false, refusal: { code: 'closureWithoutStandIn' } });
    expect(reportStatus(city, OPEN, { ...closure, standIn: 'ZZ-H-016' })).toMatchObject({ ok: true });
  });
});

describe('Shanghai, March to May 2022', () => {
  const open = (status: LiveStatus, from: string, at = NOON): readonly string[] => {
    const { centre } = city.towns.get(from)!;
    const seconds = (code: string): number => travelEstimate(centre, city.institutions.get(code)!.place, at, 'ambulance').seconds;
    return [...city.institutions.keys()].filter((code) => isOpen(status, code, 'emergency', at)).sort((a, b) => seconds(a) - seconds(b));
  };

  it('accepted: given asthma and the own emergency department closed for disinfection, when the way is decided, then the closure is known before anybody leaves and the nearest open one is named', () => {
    const usual = decided({ need: 'emergency', findings: ['asthmaNotRelieved'] }).institution!;
    const status = closed(OPEN, usual, 'emergency');
    const decision = decided({ need: 'emergency', findings: ['asthmaNotRelieved'], ownInstitution: usual }, status);
    expect(decision.ruledOut.map(({ option }) => option)).toContain(`institution:${usual}`);
    expect(open(OPEN, '410102001')[0]).toBe(usual);
    expect(decision.institution).toBe(open(status, '410102001')[0]);
  });

  it('accepted: given the same evening as it is rehearsed, then she is treated at the nearest open department', () => {
    const drill = drillOf('R02');
    const played = playDrill(drill, city, policy);
    expect(played.misses).toEqual([]);
    const { story } = played.rehearsal.journeys.get('R1')!;
    expect(story.decision.institution).toBe(open(drill.closures.reduce(withStatus, OPEN), story.request.town!, drill.start)[0]);
  });

  it('accepted: given the day after, when the nearest emergency departments of every town are closed, then each town still has an open one named', () => {
    for (const town of city.towns.keys()) {
      const status = open(OPEN, town).slice(0, 5).reduce((now, code) => closed(now, code, 'emergency'), OPEN);
      const decision = decided({ need: 'emergency', findings: ['chestPain'], town }, status);
      expect(decision.institution && isOpen(status, decision.institution, 'emergency')).toBe(true);
    }
  });

  it('a vehicle: given two calls from one compound, when a unit is there for the first, then the second has its own unit within minutes and its level without an examination', () => {
    const [, second] = replay(`start 2022-11-25 08:00
at 08:00 R1 asks
    town 410103001
    address lane 376, flat 202
    need emergency
    findings chestPain
at 08:06 R2 asks
    town 410103001
    address lane 376, flat 804
    need emergency
    findings unresponsive
expect R2 acuity I
expect R1 offer dispatcher emergencyDepartment ambulance within 10 minutes
expect R2 offer dispatcher emergencyDepartment ambulance within 10 minutes
expect R2 aboard alone`);
    expect(second!.story.decision.priority).toBe('stat');
  });

  it('accepted, and a route if positive: given leukaemia at fifteen with fever and a positive test, when admission is asked for, then it is the same day and not two later', () => {
    const [child] = replay(`start 2022-11-25 10:00
at 10:00 R1 asks
    town 410104001
    need chemotherapy
    findings feverOnChemotherapy
    temperatureCelsius 38.6
    ageYears 15
    test positive
expect R1 acuity II
expect R1 offer dispatcher emergencyDepartment ambulance within 10 minutes
expect R1 entry bufferZone noTest`);
    expect(child!.story.arrival!.receivedAt! - child!.story.request.receivedAt).toBeLessThan(2 * HOUR_MS);
  });

  it('a test: given the only test site closed and fever on day ten of chemotherapy, when the day is rehearsed, then nobody is ever asked for a test and she is treated within the hour', () => {
    const played = playDrill(drillOf('R06'), city, policy);
    expect(played.misses).toEqual([]);
    const { story, entries } = played.rehearsal.journeys.get('R1')!;
    expect(story.request.test).toBe('none');
    expect(entries.flatMap(({ event }) => (event.type === 'RequestDecided' ? [event.decision.entry.testRequired] : []))).not.toContain(true);
    expect(story.arrival!.receivedAt! - story.request.receivedAt).toBeLessThan(HOUR_MS);
  });

  it.each([
    [['ZZ-9-no-test'], ['R2 entry: direct test']],
    [['ZZ-9-no-test', 'NAT-buffer'], ['R1 entry: direct noTest', 'R2 entry: direct test']],
  ])('a test: given the same day without %j, then the rehearsal fails and says at whose door', (deleted, wrong) => {
    const { documents, standing } = allPolicies();
    const kept = ({ id }: { readonly id: string }): boolean => !deleted.includes(id);
    const announced = documents.get('zhengzhou-2022-11-25')!;
    const weaker = compilePolicy({ ...announced, measures: announced.measures.filter(kept) }, { ...standing, law: standing.law.filter(kept), ordinary: standing.ordinary.filter(kept) });
    const { misses } = playDrill(drillOf('R06'), city, weaker);
    expect(misses.filter(({ expectation }) => expectation.what === 'entry').map(({ expectation, got }) => `${expectation.name} ${expectation.what}: ${got}`)).toEqual(wrong);
  });

  it('the way home, and let back in: given a yellow code after chemotherapy and no test site open, when the visit is over, then the same pass and a car bring her home and she is seen there', () => {
    const [woman] = replay(`start 2022-11-25 08:00
at 08:30 R1 asks
    town 410104001
    need specialist
    ageYears 44
    patientKind nonGreenSpecial
    test none
expect R1 custody home > car > institution > car > home`);
    const { pass, back, closed: end, homeConfirmedAt } = woman!.story;
    expect(pass!.validTo).toBeGreaterThan(back!.times.arrived!);
    expect(homeConfirmedAt).toBeDefined();
    expect(end!.outcome).toBe('home');
  });

  it('all seven links: given every kind of patient and every state of a test, when a visit or an emergency is decided, then each link of the chain out and back has an owner and a deadline, and no test stands before it', () => {
    for (const patientKind of PATIENT_KINDS) {
      for (const test of TEST_STATES) {
        for (const care of [{ need: 'specialist' }, { need: 'emergency', findings: ['chestPain'] }] as const) {
          const { links, institution, entry, acuity } = decided({ ...care, patientKind, test });
          expect(institution).toBeDefined();
          expect(links.every(({ kind, owner, dueSeconds }) => LINK_KINDS.includes(kind) && owner && dueSeconds > 0)).toBe(true);
          const kinds = links.map(({ kind }) => kind);
          expect(kinds).toEqual(expect.arrayContaining(['receive', 'treat']));
          expect(kinds.some((kind) => kind === 'returnTravel' || kind === 'returnHome')).toBe(true);
          if (acuity === 'II') expect(entry.testRequired).toBe(false);
          // A door that asks for a test has another beside it for whoever has none that is valid.
          if (entry.testRequired && test !== 'valid') expect(entry.via).toBe('bufferZone');
        }
      }
    }
  });

  it('accepted: given five hospitals whose department is suspended, when a catheter has to be changed, then the sixth is named and nobody travels to the five', () => {
    let status = OPEN;
    const suspended: string[] = [];
    while (suspended.length < 5) {
      const next = decided({ need: 'specialist', patientKind: 'greenCode' }, status).institution!;
      suspended.push(next);
      status = closed(status, next, 'specialist');
    }
    const { institution, ruledOut } = decided({ need: 'specialist', patientKind: 'greenCode' }, status);
    expect(isOpen(status, institution!, 'specialist')).toBe(true);
    expect(ruledOut.map(({ option }) => option)).toEqual(expect.arrayContaining(suspended.map((code) => `institution:${code}`)));
  });

  it('a vehicle, and let out: given a dialysis patient of Tuesday, Thursday and Saturday, when her compound is controlled, then she is let out, fetched and dialysed before the safe gap ends', () => {
    const [patient] = replay(`start 2022-11-25 08:00
at 08:30 R1 asks
    channel committee
    town 410103001
    need haemodialysis
    patientKind highRiskArea
    test none
    lastSessionAt 2022-11-24 07:00
expect R1 transport specialCar
expect R1 safeGap kept`);
    expect(patient!.story.release).toBeDefined();
    expect(patient!.story.arrival!.receivedAt!).toBeLessThan(parseInstant('2022-11-24 07:00')! + DIALYSIS_SAFE_GAP_MS);
  });

  it('accepted: given ten days without dialysis, when somebody only gives the day of the last session, then it is an emergency and not a request for an appointment', () => {
    replay(`start 2022-11-25 08:00
at 08:30 R1 asks
    town 410103001
    need haemodialysis
    lastSessionAt 2022-11-15 07:00
expect R1 acuity II
expect R1 pathway emergency
expect R1 offer dispatcher emergencyDepartment ambulance within 10 minutes`);
  });

  it('accepted: given 80, 95 or 96 hours since the last session, then it is the same whether the calendar tells it or somebody says so', () => {
    const counted = (hours: number) => caseOf({
      id: 'R1', receivedAt: NOON, channel: 'resident', need: 'haemodialysis', groups: [], findings: [], vitals: {}, town: '410103001',
      address: '', person: { name: '', phone: '', ageMonths: 480 }, lastSessionAt: NOON - hours * HOUR_MS,
    }, NOON);
    expect([80, 95, 96].map((hours) => triage(counted(hours)).acuity)).toEqual(['III', 'III', 'II']);
    expect(triage({ ...counted(40), findings: ['missedDialysis'] }).acuity).toBe('II');
    // What is asked is what the calendar counts.
    expect(findFinding('missedDialysis')!.ask).toMatchObject({ zh: expect.stringContaining('满四天（96小时）'), en: expect.stringContaining('96 hours) or more') });
  });

  it('a route as contact: given a dialysis unit shut and all its patients contacts at once, when each asks, then each is placed elsewhere within the safe gap', () => {
    const ask = (number: number): string => `at 08:${String(30 + number).padStart(2, '0')} R${number} asks
    channel committee
    town 410103001
    need haemodialysis
    patientKind highRiskArea
    test none
    ownInstitution ZZ-H-005
    lastSessionAt 2022-11-24 07:00
`;
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    const placed = replay(`start 2022-11-25 08:00
closed ZZ-H-005 haemodialysis from 2022-11-25 00:00 until 2022-11-26 24:00 because staffQuarantined stand-in ZZ-H-001
${numbers.map(ask).join('')}${numbers.map((number) => `expect R${number} safeGap kept\n`).join('')}`);
    for (const { story } of placed) {
      expect(story.booking!.slot.institution).not.toBe('ZZ-H-005');
      expect(story.decision.entry.via).toBe('bufferZone');
    }
  });

  it('medicine: given a psychiatric prescription about to run out, when it is asked for, then a doctor sees it at once and the dose is never halved for want of a way', () => {
    const [patient] = replay(`start 2022-11-25 09:00
at 09:00 R1 asks
    town 410104001
    need medicineRefill
    groups chronic
    findings vitalMedicineOut
    medicine olanzapine
    medicineDaysLeft 1
    patientKind highRiskArea
expect R1 acuity III`);
    expect(patient!.story.closed).toBeDefined();
    expect(patient!.story.visit?.deliveredAt ?? patient!.story.arrival?.treatedAt).toBeDefined();
  });

  it('medicine: given volunteers who carry other people’s medicines, when one is delivered, then a pharmacist dispensed it first and who handed it to whom is written down', () => {
    const visit: Visit = { id: 'V1', institution: 'ZZ-H-040', queuedAt: NOON, doctor: 'D1', takenAt: NOON, answeredAt: NOON, prescription: { id: 'X1', items: [{ medicine: 'amlodipine', dose: '5 mg', days: 28, controlled: 'no' }] } };
    const runner: ClinicDesk = {
      at: NOON, by: { id: 'runner', name: 'Runner', side: 'courier' }, prescriptionId: 'X1', book: clinicBook(),
      patient: { need: 'medicineRefill', groups: [], needsHands: false, accompanied: false, taking: [] },
    };
    expect(work(visit, { type: 'deliver', to: 'patient' }, runner)).toMatchObject({ ok: false, refusal: { code: 'notDispensedYet' } });
    const dispensed = { ...visit, dispensedAt: NOON + MINUTE_MS };
    expect(work(dispensed, { type: 'deliver', to: ' ' }, runner)).toMatchObject({ ok: false, refusal: { code: 'recipientMissing' } });
    expect(work(dispensed, { type: 'deliver', to: 'the patient' }, runner)).toMatchObject({ ok: true, value: { by: 'runner', to: 'the patient' } });
  });
});

describe('Zhengzhou, November 2022', () => {
  const INFANT = `at 11:57 R1 asks
    channel resident
    town 410103001
    need paediatrics
    findings poorFeeding bornPreterm persistentVomiting
    ageMonths 4
    patientKind isolationPoint
`;

  it('a vehicle, by the official account: given a father calling from an isolation point, when he calls himself, then the dispatcher has it at once: no house doctor and no test stands before the unit', () => {
    const { links, acuity, entry } = decided({ need: 'paediatrics', findings: ['poorFeeding', 'bornPreterm'], ageMonths: 4, patientKind: 'isolationPoint', test: 'none' });
    expect(acuity).toBe('II');
    expect(links[0]).toMatchObject({ kind: 'sendUnit', owner: 'dispatcher' });
    expect(entry).toEqual({ testRequired: false, via: 'bufferZone' });
    const [infant] = replay(`start 2022-11-25 11:00\n${INFANT}expect R1 offer dispatcher emergencyDepartment ambulance within 10 minutes`);
    expect(infant!.story.request.channel).toBe('resident');
  });

  it('a vehicle, by the family’s account: given a second call from the same point, when the infant is aboard, then nobody is picked up on the way, no crew can call it not severe, and the hospital is not an hour away', () => {
    expect(COMMAND_ROLES.downTriage).not.toContain('crew');
    const [infant] = replay(`start 2022-11-25 11:00\n${INFANT}at 11:58 R2 asks
    town 410103001
    need emergency
    findings chestPain
expect R1 aboard alone
expect R2 aboard alone`);
    const { decision, request, arrival } = infant!.story;
    const { centre } = city.towns.get(request.town)!;
    expect(travelEstimate(centre, city.institutions.get(decision.institution!)!.place, NOON, 'ambulance').seconds).toBeLessThan(HOUR_MS / 1_000);
    expect(arrival!.receivedAt! - request.receivedAt).toBeLessThan(2 * HOUR_MS);
  });

  it('owner and timer, whichever account is true: given that nobody sends a unit for eight hours, when each deadline passes, then the city is told again and again, and at no moment has it no owner', () => {
    const [infant] = replay(`start 2022-11-25 11:00\n${INFANT}late R1 sendUnit by 480 minutes\nexpect R1 told sendUnit city`);
    const told = ofType(infant!, 'DeadlineMissed');
    expect(told.length).toBeGreaterThan(20);
    expect(told.every(({ event }) => event.owner.role === 'dispatcher' && event.told.role === 'city')).toBe(true);
    expect(brokenPromises(infant!.story, infant!.story.closed!.at)).toEqual([]);
  });
});
