import { describe, expect, it } from 'vitest';
import { parseInstant } from '../base/index.ts';
import { withStatus, type Institution, type LiveStatus, type ServiceStatus } from '../city/index.ts';
import type { JourneyView, LinkView } from '../journey/index.ts';
import { appointmentOf, encounterClass, encounterOf, healthcareServiceOf, locationOf, operationalStatus, operationOutcome, serviceRequestOf, Systems, tasksOf } from './index.ts';

const NOW = parseInstant('2022-11-25 08:00')!;
const systems = new Systems('https://care.example');
const hospital = { zh: '甲医院', en: 'Hospital A' };
const link = (kind: LinkView['kind'], state: LinkView['state'], rest: Partial<LinkView> = {}): LinkView =>
  ({ kind, state, dueSeconds: 600, owner: { role: 'ward', scope: 'institution:H1', name: hospital }, missed: [], ...rest });
const view = (rest: Partial<JourneyView> = {}): JourneyView => ({
  id: 'R1', receivedAt: NOW, need: 'fever', acuity: 'III', pathway: 'visit', priority: 'urgent', policy: { id: 'zz', version: '1' },
  person: { name: 'Resident 1', phone: '13800000001', sex: 'female', groups: [] }, reasons: [{ clause: 'ZZ-4', text: hospital }],
  institution: { code: 'H1', name: hospital, point: { lon: 113, lat: 34 } }, links: [], ...rest,
} as unknown as JourneyView);
const booking = { id: 'B1', bookedAt: NOW, slot: { id: 'S1', institution: 'H1', service: 'feverClinic', startsAt: NOW, endsAt: NOW + 1_800_000 } } as const;
const arrival = { institution: 'H1', acuity: 'III', entry: { testRequired: false, via: 'direct' }, expectedAt: NOW } as const;

describe('a request as ServiceRequest', () => {
  it('has what R4 requires, its priority and the clauses that decided it', () => {
    expect(serviceRequestOf(view(), systems)).toMatchObject({
      resourceType: 'ServiceRequest', status: 'active', intent: 'order', priority: 'urgent', subject: { reference: '#patient' },
      contained: [{ resourceType: 'Patient', id: 'patient', gender: 'female' }], authoredOn: '2022-11-25T08:00:00+08:00',
      supportingInfo: [{ display: 'ZZ-4' }],
    });
  });

  it.each([['withdrawn', 'revoked'], ['home', 'completed'], ['died', 'completed']] as const)('given it closed as %s, then %s', (outcome, status) => {
    expect(serviceRequestOf(view({ closed: { at: NOW, outcome } }), systems)['status']).toBe(status);
  });

  it('given a view without phone and complaint, then neither is anywhere in it', () => {
    const { phone: _, ...person } = view().person;
    const text = JSON.stringify(serviceRequestOf(view({ person }), systems));
    expect(text).not.toContain('telecom');
    expect(text).not.toContain('reasonCode');
  });
});

describe('a step as Task', () => {
  it('names its post as owner and its deadline as the end of the restriction', () => {
    const [task] = tasksOf(view({ links: [link('receive', 'open', { openedAt: NOW, dueAt: NOW + 600_000 })] }), systems);
    expect(task).toMatchObject({
      resourceType: 'Task', id: 'R1-receive', status: 'in-progress', intent: 'order', focus: { reference: 'ServiceRequest/R1' },
      owner: { type: 'PractitionerRole', identifier: { value: 'ward@institution:H1' } },
      restriction: { period: { start: '2022-11-25T08:00:00+08:00', end: '2022-11-25T08:10:00+08:00' } },
    });
  });

  it.each([['waiting', 'requested'], ['open', 'in-progress'], ['done', 'completed'], ['dropped', 'cancelled']] as const)('given %s, then %s', (state, status) => {
    expect(tasksOf(view({ links: [link('treat', state)] }), systems)[0]!['status']).toBe(status);
  });

  it('given a deadline was missed, then who was told stands in its notes', () => {
    const missed = [{ at: NOW, told: { role: 'district', scope: 'district:D1', name: { zh: '区', en: 'District 1' } } as const }];
    expect(tasksOf(view({ links: [link('receive', 'open', { missed })] }), systems)[0]!['note']).toEqual([
      { time: '2022-11-25T08:00:00+08:00', text: 'Deadline missed; told: district, District 1' },
    ]);
  });

  it('given the chain was planned anew, then one Task a step: the latest', () => {
    const tasks = tasksOf(view({ links: [link('pass', 'dropped'), link('pass', 'done')] }), systems);
    expect(tasks.map((task) => task['status'])).toEqual(['completed']);
  });
});

