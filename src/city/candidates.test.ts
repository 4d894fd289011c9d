import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, parseInstant } from '../base/index.ts';
import {
  candidatesFor, counterpartsOf, initialStatus, SERVICES, statusOf, travelEstimate, withStatus,
  type CandidateQuestion, type City, type LiveStatus, type Service, type ServiceStatus, type TownTravel,
} from './index.ts';
import { loadCity } from './load.ts';
import { sees } from './patients.ts';

const load = (id: string): City => (loadCity(join(import.meta.dirname, '../../cities', id)) as { city: City }).city;
const toytown = load('toytown');
const zhengzhou = load('zhengzhou');
const morning = parseInstant('2022-11-25 08:00')!;
const noon = morning + 4 * HOUR_MS;

const [riverside, bridgehead, orchard, foothill] = ['990101001', '990101002', '990101100', '990102001'] as const;

function reported(state: ServiceStatus['state'], institution: string, service: Service, more: Partial<ServiceStatus> = {}): ServiceStatus {
  return { institution, service, state, since: morning, until: morning + DAY_MS, reportedBy: 'ward', reportedAt: morning, ...more };
}
const given = (...changes: ServiceStatus[]): LiveStatus => changes.reduce(withStatus, initialStatus(toytown));
const order = (status: LiveStatus, question: Partial<CandidateQuestion>): string[] =>
  candidatesFor(toytown, status, { town: riverside, service: 'haemodialysis', instant: noon, rule: 'nearest', ...question })
    .candidates.map(({ institution }) => institution.code);

describe('the counterparts of a town', () => {
  const codes = (town: string, service: Service, city = toytown, instant = noon): string[] =>
    counterpartsOf(city, town, service, instant).map(({ code }) => code);

  it('are those named for all services that run this one, in order', () => {
    expect(codes(riverside, 'emergency')).toEqual(['T-H1', 'T-H2']);
    expect(codes(orchard, 'emergency')).toEqual(['T-H1']);
  });

  it('are led by those named for this very service', () => {
    expect(codes(orchard, 'feverClinic')).toEqual(['T-H2', 'T-H1']);
  });

  it('hold in their period only', () => {
    const period = { from: morning, to: noon };
    const dated = { ...toytown, counterparts: [...toytown.counterparts, { town: riverside, service: 'emergency' as const, institutions: ['T-H4'], period }] };
    expect(codes(riverside, 'emergency', dated, morning)).toEqual(['T-H4', 'T-H1', 'T-H2']);
    expect(codes(riverside, 'emergency', dated, noon)).toEqual(['T-H1', 'T-H2']);
    const first = (instant: number): string => candidatesFor(dated, initialStatus(dated), { town: riverside, service: 'emergency', instant, rule: 'counterpartFirst' }).candidates[0]!.institution.code;
    expect([morning - 1, morning, noon - 1, noon].map(first)).toEqual(['T-H1', 'T-H4', 'T-H4', 'T-H1']);
  });

  it('are none for a town nobody knows', () => {
    expect(codes('000000000', 'emergency')).toEqual([]);
  });
});

