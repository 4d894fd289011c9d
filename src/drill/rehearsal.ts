import type { BookableService } from '../appointments/index.ts';
import { MINUTE_MS, seededChance, type Chance, type Instant } from '../base/index.ts';
import type { City, LiveStatus } from '../city/index.ts';
import { clinicBook } from '../clinic/load.ts';
import {
  begin, brokenPromises, handle, mayDo, NOTHING_FREE, openLink, wantedFor,
  type Command, type Free, type JourneyEvent, type StandingBooking, type Story, type Told, type World,
} from '../journey/index.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import { decide, type CompiledPolicy } from '../policy/index.ts';
import type { Intake } from '../requests/index.ts';
import type { Lowered } from '../triage/index.ts';
import { EventQueue } from './clock.ts';
import { Committees } from './committees.ts';
import { unitOf } from './desk-120.ts';
import { Dispatchers } from './dispatchers.ts';
import { Fleet, patientPlace } from './fleet.ts';
import { AGAIN_MINUTES, type Rates } from './habits.ts';
import { Ledger } from './ledger.ts';
import { afterHandOver, intend, ownerOf, placesToTry, type Fate, type Intent, type Stage } from './people.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';
import { shownBeside } from './shown.ts';
import { endlessWait } from './waits.ts';

export interface Rehearsed {
  readonly city: City;
  readonly policy: CompiledPolicy;
  readonly status: LiveStatus;
  readonly seed: number;
  readonly rates: Rates;
  /** On roads; without it, estimated. */
  readonly travel?: RehearsedTravel;
  /** `institution/service` without a seat left. */
  readonly full?: ReadonlySet<string>;
  /** Keeps what the 120 board showed beside each call: for a drill of a few people. */
  readonly watchesBoard?: true;
}

/** One event as it happened: who caused it, when. */
export interface Entry {
  readonly at: Instant;
  readonly by: string;
  readonly event: JourneyEvent;
}

export interface Journey {
  story: Story;
  readonly entries: Entry[];
  readonly fate: Fate;
  readonly chance: Chance;
  readonly ids: Chance;
  /** What the 120 board showed when a dispatcher read the call. */
  shown?: readonly string[];
  /** Counts what was planned for the owner: a plan made before the story moved on is void. */
  turn: number;
}

/** A promise that did not hold; `line` is the journey as it stood. */
export interface Breach {
  readonly at: Instant;
  readonly promise: string;
  readonly seen: string;
  readonly journey: string;
}

type Planned =
  | { readonly type: 'ask'; readonly intake: Intake; readonly fate: Fate; readonly booking?: StandingBooking }
  | { readonly type: 'act'; readonly journey: Journey; readonly turn: number; readonly intent: Intent }
  | { readonly type: 'after'; readonly journey: Journey; readonly intent: Intent }
  | { readonly type: 'lookForCar'; readonly journey: Journey; readonly turn: number }
  | { readonly type: 'dispatch' }
  | { readonly type: 'say'; readonly name: string; readonly findings: readonly string[] }
  | { readonly type: 'lower'; readonly name: string; readonly command: Extract<Command, { type: 'downTriage' }> }
  | { readonly type: 'watch'; readonly journey: Journey; readonly command: Extract<Command, { type: 'missDeadline' }> };

/** Answers "no" that are nobody's mistake: the owner looks again. Every other is a step that its owner could not do. */
const NOTHING_TO_GIVE: ReadonlySet<string> = new Set(['noCarFree', 'planRejected', 'noPlaceFree']);

/**
 * The world around the journeys, in rehearsed time: the same `begin` and `handle` as the server, with people who take
 * time, come late and say no. After every step every promise is checked.
 */
export class Rehearsal {
  readonly journeys = new Map<string, Journey>();
  readonly breaches: Breach[] = [];
  /** Requests nobody could act on, by the room's code. */
  readonly refusedRequests: { readonly at: Instant; readonly code: string; readonly field?: string }[] = [];
  /** How often nothing was free, by the code of the refusal. */
  readonly waits = new Map<string, number>();
  events = 0;
  readonly #queue = new EventQueue<Planned>();
  readonly #given: Rehearsed;
  readonly #ledger: Ledger;
  readonly #travel: RehearsedTravel;
  readonly #stage: Stage;
  readonly #fleet: Fleet;
  readonly #committees: Committees<Journey>;
  readonly #dispatchers: Dispatchers<Journey>;
  #asked = 0;

