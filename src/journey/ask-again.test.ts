import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { clinicBook } from '../clinic/load.ts';
import { SYSTEM } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy, type Measure } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import {
  askAgain, begin, brokenPromises, carsFor, differencesBetween, handle, holder, nextActions, openLink, storyLine, unitsFor, wantedFor,
  type Command, type Free, type JourneyEvent, type Story, type Told, type World,
} from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
let city: City;
/** Zhengzhou's and Shanghai's announcements as if written for Toytown, and the rules without any. */
let rules: Readonly<Record<'zhengzhou' | 'shanghai' | 'ordinary' | 'slowerDoor', CompiledPolicy>>;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  const { documents, standing, ordinary } = loaded.policies;
  const inToytown = (id: string, first: readonly Measure[] = []): CompiledPolicy => {
    const document = rehearseIn(documents.get(id)!, 'toytown', ['990101', '990102']);
    const coverage = { ...document.coverage, period: { from: START - DAY_MS } };
    return compilePolicy({ ...document, version: `${document.version}${first.length}`, coverage, measures: [...first, ...document.measures] }, standing);
  };
  const slower: Measure = { id: 'slower-door', clause: '0: nobody said so', text: { zh: '稍候', en: 'later' }, when: [{ acuity: ['III', 'IV'] }], then: { links: { receive: { dueSeconds: { III: 5_400, IV: 5_400 } } } }, line: 1 };
  rules = { zhengzhou: inToytown('zhengzhou-2022-11-25'), shanghai: inToytown('shanghai-2022-03-28'), slowerDoor: inToytown('zhengzhou-2022-11-25', [slower]), ordinary };
});

const INTAKE: Intake = {
  channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 40 * 12 }, town: '990101001', address: 'gate 2',
  need: 'generalOutpatient', groups: [], findings: [], vitals: {}, patientKind: 'greenCode', mobility: 'walks', test: 'valid',
};

/** One person in Toytown, alone, while the rules around them change. */
class Life {
  story: Story;
  at: Instant = START;
  under: CompiledPolicy;
  events: readonly JourneyEvent[];
  readonly #chance = seededChance(7);

  constructor(intake: Partial<Intake>, under: CompiledPolicy) {
    this.under = under;
    const begun = begin({ ...INTAKE, ...intake }, 'test', this.#world());
    if (!begun.ok) throw new Error(begun.refusal.code);
    ({ story: this.story, events: this.events } = begun.value);
    for (const errand of begun.value.errands) this.tell(errand);
  }

  /** @returns whether the person was concerned */
  change(under: CompiledPolicy): boolean {
    this.at += MINUTE_MS;
    const ask = (policy: CompiledPolicy): World['decide'] => (care, excluded) => decide(policy, care, { city, excluded });
    const before = Object.values(rules).find(({ version }) => version === this.story.decision.policy.version)!;
    this.under = under;
    const told = askAgain(this.story, this.#world(), { before: ask(before), now: ask(under) });
    if (told) this.#take(told);
    return told !== undefined;
  }

  tell(command: Command): void {
    this.at += MINUTE_MS;
    const told = handle(this.story, command, this.#world(command));
    if (told.ok) this.#take(told.value);
  }

  next(): void {
    const [first] = nextActions(this.story);
    if (!first) return;
    const command = filled(first, this.at);
    if (command.type !== 'namePlace') return this.tell(command);
    const places = [...city.institutions.keys()].map((institution) => ({ ...command, institution }));
    const fitting = places.find((named) => handle(this.story, named, this.#world(named)).ok);
    if (!fitting) throw new Error(`nowhere: ${storyLine(this.story)}`);
    this.tell(fitting);
  }

  until(link: string): this {
    for (let step = 0; openLink(this.story)?.kind !== link; step += 1) {
      if (step > 60 || this.story.closed) throw new Error(`never came to ${link}: ${storyLine(this.story)}`);
      this.next();
    }
    return this;
  }

  toTheEnd(): this {
    for (let step = 0; !this.story.closed; step += 1) {
      if (step > 90) throw new Error(`does not end: ${storyLine(this.story)}`);
      this.next();
    }
    return this;
  }

  #take({ story, events, errands }: Told): void {
    this.story = story;
    this.events = [...this.events, ...events];
    for (const errand of errands) this.tell(errand);
  }

  #world(command?: Command): World {
    return {
      at: this.at, actor: SYSTEM, city, chance: this.#chance, book: clinicBook(), free: command ? this.#free(command) : { units: [], cars: [], slots: [] },
      decide: (care, excluded) => decide(this.under, care, { city, status: initialStatus(city), excluded }),
    };
  }

  #free(command: Command): Free {
    const wanted = wantedFor(command, this.story, this.at);
    const slot = wanted.things === 'slots' && {
      id: `${wanted.institution}/${wanted.window.from}`, institution: wanted.institution, service: wanted.service,
      startsAt: wanted.window.from, endsAt: wanted.window.from + HOUR_MS,
    };
    return {
      units: unitsFor(this.story, city.units.keys(), city, this.at), cars: carsFor(this.story, city.cars.keys(), city, this.at),
      slots: slot ? [slot] : [],
    };
  }
}

function filled(command: Command, at: Instant): Command {
  switch (command.type) {
    case 'admit': return { ...command, expectedDischargeAt: at + 20 * HOUR_MS };
    case 'answerVisit': return { ...command, advice: 'go on', followUpOf: 'as known', guardian: 'mother', items: [{ medicine: 'amlodipine', dose: 'b', days: 28, controlled: 'no' }] };
    case 'amendPrescription': return { ...command, reason: 'as meant' };
    case 'queryPrescription': return { ...command, question: 'is this meant?' };
    case 'handToCourier': return { ...command, courier: 'courier' };
    case 'sendMessage': return { ...command, text: 'thank you' };
    case 'deliver': return { ...command, to: 'patient' };
    default: return command;
  }
}

const decisions = (life: Life): readonly JourneyEvent[] => life.events.filter(({ type }) => type === 'RequestDecided');

describe('given somebody at home', () => {
  it('when the announcement ends, then they go on under ordinary rules, with a new step, owner and deadline', () => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'specialist' }, rules.zhengzhou).until('release');

    expect(life.change(rules.ordinary)).toBe(true);

    expect(decisions(life).at(-1)).toMatchObject({ because: 'policyChanged', decision: { policy: rules.ordinary.identity, policyInForce: false } });
    expect(openLink(life.story)).toMatchObject({ state: 'open', owner: { scope: expect.any(String) }, dueAt: expect.any(Number) });
    expect(holder(life.toTheEnd().story)).toBe('home');
  });