describe('a visit', () => {
  it.each([
    [{ pathway: 'emergency' }, 'EMER'], [{ pathway: 'visit' }, 'AMB'], [{ pathway: 'remote' }, 'VR'],
    [{ pathway: 'emergency', arrival: { ...arrival, admittedAt: NOW } }, 'IMP'],
  ] as const)('given %j, then class %s', (given, code) => {
    expect(encounterClass(given as JourneyView).code).toBe(code);
  });

  it('is planned, arrived, in progress and finished as its times say, and cancelled if it closed before', () => {
    const statusAt = (rest: Partial<JourneyView>): unknown => encounterOf(view(rest), systems)['status'];
    expect(statusAt({ arrival })).toBe('planned');
    expect(statusAt({ arrival: { ...arrival, arrivedAt: NOW } })).toBe('arrived');
    expect(statusAt({ arrival: { ...arrival, arrivedAt: NOW, receivedAt: NOW } })).toBe('in-progress');
    expect(statusAt({ arrival: { ...arrival, arrivedAt: NOW, receivedAt: NOW, treatedAt: NOW } })).toBe('finished');
    expect(statusAt({ arrival, closed: { at: NOW, outcome: 'withdrawn' } })).toBe('cancelled');
  });

  it('given a booking, then an Appointment with start, end and everybody who takes part', () => {
    expect(appointmentOf(view({ booking }), systems)).toMatchObject({
      status: 'booked', start: '2022-11-25T08:00:00+08:00', end: '2022-11-25T08:30:00+08:00',
      participant: [{ status: 'accepted' }, { actor: { reference: 'Location/H1' }, status: 'accepted' }],
    });
    expect(appointmentOf(view({ booking: { ...booking, cancelled: true } }), systems)!['status']).toBe('cancelled');
    expect(appointmentOf(view(), systems)).toBeUndefined();
  });
});

describe('how a place stands', () => {
  const institution = {
    code: 'H1', name: hospital, place: { lon: 113.6, lat: 34.7 }, services: new Map([['emergency', {}], ['haemodialysis', {}]]),
  } as unknown as Institution;
  const closed: ServiceStatus = {
    institution: 'H1', service: 'haemodialysis', state: 'closed', since: NOW, until: NOW + 86_400_000, reason: 'disinfection', standIn: 'H2', reportedBy: 'W', reportedAt: NOW,
  };
  const status: LiveStatus = withStatus(new Map(), closed);

  it('given a unit is closed for disinfection, then it is not active, until when, and who takes its patients', () => {
    expect(healthcareServiceOf(institution, 'haemodialysis', status, NOW, systems)).toMatchObject({
      active: false, comment: 'closed; disinfection; patients to H2',
      notAvailable: [{ description: 'disinfection', during: { start: '2022-11-25T08:00:00+08:00', end: '2022-11-26T08:00:00+08:00' } }],
    });
    expect(operationalStatus(closed).code).toBe('H');
  });

  it('given its end has passed, then it is active again without anybody saying so', () => {
    expect(healthcareServiceOf(institution, 'haemodialysis', status, NOW + 86_400_000, systems)).toMatchObject({ active: true });
  });

  it('given one unit of a hospital is closed, then the hospital is not', () => {
    expect(locationOf(institution, status, NOW, systems)).toMatchObject({ status: 'active', operationalStatus: { code: 'U' } });
    const noEmergency = withStatus(status, { ...closed, service: 'emergency', reason: 'cordon' });
    expect(locationOf(institution, noEmergency, NOW, systems)).toMatchObject({ status: 'suspended', operationalStatus: { code: 'I' } });
  });

  it('an emergency department is never behind an appointment', () => {
    expect(healthcareServiceOf(institution, 'emergency', status, NOW, systems)['appointmentRequired']).toBe(false);
  });
});

describe('a refusal as OperationOutcome', () => {
  it.each([[400, 'error', 'invalid'], [401, 'error', 'login'], [403, 'error', 'forbidden'], [404, 'error', 'not-found'], [500, 'fatal', 'exception']] as const)(
    'given %d, then %s, %s', (status, severity, code) => {
      expect(operationOutcome(status, 'x')['issue']).toEqual([{ severity, code, details: { text: 'x' } }]);
    });
});
