import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, withStatus, type City, type LiveStatus } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { clinicBook } from '../clinic/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import { REFUSAL_GROUNDS } from '../reception/index.ts';
import type { Intake } from '../requests/index.ts';
import { GATE_GROUNDS, LEGS, RIDE_STEPS } from '../trips/index.ts';
import { MISSION_STEPS } from '../dispatch/index.ts';
import {
  begin, brokenPromises, carsFor, COMMAND_ROLES, handle, holder, nextActions, openLink, storyLine, unitsFor, wantedFor,
  type Command, type CommandType, type Free, type JourneyEvent, type Story, type World,
} from './index.ts';

/**
 * First-contact responsibility: from the first call to the end somebody owns the next step of this person, by a deadline. Held against every
 * command there is, in any order, while wards close, cars and units and seats run out, and doors say no.
 */
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

const PEOPLE: readonly Partial<Intake>[] = [
  { need: 'emergency', findings: ['chestPain'], patientKind: 'highRiskArea' },
  { need: 'fever', findings: ['fever'], person: { name: 'Child', phone: '000', ageMonths: 28 }, test: 'positiveAntigen' },
  { need: 'haemodialysis', patientKind: 'highRiskArea', lastSessionAt: START - 40 * HOUR_MS },
  { need: 'medicineRefill', groups: ['chronic'], medicine: 'insulin glargine' },
  { need: 'onlineConsultation' }, { need: 'generalOutpatient' }, { need: 'generalOutpatient', patientKind: 'isolationPoint' },
  { need: 'specialist', town: '990102001' }, { need: 'obstetrics', groups: ['pregnant'] }, { need: 'radiotherapy', mobility: 'stretcher' },
];
const INTAKE: Intake = {
  channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 40 * 12 }, town: '990101001', address: 'gate 2',
  need: 'generalOutpatient', groups: [], findings: [], vitals: {}, patientKind: 'greenCode', mobility: 'walks',
};

type Given<T extends CommandType> = Omit<Extract<Command, { type: T }>, 'type'>;
const leg = fc.constantFrom(...LEGS);
const text = fc.constantFrom('as it is', '');
const nothing = fc.constant({});
const items = fc.constantFrom<readonly { medicine: string; dose: string; days: number; controlled: 'no' }[]>([], [{ medicine: 'insulin glargine', dose: 'b', days: 28, controlled: 'no' }]);
const findings = fc.constantFrom<readonly string[]>([], ['fever'], ['chestPain'], ['unresponsive']);