  it('when nothing changes for them, then nothing happens to them, and their decision keeps its basis', () => {
    const life = new Life({ need: 'emergency', findings: ['unresponsive'] }, rules.zhengzhou);
    const before = life.story;

    expect(life.change(rules.zhengzhou)).toBe(false);

    expect(life.story).toBe(before);
  });

  it('when only a later step changes, then the deadline that runs runs on', () => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'specialist' }, rules.zhengzhou).until('release');
    const running = openLink(life.story)!;
    life.at += 10 * MINUTE_MS;

    expect(life.change(rules.slowerDoor)).toBe(true);

    expect(openLink(life.story)).toMatchObject({ kind: 'release', owner: running.owner, dueAt: running.dueAt });
  });

  it('when only a later step changes, then the seat, the car and what was released stay theirs', () => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'haemodialysis' }, rules.zhengzhou).until('assignCar');
    life.tell({ type: 'assignCar', leg: 'out' });
    const { booking, out, release, pass } = life.story;
    const running = openLink(life.story)!;
    expect([booking, out?.car, release, pass]).not.toContain(undefined);

    expect(life.change(rules.slowerDoor)).toBe(true);

    expect(life.story).toMatchObject({ booking, out, release, pass });
    expect(openLink(life.story)).toMatchObject({ kind: running.kind, owner: running.owner });
    expect(life.story.links.find(({ kind, state }) => kind === 'receive' && state === 'waiting')).toMatchObject({ dueSeconds: 5_400 });
  });

  it('when the step that runs was missed, then it stays missed: neither who was told nor how long it has been open is forgotten', () => {
    const life = new Life({ need: 'emergency', findings: ['unresponsive'] }, rules.zhengzhou).until('sendUnit');
    const { openedAt, dueAt } = openLink(life.story)!;
    life.at = dueAt!;
    life.tell({ type: 'missDeadline', link: 'sendUnit', dueAt: dueAt! });
    const late = openLink(life.story)!;
    const { mission } = life.story;
    expect(late.missed).toHaveLength(1);

    expect(life.change(rules.ordinary)).toBe(true);

    expect(openLink(life.story)).toMatchObject({ kind: 'sendUnit', openedAt, missed: late.missed });
    expect(openLink(life.story)!.dueAt).toBeLessThanOrEqual(late.dueAt!);
    expect(life.story.mission).toEqual(mission);
  });

  it('when an appointment is asked of nobody any more, then the hour that was booked there stays theirs', () => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'specialist' }, rules.zhengzhou).until('release');
    const { booking, decision } = life.story;
    expect(booking).toBeDefined();

    expect(life.change(rules.ordinary)).toBe(true);

    expect(life.story.decision).toMatchObject({ byAppointment: false, institution: decision.institution, service: decision.service });
    expect(life.story.booking).toEqual(booking);
  });

  it('when what was booked fits no longer, then it is free for others at once', () => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'specialist' }, rules.zhengzhou).until('release');
    life.tell({ type: 'reportWorse', findings: ['strokeSigns'] });
    expect(life.story.decision.pathway).toBe('emergency');
    expect(life.story.booking?.cancelled).toBe(true);
  });
});

