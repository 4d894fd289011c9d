import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS, type Place } from '../base/index.ts';
import { ACUITIES, type Acuity } from '../triage/index.ts';
import { assign, UNIT_STATES, type Board, type BoardUnit, type CallAnswer, type OpenCall } from './index.ts';

const NOW = Date.UTC(2022, 10, 25, 4);
/** A street from west to east, one minute of driving between numbers, the same for everybody. */
const at = (minute: number): Place => ({ lon: 113 + minute / 100, lat: 34.7 });
const travel = (from: Place, to: Place): number => Math.round(Math.abs(from.lon - to.lon) * 6_000);

const unit = (code: string, minute: number, more: Partial<BoardUnit> = {}): BoardUnit =>
  ({ unit: code, state: 'idle', place: at(minute), placeAt: NOW, equipment: 'advanced', negativePressure: false, ...more });
const call = (mission: string, acuity: Acuity, minute: number, more: Partial<OpenCall> = {}): OpenCall =>
  ({ mission, acuity, place: at(minute), askedAt: NOW, ...more });
const board = (calls: readonly OpenCall[], units: readonly BoardUnit[], more: Partial<Board> = {}): Board => ({ now: NOW, calls, units, travel, ...more });
const answersOf = (...parts: Parameters<typeof board>): Readonly<Record<string, CallAnswer>> =>
  Object.fromEntries(assign(board(...parts)).answers.map((answer) => [answer.mission, answer]));
const reasonsOf = (answer: CallAnswer | undefined): readonly string[] => answer!.reasons.map(({ code }) => code);
const shortfallsOf = (answer: CallAnswer | undefined): readonly string[] => answer!.shortfalls.map(({ code }) => code);