describe('candidates for a patient', () => {
  it('given all open, by nearest, are in order of travel from the town', () => {
    expect(order(given(), { service: 'emergency' })).toEqual(['T-H1', 'T-H2', 'T-H4']);
    expect(order(given(), { service: 'emergency', town: foothill })).toEqual(['T-H4', 'T-H1', 'T-H2']);
    const [first] = candidatesFor(toytown, given(), { town: riverside, service: 'emergency', instant: noon, rule: 'nearest' }).candidates;
    expect(first!.seconds).toBe(travelEstimate(toytown.towns.get(riverside)!.centre, first!.institution.place, noon, 'car').seconds);
  });

  it('given a designated institution, by counterpart, has it before a nearer one', () => {
    expect(order(given(), { service: 'feverClinic', rule: 'nearest' })).toEqual(['T-H1', 'T-H2', 'T-H4']);
    expect(order(given(), { service: 'feverClinic', rule: 'counterpartFirst' })).toEqual(['T-H2', 'T-H1', 'T-H4']);
  });

  it('given an institution of their own that is open, has it first, wherever it is', () => {
    expect(order(given(), { ownInstitution: 'T-H2' })).toEqual(['T-H2', 'T-H1']);
    expect(order(given(reported('limited', 'T-H2', 'haemodialysis')), { ownInstitution: 'T-H2' })).toEqual(['T-H2', 'T-H1']);
  });

  it('given their own unit closed, has its stand-in first and says why the own one is not among them', () => {
    const status = given(reported('closed', 'T-H4', 'emergency', { reason: 'disinfection', standIn: 'T-H2' }));
    const answer = candidatesFor(toytown, status, { town: foothill, service: 'emergency', instant: noon, rule: 'nearest', ownInstitution: 'T-H4' });
    expect(answer.candidates.map(({ institution }) => institution.code)).toEqual(['T-H2', 'T-H1']);
    expect(answer.ruledOut).toEqual([
      { institution: toytown.institutions.get('T-H4'), cause: 'closed', until: morning + DAY_MS, reason: 'disinfection', standIn: 'T-H2' },
    ]);
  });

  it('given the nearest closed for whoever needs the nearest, then the nearest open one, whoever the closed house named', () => {
    const nearest = (status: LiveStatus): string[] =>
      candidatesFor(toytown, status, { town: foothill, service: 'emergency', instant: noon, rule: 'nearest' }).candidates.map(({ institution }) => institution.code);
    expect(nearest(initialStatus(toytown))).toEqual(['T-H4', 'T-H1', 'T-H2']);
    expect(nearest(given(reported('closed', 'T-H4', 'emergency', { standIn: 'T-H2' })))).toEqual(['T-H1', 'T-H2']);
  });

  it('given a closure farther away than the nearest, does not let its stand-in overtake the nearest', () => {
    const status = given(reported('closed', 'T-H4', 'emergency', { standIn: 'T-H2' }));
    expect(order(status, { service: 'emergency', town: riverside })).toEqual(['T-H1', 'T-H2']);
  });

  it('given a limited service, keeps it after the open ones', () => {
    expect(order(given(reported('limited', 'T-H1', 'haemodialysis')), {})).toEqual(['T-H2', 'T-H1']);
  });

  it('given a closure that is over, or has been lifted, has the institution back at once', () => {
    const closed = given(reported('closed', 'T-H1', 'haemodialysis', { standIn: 'T-H2' }));
    expect(order(closed, {})).toEqual(['T-H2']);
    expect(order(closed, { instant: morning + DAY_MS })).toEqual(['T-H1', 'T-H2']);
    expect(order(withStatus(closed, reported('open', 'T-H1', 'haemodialysis')), {})).toEqual(['T-H1', 'T-H2']);
  });

  it('given a child, has only those that see children, and never turns an emergency away for its age', () => {
    const answer = candidatesFor(toytown, given(), { town: riverside, service: 'feverClinic', instant: noon, rule: 'nearest', children: true });
    expect(answer.candidates.map(({ institution }) => institution.code)).toEqual(['T-H2']);
    expect(answer.ruledOut.map(({ institution, cause }) => [institution.code, cause])).toEqual([['T-H1', 'noChildren']]);
    expect(order(given(), { service: 'emergency', children: true })).toEqual(['T-H1', 'T-H2', 'T-H4']);
    expect(order(given(), { service: 'pharmacy', children: true })).toHaveLength(4);
  });

  it('given an adult, has no children\'s hospital, not even the nearest', () => {
    const longhu = '410105562';
    const ask = (children: boolean): string[] => candidatesFor(zhengzhou, initialStatus(zhengzhou), { town: longhu, service: 'emergency', instant: noon, rule: 'nearest', children })
      .candidates.map(({ institution }) => institution.name.en);
    expect(ask(true)[0]).toMatch(/^Henan Children's Hospital/);
    expect(ask(false).join()).not.toMatch(/Children's Hospital/);
  });

  it('says of the own and the designated institutions that they do not run the service', () => {
    const { ruledOut } = candidatesFor(toytown, given(), { town: orchard, service: 'haemodialysis', instant: noon, rule: 'nearest', ownInstitution: 'T-H4' });
    expect(ruledOut.map(({ institution, cause }) => [institution.code, cause])).toEqual([['T-H4', 'notRunning'], ['T-H3', 'notRunning']]);
  });

  it('says of their own institution that it sees no children, however far away it is', () => {
    const { ruledOut } = candidatesFor(toytown, given(), { town: riverside, service: 'feverClinic', instant: noon, rule: 'nearest', children: true, ownInstitution: 'T-H4' });
    expect(ruledOut[0]).toEqual({ institution: toytown.institutions.get('T-H4'), cause: 'noChildren' });
  });

  it('given a town nobody knows, still has somewhere to go', () => {
    expect(order(given(), { town: '000000000', service: 'emergency' })).toHaveLength(3);
  });
});

describe('what a house last said is too old', () => {
  const near: TownTravel = { profile: 'car', seconds: (_, code) => ({ 'T-H1': 600, 'T-H2': 610 })[code] ?? 900 };
  const unknown = (code: string): boolean => code === 'T-H1';
  const ask = (status: LiveStatus, question: Partial<CandidateQuestion>) => candidatesFor(toytown, status, { town: riverside, service: 'haemodialysis', instant: noon, rule: 'nearest', travel: near, unknown, ...question });

  it('given another is as near to the minute and known to be open, then that one, and it is said why', () => {
    const { candidates, ruledOut } = ask(given(), {});
    expect(candidates.map(({ institution }) => institution.code)).toEqual(['T-H2', 'T-H1']);
    expect(ruledOut).toMatchObject([{ institution: { code: 'T-H1' }, cause: 'statusUnknown' }]);
  });

  it.each<[string, LiveStatus, Partial<CandidateQuestion>]>([
    ['the other is farther', given(), { travel: { ...near, seconds: (_, code) => (code === 'T-H1' ? 600 : 660) } }],
    ['nobody knows of the other either', given(), { unknown: () => true }],
    ['the other is known to be limited', given(reported('limited', 'T-H2', 'haemodialysis')), {}],
    ['it is the person’s own', given(), { ownInstitution: 'T-H1' }],
    ['the order is the town’s counterparts', given(), { rule: 'counterpartFirst' }],
  ])('given %s, then nobody is sent away because of it', (_, status, question) => {
    const { candidates, ruledOut } = ask(status, question);
    expect(candidates[0]!.institution.code).toBe('T-H1');
    expect(ruledOut.filter(({ cause }) => cause === 'statusUnknown')).toEqual([]);
  });
});

describe('a house that is full, or turns people away', () => {
  const seconds = (farther: number): TownTravel => ({ profile: 'car', seconds: (_, code) => ({ 'T-H1': 600, 'T-H2': 600 + farther })[code] ?? 9_000 });
  const ask = (farther: number, status = given(), question: Partial<CandidateQuestion> = {}) => candidatesFor(toytown, status, {
    town: riverside, service: 'haemodialysis', instant: noon, rule: 'nearest', travel: seconds(farther), behind: (code) => (code === 'T-H1' ? 'full' : undefined), ...question,
  });

  it('given another is hardly farther, then that one, and it is said why', () => {
    const { candidates, ruledOut } = ask(5 * 60);
    expect(candidates.map(({ institution }) => institution.code)).toEqual(['T-H2', 'T-H1']);
    expect(ruledOut).toMatchObject([{ institution: { code: 'T-H1' }, cause: 'full' }]);
  });

  it.each<[string, Parameters<typeof ask>]>([
    ['the other is farther than that', [5 * 60 + 1]],
    ['the other is limited', [60, given(reported('limited', 'T-H2', 'haemodialysis'))]],
    ['the other is no better', [60, given(), { behind: () => 'refusesOften' }]],
    ['it is the person’s own', [60, given(), { ownInstitution: 'T-H1' }]],
  ])('given %s, then they go where they would have gone', (_, question) => {
    const { candidates, ruledOut } = ask(...question);
    expect(candidates[0]!.institution.code).toBe('T-H1');
    expect(ruledOut.filter(({ cause }) => cause === 'full' || cause === 'refusesOften')).toEqual([]);
  });
});

describe('whatever is closed or limited', () => {
  const codes = [...toytown.institutions.keys()];
  const change = fc.record({
    institution: fc.constantFrom(...codes), service: fc.constantFrom<Service>('emergency', 'haemodialysis', 'feverClinic', 'pharmacy'),
    state: fc.constantFrom('open' as const, 'limited' as const, 'closed' as const), standIn: fc.constantFrom(...codes),
    since: fc.integer({ min: -6, max: 6 }), hours: fc.integer({ min: 1, max: 48 }),
  }).map(({ institution, service, state, standIn, since, hours }) =>
    reported(state, institution, service, { standIn, since: noon + since * HOUR_MS, until: noon + (since + hours) * HOUR_MS }));
  const question = fc.record({
    town: fc.constantFrom(riverside, bridgehead, orchard, foothill, '000000000'), service: fc.constantFrom(...SERVICES),
    instant: fc.integer({ min: -12, max: 72 }).map((hours) => noon + hours * HOUR_MS), children: fc.boolean(),
    rule: fc.constantFrom('nearest' as const, 'counterpartFirst' as const),
    own: fc.option(fc.constantFrom(...codes, 'T-H9'), { nil: undefined }),
  }).map(({ own, ...rest }): CandidateQuestion => ({ ...rest, ...(own && { ownInstitution: own }) }));

  it('no candidate is closed, invented, named twice or without the service, and none that could take the patient is forgotten', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 12 }), question, (changes, asked) => {
      const status = changes.reduce(withStatus, initialStatus(toytown));
      const { candidates, ruledOut } = candidatesFor(toytown, status, asked);
      const named = candidates.map(({ institution }) => institution.code);
      expect(new Set(named).size).toBe(named.length);
      for (const { institution } of candidates) {
        expect(toytown.institutions.get(institution.code)).toBe(institution);
        expect(institution.services.has(asked.service)).toBe(true);
        expect(statusOf(status, institution.code, asked.service, asked.instant).state).not.toBe('closed');
      }
      const out = ruledOut.map(({ institution }) => institution.code);
      const able = codes.filter((code) => sees(toytown.institutions.get(code)!, asked.service, asked.children));
      expect(able.filter((code) => !named.includes(code) && !out.includes(code))).toEqual([]);
      expect(named.filter((code) => !able.includes(code))).toEqual([]);
      expect(named.filter((code) => out.includes(code))).toEqual([]);
    }), { numRuns: 500 });
  });

  it('the same facts give the same order, whatever was asked before', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 6 }), question, (changes, asked) => {
      const fresh = { ...toytown };
      const status = changes.reduce(withStatus, initialStatus(toytown));
      expect(candidatesFor(toytown, status, asked)).toEqual(candidatesFor(fresh, status, asked));
    }));
  });
});
