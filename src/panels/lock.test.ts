import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../base/index.ts';
import { plansFor, type KnownSeries, type Member, type PlannedBefore } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const member = (change: Partial<Member> = {}): Member => ({
  id: 'PM1', team: 'PT1', key: 'k1', name: 'Resident 1', phone: '13800000001', town: 'T1', address: 'Building 3', groups: [], conditions: [], medicines: [], joinedAt: NOW, tries: 0, ...change,
});
const box = (name: string, daysLeft: number) => ({ name, dispensedAt: NOW - DAY_MS, days: daysLeft + 1 });
const plans = (whose: Member, { before = [], series = [], until = NOW + 4 * DAY_MS }: { before?: readonly PlannedBefore[]; series?: readonly KnownSeries[]; until?: number } = {}) =>
  plansFor(whose, {}, series, { until, plansDueAt: NOW + HOUR_MS }, before, 'town:T1', NOW);
const written = (whose: Member): readonly PlannedBefore[] => plans(whose).map(({ need, key, state, outcome, facts }) => ({ need, key, state, outcome: outcome ?? null, facts }));

describe('what somebody who is locked in is owed', () => {
  it('given two medicines end within the lock and one after it, then the two are asked for together', () => {
    const whose = member({ medicines: [box('insulin', 1), box('metformin', 3), box('amlodipine', 30)] });
    expect(plans(whose)).toMatchObject([{ need: 'refill', state: 'waiting', dueAt: NOW + HOUR_MS, owner: { role: 'familyDoctor', scope: 'town:T1' }, facts: { names: 'insulin\nmetformin', daysLeft: 1 } }]);
  });

  it('given it was planned before, then not again; given a new box ends within the lock as well, then that one is', () => {
    const whose = member({ medicines: [box('insulin', 1)] });
    expect(plans(whose, { before: written(whose) })).toEqual([]);
    expect(plans({ ...whose, medicines: [box('insulin', 2)] }, { before: written(whose) })).toMatchObject([{ need: 'refill', key: '1', state: 'waiting' }]);
  });

  it('given the team asked for it yesterday, then that request is the plan', () => {
    const whose = member({ medicines: [box('insulin', 3)], raised: { at: NOW - DAY_MS, journey: 'R1', need: 'medicineRefill' } });
    expect(plans(whose)).toMatchObject([{ need: 'refill', state: 'done', outcome: 'askedBefore', journey: 'R1' }]);
  });

  it('given a lock without an end, then a week is planned for', () => {
    const whose = member({ medicines: [box('insulin', 6)] });
    expect(plansFor(whose, {}, [], { plansDueAt: NOW + HOUR_MS }, [], 'town:T1', NOW)).toMatchObject([{ state: 'waiting' }]);
    expect(plans(whose)).toMatchObject([{ state: 'done', outcome: 'lasts' }]);
  });

  it('given an illness and no medicine known, dialysis and no series, or a pregnancy and no weeks, then only they can say: somebody calls', () => {
    expect(plans(member({ conditions: ['epilepsy'] }))).toMatchObject([{ need: 'call', state: 'open', dueAt: NOW + DAY_MS, facts: { because: 'medicineUnknown' } }]);
    expect(plans(member({ conditions: ['dialysis'] }))).toMatchObject([{ need: 'call', dueAt: NOW + HOUR_MS, facts: { because: 'seriesUnknown' } }]);
    expect(plans(member({ groups: ['pregnant'] }))).toMatchObject([{ need: 'call', facts: { because: 'weeksUnknown' } }]);
    expect(plans(member({ conditions: ['dialysis'] }), { series: [{ series: 'S1', service: 'haemodialysis' }] })).toMatchObject([{ need: 'session', key: 'S1', state: 'waiting' }]);
  });

  it('given nobody answers at their number, then the committee goes to the door', () => {
    expect(plans(member({ phone: '', conditions: ['epilepsy'] }))).toMatchObject([{ need: 'call', owner: { role: 'committee', scope: 'town:T1' } }]);
  });

  it('given nothing that comes again and again, then nothing', () => {
    expect(plans(member({ groups: ['elderly'], conditions: ['livesAlone'] }))).toEqual([]);
  });
});
