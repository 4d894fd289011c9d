import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../base/index.ts';
import { evolveMember, mayCall, raise, recordContact, recordKnock, type ContactResult, type Member } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const member = (change: Partial<Member> = {}): Member => ({
  id: 'PM1', team: 'PT1', key: 'k1', name: 'Resident 1', phone: '13800000001', town: 'T1', address: 'Building 3', groups: ['chronic'], conditions: ['hypertension'],
  medicines: [], joinedAt: NOW, tries: 0, ...change,
});
const insulin = { name: 'insulin glargine', dispensedAt: NOW - 26 * DAY_MS, days: 28, neverRunOut: true };
const call = (whose: Member, result: ContactResult, at = NOW) => recordContact(whose, { result, found: [] }, 'Dr Li', {}, at);
const after = (whose: Member, result: ContactResult): Member => call(whose, result).events.reduce((before, event) => evolveMember(before, event, NOW)!, whose);

describe('a call', () => {
  it('given three calls reached nobody, then somebody knocks within four hours, or one where a day without can kill', () => {
    const twice = after(after(member(), 'notReached'), 'notReached');
    expect(call(after(member(), 'notReached'), 'notReached').knock).toBeUndefined();
    expect(call(twice, 'notReached').knock).toEqual({ why: 'notReached', dueAt: NOW + 4 * HOUR_MS });
    expect(call({ ...twice, medicines: [insulin] }, 'notReached').knock).toEqual({ why: 'notReached', dueAt: NOW + HOUR_MS });
    expect(call({ ...twice, conditions: ['dialysis'] }, 'notReached').knock?.dueAt).toBe(NOW + HOUR_MS);
    expect(after(after(twice, 'notReached'), 'reached')).toMatchObject({ tries: 0, lastContactAt: NOW });
  });

  it('given the number is somebody else\'s, then the committee goes at once, and only once', () => {
    const wrong = call(member(), 'wrongNumber');
    expect(wrong.knock?.why).toBe('wrongNumber');
    expect(call({ ...after(member(), 'wrongNumber'), knock: { id: 'KN1', dueAt: NOW } }, 'wrongNumber').knock).toBeUndefined();
  });

  it('given Dr Li is calling, then nobody else does, for ten minutes', () => {
    const calling = { by: 'li', name: 'Dr Li', since: NOW, until: NOW + 600_000 };
    expect(mayCall(calling, 'wang', NOW + 1)).toMatchObject({ ok: false, refusal: { code: 'beingCalled', facts: { name: 'Dr Li', since: NOW } } });
    expect(mayCall(calling, 'li', NOW + 1).ok).toBe(true);
    expect(mayCall(calling, 'wang', NOW + 600_000).ok).toBe(true);
  });
});

describe('at the door', () => {
  it('given nobody is there, then somebody goes again; given they moved, then a person has to say whose they are', () => {
    expect(recordKnock(member(), 'notThere', 'Wang', undefined, NOW).again?.dueAt).toBe(NOW + 4 * HOUR_MS);
    expect(recordKnock(member(), 'moved', 'Wang', undefined, NOW).events).toContainEqual({ type: 'QuestionAsked', kind: 'moved' });
    expect(recordKnock(member(), 'well', 'Wang', undefined, NOW).again).toBeUndefined();
  });
});

describe('a member is raised', () => {
  const team = { id: 'PT1', name: 'Team 1', phone: '0371-1', towns: ['T1'] };
  const raised = (change: Partial<Member> = {}): Partial<Member> => ({ raised: { at: NOW - HOUR_MS, journey: 'R1', need: 'fever' }, ...change });

  it('given a refill, then the request carries the medicine and the days that are left', () => {
    const answer = raise(member({ medicines: [insulin], ageMonths: 800 }), team, { need: 'medicineRefill', findings: [] }, {}, NOW);
    expect(answer).toEqual({
      ok: true,
      value: {
        channel: 'panel', person: { name: 'Resident 1', phone: '13800000001', ageMonths: 800 }, town: 'T1', address: 'Building 3', need: 'medicineRefill',
        groups: ['chronic'], findings: [], vitals: {}, medicine: 'insulin glargine', medicineDaysLeft: 2,
      },
    });
  });

  it('given nobody answers at their number, then the team is rung', () => {
    const answer = raise(member({ phone: '' }), team, { need: 'chronicFollowUp', findings: [] }, {}, NOW);
    expect(answer).toMatchObject({ ok: true, value: { person: { phone: '0371-1' }, proxy: { name: 'Team 1', phone: '0371-1' } } });
  });

  it('given it was pressed twice, then it is one request; given it is worse, then it goes through', () => {
    const once = member(raised());
    expect(raise(once, team, { need: 'fever', findings: [] }, {}, NOW)).toMatchObject({ ok: false, refusal: { code: 'alreadyRaised', facts: { journey: 'R1' } } });
    expect(raise(once, team, { need: 'fever', findings: ['seizure'] }, {}, NOW).ok).toBe(true);
    expect(raise(once, team, { need: 'emergency', findings: [] }, {}, NOW).ok).toBe(true);
    expect(raise(once, team, { need: 'fever', findings: [] }, {}, NOW + DAY_MS).ok).toBe(true);
  });

  it('given a fever was asked about this morning, then the medicine can still be asked for', () => {
    expect(raise(member(raised({ medicines: [insulin] })), team, { need: 'medicineRefill', findings: [] }, {}, NOW).ok).toBe(true);
  });

  it('given insulin was asked for this morning, then the tablets can still be', () => {
    const asked = member({ raised: { at: NOW, journey: 'R1', need: 'medicineRefill', medicines: ['insulin glargine'] } });
    expect(raise(asked, team, { need: 'medicineRefill', findings: [], medicines: ['metformin'] }, {}, NOW).ok).toBe(true);
    expect(raise(asked, team, { need: 'medicineRefill', findings: [], medicines: ['insulin glargine'] }, {}, NOW).ok).toBe(false);
  });
});
