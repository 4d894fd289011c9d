import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type Place } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import { assign, layOut, perhapsSame, type BoardFacts, type CallFacts, type CallRow, type ComparedCall, type Mission, type UnitFacts } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 15, 59);
const north = (meters: number): Place => ({ lon: 113.65, lat: 34.75 + meters / 111_195 });
const minutesAgo = (minutes: number): number => NOW - minutes * MINUTE_MS;

const compared = (journey: string, more: Partial<ComparedCall> = {}): ComparedCall =>
  ({ journey, calledAt: NOW, place: north(0), pointed: false, town: 'T1', address: `${journey} road`, phones: [journey], ...more });
const whySame = (...calls: readonly ComparedCall[]): readonly string[] => perhapsSame(calls).get('R1')?.flatMap(({ journey, why }) => [journey, ...why]) ?? [];

describe('two calls that may be one', () => {
  it('given the same phone in another hand, then it says so for both', () => {
    const calls = [compared('R1', { phones: ['+86 138-0013-8000'] }), compared('R2', { phones: ['10', '13800138000'], calledAt: minutesAgo(9) })];
    expect(whySame(...calls)).toEqual(['R2', 'samePhone']);
    expect(perhapsSame(calls).get('R2')).toMatchObject([{ journey: 'R1', apartSeconds: 540 }]);
  });

  it('given the same address written differently, then the same; in another town not', () => {
    const first = compared('R1', { address: '航昌路376弄，12号楼 804室' });
    expect(whySame(first, compared('R2', { address: '航昌路３７６弄12栋804室' }))).toEqual(['R2', 'sameAddress']);
    expect(whySame(first, compared('R2', { address: '航昌路376弄12栋804室', town: 'T2' }))).toEqual([]);
    expect(whySame(first, compared('R2', { address: '航昌路376弄12号楼202室' }))).toEqual([]);
  });

  it.each(['Building 3', '3号楼', '3栋2单元', '三号楼 804室', 'Gate 2', 'Block B', 'B号楼', '804'])('given %s alone, then nothing: every compound of the town has one', (address) => {
    expect(whySame(compared('R1', { address }), compared('R2', { address }))).toEqual([]);
    const at = { address, pointed: true };
    expect(whySame(compared('R1', at), compared('R2', at))).toContain('samePlace');
  });

  it.each(['Rose Garden, Building 3', '玫瑰园3号楼', '航昌路376弄', 'Beijing Road 12'])('given %s, then the same address', (address) => {
    expect(whySame(compared('R1', { address }), compared('R2', { address }))).toEqual(['R2', 'sameAddress']);
  });

  it('given points within 80 metres, then the same place; the middle of a town is nobody\'s place', () => {
    const at = (meters: number, pointed = true): Partial<ComparedCall> => ({ place: north(meters), pointed });
    expect(whySame(compared('R1', at(0)), compared('R2', at(79)))).toEqual(['R2', 'samePlace']);
    expect(whySame(compared('R1', at(0)), compared('R2', at(82)))).toEqual([]);
    expect(whySame(compared('R1', at(0, false)), compared('R2', at(0)))).toEqual([]);
  });

  it('given more than an hour lies between them, or somebody said that they are not, then no hint', () => {
    const same = { phones: ['1'] };
    expect(whySame(compared('R1', same), compared('R2', { ...same, calledAt: minutesAgo(61) }))).toEqual([]);
    expect(whySame(compared('R1', same), compared('R2', { ...same, apartFrom: ['R1'] }))).toEqual([]);
  });

  it('given several, then the one with more reasons first', () => {
    const one = { phones: ['1'], address: 'a road' };
    expect(whySame(compared('R1', one), compared('R2', { phones: ['1'] }), compared('R3', one)).filter((each) => each.startsWith('R'))).toEqual(['R3', 'R2']);
  });
});

const call = (journey: string, acuity: Acuity, meters: number, mission: Partial<Mission> = {}, more: Partial<CallFacts> = {}): CallFacts => ({
  ...compared(journey), place: north(meters), pointed: true, district: 'D1',
  mission: { id: `M-${journey}`, acuity, town: 'T1', askedAt: NOW, times: {}, ...mission }, ...more,
});
const unit = (id: string, meters: number, more: Partial<UnitFacts['known']> = {}, district = 'D1'): UnitFacts => ({
  known: { unit: id, mission: null, journey: null, since: minutesAgo(60), ...more }, equipment: 'advanced', negativePressure: false,
  station: { code: `S-${id}`, name: { zh: id, en: id }, place: north(meters), district },
});
function facts(calls: readonly CallFacts[], units: readonly UnitFacts[], more: Partial<BoardFacts> = {}): BoardFacts {
  return { now: NOW, calls, units, travel: (from, to) => Math.abs(from.lat - to.lat) * 11_119.5, posts: [], defibrillators: [], ...more };
}
const rowsOf = (...parts: Parameters<typeof facts>): readonly CallRow[] => {
  const { board, rows } = layOut(facts(...parts));
  return rows(assign(board));
};

