import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { nextActions, openLink, type Command, type JourneyEvent, type Story } from '../journey/index.ts';
import { SYSTEM, type Actor } from '../people/index.ts';
import type { Leg, Planned, RideStep } from '../trips/index.ts';
import { CarDesk, type Driven } from './car-desk.ts';
import { AGAIN_MINUTES } from './habits.ts';
import { ownerOf } from './people.ts';
import type { RehearsedTravel } from './roads.ts';

/** What the committees of a rehearsal work with. */
interface Hands<J extends Driven> {
  readonly city: City;
  readonly travel: RehearsedTravel;
  readonly journeys: ReadonlyMap<string, J>;
  /** @returns the code of the refusal; undefined when it was done */
  readonly command: (journey: J, command: Command, actor: Actor, at: Instant) => string | undefined;
  readonly lookAgain: (journey: J, at: Instant) => void;
  readonly breach: (story: Story, at: Instant, promise: string, seen: string) => void;
}

/** Gives people a place in the day of their district's cars, and looks whether what the plan promises held in the cars. */
export class Committees<J extends Driven> {
  readonly #cars: CarDesk<J>;
  readonly #hands: Hands<J>;

  constructor(hands: Hands<J>) {
    this.#cars = new CarDesk(hands.city, hands.travel);
    this.#hands = hands;
  }

  /** Whoever got in now is with nobody of another cohort, nor where one was before it was cleaned. */
  follow(journey: J, events: readonly JourneyEvent[], at: Instant): void {
    for (const event of events) {
      const contact = event.type === 'RideReported' && event.step === 'aboard' ? this.#cars.contact(journey, event.leg, at) : undefined;
      if (contact) this.#hands.breach(journey.story, at, 'cohortsApart', contact);
    }
    this.#cars.follow(journey, at);
  }

  /** When the driver can do this step. */
  earliest(journey: J, leg: Leg, step: RideStep, at: Instant): Instant {
    return this.#cars.earliest(journey, leg, step, at);
  }

  /**
   * A place in the running plan of the day, and everybody who moves for it: together, as the server does it. A plan in which the judge
   * finds anything new (a car that is late makes somebody's ride too long) counts for nobody, and the committee looks again.
   */
  assign(journey: J, leg: Leg, actor: Actor, at: Instant): string | undefined {
    const placed = this.#cars.place(journey, leg, at);
    if (!placed) return 'noCarFree';
    const { command, breach } = this.#hands;
    if (placed.faults.length > 0) return 'planRejected';
    const refusal = command(journey, { type: 'assignCar', leg, planned: whole(placed.planned) }, actor, at);
    if (refusal) return refusal;
    for (const { journey: other, leg: its, after } of placed.moved) {
      const moved = command(other, after ? { type: 'replanRide', leg: its, planned: whole(after) } : { type: 'loseCar', leg: its, reason: 'noCarLeft' }, SYSTEM, at);
      if (moved) breach(other.story, at, 'ownerCanAct', `its car was moved: ${moved}`);
    }
    return undefined;
  }

  /** While 120 has nobody to send, the committee goes on looking for those whom it handed over for want of a car. */
  lookForCar(journey: J, at: Instant): void {
    if (!nextActions(journey.story).some(({ type }) => type === 'reportCarFree')) return;
    this.#hands.lookAgain(journey, at + AGAIN_MINUTES.noCarFree! * MINUTE_MS);
  }

  carAfterAll(journey: J, at: Instant): void {
    if (this.#otherWaits(journey.story) || !this.#cars.place(journey, 'out', at)) return this.lookForCar(journey, at);
    const committee = ownerOf(journey.story, 'committee', this.#hands.city);
    const refusal = this.#hands.command(journey, { type: 'reportCarFree' }, committee, at);
    if (refusal) this.#hands.breach(journey.story, at, 'ownerCanAct', `reportCarFree was refused: ${refusal}`);
    // The drive may take longer than when it was ordered first, and the car be free no longer: then they look again like everybody.
    else this.assign(journey, 'out', committee, at);
  }

  /** Somebody of the same district has waited longer for a car: whoever was handed over gets no place before them. */
  #otherWaits({ request, out }: Story): boolean {
    const districtOf = (town: string): string | undefined => this.#hands.city.towns.get(town)?.district;
    const district = districtOf(request.town);
    return [...this.#hands.journeys.values()].some(({ story }) => {
      const link = openLink(story);
      return (link?.kind === 'assignCar' || link?.kind === 'returnCar') && link.openedAt! < out!.orderedAt && districtOf(story.request.town) === district;
    });
  }
}

const whole = ({ car, pickUpAt, arriveAt }: Planned): Planned => ({ car, pickUpAt: Math.round(pickUpAt), arriveAt: Math.round(arriveAt) });
