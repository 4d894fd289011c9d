import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../base/index.ts';
import { gaps, lineAt, onDuty, placeShift, readRoster, signHandOver, type HandOver, type NewShift, type Shift } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
const wish = (from: number, to: number, dutyPerson = 'duty A', more: Partial<NewShift> = {}): NewShift =>
  ({ institution: 'H1', from: NOW + from * HOUR_MS, to: NOW + to * HOUR_MS, dutyPerson, phone: '1', ...more });
/** What of these shifts can stand, in this order. */
const rosterOf = (...wishes: readonly NewShift[]): readonly Shift[] => wishes.reduce<readonly Shift[]>((standing, each, index) => {
  const placed = placeShift(standing, each);
  return 'shift' in placed ? [...standing, { ...placed.shift, id: `D${index}` }] : standing;
}, []);
const refusedFor = (standing: readonly Shift[], shift: NewShift): readonly string[] => {
  const placed = placeShift(standing, shift);
  return 'shift' in placed ? [] : placed.refusals.map(({ code }) => code);
};

describe('a roster', () => {
  it('given a shift, then its person answers from its first moment and no longer at its last', () => {
    const roster = rosterOf(wish(0, 8));
    expect(onDuty(roster, 'H1', NOW)?.dutyPerson).toBe('duty A');
    expect(onDuty(roster, 'H1', NOW + 8 * HOUR_MS)).toBeUndefined();
    expect(onDuty(roster, 'H2', NOW)).toBeUndefined();
  });

  it.each([
    ['two at the same time', wish(4, 12, 'duty B'), ['dutyOverlaps']],
    ['two at the same time, the later one naming somebody else', wish(7.5, 16, 'duty B', { takesOverFrom: 'duty C' }), ['dutyOverlaps']],
    ['a named hand-over of half an hour', wish(7.5, 16, 'duty B', { takesOverFrom: 'duty A' }), []],
    ['a named hand-over of two hours', wish(6, 16, 'duty B', { takesOverFrom: 'duty A' }), ['handOverTooLong']],
    ['one inside of the other', wish(2, 4, 'duty B', { takesOverFrom: 'duty A' }), ['dutyOverlaps']],
    ['right behind it', wish(8, 16, 'duty B'), []],
    ['a shift of two days', wish(8, 56, 'duty B'), ['dutyTooLong']],
    ['an end before the beginning', wish(9, 8, 'duty B'), ['endsBeforeBegin']],
    ['a second person without a telephone', wish(8, 16, 'duty B', { secondPerson: 'duty C' }), ['secondPersonIncomplete']],
    ['the same telephone twice', wish(8, 16, 'duty B', { secondPerson: 'duty C', secondPhone: '1' }), ['secondPhoneSame']],
  ])('%s', (_what, shift, codes) => expect(refusedFor(rosterOf(wish(0, 8)), shift)).toEqual(codes));

  it('given holes before, between and after, then each is named', () => {
    const found = gaps(rosterOf(wish(6, 8), wish(1, 5)), 'H1', { from: NOW, to: NOW + 10 * HOUR_MS });
    expect(found.map(({ from, to }) => [(from - NOW) / HOUR_MS, (to - NOW) / HOUR_MS])).toEqual([[0, 1], [5, 6], [8, 10]]);
  });

  const wishes = fc.array(fc.record({ from: fc.nat(60), length: fc.integer({ min: 1, max: 20 }), person: fc.constantFrom('A', 'B', 'C'), relieves: fc.constantFrom('A', 'B', 'C', undefined) }), { maxLength: 12 })
    .map((all) => all.map(({ from, length, person, relieves }) => wish(from / 2, (from + length) / 2, person, relieves ? { takesOverFrom: relieves } : {})));

  it('whatever is entered in whatever order, at each instant exactly one answers, or it lies in a named gap', () => {
    fc.assert(fc.property(wishes, fc.nat(45 * 60), (entered, minute) => {
      const roster = rosterOf(...entered);
      const at = NOW + minute * MINUTE_MS;
      const answering = roster.filter((shift) => at >= shift.answersFrom && at < shift.to);
      const inGap = gaps(roster, 'H1', { from: NOW, to: NOW + 2 * DAY_MS }).some(({ from, to }) => at >= from && at < to);
      expect(answering.length).toBe(inGap ? 0 : 1);
      expect(lineAt(roster, [], 'H1', at).answers).toEqual(answering[0]);
    }), { numRuns: 1_000 });
  });

  it('from the first shift on somebody is responsible at every instant, whoever signs or does not', () => {
    fc.assert(fc.property(wishes, fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.nat(45))), fc.nat(45 * 60), (entered, signings, minute) => {
      const roster = rosterOf(...entered);
      const handOvers: HandOver[] = [];
      for (const [goes, comes, hour] of [...signings].sort((a, b) => a[2] - b[2])) {
        const at = NOW + hour * HOUR_MS;
        const [from, to] = [roster[goes % Math.max(1, roster.length)], roster[comes % Math.max(1, roster.length)]];
        if (!from || !to) continue;
        const sign = (hand: 'goes' | 'comes', before?: HandOver) => signHandOver(lineAt(roster, handOvers, 'H1', at), roster, before, { goes: from.id, comes: to.id, hand, name: (hand === 'goes' ? from : to).dutyPerson, by: 'desk' }, at);
        const first = sign('goes');
        const second = first.ok ? sign('comes', first.value) : first;
        if (second.ok) handOvers.push(second.value);
      }
      const at = NOW + minute * MINUTE_MS;
      const line = lineAt(roster, handOvers, 'H1', at);
      const begun = roster.some((shift) => shift.answersFrom <= at);
      if (begun) expect(line.responsible).toBeDefined();
      // Only somebody who is, or will be, on the roster ever holds the line, and a signature is never undone by time.
      const last = handOvers.filter(({ doneAt }) => doneAt! <= at).at(-1);
      if (last && line.responsible) expect(line.responsible.answersFrom).toBeGreaterThanOrEqual(roster.find(({ id }) => id === last.comes)!.answersFrom);
    }), { numRuns: 500 });
  });
});

