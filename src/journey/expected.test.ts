import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, withStatus, type City, type LiveStatus } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { clinicBook } from '../clinic/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy, type Measure } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import {
  askAgain, begin, brokenPromises, carsFor, handle, openLink, unitsFor, whereabouts, type Command, type JourneyEvent, type Story, type Told, type World,
} from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
const COMMITTEE: Actor = { id: 'committee', name: 'Committee', role: 'committee', scope: 'town:990101001' };
const FAMILY_DOCTOR: Actor = { id: 'S7', name: 'Doctor of the town', role: 'familyDoctor', scope: 'town:990101001' };
let city: City;
let announced: CompiledPolicy;
/** The same announcement, but people with a fever are seen on a screen; or in their own hospital. */
let onScreen: CompiledPolicy;
let elsewhere: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  const { documents, standing } = loaded.policies;
  const document = rehearseIn(documents.get('shanghai-2022-03-28')!, 'toytown', ['990101', '990102']);
  const under = (version: string, ...first: Measure[]): CompiledPolicy => compilePolicy(
    { ...document, version, coverage: { ...document.coverage, period: { from: START - DAY_MS } }, measures: [...first, ...document.measures] }, standing);
  const measure = (then: Measure['then']): Measure =>
    ({ id: 'X', clause: '0: nobody said so', text: { zh: '改', en: 'changed' }, when: [{ need: ['fever'], acuity: ['III', 'IV'] }], then, line: 1 }) as Measure;
  announced = under('1');
  onScreen = under('2', measure({ pathway: 'remote', venue: 'cloudClinic', transport: 'none' }));
  elsewhere = under('3', measure({ choice: 'ownFirst' }));
});

/** One person with a fever in Toytown, whom the nearest fever clinic has been told of. */
class Person {
  story: Story;
  events: readonly JourneyEvent[] = [];
  at: Instant = START;
  under = announced;
  status: LiveStatus = initialStatus(city);
  readonly #chance = seededChance(11);