/** Every command there is: one that is added without a line here does not compile. */
const GIVEN: { readonly [T in Exclude<CommandType, 'submitRequest'>]: fc.Arbitrary<Given<T>> } = {
  reportWorse: fc.record({ findings }),
  downTriage: fc.record({ acuity: fc.constantFrom('II' as const, 'III' as const, 'IV' as const), reason: text }),
  namePlace: fc.record({ institution: fc.constantFrom('T-H1', 'T-H2', 'T-H3', 'nowhere') }),
  withdrawRequest: fc.record({ reason: text }),
  identify: fc.constant({ person: { name: 'Known', phone: '111' } }), mergeInto: fc.constant({ into: 'R-other' }), takeInRequest: fc.record({ from: fc.constant('R-other'), findings, vitals: fc.constant({}) }),
  handOver: fc.record({ report: fc.constant({ happened: 'fell', found: 'leg', done: 'splint' }) }),
  sendUnit: nothing, meetCar: nothing,
  divertUnit: fc.record({ to: fc.constant('M-other'), exchanged: fc.boolean() }),
  joinCall: fc.constant({ into: 'M-other' }),
  takeInCall: fc.record({ from: fc.constant('M-other'), askedAt: fc.constant(START), findings, vitals: fc.constant({}) }),
  keepApart: fc.constant({ other: 'M-other' }),
  reportMission: fc.record({ step: fc.constantFrom(...MISSION_STEPS) }),
  standDownUnit: fc.record({ reason: text }),
  assignCar: fc.record({ leg }), reportNoCar: nothing, reportCarFree: nothing, handOnRide: fc.record({ leg, reason: text }),
  approveRide: fc.record({ leg }),
  replanRide: fc.record({ leg, planned: fc.constant({ car: 'T-C1', pickUpAt: START + HOUR_MS, arriveAt: START + 2 * HOUR_MS } as never) }),
  loseCar: fc.record({ leg, reason: text }),
  reportRide: fc.record({ leg, step: fc.constantFrom(...RIDE_STEPS) }),
  reportWrongPerson: fc.record({ leg }),
  reportGateRefusal: fc.record({ ground: fc.constantFrom(...GATE_GROUNDS) }),
  bookSlot: nothing,
  moveBooking: fc.record({ slot: fc.constantFrom('T-H1/haemodialysis/9', 'T-H2/generalOutpatient/9'), reason: fc.constant('personAsked' as const) }),
  loseBooking: fc.constant({ reason: 'sessionClosed' as never }),
  tellCohort: fc.record({ cohort: fc.constantFrom('other' as const, 'contact' as const, 'positive' as const) }),
  release: nothing, revokePass: fc.record({ reason: text }),
  reportArrival: nothing, receivePatient: nothing, reportRefusal: fc.record({ ground: fc.constantFrom(...REFUSAL_GROUNDS) }),
  admit: fc.record({ expectedDischargeAt: fc.constant(START + 40 * HOUR_MS) }),
  finishTreatment: fc.record({ outcome: fc.constantFrom('discharged' as const, 'discharged' as const, 'died' as const) }),
  takeVisit: nothing, returnVisit: nothing, offerCall: fc.constant({ kind: 'voice' as never, url: 'https://call.example' }),
  answerVisit: items.map((given) => ({ advice: 'rest', followUpOf: 'as known', items: given }) as Given<'answerVisit'>),
  sendMessage: fc.record({ text: fc.constantFrom('我胸痛', 'no chest pain') }),
  sendOn: fc.record({ reason: text, need: fc.constant('generalOutpatient' as const), findings }),
  checkPrescription: fc.constant({ accepted: ['coldChain:insulin-glargine'] }),
  queryPrescription: fc.constant({ item: 0, question: 'is this meant?' }),
  amendPrescription: items.map((given) => ({ reason: 'as meant', items: given }) as Given<'amendPrescription'>),
  dispense: nothing, handToCourier: fc.constant({ courier: 'courier', coolBox: true } as never), deliver: fc.record({ to: text, coldKept: fc.boolean() }) as never,
  startTravel: nothing, reportHome: nothing, confirmHome: nothing,
  missDeadline: fc.constant({ link: 'receive' as const, dueAt: START }),
  askPolicyAgain: fc.record({ because: fc.constantFrom('serviceClosed', 'serviceReopened') }),
};

type Step =
  | { readonly do: 'command'; readonly command: Command }
  /** Whoever owns the step does it; the deadline passes; a service of a house closes or opens. */
  | { readonly do: 'next' } | { readonly do: 'wait' } | { readonly do: 'ward'; readonly pick: number; readonly closed: boolean }
  | { readonly do: 'scarce'; readonly scarce: boolean };

const oneOf = <T extends keyof typeof GIVEN>(type: T): fc.Arbitrary<Command> => (GIVEN[type] as fc.Arbitrary<object>).map((given) => ({ type, ...given }) as unknown as Command);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 24, arbitrary: fc.constant<Step>({ do: 'next' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'wait' }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ward' as const), pick: fc.nat(200), closed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scarce' as const), scarce: fc.boolean() }) },
  { weight: 3, arbitrary: oneOf('reportRefusal').map((command): Step => ({ do: 'command', command })) },
  { weight: 10, arbitrary: fc.oneof(...(Object.keys(GIVEN) as (keyof typeof GIVEN)[]).map(oneOf)).map((command): Step => ({ do: 'command', command })) },
);