describe('the line is handed over', () => {
  const roster = rosterOf(wish(0, 8, 'duty A'), wish(7.5, 16, 'duty B', { takesOverFrom: 'duty A' }), wish(16, 24, 'duty B'), wish(24, 32, 'duty C'));
  const at = (hours: number): number => NOW + hours * HOUR_MS;
  const sign = (hours: number, goes: string, comes: string, hand: 'goes' | 'comes', name: string, before?: HandOver, done: readonly HandOver[] = []) =>
    signHandOver(lineAt(roster, done, 'H1', at(hours)), roster, before, { goes, comes, hand, name, by: 'desk' }, at(hours));
  const codeOf = (result: ReturnType<typeof sign>): string => (result.ok ? 'accepted' : result.refusal.code);

  it('given one has signed, then nothing has changed; given both, then the line is the next one’s', () => {
    const first = sign(7.75, 'D0', 'D1', 'goes', 'duty A');
    if (!first.ok) throw new Error(first.refusal.code);
    expect(first.value.doneAt).toBeUndefined();
    expect(lineAt(roster, [first.value], 'H1', at(7.8)).answers?.dutyPerson).toBe('duty A');
    const both = sign(7.8, 'D0', 'D1', 'comes', 'duty B', first.value);
    if (!both.ok) throw new Error(both.refusal.code);
    expect(lineAt(roster, [both.value], 'H1', at(7.8))).toMatchObject({ answers: { dutyPerson: 'duty B' }, responsible: { dutyPerson: 'duty B' } });
    expect(codeOf(sign(7.9, 'D0', 'D1', 'goes', 'duty A', both.value, [both.value]))).toBe('handOverDone');
  });

  it('given nobody signed, then the next telephone rings, and the one before stays responsible', () => {
    expect(lineAt(roster, [], 'H1', at(9))).toMatchObject({ answers: { id: 'D1' }, responsible: { id: 'D0' }, notHandedOver: { id: 'D1' } });
  });

  it('given the same person stays for the next shift, then nobody has to sign', () => {
    const done: HandOver = { goes: 'D0', comes: 'D1', signed: {}, doneAt: at(8) };
    const line = lineAt(roster, [done], 'H1', at(17));
    expect(line.responsible?.id).toBe('D2');
    expect(line.notHandedOver).toBeUndefined();
  });

  it.each([
    ['somebody who is off duty', () => sign(1, 'D0', 'D3', 'goes', 'duty A'), 'handOverOffDuty'],
    ['by somebody who does not have the line', () => sign(8, 'D1', 'D3', 'goes', 'duty B'), 'handOverNotTheirs'],
    ['signed with another name', () => sign(7.75, 'D0', 'D1', 'goes', 'duty X'), 'handOverNotNamed'],
    ['to a shift that is none', () => sign(7.75, 'D0', 'D9', 'goes', 'duty A'), 'shiftUnknown'],
    ['to oneself', () => sign(7.75, 'D0', 'D0', 'goes', 'duty A'), 'shiftUnknown'],
  ])('%s is refused', (_what, signed, code) => expect(codeOf(signed())).toBe(code));
});

describe('a roster from a table', () => {
  const HEAD = 'from,to,dutyPerson,phone,secondPerson,secondPhone,takesOverFrom\n';

  it('given times as a ward writes them, in any order of rows, then the shifts stand', () => {
    const { shifts, problems } = readRoster(`${HEAD}2022-11-25 20:00,2022-11-26 08:00,乙,371-2,,,\n2022-11-25 08:00,2022-11-25 20:00,甲,371-1,乙,371-2,\n`, 'H1', []);
    expect(problems).toEqual([]);
    expect(shifts.map(({ dutyPerson, from }) => [dutyPerson, from])).toEqual([['甲', Date.UTC(2022, 10, 25, 0)], ['乙', Date.UTC(2022, 10, 25, 12)]]);
  });

  it('given several things are wrong, then all are said at once, each where it stands', () => {
    const { problems } = readRoster(`${HEAD}yesterday,2022-11-25 20:00,,x,,,\n2022-11-25 08:00,2022-11-25 20:00,甲,371-1,乙,,\n2022-11-25 18:00,2022-11-26 08:00,乙,371-2,,,\n`, 'H1', [...rosterOf(wish(0, 8))]);
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(['2:1 rosterTime', '2:3 rosterName', '2:4 rosterPhone', '3:1 dutyOverlaps', '3:6 secondPersonIncomplete', '4:1 dutyOverlaps']);
  });
});
