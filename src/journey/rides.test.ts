import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, parseInstant, seededChance, type Instant } from '../base/index.ts';
import { initialStatus, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { compilePolicy, decide, rehearseIn, type CompiledPolicy } from '../policy/index.ts';
import { loadPolicies } from '../policy/load.ts';
import type { Intake } from '../requests/index.ts';
import { begin, brokenPromises, carsFor, cohortOf, evolve, handle, holder, openLink, unitsFor, type Command, type JourneyEvent, type Story, type World } from './index.ts';

const START = parseInstant('2022-11-25 08:00')!;
const COMMITTEE: Actor = { id: 'committee', name: 'Committee', role: 'committee', scope: 'town:990101001' };
const DISPATCHER: Actor = { id: 'dispatcher', name: 'Dispatcher', role: 'dispatcher', scope: 'city' };
const WARD: Actor = { id: 'ward', name: 'Ward', role: 'ward', scope: 'city' };
const DRIVER: Actor = { id: 'driver', name: 'Driver of T-V1', role: 'driver', scope: 'car:T-V1' };
let city: City;
let policy: CompiledPolicy;

beforeAll(() => {
  const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const [loadedCity, loaded] = [loadCity(folder('cities/toytown')), loadPolicies(folder('policies'))];
  if ('problems' in loadedCity || 'problems' in loaded) throw new Error('toytown and the policies have to load');
  city = loadedCity.city;
  policy = compilePolicy(rehearseIn(loaded.policies.documents.get('shanghai-2022-03-28')!, 'toytown', ['990101']), loaded.policies.standing);
});

/** One person with a fever whom the town's car takes out and home. */
class Rider {
  story: Story;
  at: Instant = START;
  readonly events: JourneyEvent[] = [];

  constructor(rest: Partial<Intake> = {}) {
    const begun = begin({
      channel: 'resident', person: { name: 'Patient', phone: '000', ageMonths: 480 }, town: '990101001', address: 'gate 2', need: 'fever', groups: [],
      findings: ['fever'], vitals: {}, patientKind: 'greenCode', mobility: 'walks', ...rest,
    }, 'test', this.#world(SYSTEM));
    if (!begun.ok) throw new Error(begun.refusal.code);
    this.story = begun.value.story;
    this.tell({ type: 'release' }, COMMITTEE);
  }

  tell(command: Command, actor: Actor = DRIVER, minutes = 5): this {
    const refusal = this.refused(command, actor, minutes);
    if (refusal) throw new Error(`${command.type}: ${refusal}`);
    return this;
  }

  refused(command: Command, actor: Actor = DRIVER, minutes = 5): string | undefined {
    this.at += minutes * MINUTE_MS;
    const answer = handle(this.story, command, this.#world(actor));
    if (!answer.ok) return answer.refusal.code;
    this.story = answer.value.story;
    this.events.push(...answer.value.events);
    expect(brokenPromises(this.story, this.at)).toEqual([]);
    return undefined;
  }

  planned(leg: 'out' | 'back', car = 'T-V1', inMinutes = 30): Command {
    return { type: 'assignCar', leg, planned: { car, pickUpAt: this.at + inMinutes * MINUTE_MS, arriveAt: this.at + (inMinutes + 20) * MINUTE_MS } };
  }

  toTreated(): this {
    this.tell(this.planned('out'), COMMITTEE).tell(this.planned('back', 'T-V1', 180), SYSTEM);
    for (const step of ['atDoor', 'aboard', 'arrived'] as const) this.tell({ type: 'reportRide', leg: 'out', step });
    return this.tell({ type: 'receivePatient' }, WARD);
  }

  homeward(): this {
    this.toTreated().tell({ type: 'finishTreatment', outcome: 'discharged' }, WARD);
    return this.tell({ type: 'reportRide', leg: 'back', step: 'aboard' });
  }

  #world(actor: Actor): World {
    return {
      at: this.at, actor, city, chance: seededChance(this.at), free: { units: this.story?.mission?.meets ? unitsFor(this.story, city.units.keys(), city, this.at) : [], cars: this.story ? carsFor(this.story, city.cars.keys(), city, this.at) : [], slots: [] },
      decide: (care, excluded) => decide(policy, care, { city, status: initialStatus(city), excluded }),
    };
  }
}

describe('the way back', () => {
  it('is ordered with the way out, for when such care is usually over, and planned before they have left', () => {
    const rider = new Rider();
    expect(rider.story.back).toMatchObject({ leg: 'back', expected: true });
    expect(rider.story.back!.pickUpAt).toBeGreaterThan(rider.story.out!.pickUpAt + HOUR_MS);
  });
  it('given a car was planned for it, then after treatment nobody is asked for one again', () => {
    const rider = new Rider().toTreated().tell({ type: 'finishTreatment', outcome: 'discharged' }, WARD);
    expect(openLink(rider.story)).toMatchObject({ kind: 'returnPickUp' });
    expect(rider.story.back).toMatchObject({ car: 'T-V1', readyAt: rider.at, wantsPlan: true });
  });
  it('given they are admitted, then it is cancelled; discharged, it is ordered anew and owed', () => {
    const rider = new Rider().toTreated().tell({ type: 'admit', expectedDischargeAt: START + 48 * HOUR_MS }, WARD);
    expect(rider.story.back).toMatchObject({ cancelled: true });
    rider.tell({ type: 'finishTreatment', outcome: 'discharged' }, WARD);
    expect(openLink(rider.story)).toMatchObject({ kind: 'returnCar', owner: { role: 'committee' } });
  });
  it('given they get so much worse at home that 120 comes, then neither way is driven by car', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE).tell({ type: 'reportWorse', findings: ['unresponsive'] }, COMMITTEE);
    expect([rider.story.out!.cancelled, rider.story.back!.cancelled]).toEqual([true, true]);
    expect(openLink(rider.story)!.kind).toBe('sendUnit');
  });
});