/** One person in Toytown, where nothing can be relied on. */
class Person {
  story: Story;
  at: Instant = START;
  status: LiveStatus = initialStatus(city);
  scarce = false;
  /** What the last command told, with what its errands told. */
  told: readonly JourneyEvent[] = [];
  readonly #chance = seededChance(7);

  constructor(intake: Partial<Intake>) {
    const begun = begin({ ...INTAKE, ...intake }, 'test', this.#world(SYSTEM));
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = begun.value.story;
    this.#run(begun.value.errands);
  }

  step(step: Step): void {
    this.at += MINUTE_MS;
    this.told = [];
    const open = openLink(this.story);
    switch (step.do) {
      case 'ward':
        return this.#ward(step.pick, step.closed);
      case 'scarce':
        this.scarce = step.scarce;
        return;
      case 'wait':
        if (!open) return;
        this.at = Math.max(this.at, open.dueAt!);
        this.#tell({ type: 'missDeadline', link: open.kind, dueAt: open.dueAt! });
        return;
      case 'next': {
        const next = nextActions(this.story)[0];
        if (next) this.#tell(filled(next, this.at));
        return;
      }
      case 'command':
        this.#tell(step.command);
    }
  }

  #tell(command: Command): void {
    const answer = handle(this.story, command, this.#world(whoeverMay(command), command));
    if (!answer.ok) return;
    this.story = answer.value.story;
    this.told = [...this.told, ...answer.value.events];
    this.#run(answer.value.errands);
  }

  #run(errands: readonly Command[]): void {
    for (const errand of errands) this.#tell(errand);
  }

  /** As the service does it: a house that closes sends everybody decided for it back to policy. */
  #ward(pick: number, closed: boolean): void {
    const services = [...city.institutions.values()].flatMap(({ code, services: run }) => [...run.keys()].map((service) => ({ institution: code, service })));
    const { institution, service } = services[pick % services.length]!;
    const known = this.status.get(`${institution}/${service}` as never) as object | undefined;
    this.status = withStatus(this.status, { ...known, institution, service, state: closed ? 'closed' : 'open', reportedAt: this.at, reportedBy: 'ward', since: this.at } as never);
    if (closed && this.story.decision.institution === institution) this.#tell({ type: 'askPolicyAgain', because: 'serviceClosed' });
  }

  #world(actor: Actor, command?: Command): World {
    return {
      at: this.at, actor, city, chance: this.#chance, book: clinicBook(), free: command ? this.#free(command) : { units: [], cars: [], slots: [] },
      decide: (care, excluded) => decide(policy, care, { city, status: this.status, excluded }),
    };
  }

  #free(command: Command): Free {
    if (this.scarce) return { units: [], cars: [], slots: [] };
    const wanted = wantedFor(command, this.story, this.at);
    const other = wanted.things === 'slot' && { id: wanted.slot, institution: wanted.institution, service: wanted.service, startsAt: this.at + 4 * HOUR_MS, endsAt: this.at + 5 * HOUR_MS };
    const slot = other || wanted.things === 'slots' && {
      id: `${wanted.institution}/${wanted.window.from}`, institution: wanted.institution, service: wanted.service, startsAt: wanted.window.from, endsAt: wanted.window.from + HOUR_MS,
    };
    return { units: unitsFor(this.story, city.units.keys(), city, this.at), cars: carsFor(this.story, city.cars.keys(), city, this.at), slots: slot ? [slot] : [] };
  }
}

/** Somebody whose work this command is. */
function whoeverMay({ type }: Command): Actor {
  const role = COMMAND_ROLES[type].at(-1) ?? 'system';
  return { id: 'somebody', name: 'somebody', role, scope: 'city' };
}

/** The words a person adds to what a button leaves empty. */
function filled(command: Command, at: Instant): Command {
  switch (command.type) {
    case 'admit': return { ...command, expectedDischargeAt: at + 20 * HOUR_MS };
    case 'answerVisit': return { ...command, advice: 'go on', followUpOf: 'as known', items: [{ medicine: 'a', dose: 'b', days: 28, controlled: 'no' }] };
    case 'amendPrescription': return { ...command, reason: 'as meant' };
    case 'handToCourier': return { ...command, courier: 'courier', coolBox: true };
    case 'deliver': return { ...command, to: 'patient', coldKept: true };
    case 'namePlace': return { ...command, institution: 'T-H1' };
    default: return command;
  }
}

