import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, seededChance } from '../base/index.ts';
import { dayList, demoMembers, dueAt, evolveMember, reasonsOf, recordContact, URGENCIES, type Member, type Why } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const member = (change: Partial<Member> = {}): Member => ({
  id: 'PM1', team: 'PT1', key: 'k1', name: 'Resident 1', phone: '13800000001', town: 'T1', address: 'Building 3', groups: [], conditions: ['hypertension'],
  medicines: [], joinedAt: NOW, tries: 0, ...change,
} as Member);
const tablets = (daysLeft: number) => [{ name: 'amlodipine 5 mg', dispensedAt: NOW - (28 - daysLeft) * DAY_MS, days: 28 }];
const insulin = (daysLeft: number) => [{ name: 'insulin glargine', dispensedAt: NOW - (28 - daysLeft) * DAY_MS, days: 28, neverRunOut: true }];
const raised = (need: 'medicineRefill' | 'fever', at = NOW): Partial<Member> => ({ raised: { at, journey: 'R1', need } });
const listed = (...members: readonly Member[]): readonly (readonly [string, Why])[] =>
  dayList(members, new Map(), NOW, NOW + HOUR_MS).map((row) => [row.member.id, row.why[0].why]);
const from = (whose: Member, why: Why) => reasonsOf(whose, {}, NOW).find((reason) => reason.why === why)?.from;

describe('why is somebody on the list?', () => {
  it('given tablets for 12 more days, then five days before they end', () => {
    expect(from(member({ medicines: tablets(12) }), 'medicineRunsOut')).toBe(NOW + 7 * DAY_MS);
  });

  it('given the medicine was talked about but not asked for, then it is still due; asked for, then for three days no longer', () => {
    const talked = evolveMember(member({ medicines: tablets(4) }), { type: 'MemberReached', by: 'Dr Li', found: [] }, NOW)!;
    expect(listed(talked)).toEqual([['PM1', 'medicineRunsOut']]);
    expect(listed({ ...talked, ...raised('medicineRefill') })).toEqual([]);
    expect(from({ ...talked, ...raised('medicineRefill') }, 'medicineRunsOut')).toBe(NOW + 3 * DAY_MS);
    expect(listed({ ...talked, ...raised('fever') })).toEqual([['PM1', 'medicineRunsOut']]);
  });

  it('given insulin was asked for, then the tablets that end as well are not', () => {
    const both = member({ medicines: [...tablets(2), ...insulin(2)], raised: { at: NOW, journey: 'R1', need: 'medicineRefill', medicines: ['insulin glargine'] } });
    expect(listed(both)).toEqual([['PM1', 'medicineRunsOut']]);
    expect(dayList([both], new Map(), NOW, NOW + HOUR_MS)[0]!.why.map(({ facts }) => facts['medicine'])).toEqual(['amlodipine 5 mg']);
  });

  it('given the pharmacy has dispensed another box since the list was imported, then its end counts', () => {
    const again = new Map([['k1', { medicines: [{ name: 'Amlodipine 5 mg', dispensedAt: NOW - DAY_MS, days: 28 }] }]]);
    expect(dayList([member({ medicines: tablets(2) })], again, NOW, NOW + HOUR_MS)).toEqual([]);
  });

  it.each([['pregnant', 3], ['elderly', 7], ['underThree', 7], ['disabled', 7], ['chronic', 14]] as const)('given %s, then after %d days of silence', (group, days) => {
    expect(from(member({ groups: [group] }), 'notContacted')).toBe(NOW + days * DAY_MS);
  });

  it('given dialysis, then after two days, whatever else is known; old and alone, after three', () => {
    expect(from(member({ conditions: ['dialysis'], groups: ['elderly', 'chronic'] }), 'notContacted')).toBe(NOW + 2 * DAY_MS);
    expect(from(member({ conditions: ['livesAlone'], groups: ['elderly'] }), 'notContacted')).toBe(NOW + 3 * DAY_MS);
  });

  it('given pregnancy in its 28th week and no visit in it, then the visit is due, and after it no longer', () => {
    const expecting = member({ groups: ['pregnant'], expectedAt: NOW + (12 * 7 - 3) * DAY_MS, lastContactAt: NOW });
    expect(listed(expecting)).toEqual([['PM1', 'visitDue']]);
    expect(listed({ ...expecting, lastVisitAt: NOW - DAY_MS })).toEqual([]);
  });

  it('given no phone, or a wrong one, then somebody has to find out', () => {
    expect(listed(member({ phone: '' }))).toEqual([['PM1', 'phoneMissing']]);
    expect(listed(evolveMember(member(), { type: 'PhoneWrong' }, NOW)!)).toEqual([['PM1', 'phoneMissing']]);
  });

  it('given a message that it got worse, then it is first, also when they were just called in vain', () => {
    const tried = evolveMember(member(), recordContact(member(), { result: 'notReached', found: [] }, 'Dr Li', {}, NOW).events[0]!, NOW)!;
    expect(listed(tried)).toEqual([]);
    const worse = evolveMember(tried, { type: 'HeardFrom', alert: { at: NOW, kind: 'worse', journey: 'R1' } }, NOW)!;
    expect(listed(member({ id: 'PM2', key: 'k2', medicines: insulin(0) }), worse)).toEqual([['PM2', 'medicineRunsOut'], ['PM1', 'gotWorse']]);
    expect(listed(evolveMember(worse, { type: 'MemberReached', by: 'Dr Li', found: [] }, NOW)!)).toEqual([]);
  });
});

describe('the day list', () => {
  it('given one is out of insulin tomorrow and one was not heard of for a year, then the one who can least wait is first', () => {
    expect(listed(member({ id: 'silent', joinedAt: NOW - 365 * DAY_MS }), member({ id: 'insulin', key: 'k2', medicines: insulin(1) }), member({ id: 'well', key: 'k3' })))
      .toEqual([['insulin', 'medicineRunsOut'], ['silent', 'notContacted']]);
  });

  it('given a session that nobody has a chair for, then it comes before the tablets that end today', () => {
    const risk = new Map([['k2', { session: { series: 'S1', service: 'haemodialysis', state: 'notPlaced' as const, gapEndsAt: NOW + 20 * HOUR_MS } }]]);
    const rows = dayList([member({ medicines: tablets(0) }), member({ id: 'PM2', key: 'k2', conditions: ['dialysis'] })], risk, NOW, NOW + HOUR_MS);
    expect(rows.map((row) => row.why[0].why)).toEqual(['sessionAtRisk', 'medicineRunsOut']);
  });

  it('leaves nobody out who is due, says every reason, and is in the order of urgency and deadline', () => {
    fc.assert(fc.property(fc.nat(1_000), fc.nat(30), (seed, days) => {
      const members = demoMembers(['T1', 'T2'], 10, seededChance(seed), NOW);
      const until = NOW + days * DAY_MS;
      const list = dayList(members, new Map(), NOW, until);
      expect(new Set(list.map((row) => row.member.id))).toEqual(new Set(members.filter((each) => dueAt(each, {}, NOW) < until).map(({ id }) => id)));
      const place = list.map(({ why: [first] }) => [URGENCIES.indexOf(first.urgency), first.by] as const);
      expect(place).toEqual([...place].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      for (const { member: each, why } of list) expect(why).toEqual(reasonsOf(each, {}, NOW).filter((reason) => reason.from < until));
    }));
  });
});