describe('given a vehicle on its way', () => {
  it('a unit, when the new rules would send another vehicle or none, then it comes all the same', () => {
    const life = new Life({ need: 'emergency', findings: ['unresponsive'] }, rules.zhengzhou).until('pickUp');
    for (const under of [rules.shanghai, rules.ordinary]) expect(life.change(under)).toBe(false);
    expect(life.story.mission).toMatchObject({ unit: expect.any(String) });
    expect(life.story.mission?.stoodDown).toBeUndefined();
  });

  it('a special car, when the new rules would let them go by themselves, then it comes all the same', () => {
    const life = new Life({ patientKind: 'greenCode', test: 'valid', groups: ['elderly'], person: { name: 'Old', phone: '000', ageMonths: 70 * 12 } }, rules.zhengzhou).until('pickUp');
    const { out } = life.story;
    expect(out?.car).toBeDefined();
    // The car has set out for the hour that was agreed.
    life.at = Math.max(life.at, out!.pickUpAt);

    life.change(rules.ordinary);

    expect(life.story.out).toEqual(out);
  });
});

describe('given somebody who has left home', () => {
  it.each(['travel', 'receive', 'treat', 'returnPickUp', 'returnTravel', 'confirmHome'])('at %s, when the rules change, then they are brought to their end as it was decided', (link) => {
    const life = new Life({ patientKind: 'highRiskArea', need: 'specialist' }, rules.zhengzhou).until(link);
    const before = life.story;

    for (const under of [rules.ordinary, rules.shanghai]) expect(life.change(under)).toBe(false);

    expect(life.story).toBe(before);
    expect(life.toTheEnd().story).toMatchObject({ closed: { outcome: 'home' }, decision: before.decision });
  });
});

describe('given a doctor who is with them on the line', () => {
  it('when the rules change, then the visit goes on', () => {
    const life = new Life({ need: 'medicineRefill', groups: ['chronic'] }, rules.zhengzhou).until('consult');
    life.tell({ type: 'takeVisit' });
    expect(life.change(rules.shanghai)).toBe(false);
    expect(life.toTheEnd().story.closed?.outcome).toBe('delivered');
  });

  it('who has sent them on, when the rules change, then they are asked like everybody at home', () => {
    const life = new Life({ need: 'onlineConsultation', patientKind: 'highRiskArea' }, rules.zhengzhou).until('consult');
    life.tell({ type: 'takeVisit' });
    life.tell({ type: 'sendOn', reason: 'hands are needed', need: 'specialist', findings: [] });
    expect(life.story.decision.pathway).toBe('visit');
    expect(life.change(rules.slowerDoor)).toBe(true);
  });
});

const LIVES: readonly Partial<Intake>[] = [
  { need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea' },
  { need: 'fever', findings: ['fever'], person: { name: 'Child', phone: '000', ageMonths: 28 }, patientKind: 'isolationPoint' },
  { need: 'haemodialysis', patientKind: 'highRiskArea', lastSessionAt: START - 40 * HOUR_MS },
  { need: 'medicineRefill', groups: ['chronic'] },
  { need: 'generalOutpatient' },
  { need: 'specialist', town: '990102001', test: 'positive' },
  { need: 'obstetrics', groups: ['pregnant'], patientKind: 'nonGreenSpecial' },
  { need: 'radiotherapy', mobility: 'stretcher' },
  { need: 'onlineConsultation', findings: ['fever'] },
];

describe('whenever the rules change', () => {
  const change = fc.record({ after: fc.nat(25), under: fc.constantFrom('zhengzhou', 'shanghai', 'ordinary', 'slowerDoor') });

  it('every promise holds at every step, nobody away from home is decided again, and the journey ends', () => {
    fc.assert(fc.property(fc.constantFrom(...LIVES), fc.constantFrom('zhengzhou', 'shanghai', 'ordinary'), fc.array(change, { minLength: 1, maxLength: 6 }), (intake, first, changes) => {
      const life = new Life(intake, rules[first as keyof typeof rules]);
      for (let step = 0; !life.story.closed && step < 90; step += 1) {
        for (const { under } of changes.filter(({ after }) => after === step)) {
          const before = life.story;
          const concerned = life.change(rules[under as keyof typeof rules]);
          if (concerned) expect(holder(before)).toBe('home');
          if (concerned) expect(differencesBetween(before.decision, life.story.decision)).not.toEqual([]);
          expect(brokenPromises(life.story, 0)).toEqual([]);
        }
        life.next();
        expect(brokenPromises(life.story, 0)).toEqual([]);
      }
      expect(life.story.closed, storyLine(life.story)).toBeDefined();
    }), { numRuns: 300 });
  });

  it('asked twice under the same rules, then the second time nobody is concerned', () => {
    fc.assert(fc.property(fc.constantFrom(...LIVES), fc.nat(20), fc.constantFrom('shanghai', 'ordinary'), (intake, after, under) => {
      const life = new Life(intake, rules.zhengzhou);
      for (let step = 0; step < after && !life.story.closed; step += 1) life.next();
      life.change(rules[under as keyof typeof rules]);
      expect(life.change(rules[under as keyof typeof rules])).toBe(false);
    }), { numRuns: 200 });
  });
});