  constructor(given: Rehearsed) {
    this.#given = given;
    this.#ledger = new Ledger(given.city, given.full);
    this.#travel = given.travel ?? ESTIMATED;
    this.#fleet = new Fleet(given.city, this.#travel);
    this.#committees = new Committees({
      city: given.city, travel: this.#travel, journeys: this.journeys,
      command: (journey, command, actor, at) => this.#command(journey, command, actor, at),
      lookAgain: (journey, at) => this.#queue.plan(at, { type: 'lookForCar', journey, turn: journey.turn }),
      breach: (story, at, promise, seen) => this.#breach(story, at, promise, seen),
    });
    this.#dispatchers = new Dispatchers({
      city: given.city, travel: this.#travel, fleet: this.#fleet, isTaken: (unit) => !this.#ledger.hasUnit(unit),
      press: (journey, command, at) => this.#command(journey, command, ownerOf(journey.story, 'dispatcher', given.city), at),
      breach: (story, at, promise, seen) => this.#breach(story, at, promise, seen),
    });
    this.#stage = { city: given.city, travel: this.#travel, ledger: this.#ledger, rates: given.rates };
  }

  /** `booking`: a seat that is theirs already, and counted from now on. */
  ask(at: Instant, intake: Intake, fate: Fate = { late: new Map() }, booking?: StandingBooking): void {
    const taken = booking && this.#ledger.make([{ thing: 'slot', take: true, slot: booking.slot.id, booking: booking.id }]);
    if (taken) throw new Error(`${booking.slot.id} is held by ${taken.heldBy}`);
    this.#queue.plan(at, { type: 'ask', intake, fate, ...(booking && { booking }) });
  }

  /** The person, or somebody for them, reports that it got worse. */
  reportWorse(at: Instant, name: string, findings: readonly string[]): void {
    this.#queue.plan(at, { type: 'say', name, findings });
  }

  /** The family doctor of their town has spoken to them. */
  downTriage(at: Instant, name: string, acuity: Lowered['acuity'], reason: string): void {
    this.#queue.plan(at, { type: 'lower', name, command: { type: 'downTriage', acuity, reason } });
  }

  /** Plays on until nothing is planned any more or the horizon is reached. */
  run(horizon: Instant, onProgress?: (at: Instant) => void): void {
    for (let next = this.#queue.next(horizon); next; next = this.#queue.next(horizon)) {
      this.#play(next.what, next.at);
      onProgress?.(next.at);
    }
    for (const { story } of this.journeys.values()) this.#check(story, horizon);
  }

  #play(planned: Planned, at: Instant): void {
    switch (planned.type) {
      case 'ask':
        return this.#begin(planned.intake, planned.fate, at, planned.booking);
      case 'say':
        return this.#say(planned.name, planned.findings, at);
      case 'lower':
        return this.#lower(planned.name, planned.command, at);
      case 'watch':
        if (isDue(planned.journey.story, planned.command)) this.#command(planned.journey, planned.command, SYSTEM, at);
        return;
      case 'after':
        if (this.#command(planned.journey, planned.intent.command, planned.intent.actor, at)) {
          this.#breach(planned.journey.story, at, 'ownerCanAct', `${planned.intent.command.type} was refused`);
        }
        return;
      case 'act':
        if (planned.turn === planned.journey.turn) this.#act(planned.journey, planned.intent, at);
        return;
      case 'lookForCar':
        if (planned.turn === planned.journey.turn) this.#committees.carAfterAll(planned.journey, at);
        return;
      case 'dispatch':
        return this.#dispatchers.dispatch(at);
    }
  }

  #begin(intake: Intake, fate: Fate, at: Instant, booking?: StandingBooking): void {
    this.#asked += 1;
    const number = this.#asked;
    const chance = seededChance((this.#given.seed ^ Math.imul(number, 0x9e3779b1)) >>> 0);
    const ids = numbered(number, chance);
    const begun = begin(intake, 'drill', this.#world(at, SYSTEM, ids, NOTHING_FREE), booking);
    if (!begun.ok) {
      this.refusedRequests.push({ at, ...begun.refusal });
      return;
    }
    const journey: Journey = { story: begun.value.story, entries: [], fate, chance, ids, turn: 0 };
    this.journeys.set(journey.story.id, journey);
    this.#take(journey, begun.value, intake.channel, at);
    if (chance.next() < this.#given.rates.worse) {
      this.reportWorse(at + chance.exponential(90) * MINUTE_MS, journey.story.id, [chance.pick(['chestPain', 'severeBreathlessness', 'strokeSigns'])]);
    }
  }

  /** A report for somebody unknown or already treated goes nowhere: there is nothing to decide again. */
  #say(name: string, findings: readonly string[], at: Instant): void {
    const journey = this.journeys.get(name);
    if (!journey || journey.story.closed || journey.story.arrival?.treatedAt !== undefined) return;
    const scope = `journey:${name}`;
    this.#command(journey, { type: 'reportWorse', findings }, { id: `resident@${scope}`, name: 'resident', role: 'resident', scope }, at);
  }

  #lower(name: string, command: Extract<Command, { type: 'downTriage' }>, at: Instant): void {
    const journey = this.journeys.get(name);
    if (!journey) return;
    const refusal = this.#command(journey, command, ownerOf(journey.story, 'familyDoctor', this.#given.city), at);
    if (refusal) this.#breach(journey.story, at, 'ownerCanAct', `downTriage was refused: ${refusal}`);
  }

  #act(journey: Journey, intent: Intent, at: Instant): void {
    const { command } = intent;
    if (!mayDo(intent.actor, command.type, journey.story, this.#given.city)) {
      this.#breach(journey.story, at, 'ownerMayAct', `${intent.actor.role} may not ${command.type}`);
    }
    if (command.type === 'sendUnit') return this.#askFor(journey, at);
    if (command.type === 'reportRide') {
      const earliest = this.#committees.earliest(journey, command.leg, command.step, at);
      if (earliest > at) return this.#queueIntent('act', journey, { ...intent, at: earliest });
    }
    const refusal = this.#do(journey, command, intent.actor, at);
    if (refusal) this.#again(journey, intent, refusal, at);
  }

  #do(journey: Journey, command: Command, actor: Actor, at: Instant): string | undefined {
    switch (command.type) {
      case 'namePlace':
        return this.#namePlace(journey, actor, at);
      case 'assignCar':
        return this.#committees.assign(journey, command.leg, actor, at);
      default:
        return this.#command(journey, command, actor, at);
    }
  }

  /** One house after another, until one can take them. */
  #namePlace(journey: Journey, actor: Actor, at: Instant): string | undefined {
    for (const institution of placesToTry(journey.story, at, this.#stage)) {
      const refusal = this.#command(journey, { type: 'namePlace', institution }, actor, at);
      if (refusal !== 'placeDoesNotFit') return refusal;
    }
    return 'noPlaceFree';
  }

  #again(journey: Journey, intent: Intent, code: string, at: Instant): void {
    this.waits.set(code, (this.waits.get(code) ?? 0) + 1);
    if (!NOTHING_TO_GIVE.has(code)) {
      this.#breach(journey.story, at, 'ownerCanAct', `${intent.command.type} was refused: ${code}`);
      return;
    }
    const again = at + (AGAIN_MINUTES[code] ?? 5) * MINUTE_MS;
    this.#queue.plan(again, { type: 'act', journey, turn: journey.turn, intent: { ...intent, at: again } });
  }

  /** @returns the code of the refusal; undefined when it was done */
  #command(journey: Journey, command: Command, actor: Actor, at: Instant): string | undefined {
    const free = this.#free(command, journey.story, at);
    const answer = handle(journey.story, command, this.#world(at, actor, journey.ids, free));
    if (!answer.ok) return answer.refusal.code;
    this.#take(journey, answer.value, actor.role, at);
    return undefined;
  }

  #take(journey: Journey, told: Told, by: string, at: Instant): void {
    const failed = this.#ledger.make(told.claims);
    if (failed) {
      this.#breach(journey.story, at, 'claimedOnce', `${failed.claim.thing} is held by ${failed.heldBy}`);
      return;
    }
    const { story: before } = journey;
    journey.story = told.story;
    this.events += told.events.length;
    for (const event of told.events) {
      journey.entries.push({ at, by, event });
      this.#fleet.follow(journey.story, event, at);
    }
    this.#check(journey.story, at);
    this.#committees.follow(journey, told.events, at);
    // Who was told of a deadline, or of a few minutes, goes on with what they do; another car is another driver.
    const watched = told.events.every((event) => event.type === 'DeadlineMissed' || (event.type === 'RideReplanned' && event.car === before[event.leg]?.car));
    if (!watched) this.#dispatchers.follow(journey);
    for (const claim of told.claims) if (claim.thing === 'unit' && !claim.take) this.#unitFreed(claim.unit, at);
    // Errands come first: they may close the step that a person would be asked to do.
    const run = told.errands.filter((errand) => this.#command(journey, errand, SYSTEM, at) === undefined);
    if (run.length > 0) return;
    this.#watch(journey, at);
    if (told.events.some((event) => event.type === 'MissionReported' && (event.step === 'handedOver' || event.step === 'decontaminated'))) {
      const owed = afterHandOver(journey.story, at, journey.chance);
      if (owed) this.#queueIntent('after', journey, owed);
    }
    // The deadline passed while the owner was on their way: they still come.
    if (!watched) this.#planOwner(journey, at);
  }

  #planOwner(journey: Journey, at: Instant): void {
    journey.turn += 1;
    const link = openLink(journey.story);
    if (!link) return;
    const intent = intend(journey.story, at, journey.fate, journey.chance, this.#stage);
    if (intent) this.#queueIntent('act', journey, intent);
    else this.#breach(journey.story, at, 'ownerCanAct', `${link.owner.role} has nothing to do for ${link.kind}`);
  }

  #queueIntent(type: 'act' | 'after', journey: Journey, intent: Intent): void {
    // Whole seconds: a time that no clock shows would print rounded and be compared unrounded.
    const at = Math.ceil(intent.at / 1000) * 1000;
    this.#queue.plan(at, type === 'act' ? { type, journey, turn: journey.turn, intent } : { type, journey, intent });
  }

  /** Decided after everything else of this moment: a unit turned round is free between two events that belong together. */
  #unitFreed(unit: string, at: Instant): void {
    this.#queue.plan(at, { type: 'dispatch' });
    const relievedAt = this.#fleet.reliefAt(unit, at);
    if (relievedAt !== undefined) this.#queue.plan(relievedAt, { type: 'dispatch' });
  }

  /** A dispatcher has read the call and presses; with nobody to send it waits on the board, and the committee goes on looking for a car. */
  #askFor(journey: Journey, at: Instant): void {
    if (this.#given.watchesBoard) journey.shown = shownBeside(journey.story, [...this.journeys.values()].map(({ story }) => story), this.#given.city);
    this.#dispatchers.read(journey);
    this.#dispatchers.dispatch(at);
    if (unitOf(journey.story) !== undefined) return;
    this.waits.set('noUnitFree', (this.waits.get('noUnitFree') ?? 0) + 1);
    this.#committees.lookForCar(journey, at);
  }

  #watch(journey: Journey, at: Instant): void {
    const link = openLink(journey.story);
    if (!link || link.dueAt === undefined) return;
    this.#queue.plan(Math.max(at, link.dueAt), {
      type: 'watch', journey, command: { type: 'missDeadline', link: link.kind, dueAt: link.dueAt },
    });
  }

  #free(command: Command, story: Story, at: Instant): Free {
    const { city } = this.#given;
    const wanted = wantedFor(command, story, at);
    switch (wanted.things) {
      case 'nothing':
      case 'taking':
        return NOTHING_FREE;
      case 'units':
        if (command.type !== 'sendUnit' || command.unit === undefined || !this.#ledger.hasUnit(command.unit)) return NOTHING_FREE;
        return { ...NOTHING_FREE, units: [this.#fleet.free(command.unit, patientPlace(story, city), at)] };
      case 'cars':
        return NOTHING_FREE;
      case 'slots': {
        const slot = this.#ledger.freeSlot(wanted.institution, wanted.service as BookableService, wanted.window);
        return { ...NOTHING_FREE, slots: slot ? [slot] : [] };
      }
      case 'slot': {
        const slot = this.#ledger.slotNamed(wanted.slot);
        return { ...NOTHING_FREE, slots: slot ? [slot] : [] };
      }
    }
  }

  #world(at: Instant, actor: Actor, chance: Chance, free: Free): World {
    const { city, policy, status } = this.#given;
    const tables = this.#travel.tables(at);
    return {
      at, actor, city, chance, free, travel: this.#travel.seconds, book: clinicBook(),
      decide: (care, excluded) => decide(policy, care, { city, status, excluded, ...(tables && { travel: tables }) }),
    };
  }

  #check(story: Story, at: Instant): void {
    for (const { promise, seen } of brokenPromises(story, at)) this.#breach(story, at, promise, seen);
    const wait = endlessWait(story, at);
    if (wait) this.#breach(story, at, 'waitEnds', wait);
  }

  /** Once for each promise and journey: the first is the cause, the rest would only hide others. */
  #breach(story: Story, at: Instant, promise: string, seen: string): void {
    if (this.breaches.some((known) => known.journey === story.id && known.promise === promise)) return;
    this.breaches.push({ at, promise, seen, journey: story.id });
  }
}

function isDue(story: Story, { link, dueAt }: Extract<Command, { type: 'missDeadline' }>): boolean {
  const open = openLink(story);
  return open?.kind === link && open.dueAt === dueAt;
}

/** Ids a person can follow on paper: the third request is R3, its rides T3.2 and so on. */
function numbered(journey: number, chance: Chance): Chance {
  let given = 0;
  return {
    ...chance,
    code: () => {
      given += 1;
      return given === 1 ? String(journey) : `${journey}.${given - 1}`;
    },
  };
}
