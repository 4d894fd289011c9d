import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, parseInstant, seededChance, startOfDay, type Instant } from '../../base/index.ts';
import { GAP_RULES } from '../safe-gap.ts';
import type { ChairCohort } from '../series.ts';
import { checkReplacement } from './check.ts';
import { loadSolver } from './load.ts';
import { UNREACHABLE, type Displaced, type OfferedSeats, type ReplaceAnswer, type ReplaceProblem } from './problem.ts';
import { figuresOf, replace } from './replace.ts';
import type { LinearSolver } from './solver.ts';

const AT = parseInstant('2022-11-21 22:00')!;
const MIDNIGHT = startOfDay(AT);
const SHIFTS = [7, 12.5, 18].map((hour) => hour * HOUR_MS);

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadSolver();
});

/** A few people and fewer seats: small enough to try everything. */
function smallCity(seed: number, size: { people: number; sessions: number; seats: number }): ReplaceProblem {
  const chance = seededChance(seed);
  const units = ['U1', 'U2', 'U3'];
  const cohort = (): ChairCohort => (chance.next() < 0.75 ? 'other' : 'contact');
  const displaced = Array.from({ length: size.people }, (_, person): Displaced => {
    const shift = chance.pick(SHIFTS);
    const first = MIDNIGHT + (1 + chance.below(2)) * DAY_MS + shift;
    const sessions = Array.from({ length: 1 + chance.below(size.sessions) }, (_each, session) => first + session * 2 * DAY_MS);
    return {
      series: `S${person}`, cohort: cohort(), origin: person % 2, institution: chance.pick(['U1', 'X']), counterparts: [chance.pick(units)], safeGapHours: 72,
      ...(chance.next() < 0.9 && { previousAt: first - (chance.next() < 0.6 ? 2 : 3) * DAY_MS }), sessions, ...(chance.next() < 0.5 && { nextAt: sessions.at(-1)! + 3 * DAY_MS }),
    };
  });
  const places = new Map<string, OfferedSeats>();
  for (let seat = 0; seat < size.seats; seat += 1) {
    const startsAt = MIDNIGHT + (1 + chance.below(4)) * DAY_MS + chance.pick(SHIFTS);
    const institution = chance.pick(units);
    const of = chance.next() < 0.1 ? null : cohort();
    const slot = `${institution}/haemodialysis/${startsAt}/${of ?? 'whole'}`;
    places.set(slot, { slot, institution, startsAt, endsAt: startsAt + 4 * HOUR_MS, cohort: of, seats: 1 + chance.below(2) });
  }
  const seconds = Uint32Array.from({ length: 6 }, () => (chance.next() < 0.1 ? UNREACHABLE : 600 + chance.below(3_000)));
  return { at: AT, service: 'haemodialysis', earliestAt: AT + 2 * HOUR_MS, displaced, units, seats: [...places.values()], travel: { origins: 2, seconds } };
}

/** Every way to seat everybody, one after the other: the safest there is, by trying all of them. */
function safestOf(problem: ReplaceProblem): readonly number[] {
  const { restHours, movableHours } = GAP_RULES[problem.service];
  const follows = (from: Instant, to: Instant): boolean => to - from >= restHours * HOUR_MS && startOfDay(from) !== startOfDay(to);
  const left = new Map(problem.seats.map(({ slot, seats }) => [slot, seats]));
  const given = new Map<string, ChairCohort>();
  let best: readonly number[] = [Infinity, Infinity, Infinity];
  const less = (a: readonly number[], b: readonly number[]): boolean => {
    const place = a.findIndex((each, at) => each !== b[at]);
    return place >= 0 && a[place]! < b[place]!;
  };
  const over = (gap: number): number => Math.max(0, Math.ceil(gap / HOUR_MS - 72));
  const seat = (person: number, session: number, last: Instant | undefined, skipped: boolean, cost: readonly number[]): void => {
    if (!less(cost, best)) return;
    const who = problem.displaced[person];
    if (!who) {
      best = cost;
      return;
    }
    const gapTo = (at: Instant): number => (skipped || last === undefined ? 0 : over(at - last));
    if (session === who.sessions.length) {
      const hours = who.nextAt !== undefined && !skipped && last !== undefined ? over(who.nextAt - last) : 0;
      const next = problem.displaced[person + 1];
      return seat(person + 1, 0, next?.previousAt ?? AT + DAY_MS - 72 * HOUR_MS, false, [cost[0]! + (hours > 0 ? 1 : 0), cost[1]!, cost[2]! + hours]);
    }
    for (const one of problem.seats) {
      const unit = problem.units.indexOf(one.institution);
      if (left.get(one.slot) === 0 || problem.travel.seconds[who.origin * problem.units.length + unit] === UNREACHABLE) continue;
      if ((one.cohort ?? given.get(one.slot) ?? who.cohort) !== who.cohort || one.startsAt < problem.earliestAt) continue;
      if (Math.abs(one.startsAt - who.sessions[session]!) > movableHours * HOUR_MS) continue;
      const known = last !== undefined && !(who.previousAt === undefined && last === AT + DAY_MS - 72 * HOUR_MS);
      if (known && !follows(last, one.startsAt)) continue;
      if (who.nextAt !== undefined && !follows(one.startsAt, who.nextAt)) continue;
      const before = given.get(one.slot);
      left.set(one.slot, left.get(one.slot)! - 1);
      if (one.cohort === null) given.set(one.slot, who.cohort);
      const hours = gapTo(one.startsAt);
      seat(person, session + 1, one.startsAt, false, [cost[0]! + (hours > 0 ? 1 : 0), cost[1]!, cost[2]! + hours]);
      left.set(one.slot, left.get(one.slot)! + 1);
      if (one.cohort === null && before === undefined) given.delete(one.slot);
    }
    seat(person, session + 1, last, true, [cost[0]! + 2, cost[1]! + 1, cost[2]!]);
  };
  seat(0, 0, problem.displaced[0]?.previousAt ?? AT + DAY_MS - 72 * HOUR_MS, false, [0, 0, 0]);
  return best;
}

