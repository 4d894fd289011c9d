import type { AppointmentCommand, AppointmentEvent, Booking } from '../appointments/index.ts';
import type { Instant } from '../base/index.ts';
import type { ClinicCommand, ClinicEvent, Visit } from '../clinic/index.ts';
import type { DispatchCommand, DispatchEvent, Mission } from '../dispatch/index.ts';
import type { PassCommand, PassEvent, Pass, Release } from '../passes/index.ts';
import type { Owner } from '../people/index.ts';
import type { Decision, LinkKind } from '../policy/index.ts';
import type { Arrival, ReceptionCommand, ReceptionEvent } from '../reception/index.ts';
import type { CareRequest, DecidedBecause, Excluded, Outcome, RequestCommand, RequestEvent } from '../requests/index.ts';
import type { Ride, TripCommand, TripEvent } from '../trips/index.ts';

/** One link of the chain: a step with one owner and one deadline. */
export interface Link {
  readonly kind: LinkKind;
  readonly owner: Owner;
  readonly dueSeconds: number;
  readonly state: 'waiting' | 'open' | 'done' | 'dropped';
  readonly openedAt?: Instant;
  /** The deadline in force; it moves on when it was missed and somebody else was told. */
  readonly dueAt?: Instant;
  readonly doneAt?: Instant;
  /** Every missed deadline: when, and who was told. The owner stays the owner until another has taken over. */
  readonly missed: readonly { readonly at: Instant; readonly told: Owner }[];
}

/** Who has the person: `home`, `self` (on their own way), `unit:…`, `car:…`, `institution:…`. */
export interface Custody {
  readonly holder: string;
  readonly since: Instant;
}

/** The whole story of one request: what every room knows of it, the chain of links, and who has the person. */
export interface Story {
  readonly id: string;
  readonly city: string;
  readonly incident: string;
  /** Counts events: a story that has moved on is not written over. */
  readonly version: number;
  readonly request: CareRequest;
  readonly decision: Decision;
  readonly decidedAt: Instant;
  /** Why it was decided again; absent for the first decision. */
  readonly decidedBecause?: Exclude<DecidedBecause, 'received'>;
  readonly excluded: readonly Excluded[];
  readonly links: readonly Link[];
  readonly custody: readonly Custody[];
  readonly mission?: Mission;
  readonly out?: Ride;
  readonly back?: Ride;
  readonly booking?: Booking;
  readonly release?: Release;
  readonly pass?: Pass;
  readonly arrival?: Arrival;
  readonly visit?: Visit;
  readonly homeReportedAt?: Instant;
  readonly homeConfirmedAt?: Instant;
  /** The same person's request that goes on for this one. */
  readonly mergedInto?: string;
  readonly closed?: { readonly at: Instant; readonly outcome: Outcome };
}

/** What the flow itself records: the chain, its deadlines, and the steps that belong to no room. */
export type FlowEvent =
  | { readonly type: 'LinksPlanned'; readonly links: readonly Pick<Link, 'kind' | 'owner' | 'dueSeconds'>[] }
  /** `goesOn`: it was open with this owner before the rules changed, and is what it was, its missed deadlines included. */
  | { readonly type: 'LinkOpened'; readonly link: LinkKind; readonly owner: Owner; readonly dueAt: Instant; readonly goesOn?: true }
  | { readonly type: 'LinkDone'; readonly link: LinkKind }
  | { readonly type: 'DeadlineMissed'; readonly link: LinkKind; readonly owner: Owner; readonly told: Owner; readonly dueAt: Instant }
  | { readonly type: 'TravelStarted'; readonly leg: 'out' | 'back' }
  /** Treated, then worse: the round that was over begins again. */
  | { readonly type: 'CareReopened' }
  | { readonly type: 'HomeReported'; readonly by: string }
  | { readonly type: 'HomeConfirmed'; readonly by: string };

export type JourneyEvent =
  | RequestEvent | DispatchEvent | TripEvent | AppointmentEvent | PassEvent | ReceptionEvent | ClinicEvent | FlowEvent;

/** Commands of the flow itself. `missDeadline` comes from the watch and names what it saw, so that it happens once. */
export type FlowCommand =
  | { readonly type: 'startTravel' }
  | { readonly type: 'reportHome' }
  | { readonly type: 'confirmHome' }
  | { readonly type: 'missDeadline'; readonly link: LinkKind; readonly dueAt: Instant }
  | { readonly type: 'askPolicyAgain'; readonly because: 'serviceClosed' | 'serviceReopened' };

export type Command =
  | RequestCommand | DispatchCommand | TripCommand | AppointmentCommand | PassCommand | ReceptionCommand | ClinicCommand
  | FlowCommand;
export type CommandType = Command['type'];

export function openLink(story: Story): Link | undefined {
  return story.links.find(({ state }) => state === 'open');
}

export function holder(story: Story): string {
  return story.custody.at(-1)?.holder ?? 'home';
}

/** The special car that carries somebody who has become an emergency on the road: no ambulance has them, and 120 has to know. */
export function carOfEmergency(story: Story): string | undefined {
  const { decision, arrival } = story;
  const there = arrival?.arrivedAt !== undefined && arrival.institution === decision.institution;
  const carried = holder(story).startsWith('car:') && !there && !story.closed;
  return carried && decision.pathway === 'emergency' ? holder(story).slice('car:'.length) : undefined;
}

/** A unit was asked to meet the car that still carries this emergency. */
export function meetsCar(story: Story): boolean {
  const { mission } = story;
  return mission?.meets !== undefined && !mission.stoodDown && mission.meets === carOfEmergency(story);
}

export function isAtHome(story: Story): boolean {
  return holder(story) === 'home';
}

/** The ride of this name, whichever leg it is. */
export function rideOf({ out, back }: Story, ride: string): Ride | undefined {
  return out?.ride === ride ? out : back?.ride === ride ? back : undefined;
}

/** Arrived, or seen where it led: a driver's forgotten press keeps no car from the next person. */
export function hasEnded({ arrival, homeConfirmedAt, closed }: Story, { leg, times }: Ride): boolean {
  return times.arrived !== undefined || homeConfirmedAt !== undefined || closed !== undefined || (leg === 'out' && arrival?.receivedAt !== undefined);
}