describe('who gets which unit', () => {
  it('given one call and two free units, then the nearer goes, and says so', () => {
    const { M1 } = answersOf([call('M1', 'I', 10)], [unit('U1', 2), unit('U2', 7)]);
    expect(M1).toMatchObject({ unit: 'U2', etaSeconds: 180, reasons: [{ code: 'nearest' }], shortfalls: [] });
  });

  it('given two calls at once, then the sum decides: the nearest unit of one is left to the one who has no other', () => {
    const { M1, M2 } = answersOf([call('M1', 'I', 10), call('M2', 'I', 14)], [unit('U1', 11), unit('U2', 7)]);
    expect([M1!.unit, M2!.unit]).toEqual(['U2', 'U1']);
    expect(M1!.reasons[0]).toEqual({ code: 'nearerOneNeeded', facts: { unit: 'U1', nearerSeconds: 120, mission: 'M2' } });
  });

  it('given fewer units than calls, then the worst first, and the others hear how many are before them', () => {
    const { M1, M2, M3 } = answersOf([call('M1', 'III', 1), call('M2', 'I', 9), call('M3', 'II', 2)], [unit('U1', 1)]);
    expect(M2!.unit).toBe('U1');
    expect(M3!.shortfalls).toEqual([{ code: 'behindOthers', facts: { ahead: 1 } }]);
    expect(M1!.shortfalls).toEqual([{ code: 'behindOthers', facts: { ahead: 2 } }]);
  });

  it('given nobody can come in time, then the nearest goes all the same and the gap is named', () => {
    const { M1 } = answersOf([call('M1', 'I', 30)], [unit('U1', 8)]);
    expect(M1).toMatchObject({ unit: 'U1', shortfalls: [{ code: 'noneWithin', facts: { limitSeconds: 900, nearestSeconds: 1_320 } }] });
  });

  it('given nobody is free, or no road leads there, then it says which of the two', () => {
    expect(answersOf([call('M1', 'I', 3)], [unit('U1', 1, { state: 'withPatient' })])['M1']!.shortfalls).toEqual([{ code: 'noneFree', facts: { ahead: 0 } }]);
    expect(shortfallsOf(answersOf([call('M1', 'I', 3)], [unit('U1', 1)], { travel: () => Infinity })['M1'])).toEqual(['noRoad']);
  });

  it('given a call with a date gone wrong by years, then its patient still gets a unit', () => {
    expect(answersOf([call('M1', 'I', 3, { askedAt: 0 })], [unit('U1', 1)])['M1']!.unit).toBe('U1');
  });

  it('given level I and a basic unit up to five minutes nearer, then the advanced one; nearer still, then the basic one', () => {
    const basic = unit('U1', 0, { equipment: 'basic' });
    expect(answersOf([call('M1', 'I', 1)], [basic, unit('U2', 6.5)])['M1']).toMatchObject({ unit: 'U2', reasons: [{ code: 'nearerOneLessSuited' }] });
    expect(shortfallsOf(answersOf([call('M1', 'I', 1)], [basic, unit('U2', 7.5)])['M1'])).toEqual(['notAdvanced']);
  });

  it('given a unit without negative pressure is four minutes nearer, then infection does not come before acuity', () => {
    const wants = call('M1', 'II', 0, { wants: ['negativePressure'] });
    expect(answersOf([wants], [unit('U1', 1), unit('U2', 5, { negativePressure: true })])['M1']).toMatchObject({ unit: 'U1', shortfalls: [{ code: 'noNegativePressure' }] });
    expect(answersOf([wants], [unit('U1', 1), unit('U2', 3.5, { negativePressure: true })])['M1']!.unit).toBe('U2');
  });

  it('given a unit is being decontaminated, then the time it still needs counts; without one it is not counted on', () => {
    const ready = unit('U1', 1, { state: 'decontaminating', readyAt: NOW + 5 * MINUTE_MS });
    expect(answersOf([call('M1', 'II', 0)], [ready])['M1']).toMatchObject({ unit: 'U1', etaSeconds: 360 });
    expect(reasonsOf(answersOf([call('M1', 'II', 0)], [ready])['M1'])).toContain('afterDecontamination');
    expect(shortfallsOf(answersOf([call('M1', 'II', 0)], [unit('U1', 1, { state: 'decontaminating' })])['M1'])).toEqual(['noneFree']);
  });

  it('given a shift is about to end, then a lesser call takes another unit, and an emergency takes it when it is the nearest by far', () => {
    const tired = unit('U1', 1, { shiftEndsAt: NOW + 20 * MINUTE_MS });
    expect(answersOf([call('M1', 'III', 0)], [tired, unit('U2', 15)])['M1']!.unit).toBe('U2');
    const { M1 } = answersOf([call('M1', 'I', 0)], [tired, unit('U2', 15)]);
    expect(M1!.unit).toBe('U1');
    expect(reasonsOf(M1)).toContain('shiftEnds');
    expect(answersOf([call('M1', 'I', 0)], [unit('U1', 1, { shiftEndsAt: NOW })])['M1']!.unit).toBeUndefined();
  });

  it('given a moving unit was not heard of for long, then one that was goes, and the age of the place is shown', () => {
    const lost = unit('U1', 1, { state: 'returning', placeAt: NOW - 6 * MINUTE_MS });
    expect(answersOf([call('M1', 'I', 0)], [lost, unit('U2', 4)])['M1']!.unit).toBe('U2');
    expect(answersOf([call('M1', 'I', 0)], [lost])['M1']!.reasons).toContainEqual({ code: 'positionOld', facts: { seconds: 240 } });
  });
});