describe('the queue', () => {
  it('worst first, then who has waited longest since the first call, whatever was lost meanwhile', () => {
    const rows = rowsOf([
      call('R1', 'III', 0, { askedAt: minutesAgo(90) }), call('R2', 'I', 0), call('R3', 'II', 0, { askedAt: minutesAgo(5) }),
      call('R4', 'II', 0, { askedAt: minutesAgo(1), firstAskedAt: minutesAgo(20), unitsLost: 1 }),
    ], []);
    expect(rows.map(({ journey }) => journey)).toEqual(['R2', 'R4', 'R3', 'R1']);
    expect(rows[1]).toMatchObject({ unitsLost: 1, askedAt: minutesAgo(20) });
  });

  it('given a unit is on its way and stays, then no answer repeats it; given a worse call needs it, then both have one', () => {
    const sent = { unit: 'U1', etaSeconds: 300, times: { sent: minutesAgo(1) } };
    const units = [unit('U1', 0, { mission: 'M-R1', journey: 'R1', place: north(100), placeAt: NOW })];
    const [alone] = rowsOf([call('R1', 'III', 3_000, sent)], units);
    expect(alone).toMatchObject({ unit: 'U1', sentAt: minutesAgo(1) });
    expect(alone).not.toHaveProperty('answer');
    const [worse, lesser] = rowsOf([call('R1', 'III', 3_000, sent), call('R2', 'I', 200)], units);
    expect(worse!.answer).toMatchObject({ unit: 'U1', takenFrom: 'M-R1' });
    expect(lesser!.answer!.shortfalls.map(({ code }) => code)).toEqual(['unitTaken', 'behindOthers']);
  });

  it('given a crew is with the patient, then the call is no longer open, and the crew is nobody\'s to send', () => {
    const there = call('R1', 'I', 3_000, { unit: 'U1', times: { sent: minutesAgo(9), atPatient: minutesAgo(2) } });
    const { board, units } = layOut(facts([there], [unit('U1', 0, { mission: 'M-R1', journey: 'R1' })]));
    expect(board.calls).toEqual([]);
    expect(units).toMatchObject([{ state: 'withPatient', place: north(3_000), journey: 'R1' }]);
  });

  it('given a crew and a defibrillator in the same compound, then the second call shows both, nearest first', () => {
    const there = call('R1', 'II', 0, { unit: 'U1', times: { sent: minutesAgo(9), atPatient: minutesAgo(2) } });
    const rows = rowsOf([there, call('R2', 'I', 150)], [unit('U1', 9_000, { mission: 'M-R1', journey: 'R1' })], {
      defibrillators: [{ name: { zh: '物业', en: 'Gatehouse' }, place: north(100) }, { name: { zh: '远', en: 'Far' }, place: north(900) }],
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]!.nearby).toEqual([
      { kind: 'defibrillator', name: { zh: '物业', en: 'Gatehouse' }, meters: 50 }, { kind: 'crew', unit: 'U1', meters: 150, journey: 'R1' },
    ]);
  });

  it('given nobody knows the points, then nothing is near: the middle of a town is nobody\'s place', () => {
    const there = call('R1', 'II', 0, { unit: 'U1', times: { sent: minutesAgo(9), atPatient: minutesAgo(2) } }, { pointed: false });
    const held = { mission: 'M-R1', journey: 'R1' };
    expect(rowsOf([there, call('R2', 'I', 0)], [unit('U1', 9_000, held)])[0]!.nearby).toEqual([]);
    expect(rowsOf([there, call('R2', 'I', 0)], [unit('U1', 9_000, { ...held, place: north(70), placeAt: NOW })])[0]!.nearby).toMatchObject([{ unit: 'U1', meters: 70 }]);
    expect(rowsOf([{ ...there, pointed: true }, call('R2', 'I', 0, {}, { pointed: false })], [unit('U1', 9_000, held)])[0]!.nearby).toEqual([]);
  });

  it('given the unit of another district runs, then both see it until the patient is handed over', () => {
    const helped = (times: Mission['times']): CallFacts => call('R1', 'I', 0, { unit: 'U1', times: { sent: minutesAgo(9), ...times } });
    const far = unit('U1', 0, { mission: 'M-R1', journey: 'R1' }, 'D2');
    expect(layOut(facts([helped({ aboard: minutesAgo(1) })], [far])).aid).toEqual([{ unit: 'U1', journey: 'R1', from: 'D2', to: 'D1', sentAt: minutesAgo(9) }]);
    expect(layOut(facts([helped({ handedOver: minutesAgo(1) })], [far])).aid).toEqual([]);
  });

  it('given a unit is being decontaminated by its mission, then it is shown and not counted on', () => {
    const over = call('R1', 'I', 0, { unit: 'U1', times: { sent: minutesAgo(60), handedOver: minutesAgo(5) } }, { decontamination: true });
    const { units, board } = layOut(facts([over, call('R2', 'I', 0)], [unit('U1', 0, { mission: 'M-R1', journey: 'R1' })]));
    expect(units[0]).toMatchObject({ state: 'decontaminating', readyAt: minutesAgo(5) + 45 * MINUTE_MS });
    expect(assign(board).answers).toMatchObject([{ shortfalls: [{ code: 'noneFree' }] }]);
  });
});
