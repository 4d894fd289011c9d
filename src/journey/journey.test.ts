import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { clinicBook } from '../clinic/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy, type Exclusion } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import {
  begin, beginStory, brokenPromises, carsFor, evolve, handle, holder, nextActions, openLink, storyLine, unitsFor,
  wantedFor, type Command, type Free, type JourneyEvent, type Story,
} from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
let city: City;
let policy: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loadedPolicies] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loadedPolicies) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  const document = loadedPolicies.policies.documents.get('zhengzhou-2022-11-25')!;
  policy = compilePolicy(rehearseIn(document, 'toytown', ['990101']), loadedPolicies.policies.standing);
});

const INTAKE: Intake = {
  channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 40 * 12 }, town: '990101001', address: 'gate 2',
  need: 'generalOutpatient', groups: [], findings: [], vitals: {}, patientKind: 'greenCode', mobility: 'walks',
};

/** One person in Toytown, alone: whatever is asked for is free. */
class Telltale {
  story: Story;
  at: Instant = START;
  readonly events: { readonly at: Instant; readonly event: JourneyEvent }[] = [];
  readonly #chance = seededChance(1);

  constructor(intake: Partial<Intake>) {
    const begun = begin({ ...INTAKE, ...intake }, 'test', this.#world());
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = begun.value.story;
    this.#keep(begun.value.events, begun.value.errands);
  }

  /** @returns the code of the refusal */
  tell(command: Command): string | undefined {
    this.at += MINUTE_MS;
    const answer = handle(this.story, command, this.#world(command));
    if (!answer.ok) return answer.refusal.code;
    this.story = answer.value.story;
    this.#keep(answer.value.events, answer.value.errands);
    return undefined;
  }

  /** The owner does what is next until `link` is open. */
  until(link: string): this {
    for (let step = 0; openLink(this.story)?.kind !== link; step += 1) {
      if (step > 40) throw new Error(`never came to ${link}: ${storyLine(this.story)}`);
      const refusal = this.tell(this.next());
      if (refusal) throw new Error(`${refusal}: ${storyLine(this.story)}`);
    }
    return this;
  }

  next(): Command {
    const command = filled(nextActions(this.story)[0]!, this.at, this.story);
    if (command.type !== 'namePlace') return command;
    const fitting = [...city.institutions.keys()].map((institution) => ({ ...command, institution }))
      .find((named) => handle(this.story, named, this.#world(named)).ok);
    if (!fitting) throw new Error(`nowhere: ${storyLine(this.story)}`);
    return fitting;
  }

  toTheEnd(): this {
    for (let step = 0; !this.story.closed; step += 1) {
      const refusal = step > 60 ? 'too many steps' : this.tell(this.next());
      if (refusal) throw new Error(`${refusal}: ${storyLine(this.story)}`);
    }
    return this;
  }

  #keep(events: readonly JourneyEvent[], errands: readonly Command[]): void {
    for (const event of events) this.events.push({ at: this.at, event });
    for (const errand of errands) this.tell(errand);
  }

  #world(command?: Command, actor: Actor = SYSTEM) {
    return {
      at: this.at, actor, city, chance: this.#chance, book: clinicBook(), free: command ? this.#free(command) : { units: [], cars: [], slots: [] },
      decide: (care: Parameters<typeof decide>[1], excluded: readonly Exclusion[]) =>
        decide(policy, care, { city, status: initialStatus(city), excluded }),
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

function filled(command: Command, at: Instant, { visit }: Story): Command {
  switch (command.type) {
    case 'admit': return { ...command, expectedDischargeAt: at + 20 * HOUR_MS };
    case 'answerVisit': return { ...command, advice: 'go on', followUpOf: 'as known', guardian: 'mother', items: [{ medicine: 'a', dose: 'b', days: 28, controlled: 'no' }] };
    case 'sendOn': return { ...command, reason: 'hands are needed' };
    case 'amendPrescription': return { ...command, reason: 'as meant' };
    case 'queryPrescription': return { ...command, question: 'is this meant?' };
    case 'checkPrescription': return { ...command, accepted: visit?.prescription?.warnings?.map(({ id }) => id) ?? [] };
    case 'handToCourier': return { ...command, courier: 'courier', coolBox: true };
    case 'sendMessage': return { ...command, text: 'thank you' };
    case 'deliver': return { ...command, to: 'patient', coldKept: true };
    case 'reportWorse': return { ...command, findings: ['chestPain'] };
    case 'withdrawRequest': return { ...command, reason: 'better again' };
    case 'namePlace': return { ...command, institution: 'T-H1' };
    default: return command;
  }
}

const LIVES: readonly Partial<Intake>[] = [
  { need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea' },
  { need: 'fever', findings: ['fever'], person: { name: 'Child', phone: '000', ageMonths: 28 } },
  { need: 'haemodialysis', patientKind: 'highRiskArea', lastSessionAt: START - 40 * HOUR_MS },
  { need: 'medicineRefill', groups: ['chronic'] },
  { need: 'generalOutpatient' },
  { need: 'specialist', town: '990102001' },
  { need: 'obstetrics', groups: ['pregnant'] },
  { need: 'radiotherapy', mobility: 'stretcher' },
];

describe('Every kind of request', () => {
  it.each(LIVES)('for $need goes on to home and closed when everybody does the next step', (intake) => {
    const told = new Telltale(intake).toTheEnd();
    expect(holder(told.story)).toBe('home');
    expect(brokenPromises(told.story, told.at)).toEqual([]);
  });
});

describe('Getting worse', () => {
  it('at the door of a house without an emergency department, then the car drives on to one that has it', () => {
    const told = new Telltale({ need: 'generalOutpatient', town: '990101100', patientKind: 'highRiskArea' }).until('receive');
    expect(told.story.arrival?.institution).toBe('T-H3');
    expect(told.tell({ type: 'reportWorse', findings: ['strokeSigns'] })).toBeUndefined();
    expect(told.story.decision.institution).not.toBe('T-H3');
    expect(nextActions(told.story)[0]).toEqual({ type: 'reportRide', leg: 'out', step: 'arrived' });
    expect(holder(told.toTheEnd().story)).toBe('home');
  });

  it('on the own way: given somebody walking to a clinic, when it becomes an emergency, then a unit is sent for them', () => {
    const told = new Telltale({ need: 'generalOutpatient' }).until('travel');
    told.tell({ type: 'startTravel' });
    expect(holder(told.story)).toBe('self');
    told.tell({ type: 'reportWorse', findings: ['chestPain'] });
    expect(openLink(told.story)).toMatchObject({ kind: 'sendUnit', owner: { role: 'dispatcher' } });
    expect(told.toTheEnd().story.custody.map((line) => line.holder.split(':')[0])).toContain('unit');
  });

  it('on the own way: given a unit was sent, when they reach the door by themselves, then they are received and the unit is free', () => {
    const told = new Telltale({ need: 'generalOutpatient' }).until('travel');
    told.tell({ type: 'startTravel' });
    told.tell({ type: 'reportWorse', findings: ['chestPain'] });
    told.tell({ type: 'sendUnit' });
    expect(told.tell({ type: 'reportArrival' })).toBeUndefined();
    expect(openLink(told.story)?.kind).toBe('receive');
    told.tell({ type: 'receivePatient' });
    expect(told.story.mission?.stoodDown).toBe(true);
  });

  it('before arrival: given the same institution, then it is warned again of the higher acuity', () => {
    const told = new Telltale({ need: 'fever', findings: ['fever'], person: { name: 'Adult', phone: '000', ageMonths: 600 } }).until('travel');
    const before = told.story.arrival!;
    told.tell({ type: 'reportWorse', findings: ['severeBreathlessness'] });
    expect(before.acuity).not.toBe(told.story.decision.acuity);
    expect(told.story.arrival).toMatchObject({ institution: told.story.decision.institution, acuity: told.story.decision.acuity });
  });
});

describe('A crew', () => {
  it('that forgets to press "aboard" is caught up by "at the hospital": nobody is lost between two presses', () => {
    const told = new Telltale(LIVES[0]!).until('pickUp');
    expect(told.tell({ type: 'reportMission', step: 'atDestination' })).toBeUndefined();
    expect(openLink(told.story)?.kind).toBe('receive');
    expect(holder(told.story)).toMatch(/^unit:/);
  });
});

describe('After treatment', () => {
  it('worse in the car home: then the car becomes the way out again, and they come home after that', () => {
    const told = new Telltale(LIVES[1]!).until('returnTravel');
    expect(told.tell({ type: 'reportWorse', findings: ['convulsion'] })).toBeUndefined();
    expect(holder(told.story)).toMatch(/^car:/);
    expect(nextActions(told.story)[0]).toEqual({ type: 'reportRide', leg: 'out', step: 'arrived' });
    expect(told.story.decision.pathway).toBe('emergency');
    expect(holder(told.toTheEnd().story)).toBe('home');
    expect(brokenPromises(told.story, told.at)).toEqual([]);
  });

  it('worse at home before anybody confirmed it: then a unit is asked for', () => {
    const told = new Telltale(LIVES[0]!).until('confirmHome');
    expect(told.tell({ type: 'reportWorse', findings: ['unresponsive'] })).toBeUndefined();
    expect(openLink(told.story)?.kind).toBe('sendUnit');
    expect(holder(told.toTheEnd().story)).toBe('home');
  });

  it('worse while waiting for the car in the institution: then the same institution goes on treating', () => {
    const told = new Telltale(LIVES[0]!).until('returnPickUp');
    const { institution } = told.story.arrival!;
    expect(told.tell({ type: 'reportWorse', findings: ['majorBleeding'] })).toBeUndefined();
    expect(openLink(told.story)).toMatchObject({ kind: 'treat', owner: { role: 'ward', scope: `institution:${institution}` } });
    expect(told.story.back).toBeUndefined();
    expect(holder(told.toTheEnd().story)).toBe('home');
  });
});

describe('A unit', () => {
  it('that breaks down before it reached the patient is stood down, and another is asked for at once', () => {
    const told = new Telltale(LIVES[0]!).until('pickUp');
    expect(told.tell({ type: 'standDownUnit', reason: 'breakdown' })).toBeUndefined();
    expect(openLink(told.story)?.kind).toBe('sendUnit');
    expect(told.story.mission?.unit).toBeUndefined();
    expect(holder(told.toTheEnd().story)).toBe('home');
  });

  it('with the patient aboard cannot be stood down', () => {
    const told = new Telltale(LIVES[0]!).until('bring');
    expect(told.tell({ type: 'standDownUnit', reason: 'breakdown' })).toBe('patientStillAboard');
  });
});

describe('A slot', () => {
  it('that went by because the release came late is given back, and another hour is found', () => {
    const told = new Telltale(LIVES[6]!).until('release');
    const missed = told.story.booking!;
    told.at = missed.slot.startsAt + HOUR_MS;
    expect(told.tell({ type: 'release' })).toBeUndefined();
    expect(told.story.booking).toMatchObject({ id: expect.not.stringMatching(missed.id) });
    expect(told.story.booking!.slot.startsAt).toBeGreaterThan(told.at);
    expect(told.toTheEnd().story.closed?.outcome).toBe('home');
  });

  it('is not waited for by somebody whom a door refused: the next one receives them without', () => {
    const told = new Telltale({ need: 'obstetrics', patientKind: 'highRiskArea' }).until('receive');
    told.tell({ type: 'reportRefusal', ground: 'noTestResult' });
    expect(['travel', 'findPlace']).toContain(openLink(told.story)?.kind);
    expect(told.story.links.filter(({ kind, state }) => kind === 'slot' && state !== 'done' && state !== 'dropped')).toEqual([]);
  });
});

describe('The way home', () => {
  it('after a stay that outlived the pass: a pass that is valid for it is there before the car is', () => {
    const told = new Telltale(LIVES[2]!).until('treat');
    const first = told.story.pass!;
    told.tell({ type: 'admit', expectedDischargeAt: told.at + 48 * HOUR_MS });
    told.at += 47 * HOUR_MS;
    told.tell({ type: 'finishTreatment', outcome: 'discharged' });
    expect(told.story.pass).toMatchObject({ id: expect.not.stringMatching(first.id) });
    expect(told.story.pass!.validTo).toBeGreaterThan(told.at + 6 * HOUR_MS);
  });

  it('of somebody brought by ambulance is their own where no policy drives them', () => {
    const told = new Telltale({ need: 'specialist', town: '990102001', findings: ['chestPain'] }).until('returnHome');
    expect(told.tell({ type: 'startTravel' })).toBeUndefined();
    expect(holder(told.story)).toBe('self');
  });
});

describe('Finding a place', () => {
  it('is refused for a house that cannot take the person, since silence would look like success', () => {
    const told = new Telltale(LIVES[1]!).until('receive');
    told.tell({ type: 'reportRefusal', ground: 'noPlace' });
    expect(openLink(told.story)?.kind).toBe('findPlace');
    expect(told.tell({ type: 'namePlace', institution: 'T-H3' })).toBe('placeDoesNotFit');
    expect(told.tell({ type: 'namePlace', institution: 'T-H2' })).toBeUndefined();
    expect(told.story.decision.institution).toBe('T-H2');
  });
});

describe('Refused at the door', () => {
  it('given a unit at a door that says no, then another institution is named at once and the crew still has the person', () => {
    const told = new Telltale(LIVES[0]!).until('receive');
    const first = told.story.decision.institution;
    told.tell({ type: 'reportRefusal', ground: 'noTestResult' });
    expect(told.story.decision.institution).not.toBe(first);
    expect(openLink(told.story)).toMatchObject({ kind: 'bring', owner: { role: 'crew' } });
    expect(holder(told.story)).toMatch(/^unit:/);
  });
});

describe('A missed deadline', () => {
  it('is told to the next role, moves on, and happens once', () => {
    const told = new Telltale({ need: 'generalOutpatient', patientKind: 'highRiskArea' }).until('release');
    const { dueAt } = openLink(told.story)!;
    const command: Command = { type: 'missDeadline', link: 'release', dueAt: dueAt! };
    expect(told.tell(command)).toBe('deadlineMoved');
    told.at = dueAt!;
    expect(told.tell(command)).toBeUndefined();
    expect(openLink(told.story)).toMatchObject({ kind: 'release', owner: { role: 'committee' }, missed: [{ told: { role: 'district' } }] });
    expect(openLink(told.story)!.dueAt).toBeGreaterThan(dueAt!);
    expect(told.tell(command)).toBe('deadlineMoved');
  });
});

describe('Whatever is done, in whatever order', () => {
  const commands: fc.Arbitrary<Command | 'next' | 'watch'> = fc.oneof(
    { weight: 6, arbitrary: fc.constant('next' as const) },
    { weight: 1, arbitrary: fc.constant('watch' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Command>(
        { type: 'reportWorse', findings: ['chestPain'] }, { type: 'reportWorse', findings: ['fever'] },
        { type: 'reportRefusal', ground: 'noTestResult' }, { type: 'askPolicyAgain', because: 'serviceClosed' },
        { type: 'withdrawRequest', reason: 'better' }, { type: 'namePlace', institution: 'T-H1' }, { type: 'sendUnit' }, { type: 'bookSlot' },
        { type: 'assignCar', leg: 'out' }, { type: 'assignCar', leg: 'back' }, { type: 'release' }, { type: 'startTravel' },
        { type: 'reportArrival' }, { type: 'receivePatient' }, { type: 'finishTreatment', outcome: 'discharged' },
        { type: 'finishTreatment', outcome: 'died' }, { type: 'reportHome' }, { type: 'confirmHome' },
        { type: 'reportMission', step: 'aboard' }, { type: 'reportMission', step: 'atDestination' }, { type: 'reportMission', step: 'inService' },
        { type: 'reportRide', leg: 'out', step: 'aboard' }, { type: 'reportRide', leg: 'out', step: 'arrived' },
        { type: 'reportRide', leg: 'back', step: 'aboard' }, { type: 'reportRide', leg: 'back', step: 'arrived' },
        { type: 'takeVisit' }, { type: 'returnVisit' }, { type: 'answerVisit', advice: 'rest', items: [] },
        { type: 'answerVisit', advice: 'go on', followUpOf: 'as known', items: [{ medicine: 'insulin glargine', dose: 'b', days: 28, controlled: 'no' }] },
        { type: 'sendMessage', text: '我胸痛' }, { type: 'sendMessage', text: 'no chest pain' }, { type: 'checkPrescription', accepted: ['coldChain:insulin-glargine'] },
        { type: 'queryPrescription', item: 0, question: 'is this meant?' }, { type: 'amendPrescription', reason: 'as meant', items: [{ medicine: 'a', dose: 'b', days: 28, controlled: 'no' }] },
        { type: 'dispense' }, { type: 'handToCourier', courier: 'courier', coolBox: true }, { type: 'deliver', to: 'patient' }, { type: 'deliver', to: 'patient', coldKept: false },
        { type: 'sendOn', reason: 'hands', need: 'generalOutpatient', findings: [] }, { type: 'revokePass', reason: 'lost' }, { type: 'standDownUnit', reason: 'breakdown' },
      ),
    },
  );

  const play = (life: Partial<Intake>, sequence: readonly (Command | 'next' | 'watch')[], each: (told: Telltale) => void): Telltale => {
    const told = new Telltale(life);
    for (const step of sequence) {
      const link = openLink(told.story);
      if (step === 'watch') {
        if (!link) continue;
        told.at = Math.max(told.at, link.dueAt! - MINUTE_MS);
        told.tell({ type: 'missDeadline', link: link.kind, dueAt: link.dueAt! });
      } else if (step !== 'next') told.tell(step);
      else if (nextActions(told.story).length > 0) told.tell(told.next());
      each(told);
    }
    return told;
  };

  it('given the way back is reported before anybody has left, then it is refused: they still have to be fetched', () => {
    const told = new Telltale({ need: 'radiotherapy', mobility: 'stretcher' });
    told.tell(told.next());
    told.tell({ type: 'assignCar', leg: 'back' });
    expect(told.tell({ type: 'reportRide', leg: 'back', step: 'aboard' })).toBe('notTreatedYet');
    expect(told.toTheEnd().story.closed?.outcome).toBe('home');
  });

  it('every promise holds after every step, and an open journey has a next step that its owner can do', () => {
    fc.assert(fc.property(fc.constantFrom(...LIVES), fc.array(commands, { maxLength: 40 }), (life, sequence) => {
      play(life, sequence, ({ story }) => {
        expect(brokenPromises(story, 0)).toEqual([]);
        const link = openLink(story);
        if (story.closed) expect(link).toBeUndefined();
        else {
          expect(link?.owner.scope && link.dueAt).toBeGreaterThan(0);
          expect(['reportWorse', 'withdrawRequest', 'reportRefusal']).not.toContain(nextActions(story)[0]?.type);
        }
      });
    }), { numRuns: 400 });
  });

  it('it comes to an end when from then on everybody does the next step', () => {
    fc.assert(fc.property(fc.constantFrom(...LIVES), fc.array(commands, { maxLength: 25 }), (life, sequence) => {
      const told = play(life, sequence, () => undefined).toTheEnd();
      expect(told.story.closed).toBeDefined();
    }), { numRuns: 400 });
  });

  it('the events alone give the same story again', () => {
    fc.assert(fc.property(fc.constantFrom(...LIVES), fc.array(commands, { maxLength: 30 }), (life, sequence) => {
      const told = play(life, sequence, () => undefined);
      const [received, decided, ...rest] = told.events;
      if (received?.event.type !== 'RequestReceived' || decided?.event.type !== 'RequestDecided') throw new Error('a story begins otherwise');
      const made = beginStory(received.event, decided.event.decision, { city: told.story.city, incident: told.story.incident }, received.at);
      expect(rest.reduce((story, { event, at }) => evolve(story, event, at), made)).toEqual(told.story);
    }), { numRuns: 200 });
  });
});
