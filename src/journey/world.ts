import type { Slot } from '../appointments/index.ts';
import type { Chance, Instant } from '../base/index.ts';
import type { City, TravelSeconds } from '../city/index.ts';
import type { ClinicBook, CloudService, DispensedItem } from '../clinic/index.ts';
import type { FreeUnit } from '../dispatch/index.ts';
import type { Actor } from '../people/index.ts';
import type { CareCase, Decision } from '../policy/index.ts';
import type { Excluded } from '../requests/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { FreeCar } from '../trips/index.ts';
import type { Claim } from './claims.ts';
import type { Command, JourneyEvent, Story } from './story.ts';

/**
 * Everything one command may know, frozen: the instant, who asks, the city, and policy as a question already bound to its
 * version and to the live status of the institutions. The same world and the same story give the same answer.
 */
export interface World {
  readonly at: Instant;
  readonly actor: Actor;
  readonly city: City;
  readonly chance: Chance;
  /** How long a drive takes on the roads of this moment; without it, estimated. */
  readonly travel?: TravelSeconds;
  /** Rules and formulary of the cloud clinic; without them nothing is prescribed. */
  readonly book?: ClinicBook;
  /** By when a doctor of the cloud clinic will answer somebody who is queued now, as far as it is reckoned. */
  readonly answerBy?: (institution: string, service: CloudService, acuity: Acuity) => Instant | undefined;
  readonly decide: (care: CareCase, excluded: readonly Excluded[]) => Decision;
  /** What could be claimed now, as far as it was looked up for this command. A claim is still made by one conditional write. */
  readonly free: Free;
}

export interface Free {
  readonly units: readonly FreeUnit[];
  readonly cars: readonly FreeCar[];
  readonly slots: readonly Slot[];
  /** Dispensed to the same person before, in other journeys. */
  readonly taking?: readonly DispensedItem[];
}

export const NOTHING_FREE: Free = { units: [], cars: [], slots: [] };

/** What came of a command: the events to store, the story after them, and the errands the system runs next. */
export interface Told {
  readonly story: Story;
  readonly events: readonly JourneyEvent[];
  /** Made in the order given, in the transaction that stores the events; one that fails undoes them all. */
  readonly claims: readonly Claim[];
  /** Commands of the system itself, each in a transaction of its own, stored with the events so that a restart runs them. */
  readonly errands: readonly Command[];
}
