import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeIn, covers, maySee, mustBe, Refused, ROLES, type Actor, type Role, type Whereabouts } from './index.ts';

const where: Whereabouts = { district: 'D1', town: 'T1', journey: 'R1', institutions: ['H1', 'H2'], unit: 'U1', cars: ['C1'] };
const actor = (role: Role, scope: string): Actor => ({ id: 'a', name: 'A', role, scope });
const statusOf = (work: () => unknown): number | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.statusCode : undefined;
  }
};

describe('whose is it?', () => {
  it.each(['district:D1', 'town:T1', 'journey:R1', 'institution:H1', 'institution:H2', 'unit:U1', 'car:C1'])('given %s, then it lies inside', (scope) => {
    expect(covers(scope, where)).toBe(true);
  });

  it.each(['district:D2', 'town:T2', 'town:', 'institution:H3', 'unit:U2', 'car:C2', 'station:U1', 'garage:T1', 'checkpoint:D1', '', 'T1', 'CITY'])('given %j, then it does not', (scope) => {
    expect(covers(scope, where)).toBe(false);
  });

  it('given a city-wide scope in hands that are not, then it opens nothing', () => {
    const readers = ROLES.filter((role) => maySee(actor(role, 'city'), where));
    expect(readers).toEqual(['hotline', 'dispatcher', 'city', 'system']);
  });

  it('a scope nobody has defined covers nothing, whatever it looks like', () => {
    fc.assert(fc.property(fc.string(), (scope) => {
      fc.pre(!/^(city$|(district|town|journey|institution|unit|car):)/.test(scope));
      expect(covers(scope, where)).toBe(false);
    }));
  });

  it('a subject without a unit or an institution belongs to no crew and no ward', () => {
    const nowhere: Whereabouts = { district: 'D1', town: 'T1', journey: 'R1', institutions: [], cars: [] };
    expect(covers('unit:undefined', nowhere)).toBe(false);
    expect(covers('institution:', nowhere)).toBe(false);
  });
});

describe('at the door of a room', () => {
  it('given nobody, then 401; given another role, then 403; given the right one, then the person', () => {
    expect(statusOf(() => mustBe(undefined, ['ward']))).toBe(401);
    expect(statusOf(() => mustBe(actor('gate', 'institution:H1'), ['ward']))).toBe(403);
    expect(mustBe(actor('ward', 'institution:H1'), ['ward']).scope).toBe('institution:H1');
  });

  it('given a scope of another kind, then it has no such code', () => {
    expect(codeIn(actor('ward', 'institution:H1'), 'institution')).toBe('H1');
    expect(codeIn(actor('ward', 'town:H1'), 'institution')).toBeUndefined();
    expect(codeIn(actor('ward', 'institution:'), 'institution')).toBeUndefined();
  });
});
