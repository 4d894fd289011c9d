import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, seededChance } from '../base/index.ts';
import { contactDue, dayList, demoMembers, evolveMember, medicineDaysLeft, raise, recordContact, type Member } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const member = (change: Partial<Member> = {}): Member => ({
  id: 'PM1', name: 'Resident 1', phone: '13800000001', town: 'T1', address: 'Building 3', groups: [], conditions: ['hypertension'],
  medicines: [], joinedAt: NOW, tries: 0, ...change,
});
const tablets = (daysLeft: number) => [{ name: 'amlodipine 5 mg', dispensedAt: NOW - (28 - daysLeft) * DAY_MS, days: 28 }];
const raised = (need: 'medicineRefill' | 'fever', at = NOW): Partial<Member> => ({ raised: { at, journey: 'R1', need } });

describe('by when must we have spoken?', () => {
  it('given tablets for 12 more days, then five days before they end', () => {
    expect(contactDue(member({ medicines: tablets(12) }))).toEqual({ at: NOW + 7 * DAY_MS, why: 'medicineRunsOut' });
  });

  it('given several medicines, then the first to end decides', () => {
    expect(medicineDaysLeft(member({ medicines: [...tablets(12), ...tablets(3)] }), NOW)).toBe(3);
  });

  it('given the medicine was talked about but not asked for, then it is still due; asked for, then no longer', () => {
    const talked = evolveMember(member({ medicines: tablets(2) }), { type: 'MemberReached' }, NOW)!;
    expect(contactDue(talked).why).toBe('medicineRunsOut');
    expect(contactDue({ ...talked, ...raised('medicineRefill') }).why).toBe('notContacted');
    expect(contactDue({ ...talked, ...raised('fever') }).why).toBe('medicineRunsOut');
  });

  it('given a new box since the last refill was asked for, then the next end counts again', () => {
    const next = member({ medicines: tablets(20), ...raised('medicineRefill', NOW - DAY_MS) });
    expect(contactDue({ ...next, lastContactAt: NOW }).at).toBe(NOW + 15 * DAY_MS);
  });

  it.each([['pregnant', 3], ['elderly', 7], ['underThree', 7], ['disabled', 7], ['chronic', 14]] as const)('given %s, then after %d days of silence', (group, days) => {
    expect(contactDue(member({ groups: [group] }))).toEqual({ at: NOW + days * DAY_MS, why: 'notContacted' });
  });

  it('given dialysis, then after two days, whatever else is known', () => {
    expect(contactDue(member({ conditions: ['dialysis'], groups: ['elderly', 'chronic'] })).at).toBe(NOW + 2 * DAY_MS);
  });

  it('given a try reached nobody, then the next has a time, and after three somebody knocks', () => {
    let tried = member({ groups: ['elderly'], lastContactAt: NOW - 8 * DAY_MS });
    for (let tries = 0; tries < 3; tries++) tried = evolveMember(tried, recordContact(tried, false, NOW), NOW)!;
    expect(contactDue(tried)).toEqual({ at: NOW + 4 * HOUR_MS, why: 'notReached' });
    expect(dayList([tried], NOW, NOW + DAY_MS)[0]!.knock).toBe(true);
    expect(evolveMember(tried, recordContact(tried, true, NOW), NOW)).toMatchObject({ tries: 0, lastContactAt: NOW });
  });
});

describe('the day list', () => {
  it('given one is out of insulin and one was long not heard of, then the one who can least wait is first', () => {
    const list = dayList([member({ id: 'silent', joinedAt: NOW - 31 * DAY_MS }), member({ id: 'insulin', medicines: tablets(0) }), member({ id: 'well' })], NOW, NOW + HOUR_MS);
    expect(list.map((row) => row.member.id)).toEqual(['insulin', 'silent']);
    expect(list[0]!.medicineDaysLeft).toBe(0);
  });

  it('leaves nobody out who is due and is in the order of their deadlines', () => {
    fc.assert(fc.property(fc.nat(1_000), fc.nat(30), (seed, days) => {
      const members = demoMembers(['T1', 'T2'], 10, seededChance(seed), NOW);
      const until = NOW + days * DAY_MS;
      const list = dayList(members, NOW, until);
      expect(new Set(list.map((row) => row.member.id))).toEqual(new Set(members.filter((each) => contactDue(each).at < until).map(({ id }) => id)));
      expect(list.map(({ dueAt }) => dueAt)).toEqual(list.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
    }));
  });
});

describe('a member is raised', () => {
  it('given a refill, then the request carries the medicine and the days that are left', () => {
    const answer = raise(member({ medicines: tablets(2), groups: ['chronic'], ageMonths: 800 }), { need: 'medicineRefill', findings: [] }, NOW);
    expect(answer).toEqual({
      ok: true,
      value: {
        channel: 'panel', person: { name: 'Resident 1', phone: '13800000001', ageMonths: 800 }, town: 'T1', address: 'Building 3', need: 'medicineRefill',
        groups: ['chronic'], findings: [], vitals: {}, medicine: 'amlodipine 5 mg', medicineDaysLeft: 2,
      },
    });
  });

  it('given it was pressed twice, then it is one request; given it is worse, then it goes through', () => {
    const once = member(raised('fever', NOW - HOUR_MS));
    expect(raise(once, { need: 'fever', findings: [] }, NOW)).toMatchObject({ ok: false, refusal: { code: 'alreadyRaised', facts: { journey: 'R1' } } });
    expect(raise(once, { need: 'fever', findings: ['seizure'] }, NOW).ok).toBe(true);
    expect(raise(once, { need: 'emergency', findings: [] }, NOW).ok).toBe(true);
    expect(raise(once, { need: 'fever', findings: [] }, NOW + DAY_MS).ok).toBe(true);
  });
});