describe('units under way', () => {
  const toLesser = unit('U1', 5, { state: 'toPatient' });

  it('given a worse case, then it takes the unit from the lesser one, who gets the next or hears why not', () => {
    const lesser = call('M1', 'III', 9, { unit: 'U1' });
    const { M1, M2 } = answersOf([lesser, call('M2', 'I', 4)], [toLesser, unit('U2', 25)]);
    expect(M2).toMatchObject({ unit: 'U1', takenFrom: 'M1', etaSeconds: 60 });
    expect(reasonsOf(M2)).toEqual(['nearest', 'takenFromLesser']);
    expect(M1).toMatchObject({ unit: 'U2', instead: 'U1', shortfalls: [{ code: 'unitTaken', facts: { unit: 'U1', mission: 'M2', acuity: 'I' } }] });
    expect(shortfallsOf(answersOf([lesser, call('M2', 'I', 4)], [toLesser])['M1'])).toEqual(['unitTaken', 'behindOthers']);
  });

  it('given a free unit is less than a minute farther, then nobody is turned round', () => {
    expect(answersOf([call('M1', 'III', 9, { unit: 'U1' }), call('M2', 'I', 4)], [toLesser, unit('U2', 5.5)])['M2']!.unit).toBe('U2');
  });

  it('given a unit becomes free nearer to somebody whose unit is still far, then it takes over, and the gain is named', () => {
    const { M1 } = answersOf([call('M1', 'II', 20, { unit: 'U1' })], [toLesser, unit('U2', 18)]);
    expect(M1).toMatchObject({ unit: 'U2', instead: 'U1' });
    expect(M1!.reasons).toContainEqual({ code: 'exchangedForNearer', facts: { unit: 'U1', savesSeconds: 780 } });
  });

  it('given a patient lost three units already, then the fourth is theirs, and only level I may have it', () => {
    const lesser = call('M1', 'IV', 9, { unit: 'U1', unitsLost: 3 });
    const { M1, M2 } = answersOf([lesser, call('M2', 'II', 4)], [toLesser]);
    expect(M1).toMatchObject({ unit: 'U1', reasons: [{ code: 'onItsWay' }] });
    expect(shortfallsOf(M2)).toEqual(['behindOthers']);
    expect(answersOf([lesser, call('M2', 'I', 4)], [toLesser])['M2']!.unit).toBe('U1');
  });

  it('given a lesser call, then no unit is taken from anybody', () => {
    expect(answersOf([call('M1', 'IV', 9, { unit: 'U1' }), call('M2', 'III', 4)], [toLesser])['M2']!.unit).toBeUndefined();
  });
});

describe('lesser calls', () => {
  it('given many wait, then a unit takes the nearest of the oldest', () => {
    const waiting = Array.from({ length: 100 }, (_, i) => call(`M${i}`, 'III', i < 40 ? 50 + i : 1, { askedAt: NOW - (200 - i) * MINUTE_MS }));
    expect(answersOf(waiting, [unit('U1', 0)])['M0']!.unit).toBe('U1');
  });

  it('given somebody far has waited very long, then their turn comes before nearer ones', () => {
    const waiting = [call('M1', 'III', 60, { askedAt: NOW - 24 * 60 * MINUTE_MS }), call('M2', 'III', 1, { askedAt: NOW - MINUTE_MS })];
    expect(answersOf(waiting, [unit('U1', 0)])['M1']!.unit).toBe('U1');
  });

  it('given level IV waited two hours, then it no longer waits behind a younger III', () => {
    const waiting = [call('M1', 'IV', 5, { askedAt: NOW - 130 * MINUTE_MS }), call('M2', 'III', 5, { askedAt: NOW - MINUTE_MS })];
    expect(answersOf(waiting, [unit('U1', 0)])['M1']!.unit).toBe('U1');
    expect(answersOf([{ ...waiting[0]!, askedAt: NOW - 60 * MINUTE_MS }, waiting[1]!], [unit('U1', 0)])['M2']!.unit).toBe('U1');
  });

  const town = [{ place: at(0), perHour: 6 }];
  const busy = Array.from({ length: 7 }, (_, i) => unit(`B${i}`, 0, { state: 'withPatient' as const }));

  it('given one unit is left for a busy town and somebody lesser waits, then it is kept, by name; a small fleet keeps none', () => {
    const { M1 } = answersOf([call('M1', 'III', 2)], [unit('U1', 0), ...busy], { demand: town });
    expect(M1!.shortfalls).toEqual([{ code: 'keptForEmergencies', facts: { unit: 'U1' } }]);
    expect(answersOf([call('M1', 'III', 2)], [unit('U1', 0)], { demand: town })['M1']!.unit).toBe('U1');
    expect(answersOf([call('M1', 'II', 2)], [unit('U1', 0), ...busy], { demand: town })['M1']!.unit).toBe('U1');
  });

  it('given two stand together and one alone, then one of the two goes although it is a little farther', () => {
    const towns = [{ place: at(0), perHour: 3 }, { place: at(20), perHour: 3 }];
    const { M1 } = answersOf([call('M1', 'III', 11)], [unit('U1', 20), unit('U2', 1), unit('U3', 1)], { demand: towns });
    expect(M1!.unit).toBe('U2');
  });
});

