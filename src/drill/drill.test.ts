import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, seededChance } from '../base/index.ts';
import { initialStatus } from '../city/index.ts';
import { openLink, storyLine } from '../journey/index.ts';
import { runDrill } from './cli.ts';
import { crowd } from './crowd.ts';
import { RANDOM_DAY } from './habits.ts';
import { allPolicies, checkAgainst, cityOf, drillNames, drillOf, policyOf } from './load.ts';
import { playDrill } from './play.ts';
import { Rehearsal, type Breach } from './rehearsal.ts';

const policies = allPolicies();

describe('Every drill', () => {
  it.each(drillNames())('%s goes as it is written', (name) => {
    const drill = drillOf(name);
    const city = cityOf(drill.city);
    checkAgainst(drill, city);
    const { rehearsal, misses } = playDrill(drill, city, policyOf(policies, drill.policy, city));
    expect(misses.map(({ expectation, got }) => `line ${expectation.line} ${expectation.what}: ${got}`)).toEqual([]);
    expect(rehearsal.breaches).toEqual([]);
    expect(rehearsal.journeys.size).toBe(drill.calls?.count ?? drill.closedUnit?.count ?? drill.asks.length);
    for (const { story } of rehearsal.journeys.values()) expect(storyLine(story)).toMatch(/closed$/);
  });

  it('fails when something else comes of it than it says', () => {
    const drill = drillOf('A01');
    const city = cityOf(drill.city);
    const told = { ...drill, expected: [{ what: 'acuity', name: 'R1', value: 'IV', line: 1 } as const] };
    expect(playDrill(told, city, policyOf(policies, drill.policy, city)).misses).toMatchObject([{ got: 'II' }]);
  });

  it('given a unit that closes and hardly a chair elsewhere, then the drill says who has none', () => {
    const drill = drillOf('R05');
    const city = cityOf(drill.city);
    const scarce = { ...drill, closedUnit: { ...drill.closedUnit!, oneFreeIn: 40 } };
    const { misses } = playDrill(scarce, city, policyOf(policies, drill.policy, city));
    expect(misses.map(({ expectation }) => expectation.what)).toContain('placed');
    expect(misses.find(({ expectation }) => expectation.what === 'placed')!.got).toMatch(/^\d+ of 300$/);
  });

  it('fits its city: a compound that is unknown, or lies in another town, is named with its line', () => {
    const drill = drillOf('R03');
    const city = cityOf(drill.city);
    const living = (compound: string) => ({ ...drill, asks: drill.asks.map((ask) => ({ ...ask, compound })) });
    expect(() => checkAgainst(living('ZZ-C999'), city)).toThrow(/line 7: zhengzhou has no compound "ZZ-C999"/);
    expect(() => checkAgainst(living('ZZ-C002'), city)).toThrow(/line 7: the compound ZZ-C002 lies in town 410103001/);
  });

  it('says what a day of calls came to, when it is not as written', () => {
    const drill = drillOf('R09');
    const city = cityOf(drill.city);
    const expected = [['trips', 'one in 2'], ['elsewhere', 'later'], ['reached', 'I p90 within 1 minutes'], ['reached', 'IV p90 within 1 minutes']] as const;
    const told = { ...drill, calls: { count: 40, hours: 2, oneTripIn: 10, normal: { count: 10, hours: 2, oneTripIn: 5 } }, expected: expected.map(([what, value]) => ({ what, name: 'calls', value, line: 1 })) };
    const { misses, calls } = playDrill(told, city, policyOf(policies, drill.policy, city));
    expect(misses.map(({ got }) => got)).toEqual(['one in 10', 'at once', expect.stringMatching(/^I+ p90 within \d+ minutes$|^nobody/), 'nobody was reached']);
    expect(calls).toMatchObject({ many: { calls: 40, trips: 4, elsewhereAtOnce: 36 }, normal: { calls: 10, trips: 2 } });
  });

  it('keeps two calls of one compound apart, and shows each beside the other', () => {
    const drill = drillOf('R03');
    const city = cityOf(drill.city);
    const { rehearsal } = playDrill(drill, city, policyOf(policies, drill.policy, city));
    const [first, second] = [...rehearsal.journeys.values()];
    expect(first!.shown).toEqual(['defibrillator']);
    expect(second!.shown).toEqual(expect.arrayContaining(['perhapsSame R1', 'crew R1', 'defibrillator']));
    expect(first!.story.mission!.unit).not.toBe(second!.story.mission!.unit);
  });

  it('says how long an offer took, what was ruled out and who shared a vehicle, when it is not as written', () => {
    const drill = drillOf('R02');
    const city = cityOf(drill.city);
    const expected = [['offer', 'dispatcher emergencyDepartment ambulance within 0 minutes'], ['ruledOut', 'institution:ZZ-H-001'], ['aboard', 'with R2'], ['placeRuns', 'dentistry']] as const;
    const told = { ...drill, expected: expected.map(([what, value]) => ({ what, name: 'R1', value, line: 1 })) };
    const { misses } = playDrill(told, city, policyOf(policies, drill.policy, city));
    expect(misses.map(({ got }) => got)).toEqual([
      expect.stringMatching(/^dispatcher emergencyDepartment ambulance within [1-9] minutes$/), expect.stringContaining('institution:ZZ-H-013'), 'alone',
      expect.stringContaining('emergency'),
    ]);
  });
});