const KNOWN_SCOPE = /^(city|(district|town|institution|unit|car|journey):.+)$/;

/** One next step, one owner in a scope that exists, one deadline, and somebody who has the person: or the story is over. */
function expectOwned(story: Story): void {
  const open = story.links.filter(({ state }) => state === 'open');
  expect(holder(story), storyLine(story)).toMatch(/^(home|self|(unit|car|institution):.+)$/);
  if (story.closed) return void expect(open, storyLine(story)).toEqual([]);
  expect(open, storyLine(story)).toHaveLength(1);
  expect(open[0]!.owner.scope, storyLine(story)).toMatch(KNOWN_SCOPE);
  expect(open[0]!.dueAt, storyLine(story)).toBeGreaterThan(START);
  expect(open[0]!.openedAt, storyLine(story)).toBeGreaterThanOrEqual(START);
}

describe('No sequence of events leaves a journey without an owner', () => {
  it('whatever is commanded by whomever, and whatever closes or runs out meanwhile', () => {
    expect(Object.keys(GIVEN).sort()).toEqual(Object.keys(COMMAND_ROLES).filter((type) => type !== 'submitRequest').sort());
    fc.assert(fc.property(fc.constantFrom(...PEOPLE), fc.array(steps, { minLength: 15, maxLength: 70, size: 'max' }), (who, sequence) => {
      const person = new Person(who);
      expectOwned(person.story);
      for (const step of sequence) {
        const before = person.story;
        person.step(step);
        expectOwned(person.story);
        expect(brokenPromises(person.story, 0)).toEqual([]);
        // The last deadline is never moved into the past: whoever owns it still has time, or was told on.
        if (person.story.version === before.version) expect(person.story).toBe(before);
      }
    }), { numRuns: 1_000 });
  });

  it('given they were seen at home before it got worse, then that says nothing of the way back: nobody is left at the hospital', () => {
    const person = new Person({ need: 'onlineConsultation' });
    person.step({ do: 'command', command: { type: 'confirmHome' } });
    person.step({ do: 'command', command: { type: 'reportWorse', findings: ['unresponsive'] } });
    for (let step = 0; step < 60 && !person.story.closed; step++) {
      person.step({ do: 'next' });
      expect(brokenPromises(person.story, 0)).toEqual([]);
    }
    expect(person.story.closed?.outcome).toBe('home');
    expect(person.story.custody.some(({ holder: had }) => had.startsWith('institution:'))).toBe(true);
  });

  it('a refusal leads on in the same breath: another place or the search for one, with an owner and a deadline, and the person stays with whoever has them', () => {
    fc.assert(fc.property(fc.constantFrom(...PEOPLE), fc.array(steps, { minLength: 15, maxLength: 70, size: 'max' }), (who, sequence) => {
      const person = new Person(who);
      for (const step of sequence) {
        const hadThem = holder(person.story);
        person.step(step);
        const refused = person.told.find(({ type }) => type === 'RefusedAtDoor');
        if (refused?.type !== 'RefusedAtDoor') continue;
        const { decision, excluded } = person.story;
        expect(excluded).toContainEqual({ institution: refused.institution, cause: 'refused' });
        expect(decision.institution).not.toBe(refused.institution);
        // In an emergency the unit leaves first: the search is then a step that stands behind it.
        const searched = person.story.links.some(({ kind, state }) => kind === 'findPlace' && (state === 'open' || state === 'waiting'));
        expect(decision.institution !== undefined || searched, storyLine(person.story)).toBe(true);
        expect(holder(person.story)).toBe(hadThem);
        expectOwned(person.story);
      }
    }), { numRuns: 1_000 });
  });
});
