import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS, parseInstant, seededChance } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CareCase, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Excluded, Intake } from '../requests/index.ts';
import { actionsFor, begin, brokenPromises, carsFor, evolve, handle, openLink, unitsFor, wantedFor, type Command, type JourneyEvent, type Story } from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
let city: City;
let policy: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loadedPolicies] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || !('policies' in loadedPolicies)) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  const document = loadedPolicies.policies.documents.get('zhengzhou-2022-11-25')!;
  policy = compilePolicy(rehearseIn(document, 'toytown', ['990101']), loadedPolicies.policies.standing);
});

const CHEST_PAIN: Intake = {
  channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 40 * 12 }, town: '990101001', address: 'gate 2',
  need: 'generalOutpatient', groups: [], findings: ['chestPain'], vitals: {}, patientKind: 'greenCode', mobility: 'walks',
};
const familyDoctor: Actor = { id: 'S7', name: 'Doctor of the town', role: 'familyDoctor', scope: 'town:990101001' };
const cloudDoctor: Actor = { id: 'S8', name: 'Doctor on screen', role: 'cloudDoctor', scope: 'institution:T-H1' };
const lower = (acuity: 'II' | 'III' | 'IV', reason = 'reproduced by pressing on the rib'): Command => ({ type: 'downTriage', acuity, reason });

/** One person in Toytown, with everything free that is asked for. */
class Case {
  story: Story;
  readonly events: { readonly at: number; readonly event: JourneyEvent }[] = [];
  readonly #first: Story;
  #at = START;
  readonly #chance = seededChance(3);

