import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { BoardUnit } from '../dispatch/index.ts';
import { openLink, type Command, type Story } from '../journey/index.ts';
import { Desk120, unitOf, type Called, type Given } from './desk-120.ts';
import type { Fleet } from './fleet.ts';
import type { RehearsedTravel } from './roads.ts';

/** What the dispatchers of a rehearsal work with. */
interface Hands<C extends Called> {
  readonly city: City;
  readonly travel: RehearsedTravel;
  readonly fleet: Fleet;
  readonly isTaken: (unit: string) => boolean;
  /** @returns the code of the refusal; undefined when it was done */
  readonly press: (call: C, command: Command, at: Instant) => string | undefined;
  readonly breach: (story: Story, at: Instant, promise: string, seen: string) => void;
}

/** Carries out what the desk decides, and looks whether what it promises held. */
export class Dispatchers<C extends Called> {
  readonly #desk: Desk120<C>;
  readonly #hands: Hands<C>;

  constructor(hands: Hands<C>) {
    this.#desk = new Desk120(hands.city, hands.travel);
    this.#hands = hands;
  }

  follow(call: C): void {
    this.#desk.follow(call);
  }

  /** Somebody has read the call: from now on a unit that is given to it is sent at once. */
  read(call: C): void {
    this.#desk.ready(call);
  }

  /** The whole queue at once. Whoever loses a unit loses it before anybody gets one: together, as the server does it. */
  dispatch(at: Instant): void {
    if (this.#desk.idle) return;
    const given = this.#desk.decide(this.#units(at), at);
    for (const each of given) this.#turnRound(given, each, at);
    for (const { call, answer: { unit, reasons } } of given) this.#press(call, { type: 'sendUnit', unit, reasons }, at);
    const passedOver = this.#desk.passedOver(this.#units(at), at);
    if (passedOver) this.#hands.breach(passedOver.story, at, 'emergencyFirst', 'waits while a unit is free or drives to a lesser call');
  }

  #turnRound(given: readonly Given<C>[], { call, takenFrom, answer: { unit } }: Given<C>, at: Instant): void {
    if (takenFrom && unitOf(takenFrom.story) === unit) {
      const exchanged = given.some((other) => other.call === takenFrom);
      this.#press(takenFrom, { type: 'divertUnit', to: call.story.id, ...(exchanged && { exchanged }), reason: exchanged ? 'nearerUnit' : 'worseCase' }, at);
      const link = openLink(takenFrom.story);
      if (link?.kind !== 'sendUnit' || link.dueAt === undefined) this.#hands.breach(takenFrom.story, at, 'firstPatientReowned', `${link?.kind} after its unit was taken`);
    }
    // Its own unit goes to nobody else: it is free.
    if (unitOf(call.story) !== undefined && !given.some((other) => other.takenFrom === call)) this.#press(call, { type: 'standDownUnit', reason: 'nearerUnit' }, at);
  }

  #press(call: C, command: Command, at: Instant): void {
    const refusal = this.#hands.press(call, command, at);
    if (refusal) this.#hands.breach(call.story, at, 'ownerCanAct', `${command.type} was refused: ${refusal}`);
  }

  #units(at: Instant): readonly BoardUnit[] {
    return this.#hands.fleet.board(this.#hands.isTaken, at);
  }
}