describe('standby', () => {
  const posts = [{ code: 'west', place: at(0) }, { code: 'east', place: at(20) }];
  const demand = [{ place: at(0), perHour: 6 }, { place: at(20), perHour: 6 }];

  it('given a unit without a post and nobody in the east, then it goes there', () => {
    const { moves } = assign(board([], [unit('U1', 10, { state: 'returning' }), unit('U2', 0, { post: 'west' })], { posts, demand }));
    expect(moves).toEqual([{ unit: 'U1', post: 'east', driveSeconds: 600, savesSeconds: 450 }]);
  });

  it('given two stand in the west and none in the east, then one moves; given both are covered, then nobody', () => {
    const west = [unit('U1', 0, { post: 'west' }), unit('U2', 0, { post: 'west' })];
    expect(assign(board([], west, { posts, demand })).moves).toMatchObject([{ post: 'east' }]);
    expect(assign(board([], [west[0]!, unit('U2', 20, { post: 'east' })], { posts, demand })).moves).toEqual([]);
  });

  it('given a unit is sent in the same breath, then it is not moved', () => {
    const { moves } = assign(board([call('M1', 'I', 3)], [unit('U1', 10, { state: 'returning' })], { posts, demand }));
    expect(moves).toEqual([]);
  });
});

describe('mutual aid', () => {
  const of = (district: string): { readonly district: string } => ({ district });
  const mine = (mission: string, acuity: Acuity, minute: number, more: Partial<OpenCall> = {}): OpenCall => call(mission, acuity, minute, { ...of('A'), ...more });

  it('given level I and another district\'s unit three minutes nearer, then it goes, and both districts are named; less, then the own one', () => {
    const own = unit('A1', 10, of('A'));
    expect(answersOf([mine('M1', 'I', 0)], [own, unit('B1', 6.5, of('B'))])['M1'])
      .toMatchObject({ unit: 'B1', reasons: [{ code: 'nearest' }, { code: 'mutualAid', facts: { from: 'B', to: 'A', nearerSeconds: 210 } }] });
    expect(answersOf([mine('M1', 'I', 0)], [own, unit('B1', 7.5, of('B'))])['M1'])
      .toMatchObject({ unit: 'A1', reasons: [{ code: 'nearerOneElsewhere', facts: { unit: 'B1', nearerSeconds: 150, district: 'B' } }] });
  });

  it('given level II, then it takes six minutes', () => {
    const units = (minute: number): readonly BoardUnit[] => [unit('A1', 10, of('A')), unit('B1', minute, of('B'))];
    expect(answersOf([mine('M1', 'II', 0)], units(4.5))['M1']!.unit).toBe('A1');
    expect(answersOf([mine('M1', 'II', 0)], units(3.5))['M1']!.unit).toBe('B1');
  });

  it('given an emergency and no unit of its own, then another district\'s goes however far, and the second tier is named', () => {
    const { M1 } = answersOf([mine('M1', 'I', 0)], [unit('B1', 22, of('B'))]);
    expect(M1).toMatchObject({ unit: 'B1', reasons: [{ code: 'nearest' }, { code: 'mutualAidOwnNone', facts: { from: 'B', to: 'A' } }] });
    expect(M1!.shortfalls).toEqual([{ code: 'noneWithin', facts: { limitSeconds: 900, nearestSeconds: 1_320 } }, { code: 'secondTierAsked', facts: { district: 'A' } }]);
  });

  it('given a lesser call, then its own district\'s unit, however far; given that is short, then the neighbour helps while it keeps one', () => {
    const neighbours = [unit('B1', 1, of('B')), unit('B2', 2, of('B')), unit('B3', 60, of('B'))];
    expect(answersOf([mine('M1', 'III', 0)], [unit('A1', 40, of('A')), ...neighbours])['M1']!.unit).toBe('A1');
    const { M1, M2, M3 } = answersOf([mine('M1', 'III', 0), mine('M2', 'III', 1), mine('M3', 'III', 2)], neighbours);
    expect([M1!.unit, M2!.unit, M3!.unit].filter((sent) => sent !== undefined)).toHaveLength(2);
    expect(answersOf([mine('M1', 'III', 0)], [neighbours[0]!])['M1']).toMatchObject({ shortfalls: [{ code: 'secondTierAsked' }, { code: 'behindOthers' }] });
  });

  it('given the neighbour\'s own callers wait, then it keeps its units for them', () => {
    const waiting = call('M2', 'III', 30, of('B'));
    const { M1, M2 } = answersOf([mine('M1', 'III', 0), waiting], [unit('B1', 1, of('B')), unit('B2', 2, of('B'))]);
    expect(M1!.unit).toBeUndefined();
    expect(M2!.unit).toBeDefined();
  });

  it('given a unit already helps out, then it is not turned round for being from elsewhere', () => {
    const helping = unit('B1', 8, { ...of('B'), state: 'toPatient' });
    expect(answersOf([mine('M1', 'III', 0, { unit: 'B1' })], [helping, unit('A1', 7.5, of('A'))])['M1']!.unit).toBe('B1');
  });
});