/** Toytown has three units and three cars where it is restricted: with forty people everything is scarce, and that is what is looked for. */
describe('A random day in Toytown', () => {
  const city = cityOf('toytown');
  const policy = policyOf(policies, 'zhengzhou-2022-11-25', city);
  const start = policy.coverage!.period.from;
  const play = (seed: number): Rehearsal => {
    const rehearsal = new Rehearsal({ city, policy, status: initialStatus(city), seed, rates: { ...RANDOM_DAY, late: 0.1, refusedAtDoor: 0.15, worse: 0.15 } });
    for (const { at, intake } of crowd(city, policy, seededChance(seed), start, 12, 40)) rehearsal.ask(at, intake);
    rehearsal.run(start + 12 * HOUR_MS + 21 * DAY_MS);
    return rehearsal;
  };

  it.each(Array.from({ length: 25 }, (_, index) => index + 1))('with seed %i keeps every promise, and whoever is not home has an owner and a deadline', (seed) => {
    const { breaches, journeys, refusedRequests } = play(seed);
    // Two experts, and a door in seven says no: whom every door refused has nowhere left, and the rehearsal says so.
    const refusedEverywhere = ({ promise, journey }: Breach): boolean => {
      const { decision, excluded } = journeys.get(journey)!.story;
      const running = [...city.institutions.values()].filter(({ services }) => services.has(decision.service));
      return promise === 'waitEnds' && running.every(({ code }) => excluded.some((no) => no.institution === code && no.cause === 'refused'));
    };
    expect(breaches.filter((breach) => !refusedEverywhere(breach))).toEqual([]);
    expect(refusedRequests).toEqual([]);
    expect(journeys.size).toBe(40);
    for (const { story } of journeys.values()) {
      if (!story.closed) expect(openLink(story)).toMatchObject({ owner: { role: expect.any(String), scope: expect.any(String) }, dueAt: expect.any(Number) });
    }
  });
});

describe('The command', () => {
  const day = ['--city', 'toytown', '--policy', 'zhengzhou-2022-11-25', '--seed', '7', '--hours', '6', '--requests', '30'];
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));

  it('prints the same bytes for the same seed in two processes, and others for another', () => {
    const run = (args: readonly string[], zone: string) =>
      spawnSync(process.execPath, [main, 'drill', ...args], { encoding: 'utf8', env: { ...process.env, TZ: zone, LANG: zone === 'UTC' ? 'C' : 'de_DE.UTF-8' } });
    const [one, two] = [run(day, 'UTC'), run(day, 'America/New_York')];
    expect(one.status).toBe(0);
    expect(one.stdout).toContain('broken promises 0');
    expect(two.stdout).toBe(one.stdout);
    expect(run(day.with(5, '8'), 'UTC').stdout).not.toBe(one.stdout);
  });

  it.each([
    [{ names: ['Z99'] }, 2], [{ names: [] }, 2], [{ names: [], city: 'atlantis' }, 2], [{ names: [], city: 'toytown', policy: 'none' }, 2],
    [{ names: ['A01'], seed: 3 }, 2], [{ names: [], city: 'toytown', start: 'soon' }, 2], [{ names: ['A01'] }, 0],
  ])('given %j, then the exit code is %i', async (options, code) => {
    const written: string[] = [];
    expect(await runDrill(options, (text) => written.push(text))).toBe(code);
    expect(written.length > 0).toBe(code === 0);
  });
});