const safetyOf = ({ levels }: ReplaceAnswer): readonly number[] => levels.slice(0, 3).map(({ value }) => value);

describe('a unit closes and all its coming sessions are placed again', () => {
  it('given any few people and seats, then nobody is beyond the safe gap or without a seat whom any plan could have spared it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const problem = smallCity(seed, { people: 4, sessions: 2, seats: 7 });
      const answer = replace(problem, solver);
      expect(checkReplacement(problem, answer)).toEqual([]);
      expect(safetyOf(answer)).toEqual(safestOf(problem));
    }), { numRuns: 60 });
  });

  it('given any crowd, with a solver or without, then the checker accepts the plan and a solver makes it no worse', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const problem = smallCity(seed, { people: 24, sessions: 2, seats: 40 });
      const [solved, greedy] = [replace(problem, solver), replace(problem)];
      expect(checkReplacement(problem, solved)).toEqual([]);
      expect(checkReplacement(problem, greedy)).toEqual([]);
      const place = solved.levels.findIndex(({ value }, at) => value !== greedy.levels[at]!.value);
      if (place >= 0) expect(solved.levels[place]!.value).toBeLessThan(greedy.levels[place]!.value);
    }), { numRuns: 10 });
  });

  it('given the same problem in another order, then the plan is the same', () => {
    const problem = smallCity(7, { people: 30, sessions: 3, seats: 50 });
    const turned = { ...problem, displaced: [...problem.displaced].reverse(), seats: [...problem.seats].reverse() };
    expect(replace(turned, solver)).toEqual(replace(problem, solver));
  });

  it('given a seat of another cohort only, then nobody is put into it and what is missing is said', () => {
    const problem = only({ cohort: 'positive' });
    const answer = replace(problem, solver);
    expect(answer).toMatchObject({ placed: [], unplaced: [{ series: 'S0', missing: 'noChairOfCohort' }] });
    expect(checkReplacement(problem, answer)).toEqual([]);
  });

  it('given seats that can be given to a cohort as a whole, then they are given to one, and to no second', () => {
    const problem = only({ cohort: null, seats: 5 });
    const both = { ...problem, displaced: [...problem.displaced, { ...problem.displaced[0]!, series: 'S1', cohort: 'contact' as const }] };
    const answer = replace(both, solver);
    expect(answer.designated).toHaveLength(1);
    expect(answer.placed).toHaveLength(1);
    expect(answer.unplaced).toMatchObject([{ missing: 'everySeatTaken' }]);
    expect(checkReplacement(both, answer)).toEqual([]);
  });

  it.each([
    ['no way leads there', 'noUnitReachable', { travel: { origins: 1, seconds: Uint32Array.of(UNREACHABLE, UNREACHABLE) } }],
    ['every seat begins days later', 'noSeatWithinGap', { seats: [{ ...only({}).seats[0]!, startsAt: AT + 5 * DAY_MS, endsAt: AT + 5 * DAY_MS + 4 * HOUR_MS }] }],
    ['its time is over before anybody could get there', 'tooLate', { earliestAt: AT + 4 * DAY_MS }],
  ] as const)('given that %s, then the session is listed with %s', (_, missing, change) => {
    expect(replace({ ...only({}), ...change }, solver).unplaced).toMatchObject([{ missing }]);
  });

  it('given seats in the own institution, at the counterpart and nearer at a stranger’s, then the own one is taken, and after it the counterpart’s', () => {
    const [seat] = only({}).seats;
    const near = { ...seat!, slot: 'near', institution: 'U2' };
    const problem = { ...only({}), displaced: [{ ...only({}).displaced[0]!, institution: 'U1' }], seats: [seat!, near] };
    expect(replace(problem, solver).placed[0]!.institution).toBe('U1');
    const stranger = { ...problem, displaced: [{ ...problem.displaced[0]!, institution: 'X', counterparts: ['U1'] }] };
    expect(replace(stranger, solver).placed[0]!.institution).toBe('U1');
    expect(figuresOf(stranger, replace(stranger, solver))).toMatchObject({ sameUnit: 0, counterpart: 1, elsewhere: 0, worstGapHours: 48 });
  });

  it('given nobody, nobody’s session, no seat or no unit, then there is an answer', () => {
    const problem = only({});
    for (const change of [{ displaced: [] }, { displaced: [{ ...problem.displaced[0]!, sessions: [] }] }, { seats: [] }, { units: [], travel: { origins: 1, seconds: new Uint32Array() } }]) {
      const one = { ...problem, ...change };
      expect(checkReplacement(one, replace(one, solver))).toEqual([]);
    }
  });

  it('given daily fractions, then each keeps to its own day, and all are placed where seats are', () => {
    const first = MIDNIGHT + DAY_MS + 10 * HOUR_MS;
    const days = [0, 1, 2].map((day) => first + day * DAY_MS);
    const displaced = Array.from({ length: 6 }, (_, person): Displaced => (
      { ...only({}).displaced[0]!, series: `S${person}`, previousAt: first - DAY_MS, sessions: days, nextAt: first + 3 * DAY_MS }));
    const seats = days.flatMap((day) => [8, 9, 14].map((hour): OfferedSeats => (
      { ...only({}).seats[0]!, slot: `${day}/${hour}`, startsAt: startOfDay(day) + hour * HOUR_MS, endsAt: startOfDay(day) + (hour + 1) * HOUR_MS, seats: 2 })));
    const problem = { ...only({}), service: 'radiotherapy' as const, displaced, seats };
    const answer = replace(problem, solver);
    expect(answer.unplaced).toEqual([]);
    expect(checkReplacement(problem, answer)).toEqual([]);
    expect(answer.placed.every(({ was, startsAt }) => startOfDay(was) === startOfDay(startsAt))).toBe(true);
  });

  it('given no solver, then the careful plan without proof stands', () => {
    const answer = replace(smallCity(5, { people: 20, sessions: 2, seats: 30 }));
    expect(answer.levels.every(({ bound }) => bound === 0)).toBe(true);
  });

  it('given a plan that somebody spoiled, then the checker says what is wrong with it', () => {
    const problem = smallCity(11, { people: 10, sessions: 2, seats: 30 });
    const answer = replace(problem);
    const [first] = answer.placed;
    const codes = (spoiled: Partial<ReplaceAnswer>): readonly string[] => checkReplacement(problem, { ...answer, ...spoiled }).map(({ fault }) => fault);
    expect(codes({ placed: answer.placed.slice(1) })).toContain('sessionLost');
    expect(codes({ placed: [...answer.placed, first!] })).toContain('sessionTwice');
    expect(codes({ placed: [{ ...first!, slot: 'nowhere' }, ...answer.placed.slice(1)] })).toContain('strangeSeat');
    const other = problem.seats.find(({ cohort }) => cohort !== null && cohort !== problem.displaced.find(({ series }) => series === first!.series)!.cohort)!;
    expect(codes({ placed: [{ ...first!, slot: other.slot, institution: other.institution, startsAt: other.startsAt }, ...answer.placed.slice(1)] })).toContain('wrongCohort');
    expect(codes({ levels: answer.levels.map((level) => ({ ...level, value: level.value + 1 })) })).toContain('figuresWrong');
  });
});

/** One person with one session, and one row of seats at its hour. */
function only(seats: Partial<OfferedSeats>): ReplaceProblem {
  const was = MIDNIGHT + DAY_MS + SHIFTS[2]!;
  const displaced: Displaced = { series: 'S0', cohort: 'other', origin: 0, institution: 'X', counterparts: [], safeGapHours: 72, previousAt: was - 2 * DAY_MS, sessions: [was] };
  const offered: OfferedSeats = { slot: 'one', institution: 'U1', startsAt: was, endsAt: was + 4 * HOUR_MS, cohort: 'other', seats: 1, ...seats };
  return { at: AT, service: 'haemodialysis', earliestAt: AT + 2 * HOUR_MS, displaced: [displaced], units: ['U1', 'U2'], seats: [offered], travel: { origins: 1, seconds: Uint32Array.of(3_000, 600) } };
}