describe('somebody has become an emergency in the car, and a unit drives towards it', () => {
  const CREW: Actor = { id: 'crew', name: 'Crew 1', role: 'crew', scope: 'unit:T-A1' };
  const inDanger = (): Rider => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE);
    for (const step of ['atDoor', 'aboard'] as const) rider.tell({ type: 'reportRide', leg: 'out', step });
    return rider.tell({ type: 'reportWorse', findings: ['unresponsive'] }).tell({ type: 'meetCar' }, DISPATCHER);
  };
  it('given the crew has them, then the ride is over, and the way goes on with the crew', () => {
    const rider = inDanger().tell({ type: 'sendUnit', unit: 'T-A1' }, DISPATCHER).tell({ type: 'reportMission', step: 'aboard' }, CREW);
    expect(rider.story.out).toMatchObject({ times: { arrived: rider.at }, stamps: { arrived: { to: 'Crew 1' } } });
    expect(holder(rider.story)).toBe('unit:T-A1');
    expect(openLink(rider.story)).toMatchObject({ kind: 'bring', owner: { role: 'crew' } });
    rider.tell({ type: 'reportMission', step: 'atDestination' }, CREW).tell({ type: 'reportRefusal', ground: 'other' }, CREW);
    expect(rider.story.out!.times.arrived, 'a door that says no brings nobody back into the car').toBeDefined();
  });
  it('given the car is there first, then the unit is free for the next', () => {
    const rider = inDanger().tell({ type: 'sendUnit', unit: 'T-A1' }, DISPATCHER).tell({ type: 'reportRide', leg: 'out', step: 'arrived' });
    expect(rider.story.mission).toMatchObject({ stoodDown: true });
    expect(openLink(rider.story)!.kind).toBe('receive');
  });
  it('given nobody is in danger in a car, then no unit is asked to meet one', () => {
    const rider = new Rider();
    expect(rider.refused({ type: 'meetCar' }, DISPATCHER)).toBe('nobodyToMeet');
  });
});