  constructor(intake: Partial<Intake> = {}) {
    const begun = begin({ ...CHEST_PAIN, ...intake }, 'test', this.#world(SYSTEM));
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = this.#first = begun.value.story;
  }

  /** @returns the code of the refusal */
  tell(command: Command, actor: Actor = SYSTEM): string | undefined {
    this.#at += MINUTE_MS;
    const answer = handle(this.story, command, this.#world(actor, command));
    if (!answer.ok) return answer.refusal.code;
    this.story = answer.value.story;
    for (const event of answer.value.events) this.events.push({ at: this.#at, event });
    expect(brokenPromises(this.story, this.#at)).toEqual([]);
    return undefined;
  }

  get replayed(): Story {
    return this.events.reduce((story, { event, at }) => evolve(story, event, at), this.#first);
  }

  #world(actor: Actor, command?: Command) {
    const at = this.#at;
    const units = command && wantedFor(command, this.story, at).things === 'units' ? unitsFor(this.story, city.units.keys(), city, at) : [];
    const cars = command && wantedFor(command, this.story, at).things === 'cars' ? carsFor(this.story, city.cars.keys(), city, at) : [];
    return {
      at, actor, city, chance: this.#chance, free: { units, cars, slots: [] },
      decide: (care: CareCase, excluded: readonly Excluded[]) =>
        decide(policy, care, { city, status: initialStatus(city), excluded }),
    };
  }

  atTheDoor(): this {
    this.tell({ type: 'sendUnit' });
    for (const step of ['aboard', 'atDestination'] as const) this.tell({ type: 'reportMission', step });
    return this;
  }

  get ward(): Actor {
    return { id: 'S9', name: 'Duty physician', role: 'ward', scope: `institution:${this.story.arrival!.institution}` };
  }
}

describe('A clinician lowers', () => {
  it('given chest pain at home, when the family doctor has spoken to them, then name, reason and rows are recorded and the way is decided again', () => {
    const told = new Case();
    expect(told.story.decision.acuity).toBe('II');
    expect(told.tell(lower('IV'), familyDoctor)).toBeUndefined();
    expect(told.events.map(({ event }) => event)).toContainEqual({
      type: 'AcuityLowered', from: 'II', acuity: 'IV', reason: 'reproduced by pressing on the rib', by: 'S7', clinician: 'Doctor of the town',
      contact: 'spoken', rows: ['finding-chestPain', 'need-generalOutpatient'],
      covers: { need: 'generalOutpatient', findings: ['chestPain'], vitals: {} },
    });
    expect(told.events.find(({ event }) => event.type === 'RequestDecided')?.event).toMatchObject({ because: 'lowered' });
    expect(told.story.decision).toMatchObject({ acuity: 'IV', pathway: 'visit' });
    expect(told.story.decision.fired.map(({ row }) => row)).toContain('lowered-IV');
  });

  it('given a unit on its way, then it is free for the next', () => {
    const told = new Case();
    told.tell({ type: 'sendUnit' });
    told.tell(lower('IV'), familyDoctor);
    expect(told.story.mission?.stoodDown).toBe(true);
    expect(openLink(told.story)?.kind).not.toBe('pickUp');
  });

  it('given a patient in the ambulance or at the door, then nobody is turned round: the place stays, the level is lower', () => {
    const told = new Case().atTheDoor();
    const { institution, pathway } = told.story.decision;
    expect(told.tell(lower('III'), told.ward)).toBeUndefined();
    expect(told.story.decision).toMatchObject({ acuity: 'III', priority: 'urgent', institution, pathway });
    expect(openLink(told.story)?.kind).toBe('receive');
  });

  it('given the same events again, then the same story', () => {
    const told = new Case();
    told.tell(lower('III'), familyDoctor);
    told.tell({ type: 'reportWorse', findings: ['breathless'] });
    expect(told.replayed).toEqual(told.story);
  });
});

describe('What a lowering does not cover', () => {
  it.each([['a new finding', ['strokeSigns']], ['the same finding said again', ['chestPain']]])('given %s afterwards, then it raises again', (_, findings) => {
    const told = new Case();
    told.tell(lower('IV'), familyDoctor);
    expect(told.tell({ type: 'reportWorse', findings })).toBeUndefined();
    expect(told.story.decision).toMatchObject({ acuity: 'II', pathway: 'emergency' });
  });
  it('given 90 % looked at, then 91 % afterwards changes nothing, and 89 % raises again', () => {
    const told = new Case({ findings: [], vitals: { oxygenSaturationPercent: 90 } });
    told.tell(lower('IV', 'lives with 90 %'), familyDoctor);
    expect(told.story.decision.acuity).toBe('IV');
    told.tell({ type: 'reportWorse', findings: [], vitals: { oxygenSaturationPercent: 91 } });
    expect(told.story.decision.acuity).toBe('IV');
    told.tell({ type: 'reportWorse', findings: [], vitals: { oxygenSaturationPercent: 89 } });
    expect(told.story.decision.acuity).toBe('II');
  });
});

describe('Nobody else lowers', () => {
  it('given no reason, no name, or a level that is not lower, then the refusal says which', () => {
    const told = new Case();
    expect(told.tell(lower('III', '  '), familyDoctor)).toBe('reasonMissing');
    expect(told.tell(lower('III'), { ...familyDoctor, name: ' ' })).toBe('clinicianNameMissing');
    expect(told.tell(lower('II'), familyDoctor)).toBe('notLower');
    expect(told.story.decision.acuity).toBe('II');
  });
  it('given level I, then only the ward that has the person before it', () => {
    const told = new Case({ findings: ['majorBleeding'] });
    expect(told.tell(lower('II'), familyDoctor)).toBe('mustBeSeen');
    expect(told.tell(lower('II'), told.ward)).toBe('notSeenYet');
    expect(told.atTheDoor().tell(lower('II'), told.ward)).toBeUndefined();
  });
  it('given the ward of another hospital, or somebody who has been treated, then there is nothing to lower', () => {
    const told = new Case().atTheDoor();
    expect(told.tell(lower('III'), { ...told.ward, scope: 'institution:T-H4' })).toBe('notSeenYet');
    told.tell({ type: 'receivePatient' });
    told.tell({ type: 'finishTreatment', outcome: 'discharged' });
    expect(told.tell(lower('III'), told.ward)).toBe('alreadyTreated');
  });
  it('given a doctor who has not taken the visit, or the system, then nobody has met the person', () => {
    const told = new Case();
    expect(told.tell(lower('III'), cloudDoctor)).toBe('notSeenYet');
    expect(told.tell(lower('III'))).toBe('notSeenYet');
  });
  it('given what each sees as buttons, then only the family doctor is offered it, one level down', () => {
    const { story } = new Case();
    const offered = (actor: Actor) => actionsFor(actor, story, city).filter(({ type }) => type === 'downTriage');
    expect(offered(familyDoctor)).toEqual([{ type: 'downTriage', acuity: 'III', reason: '' }]);
    for (const role of ['resident', 'hotline', 'committee', 'dispatcher', 'ward'] as const) {
      expect(offered({ id: 'x', name: 'x', role, scope: role === 'resident' ? `journey:${story.id}` : role === 'committee' ? 'town:990101001' : 'city' })).toEqual([]);
    }
  });
});