  constructor(intake: Partial<Intake> = {}) {
    const begun = begin({
      channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'fever', groups: [],
      findings: ['fever'], vitals: {}, patientKind: 'greenCode', mobility: 'walks', ...intake,
    }, 'test', this.#world(SYSTEM));
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = begun.value.story;
    expect(this.story.arrival).toMatchObject({ institution: this.story.decision.institution });
  }

  tell(command: Command, actor: Actor = SYSTEM): this {
    this.at += MINUTE_MS;
    const answer = handle(this.story, command, this.#world(actor));
    if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code}`);
    return this.#take(answer.value);
  }

  change(under: CompiledPolicy): this {
    const ask = (policy: CompiledPolicy): World['decide'] => (care, excluded) => decide(policy, care, { city, excluded });
    const before = this.under;
    this.at += MINUTE_MS;
    this.under = under;
    const told = askAgain(this.story, this.#world(SYSTEM), { before: ask(before), now: ask(under) });
    if (!told) throw new Error('not concerned');
    return this.#take(told);
  }

  #take({ story, events }: Told): this {
    [this.story, this.events] = [story, events];
    expect(brokenPromises(story, this.at)).toEqual([]);
    return this;
  }

  #world(actor: Actor): World {
    return {
      at: this.at, actor, city, chance: this.#chance, book: clinicBook(),
      // A clinic that is overrun foresees a time behind every deadline.
      answerBy: () => this.at + 30 * HOUR_MS,
      free: { units: this.story ? unitsFor(this.story, city.units.keys(), city, this.at) : [], cars: this.story ? carsFor(this.story, city.cars.keys(), city, this.at) : [], slots: [] },
      decide: (care, excluded) => decide(this.under, care, { city, status: this.status, excluded }),
    };
  }
}

/** The nearest fever clinic sees no children; the emergency department of the same house does. */
const CHILD = { name: 'Child', phone: '000', ageMonths: 36 };
const typesOf = ({ events }: Person): string[] => events.map(({ type }) => type);
const noLonger = ({ events }: Person): readonly JourneyEvent[] => events.filter(({ type }) => type === 'NoLongerExpected');
/** Whose ward list shows them. */
const wardsOf = ({ story }: Person): readonly string[] => whereabouts(story, city).institutions;
/** Released, with a pass, waiting for a car. */
const withPass = (): Person => new Person({ ownInstitution: 'T-H2' }).tell({ type: 'release' }, COMMITTEE);

describe('given a hospital was told that somebody comes', () => {
  it('when the rules change and they are seen on a screen, then it hears that they do not come, the pass is withdrawn, and what was released stays released', () => {
    const person = withPass();
    const { institution } = person.story.arrival!;
    const { pass, release } = person.story;
    person.change(onScreen);
    expect(person.story.decision.pathway).toBe('remote');
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution, reason: 'seenRemotely' }]);
    expect(person.events).toContainEqual({ type: 'PassRevoked', pass: pass!.id, reason: 'placeChanged' });
    expect(typesOf(person)).toContain('RideCancelled');
    expect(person.story).toMatchObject({ release, pass: { revoked: expect.anything() } });
    expect(person.story.arrival).toBeUndefined();
    expect(wardsOf(person)).toEqual([person.story.decision.institution]);
  });

  it('when the rules change and another place takes them, then one hears that they do not come, the other that they do, and pass and car are made anew', () => {
    const person = withPass();
    const [was, pass, ride] = [person.story.arrival!.institution, person.story.pass!, person.story.out!];
    person.change(elsewhere);
    const { decision, arrival, release } = person.story;
    expect(was).not.toBe('T-H2');
    expect(decision.institution).toBe('T-H2');
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution: was, reason: 'elsewhere' }]);
    expect(arrival).toMatchObject({ institution: decision.institution });
    expect(person.events).toContainEqual({ type: 'PassRevoked', pass: pass.id, reason: 'placeChanged' });
    expect(person.events).toContainEqual({ type: 'RideCancelled', ride: ride.ride, leg: 'out', reason: expect.any(String) });
    expect(release).toBeDefined();
    expect(wardsOf(person)).not.toContain(was);
  });

  it('when they withdraw, then it hears that they do not come, and expects them no longer', () => {
    const person = new Person();
    const { institution } = person.story.arrival!;
    person.tell({ type: 'withdrawRequest', reason: 'better' });
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution, reason: 'withdrawn' }]);
    expect(person.story).not.toHaveProperty('arrival');
  });

  it('when a clinician lowers them and they go elsewhere, then it hears that they do not come', () => {
    const person = new Person({ person: CHILD, groups: ['child'], findings: ['fever', 'severeBreathlessness'] });
    const { institution } = person.story.arrival!;
    expect(person.story.decision.pathway).toBe('emergency');
    person.tell({ type: 'downTriage', acuity: 'III', reason: 'breathes quietly, plays' }, FAMILY_DOCTOR);
    expect(person.story.decision.institution).not.toBe(institution);
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution, reason: 'elsewhere' }]);
    expect(person.story.arrival?.institution).toBe(person.story.decision.institution);
  });

  it('when they get worse and another department is nearer, then it hears that they do not come before the other hears that they do', () => {
    const person = new Person({ person: CHILD, groups: ['child'] });
    const was = person.story.arrival!.institution;
    person.tell({ type: 'reportWorse', findings: ['unresponsive'] });
    expect(person.story.decision.institution).not.toBe(was);
    expect(typesOf(person).indexOf('NoLongerExpected')).toBeGreaterThan(-1);
    expect(typesOf(person).indexOf('NoLongerExpected')).toBeLessThan(typesOf(person).indexOf('Expected'));
  });

  it('when it refuses them, then it expects them no longer and the next does; where there is none, it can still receive them', () => {
    const person = new Person({ need: 'emergency', findings: ['chestPain'] });
    const first = person.story.arrival!.institution;
    for (const command of [
      { type: 'sendUnit' }, { type: 'reportMission', step: 'aboard' }, { type: 'reportMission', step: 'atDestination' }, { type: 'reportRefusal', ground: 'other' },
    ] as const) person.tell(command);
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution: first, reason: 'elsewhere' }]);
    expect(wardsOf(person)).not.toContain(first);
    expect(person.story.mission?.times.atDestination).toBeUndefined();

    for (let refused = 0; person.story.decision.institution !== undefined; refused += 1) {
      if (refused > city.institutions.size) throw new Error('refused everywhere and still sent on');
      person.tell({ type: 'reportMission', step: 'atDestination' }).tell({ type: 'reportRefusal', ground: 'other' });
    }
    const { arrival } = person.story;
    expect(openLink(person.story)!.kind).toBe('findPlace');
    expect(noLonger(person)).toEqual([]);
    expect(wardsOf(person)).toContain(arrival!.institution);
  });

  it('when its department closes while they are at home and nobody else is open, then it hears that they do not come all the same', () => {
    const person = new Person();
    for (const { code, services } of city.institutions.values()) {
      if (!services.has('feverClinic')) continue;
      person.status = withStatus(person.status, { institution: code, service: 'feverClinic', state: 'closed', since: START, reason: 'disinfection', reportedBy: code, reportedAt: START });
    }
    const was = person.story.arrival!.institution;
    person.tell({ type: 'askPolicyAgain', because: 'serviceClosed' });
    expect(openLink(person.story)!.kind).toBe('findPlace');
    expect(noLonger(person)).toEqual([{ type: 'NoLongerExpected', institution: was, reason: 'elsewhere' }]);
  });
});

describe('given a car was assigned for a place that changes', () => {
  it('when it has set out, then it comes, and drives to the new place', () => {
    const person = withPass().tell({ type: 'assignCar', leg: 'out' }, COMMITTEE);
    const { car } = person.story.out!;
    expect(car).toBeDefined();
    person.change(elsewhere);
    expect(person.events.filter((event) => event.type === 'RideCancelled' && event.leg === 'out')).toEqual([]);
    expect(person.story.back).toMatchObject({ institution: person.story.decision.institution, expected: true });
    expect(person.story.out).toMatchObject({ car });
  });
  it('when it has not, then it is free for others, and another is asked for', () => {
    const person = withPass().tell({ type: 'assignCar', leg: 'out' }, COMMITTEE);
    const out = { ...person.story.out!, pickUpAt: person.at + 6 * HOUR_MS };
    person.story = { ...person.story, out };
    person.change(elsewhere);
    expect(person.events).toContainEqual({ type: 'RideCancelled', ride: out.ride, leg: 'out', car: out.car, reason: 'placeChanged' });
    expect(openLink(person.story)!.kind).toBe('assignCar');
    expect(person.story.out).toMatchObject({ institution: 'T-H2' });
  });
});

describe('somebody who is seen on a screen', () => {
  const resident: Actor = { id: 'R', name: 'Patient', role: 'resident', scope: 'journey:any' };
  it('is promised no time after the deadline of the consultation', () => {
    const { story } = new Person().change(onScreen);
    expect(openLink(story)).toMatchObject({ kind: 'consult', dueAt: story.visit!.promisedAt });
  });
  it('given they say that it got worse and nothing else, then whoever owes the visit owes a look within ten minutes', () => {
    const person = new Person().change(onScreen);
    const { dueAt, owner } = openLink(person.story)!;
    person.tell({ type: 'sendMessage', text: '谢谢医生' }, resident);
    expect(openLink(person.story)).toMatchObject({ dueAt, owner });
    person.tell({ type: 'sendMessage', text: '越来越难受' }, resident);
    expect(openLink(person.story)).toMatchObject({ kind: 'consult', owner, dueAt: Math.min(dueAt!, person.at + 10 * MINUTE_MS) });
    expect(person.story.visit!.lookBy).toBe(person.at + 10 * MINUTE_MS);
  });
  it('given they write what the software cannot read, then a person reads it within half an hour', () => {
    const person = new Person().change(onScreen);
    const { dueAt, owner } = openLink(person.story)!;
    person.tell({ type: 'sendMessage', text: '腿上一条红线往上走' }, resident);
    expect(openLink(person.story)).toMatchObject({ kind: 'consult', owner, dueAt: Math.min(dueAt!, person.at + 30 * MINUTE_MS) });
    expect(person.story.visit!.readBy).toBe(person.at + 30 * MINUTE_MS);
  });
});