describe('who may share a car with whom', () => {
  it('given a fever, then whoever was exposed as well rides neither with the merely feverish nor with those merely exposed', () => {
    const cohort = (rest: Partial<Intake>) => cohortOf(new Rider(rest).story);
    expect(cohort({ patientKind: 'greenCode' })).toBe('fever');
    expect(cohort({ patientKind: 'highRiskArea' })).toBe('suspected');
    expect(cohort({ patientKind: 'isolationPoint', need: 'specialist' })).toBe('suspected');
    expect(cohort({ patientKind: 'isolationPoint', need: 'specialist', findings: [] })).toBe('contact');
    expect(cohort({ patientKind: 'highRiskArea', test: 'positive' })).toBe('positive');
  });
});

describe('found to be of another cohort', () => {
  const visit = (): Rider => new Rider({ need: 'generalOutpatient', findings: [] });
  it('at home, then the places in the cars they would have shared are given up, out and back, and others are ordered', () => {
    const rider = visit();
    expect([rider.story.out!.cohort, rider.story.back!.cohort]).toEqual(['other', 'other']);
    const before = rider.story.out!.ride;
    rider.tell(rider.planned('out'), COMMITTEE).tell(rider.planned('back', 'T-V1', 180), SYSTEM).tell({ type: 'reportWorse', findings: ['fever'] }, COMMITTEE);
    expect(rider.events).toContainEqual({ type: 'RideCancelled', ride: before, leg: 'out', car: 'T-V1', reason: 'cohortChanged' });
    for (const ride of [rider.story.out, rider.story.back]) if (ride && !ride.cancelled) expect(ride).toMatchObject({ cohort: 'fever' });
    expect([rider.story.out, rider.story.back].some((ride) => ride?.car !== undefined && !ride.cancelled)).toBe(false);
  });
  it('in the clinic, then they go home in a car of their own cohort', () => {
    const rider = visit().toTreated().tell({ type: 'reportWorse', findings: ['fever'] }, COMMITTEE).tell({ type: 'finishTreatment', outcome: 'discharged' }, WARD);
    expect(rider.story.back).toMatchObject({ cohort: 'fever', times: {} });
    expect(openLink(rider.story)).toMatchObject({ kind: 'returnCar' });
  });
});

describe('a plan that changes', () => {
  it('by less than five minutes is written down and not told; by more, or with another car, it is told', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE);
    const { pickUpAt, arriveAt } = rider.story.out!.planned!;
    const moved = (minutes: number, car = 'T-V1'): boolean => {
      rider.tell({ type: 'replanRide', leg: 'out', planned: { car, pickUpAt: pickUpAt + minutes * MINUTE_MS, arriveAt } }, SYSTEM, 1);
      return (rider.events.at(-1) as { told?: true }).told === true;
    };
    expect([moved(3), moved(4), moved(6), moved(7), moved(7, 'T-V2')]).toEqual([false, false, true, false, true]);
  });
  it('without a car left, then the committee owes one again, with a deadline', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE);
    expect(openLink(rider.story)!.kind).toBe('pickUp');
    rider.tell({ type: 'loseCar', leg: 'out', reason: 'noCarLeft' }, SYSTEM);
    expect(rider.story.out).not.toHaveProperty('car');
    expect(openLink(rider.story)).toMatchObject({ kind: 'assignCar', owner: { role: 'committee' }, dueAt: expect.any(Number) });
  });
  it('never takes the car away from under somebody who is in it', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE).tell({ type: 'reportRide', leg: 'out', step: 'aboard' });
    const planned = { car: 'T-V2', pickUpAt: rider.at, arriveAt: rider.at + HOUR_MS };
    expect(rider.refused({ type: 'loseCar', leg: 'out', reason: 'x' }, SYSTEM)).toBe('rideAboard');
    expect(rider.refused({ type: 'replanRide', leg: 'out', planned }, SYSTEM)).toBe('rideAboard');
    // Unless it broke down: the next car has to take them in by name before they are in its hands.
    rider.tell({ type: 'replanRide', leg: 'out', planned, stoppedAt: { lon: 113.5, lat: 34.7 } }, SYSTEM);
    expect([holder(rider.story), rider.story.out!.times.aboard]).toEqual(['car:T-V1', undefined]);
    expect(rider.refused({ type: 'reportRide', leg: 'out', step: 'aboard' })).toBe('notYourRide');
    rider.tell({ type: 'reportRide', leg: 'out', step: 'aboard' }, { ...DRIVER, scope: 'car:T-V2' });
    expect(holder(rider.story)).toBe('car:T-V2');
  });
});