describe('whatever the day', () => {
  const minute = fc.integer({ min: 0, max: 60 });
  const instant = fc.integer({ min: -600, max: 0 }).map((minutes) => NOW + minutes * MINUTE_MS);
  const demandArb = fc.option(fc.array(fc.record({ place: minute.map(at), perHour: fc.double({ min: 0, max: 10, noNaN: true }) }), { maxLength: 5 }), { nil: undefined });
  const district = fc.option(fc.constantFrom('A', 'B', 'C'), { nil: undefined });
  const boards: fc.Arbitrary<Board> = fc.tuple(
    fc.array(fc.record({ minute, state: fc.constantFrom(...UNIT_STATES), basic: fc.boolean(), ready: fc.boolean(), posted: fc.boolean(), district }), { maxLength: 12 }),
    fc.array(fc.record({ minute, acuity: fc.constantFrom(...ACUITIES), askedAt: instant, lost: fc.nat(4), district }), { maxLength: 20 }),
    demandArb,
  ).map(([units, calls, demand]) => {
    // Whoever is on the way is on the way to somebody.
    const movingMax = units.flatMap(({ state }, i) => (state === 'toPatient' ? [i] : []))[calls.length] ?? Infinity;
    const fleet = units.map(({ minute: where, state, basic, ready, posted, district: home }, i) => unit(`U${i}`, where, {
      ...(home && { district: home }),
      state: state === 'toPatient' && i >= movingMax ? 'withPatient' : state, equipment: basic ? 'basic' : 'advanced', ...(ready && { readyAt: NOW + MINUTE_MS }), ...(posted && { post: 'P' }),
    }));
    const moving = fleet.filter(({ state }) => state === 'toPatient');
    const open = calls.map(({ minute: where, acuity, askedAt, lost, district: home }, i) => call(`M${i}`, acuity, where, { askedAt, unitsLost: lost, ...(home && { district: home }), ...(moving[i] && { unit: moving[i].unit }) }));
    return board(open, fleet, { ...(demand && { demand, posts: [{ code: 'P', place: at(5) }, { code: 'Q', place: at(50) }] }) });
  });

  it('no unit is sent twice, none away from its patient, and none that is out of service', () => {
    fc.assert(fc.property(boards, (any) => {
      const { answers, moves } = assign(any);
      const used = [...answers.flatMap(({ unit: sent }) => sent ?? []), ...moves.map(({ unit: moved }) => moved)];
      expect(new Set(used).size).toBe(used.length);
      for (const code of used) expect(['idle', 'returning', 'toPatient', 'decontaminating']).toContain(any.units.find((each) => each.unit === code)!.state);
    }));
  });

  it('everybody who waits has a unit or is told what is missing', () => {
    fc.assert(fc.property(boards, (any) => {
      const { answers } = assign(any);
      expect(answers.map(({ mission }) => mission).toSorted()).toEqual(any.calls.map(({ mission }) => mission).toSorted());
      for (const answer of answers) expect(answer.unit === undefined ? answer.shortfalls.length : answer.reasons.length).toBeGreaterThan(0);
    }));
  });

  it('no emergency waits while a unit is free or under way to somebody lesser', () => {
    fc.assert(fc.property(boards, (any) => {
      const { answers } = assign(any);
      const acuityOf = new Map(any.calls.map(({ mission, acuity }) => [mission, acuity]));
      const worstWaiting = Math.min(...answers.filter(({ unit: sent }) => !sent).map(({ mission }) => ACUITIES.indexOf(acuityOf.get(mission)!)));
      if (worstWaiting > 1) return;
      for (const { mission, unit: sent } of answers) {
        if (!sent) continue;
        const protectedCall = worstWaiting === 1 && any.calls.find((each) => each.mission === mission && each.unit !== undefined && each.unitsLost! >= 3);
        if (!protectedCall) expect(ACUITIES.indexOf(acuityOf.get(mission)!)).toBeLessThanOrEqual(worstWaiting);
      }
      const sentUnits = new Set(answers.map(({ unit: sent }) => sent));
      for (const { unit: code, state } of any.units) if (state === 'idle') expect(sentUnits.has(code)).toBe(true);
    }));
  });

  it('no district gives its last free unit to a lesser call of another', () => {
    fc.assert(fc.property(boards, (any) => {
      const { answers } = assign(any);
      const callOf = new Map(answers.map(({ mission, unit: each }) => [each, any.calls.find((one) => one.mission === mission)!]));
      for (const { mission, unit: code } of answers) {
        const helped = any.calls.find((each) => each.mission === mission)!;
        const helper = any.units.find((each) => each.unit === code);
        if (!helper || helped.unit === code || helped.acuity === 'I' || helped.acuity === 'II') continue;
        if (helper.district === undefined || helped.district === undefined || helper.district === helped.district) continue;
        // One stays, or goes to a patient of its own that waited behind a level more.
        const isElsewhere = (each: string): boolean => ![undefined, helper.district].includes(callOf.get(each)?.district);
        const left = any.units.filter(({ unit: each, district: home, state }) => home === helper.district && !isElsewhere(each) && !['withPatient', 'outOfService'].includes(state));
        expect(left.length).toBeGreaterThan(0);
      }
    }));
  });

  it('a patient whose unit is on its way keeps help on its way, unless somebody worse has it', () => {
    fc.assert(fc.property(boards, (any) => {
      const { answers } = assign(any);
      for (const answer of answers) {
        const before = any.calls.find(({ mission }) => mission === answer.mission)!;
        if (before.unit !== undefined && answer.unit === undefined) expect(shortfallsOf(answer)[0]).toBe('unitTaken');
      }
    }));
  });

  it('the order of the rows changes nothing', () => {
    fc.assert(fc.property(boards, (any) => {
      const turned = { ...any, calls: [...any.calls].reverse(), units: [...any.units].reverse() };
      expect(assign(turned)).toEqual(assign(any));
    }));
  });

  /** The board once every answer was carried out, in the same second. */
  function carriedOut(any: Board): Board {
    const unitOf = new Map(assign(any).answers.map(({ mission, unit: sent }) => [mission, sent]));
    const sent = new Set(unitOf.values());
    const stateAfter = ({ unit: code, state }: BoardUnit): BoardUnit['state'] => {
      if (sent.has(code)) return state === 'decontaminating' ? state : 'toPatient';
      return state === 'toPatient' ? 'returning' : state;
    };
    return {
      ...any,
      calls: any.calls.map(({ unit: _, ...rest }) => ({ ...rest, ...(unitOf.get(rest.mission) && { unit: unitOf.get(rest.mission)! }) })),
      units: any.units.map((each) => ({ ...each, state: stateAfter(each) })),
    };
  }

  it('carried out and asked again, it comes to rest: no two calls pass a unit to and fro', () => {
    fc.assert(fc.property(boards, (any) => {
      let now = any;
      for (let round = 0; round < 4; round += 1) now = carriedOut(now);
      expect(carriedOut(now).calls).toEqual(now.calls);
    }));
  });
});
