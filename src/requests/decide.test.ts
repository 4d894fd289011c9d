import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { City } from '../city/index.ts';
import { addAnswers, caseOf, evolveRequest, lowerAcuity, receive, type CareRequest, type Intake } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const town = { code: 'T1', name: { zh: '甲街道', en: 'Town A' }, district: 'D1', centre: { lon: 113.6, lat: 34.7 } };
const city = { towns: new Map([['T1', town]]), institutions: new Map([['H1', {}]]) } as unknown as City;
const intake: Intake = {
  channel: 'resident', person: { name: 'Resident 1', phone: '13800000001' }, town: 'T1', address: 'Building 3', need: 'fever',
  groups: [], findings: [], vitals: {},
};
const asked = (change: Partial<Intake>): string => {
  const answer = receive({ ...intake, ...change }, city, 'R1', NOW);
  return answer.ok ? answer.value.type : `${answer.refusal.code} ${answer.refusal.field}`;
};

describe('a request comes in', () => {
  it('given a name, a phone, a town and a need, then it is received, whatever else is missing', () => {
    expect(asked({})).toBe('RequestReceived');
    expect(asked({ address: '' })).toBe('RequestReceived');
  });

  it.each<[string, Partial<Intake>]>([
    ['nameMissing person.name', { person: { name: '  ', phone: '1' } }],
    ['phoneMissing person.phone', { person: { name: 'A', phone: '' } }],
    ['unknownTown town', { town: 'T9' }],
    ['unknownInstitution ownInstitution', { ownInstitution: 'H9' }],
    ['sinceInFuture since', { since: NOW + 1 }],
    ['lastSessionInFuture lastSessionAt', { lastSessionAt: NOW + 1 }],
  ])('given nobody could act on it (%s), then the field is named', (answer, change) => {
    expect(asked(change)).toBe(answer);
  });

  it('given a complaint that began this very moment, then it is no complaint from the future', () => {
    expect(asked({ since: NOW, lastSessionAt: NOW })).toBe('RequestReceived');
  });
});

describe('more is learned', () => {
  const request: CareRequest = { ...intake, id: 'R1', receivedAt: NOW, findings: ['fever'], vitals: { pulsePerMinute: 90 } };

  it('given nothing new was said, then that is the answer', () => {
    expect(addAnswers(request, ['fever'], {})).toMatchObject({ ok: false, refusal: { code: 'nothingNew' } });
  });

  it('given a new finding and one already known, then only the new one is an event', () => {
    expect(addAnswers(request, ['fever', 'chestPain'], {})).toMatchObject({ ok: true, value: { findings: ['chestPain'] } });
  });

  it('what was said once is never taken back, whatever is reported later', () => {
    const codes = fc.array(fc.constantFrom('fever', 'chestPain', 'bleeding', 'seizure'));
    fc.assert(fc.property(codes, fc.array(codes), (first, later) => {
      let now: CareRequest = { ...request, findings: first };
      for (const findings of later) {
        const answer = addAnswers(now, findings, {});
        if (answer.ok) now = evolveRequest(now, answer.value);
      }
      expect(now.findings).toEqual(expect.arrayContaining([...first, ...later.flat()]));
    }));
  });
});

describe('dialysis that was missed', () => {
  const HOUR = 3_600_000;
  const since = (hours: number): readonly string[] =>
    caseOf({ ...intake, need: 'haemodialysis', lastSessionAt: NOW - hours * HOUR, id: 'R1', receivedAt: NOW }, NOW).findings;
  it('given 96 hours since the last session began, then nobody has to say so; given 95, then it may be the long gap of the week', () => {
    expect([since(96), since(95)]).toEqual([['missedDialysis'], []]);
  });
});

describe('what their unit knows', () => {
  const testOf = (given: Partial<Intake>): unknown => caseOf({ ...intake, ...given, id: 'R1', receivedAt: NOW }, NOW).test;

  it('given it seats them among the infected, then an older result does not say otherwise; given it does not, then what was said stands', () => {
    expect(testOf({ test: 'valid', seatedWith: 'positive' })).toBe('positive');
    expect(testOf({ seatedWith: 'positive' })).toBe('positive');
    expect(testOf({ test: 'positiveAntigen', seatedWith: 'positive' })).toBe('positiveAntigen');
    expect(testOf({ test: 'positive', seatedWith: 'other' })).toBe('positive');
    expect(testOf({ test: 'valid', seatedWith: 'contact' })).toBe('valid');
    expect(testOf({})).toBeUndefined();
  });
});

describe('a clinician lowers', () => {
  const request: CareRequest = { ...intake, id: 'R1', receivedAt: NOW, findings: ['chestPain'], notKnown: ['strokeSigns'] };
  const asked = (change: { acuity?: 'II' | 'III' | 'IV'; reason?: string }, name = 'Clinician A', contact: 'inPerson' | 'spoken' = 'spoken', found: readonly string[] = []) =>
    lowerAcuity(caseOf({ ...request, findings: [...request.findings, ...found] }, NOW), { type: 'downTriage', acuity: 'III', reason: 'pressed on the rib', ...change }, { id: 'S1', name, contact });

  it('given a name, a reason and a lower level, then who, why and what it covers are recorded', () => {
    expect(asked({})).toMatchObject({ ok: true, value: {
      from: 'II', acuity: 'III', clinician: 'Clinician A', by: 'S1', contact: 'spoken', rows: expect.arrayContaining(['finding-chestPain', 'not-known-finding-strokeSigns']),
      covers: { findings: ['chestPain'], notKnown: ['strokeSigns'] },
    } });
  });
  it.each([
    ['clinicianNameMissing', asked({}, ' ')], ['reasonMissing', asked({ reason: ' ' })], ['notLower', asked({ acuity: 'II' })],
    ['mustBeSeen', asked({}, 'Clinician A', 'spoken', ['majorBleeding'])],
  ])('otherwise %s', (code, answer) => expect(answer).toMatchObject({ ok: false, refusal: { code } }));
  it('given level I and the person before them, then they may', () => expect(asked({}, 'Clinician A', 'inPerson', ['majorBleeding']).ok).toBe(true));
  it('given it is said again, then it is no longer covered, and what nobody could tell is known', () => {
    const lowered = asked({});
    const after = lowered.ok ? evolveRequest(request, lowered.value) : request;
    const again = addAnswers(after, ['chestPain', 'strokeSigns'], {});
    const now = again.ok ? evolveRequest(after, again.value) : after;
    expect(now.lowered?.covers.findings).toEqual([]);
    expect(now.notKnown).toEqual([]);
  });
});