describe('custody', () => {
  it('given a hand-over is written down after the ward has received them, then it stands where it happened and the ward has them', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE).tell({ type: 'receivePatient' }, WARD, 40);
    const at = rider.at - 30 * MINUTE_MS;
    rider.tell({ type: 'reportRide', leg: 'out', step: 'aboard', witness: { at } }, DRIVER);
    expect(rider.story.custody.map((line) => line.holder)).toEqual(['home', 'car:T-V1', `institution:${rider.story.arrival!.institution}`]);
    expect(rider.story.out!.stamps!.aboard).toEqual({ at, recordedAt: rider.at, to: 'Driver of T-V1' });
    expect(rider.refused({ type: 'reportRide', leg: 'out', step: 'arrived', witness: { at: at - MINUTE_MS } })).toBe('stepBackwards');
  });
  it('given the gate of their own compound stays shut, then the car keeps them, the district is told at once, the command centre after a quarter of an hour', () => {
    const rider = new Rider().homeward().tell({ type: 'reportGateRefusal', ground: 'cameFromHospital' });
    const link = openLink(rider.story)!;
    expect([holder(rider.story), link.kind, link.owner.role, link.missed.at(-1)!.told.role, link.dueAt! - rider.at]).toEqual(['car:T-V1', 'returnTravel', 'driver', 'district', 15 * MINUTE_MS]);
    rider.tell({ type: 'missDeadline', link: link.kind, dueAt: link.dueAt! }, SYSTEM, 15);
    expect(openLink(rider.story)!.missed.at(-1)!.told.role).toBe('city');
    rider.tell({ type: 'reportRide', leg: 'back', step: 'arrived' });
    expect(holder(rider.story)).toBe('home');
  });
  it('given somebody else stands at the door, then nobody is aboard', () => {
    const rider = new Rider();
    rider.tell(rider.planned('out'), COMMITTEE).tell({ type: 'reportWrongPerson', leg: 'out' });
    expect([holder(rider.story), rider.story.out!.times.aboard]).toEqual(['home', undefined]);
  });
});

describe('a story from before plans', () => {
  it('is read as it was: the car comes when it was ordered', () => {
    const { story } = new Rider();
    const { ride, pickUpAt, travelSeconds } = story.out!;
    const after = evolve(story, { type: 'CarAssigned', ride, leg: 'out', car: 'T-V1' }, START);
    expect(after.out!.planned).toEqual({ car: 'T-V1', pickUpAt, arriveAt: pickUpAt + travelSeconds * 1_000 });
  });
});

describe('handed on', () => {
  it('by the committee, with a reason, then the district owes the car with time of its own, once', () => {
    const rider = new Rider();
    const { dueAt } = openLink(rider.story)!;
    expect(rider.refused({ type: 'handOnRide', leg: 'out', reason: ' ' }, COMMITTEE)).toBe('reasonMissing');
    rider.tell({ type: 'handOnRide', leg: 'out', reason: 'both are away' }, COMMITTEE);
    expect(openLink(rider.story)).toMatchObject({ kind: 'assignCar', owner: { role: 'district', scope: 'district:990101' } });
    expect(openLink(rider.story)!.dueAt).not.toBe(dueAt);
    expect(rider.refused({ type: 'handOnRide', leg: 'out', reason: 'again' }, COMMITTEE)).toBe('handedOnAlready');
  });
});
