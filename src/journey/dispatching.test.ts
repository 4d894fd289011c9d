import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS, parseInstant, SECOND_MS, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import { begin, brokenPromises, handle, nextActions, openLink, storyLine, unitsFor, type Command, type JourneyEvent, type Story } from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
let city: City;
let policy: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loadedPolicies] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loadedPolicies) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  policy = compilePolicy(rehearseIn(loadedPolicies.policies.documents.get('zhengzhou-2022-11-25')!, 'toytown', ['990101']), loadedPolicies.policies.standing);
});

const ASKS: Intake = {
  channel: 'hotline', person: { name: 'Patient', phone: '000', ageMonths: 40 * 12 }, town: '990101001', address: 'gate 2',
  need: 'emergency', groups: [], findings: ['chestPain'], vitals: {}, patientKind: 'highRiskArea',
};

/** One call for an ambulance; every unit of Toytown is free. */
class Call {
  story: Story;
  at: Instant = START;
  readonly events: JourneyEvent[] = [];
  readonly #chance: ReturnType<typeof seededChance>;

  constructor(asks: Partial<Intake> = {}, seed = 1) {
    this.#chance = seededChance(seed);
    const begun = begin({ ...ASKS, ...asks }, 'test', this.#world());
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = begun.value.story;
    this.events.push(...begun.value.events);
  }

  tell(command: Command, afterMinutes = 1): string | undefined {
    this.at += afterMinutes * MINUTE_MS;
    const told = handle(this.story, command, this.#world());
    if (!told.ok) return told.refusal.code;
    this.story = told.value.story;
    this.events.push(...told.value.events);
    return undefined;
  }

  foreseen(): readonly number[] {
    return this.events.flatMap((event) => (event.type === 'ArrivalForeseen' ? [event.at] : []));
  }

  #world() {
    return {
      at: this.at, actor: SYSTEM, city, chance: this.#chance,
      free: { units: this.story ? unitsFor(this.story, city.units.keys(), city, this.at) : [], cars: [], slots: [] },
      decide: (care: Parameters<typeof decide>[1], excluded: readonly never[] | Story['excluded']) => decide(policy, care, { city, status: initialStatus(city), excluded }),
    };
  }
}

describe('a unit on its way turns round to somebody worse', () => {
  it('then the first patient has an owner and a deadline in the same step, and waits since they called', () => {
    const call = new Call();
    call.tell({ type: 'sendUnit', unit: 'T-A1' });
    call.tell({ type: 'divertUnit', to: 'R2', reason: 'worseCase' }, 4);

    expect(openLink(call.story)).toMatchObject({ kind: 'sendUnit', owner: { role: 'dispatcher', scope: 'city' }, state: 'open' });
    expect(call.story.mission).toMatchObject({ firstAskedAt: START, unitsLost: 1 });
    expect(storyLine(call.story)).toContain('1 lost');
    expect(brokenPromises(call.story, call.at)).toEqual([]);
  });

  it('then it gives nobody more time: the deadline runs from the first call, and whoever is told of late sending hears within a minute', () => {
    const call = new Call();
    const dueSeconds = call.story.links.find(({ kind }) => kind === 'sendUnit')!.dueSeconds;
    call.tell({ type: 'sendUnit', unit: 'T-A1' });
    call.tell({ type: 'divertUnit', to: 'R2' }, 30);

    expect(openLink(call.story)!.dueAt).toBe(call.at + MINUTE_MS);
    expect(openLink(call.story)!.dueAt).toBeLessThan(call.at + dueSeconds * SECOND_MS + 1);
  });

  it('then the unit is given back, and another can be sent at once', () => {
    const call = new Call();
    call.tell({ type: 'sendUnit', unit: 'T-A1' });
    call.tell({ type: 'divertUnit', to: 'R2', exchanged: true }, 0);
    expect(call.tell({ type: 'sendUnit', unit: 'T-A2' }, 0)).toBeUndefined();

    expect(call.story.mission).toMatchObject({ unit: 'T-A2' });
    expect(call.story.mission!.unitsLost).toBeUndefined();
    expect(openLink(call.story)!.kind).toBe('pickUp');
  });

  it('never when it has reached its patient', () => {
    const call = new Call();
    call.tell({ type: 'sendUnit', unit: 'T-A1' });
    call.tell({ type: 'reportMission', step: 'atPatient' });
    expect(call.tell({ type: 'divertUnit', to: 'R2' })).toBe('patientReached');
  });
});

describe('two calls about one person', () => {
  it('given they are joined, then one is closed and says into which, and the other waits since the earlier call and knows what both saw', () => {
    const [first, second] = [new Call({ findings: ['fever'] }), new Call({}, 2)];
    expect(first.tell({ type: 'joinCall', into: second.story.id })).toBeUndefined();
    expect(second.tell({ type: 'takeInCall', from: first.story.id, askedAt: START - MINUTE_MS, findings: ['unresponsive'], vitals: {} })).toBeUndefined();

    expect(first.story.closed!.outcome).toBe('joined');
    expect(storyLine(first.story)).toMatch(new RegExp(`joined ${second.story.id} ~ closed$`));
    expect(second.story.decision.acuity).toBe('I');
    expect(second.story.mission).toMatchObject({ firstAskedAt: START - MINUTE_MS, joinedBy: [first.story.id] });
    for (const { story, at } of [first, second]) expect(brokenPromises(story, at)).toEqual([]);
  });

  it('given a unit is on its way to this one, then it is not the one that ends', () => {
    const call = new Call();
    call.tell({ type: 'sendUnit' });
    expect(call.tell({ type: 'joinCall', into: 'R2' })).toBe('unitAlreadySent');
  });
});

describe('the ward that was warned', () => {
  it('hears when the unit will be there, and again when that turns out five minutes otherwise, not at every press', () => {
    const call = new Call();
    call.tell({ type: 'sendUnit', unit: 'T-A1' });
    expect(call.foreseen()).toHaveLength(1);
    call.tell({ type: 'reportMission', step: 'acknowledged' });
    call.tell({ type: 'reportMission', step: 'enRoute' });
    expect(call.foreseen()).toHaveLength(1);
    call.tell({ type: 'reportMission', step: 'aboard' }, 60);
    expect(call.foreseen()).toHaveLength(2);
    expect(call.story.arrival!.expectedAt).toBeGreaterThanOrEqual(call.at);
  });
});

describe('whatever happens on the board', () => {
  it('an open call has one owner and one deadline, and its first call counts', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('send', 'divert', 'exchange', 'standDown', 'press', 'worse', 'late'), fc.nat(20)), { maxLength: 25 });
    fc.assert(fc.property(steps, fc.nat(1_000), (said, seed) => {
      const call = new Call({}, seed + 1);
      for (const [what, minutes] of said) {
        const next = nextActions(call.story)[0];
        const open = openLink(call.story);
        const command: Command | undefined = {
          send: { type: 'sendUnit' }, divert: { type: 'divertUnit', to: 'R2' }, exchange: { type: 'divertUnit', to: 'R2', exchanged: true },
          standDown: { type: 'standDownUnit', reason: 'breakdown' }, press: next?.type === 'reportMission' ? next : undefined,
          worse: { type: 'reportWorse', findings: ['unresponsive'] },
          late: open && { type: 'missDeadline', link: open.kind, dueAt: open.dueAt! },
        }[what] as Command | undefined;
        if (command) call.tell(command, minutes);
        const broken = brokenPromises(call.story, call.at).filter(({ promise }) => promise !== 'missedIsTold');
        if (broken.length > 0) throw new Error(`${broken[0]!.promise}: ${broken[0]!.seen}`);
        const { mission } = call.story;
        if (mission && mission.times.aboard === undefined && !call.story.closed) expect(mission.firstAskedAt ?? mission.askedAt).toBe(START);
      }
    }), { numRuns: 150 });
  });
});
