import { evolveBooking, type Slot } from '../appointments/index.ts';
import type { Instant } from '../base/index.ts';
import { evolveVisit, LOOK_MS, READ_MS } from '../clinic/index.ts';
import { evolveMission } from '../dispatch/index.ts';
import { evolvePass } from '../passes/index.ts';
import { evolveArrival } from '../reception/index.ts';
import { evolveRequest } from '../requests/index.ts';
import { evolveRide } from '../trips/index.ts';
import type { Decision } from '../policy/index.ts';
import { holder, type JourneyEvent, type Link, type Story } from './story.ts';

/** The first two events of every story make it; all others move it. */
export function beginStory(
  received: Extract<JourneyEvent, { type: 'RequestReceived' }>,
  decision: Decision,
  place: { city: string; incident: string },
  at: Instant,
): Story {
  return {
    id: received.request.id, ...place, version: 2, request: received.request, decision, decidedAt: at, excluded: [], links: [],
    custody: [{ holder: 'home', since: at }],
  };
}

/** One event moves the story by one step. Total: an event of any room changes exactly that room's noun. */
export function evolve(story: Story, event: JourneyEvent, at: Instant): Story {
  return custodyAfter(nounsAfter({ ...story, version: story.version + 1 }, event, at), event, at);
}

/** Drops keys that became `undefined`, so a stored story and a replayed one are the same. */
function withNoun<K extends keyof Story>(story: Story, key: K, value: Story[K] | undefined): Story {
  return value === undefined ? story : { ...story, [key]: value };
}

function nounsAfter(story: Story, event: JourneyEvent, at: Instant): Story {
  switch (event.type) {
    case 'RequestReceived':
      return story;
    case 'RequestDecided':
      return { ...toGoOut(story, event.decision), decision: event.decision, decidedAt: at, ...(event.because !== 'received' && { decidedBecause: event.because }) };
    case 'AnswersAdded':
    case 'AcuityLowered':
    case 'CohortTold':
    case 'PersonIdentified':
      return { ...story, request: evolveRequest(story.request, event) };
    case 'PlaceNamed':
      return {
        ...story,
        request: { ...story.request, ownInstitution: event.institution },
        // A person who names a place has spoken with it: what was tried before no longer rules it out.
        excluded: story.excluded.filter(({ institution }) => institution !== event.institution),
      };
    case 'RequestWithdrawn':
      return story;
    case 'RequestMerged':
      return { ...story, mergedInto: event.into };
    case 'RequestClosed':
      return { ...story, closed: { at, outcome: event.outcome }, links: dropUnfinished(story.links) };
    case 'UnitAsked':
    case 'UnitSent':
    case 'MissionReported':
    case 'MissionStoodDown':
    case 'UnitDiverted':
    case 'CallJoined':
    case 'CallTakenIn':
    case 'CallKeptApart':
      return withNoun(story, 'mission', evolveMission(story.mission, event, at));
    case 'RideOrdered':
      return withNoun(story, event.order.leg, evolveRide(undefined, event, at));
    case 'CarUnavailable':
      return { ...story, excluded: [...story.excluded, { transport: 'specialCar', cause: 'noCar' }] };
    case 'CarFound':
      return { ...story, excluded: story.excluded.filter(({ cause }) => cause !== 'noCar') };
    case 'RideHandedOn':
      return {
        ...story, links: replaceFirst(story.links, event.leg === 'out' ? 'assignCar' : 'returnCar', 'open', (link) => ({ ...link, owner: event.owner, dueAt: event.dueAt })),
      };
    case 'RefusedAtGate':
      return {
        ...withNoun(story, 'back', evolveRide(story.back, event, at)), links: story.links.map((link) => (link.state === 'open' ? { ...link, dueAt: event.dueAt, missed: [...link.missed, { at, told: event.told }] } : link)),
      };
    case 'WrongPerson':
    case 'RideApproved':
    case 'RideReplanned':
    case 'CarLost':
    case 'RideConfirmed':
    case 'CarAssigned':
    case 'RideReported':
    case 'RideCancelled':
      return withNoun(story, event.leg, evolveRide(story[event.leg], event, at));
    case 'SlotUnavailable':
      return { ...story, excluded: [...story.excluded, { institution: event.institution, cause: 'noSlot' }] };
    case 'BookingAdopted':
    case 'BookingMoved':
      return { ...withNoun(story, 'booking', evolveBooking(story.booking, event, at)), request: { ...story.request, booked: placeOf(event.slot) } };
    case 'BookingCancelled': {
      const { booked: _given, ...request } = story.request;
      return { ...withNoun(story, 'booking', evolveBooking(story.booking, event, at)), request };
    }
    case 'SlotBooked':
      return withNoun(story, 'booking', evolveBooking(story.booking, event, at));
    case 'Released':
      return { ...story, release: { at, by: event.by } };
    case 'PassIssued':
    case 'PassRevoked':
      return withNoun(story, 'pass', evolvePass(story.pass, event, at));
    case 'RefusedAtDoor':
      return {
        ...withNoun(stillAboard(story), 'arrival', evolveArrival(story.arrival, event, at)),
        excluded: [...story.excluded, { institution: event.institution, cause: 'refused' }],
      };
    case 'NoLongerExpected': {
      const { arrival: _over, ...rest } = stillAboard(story);
      return rest;
    }
    case 'Expected':
    case 'ArrivalForeseen':
    case 'ArrivedAtDoor':
    case 'HandOverTold':
    case 'Received':
    case 'Admitted':
    case 'Treated':
      return withNoun(extendStay(story, event), 'arrival', evolveArrival(story.arrival, event, at));
    case 'VisitQueued':
    case 'VisitTaken':
    case 'VisitReturned':
    case 'CallOffered':
    case 'VisitAnswered':
    case 'VisitSentOn':
    case 'PrescriptionChecked':
    case 'PrescriptionQueried':
    case 'PrescriptionAmended':
    case 'Dispensed':
    case 'MedicineHandedOver':
    case 'MedicineSpoiled':
    case 'Delivered':
      return withNoun(story, 'visit', evolveVisit(story.visit, event, at));
    case 'MessageSent':
      return withNoun(event.worse ? lookSoon(story, at + LOOK_MS) : event.unclear ? lookSoon(story, at + READ_MS) : story, 'visit', evolveVisit(story.visit, event, at));
    case 'LinksPlanned':
      return {
        ...story,
        links: [
          ...dropUnfinished(story.links),
          ...event.links.map((link): Link => ({ ...link, state: 'waiting', missed: [] })),
        ],
      };
    case 'LinkOpened': {
      const before = event.goesOn && story.links.findLast(({ kind, state }) => kind === event.link && state === 'dropped');
      return {
        ...story,
        links: replaceFirst(story.links, event.link, 'waiting', (link) => ({
          ...link, state: 'open', owner: event.owner, openedAt: at, dueAt: event.dueAt,
          ...(before && { missed: before.missed, ...(before.openedAt !== undefined && { openedAt: before.openedAt }) }),
        })),
      };
    }
    case 'LinkDone':
      return {
        ...story,
        links: replaceFirst(story.links, event.link, 'open', (link) => ({ ...link, state: 'done', doneAt: at })),
      };
    case 'DeadlineMissed':
      return {
        ...story,
        links: replaceFirst(story.links, event.link, 'open', (link) => ({
          ...link, dueAt: event.dueAt, missed: [...link.missed, { at, told: event.told }],
        })),
      };
    case 'TravelStarted':
      return story;
    case 'CareReopened':
      return reopened(story);
    case 'HomeReported':
      return { ...story, homeReportedAt: at };
    case 'HomeConfirmed':
      return { ...story, homeConfirmedAt: at };
  }
}

/** Seen at home while it was to be answered at a distance says nothing of a way back from somewhere: that is looked at when they have been there. */
function toGoOut(story: Story, { pathway }: Decision): Story {
  if (pathway === 'remote' || story.arrival?.treatedAt !== undefined) return story;
  const { homeReportedAt: _reported, homeConfirmedAt: _confirmed, ...rest } = story;
  return rest;
}

const placeOf = ({ institution, service }: Slot): NonNullable<Story['request']['booked']> => ({ institution, service });

function dropUnfinished(links: readonly Link[]): readonly Link[] {
  return links.map((link) => (link.state === 'waiting' || link.state === 'open' ? { ...link, state: 'dropped' } : link));
}

function replaceFirst(
  links: readonly Link[],
  kind: Link['kind'],
  state: Link['state'],
  change: (link: Link) => Link,
): readonly Link[] {
  const index = links.findIndex((link) => link.kind === kind && link.state === state);
  return links.map((link, position) => (position === index ? change(link) : link));
}

/** Refused at the door, or worse before it and expected elsewhere: whoever brought them still has them, and drives on. The arrival that came to nothing is in the events. */
function stillAboard(story: Story): Story {
  const { mission, out } = story;
  return {
    ...story,
    ...(mission && { mission: { ...mission, times: without(mission.times, 'atDestination') } }),
    // A car that gave them over to a unit on the road has arrived for good.
    ...(out && holder(story) === `car:${out.car}` && { out: { ...out, times: without(out.times, 'arrived') } }),
  };
}

/** In the institution the same stay goes on; elsewhere the round starts anew, and a car they sit in becomes the way out. */
function reopened(story: Story): Story {
  const { arrival, booking: _booking, back, out: _out, homeReportedAt: _reported, homeConfirmedAt: _confirmed, ...rest } = story;
  if (arrival && holder(story).startsWith('institution:')) {
    const { out, booking } = story;
    // Their bed was given back when treatment ended: whoever admits them again takes one again.
    const { admittedAt, ...here } = without(arrival, 'treatedAt');
    return { ...rest, ...(out && { out }), ...(booking && { booking }), arrival: { ...here, ...(admittedAt !== undefined && arrival.treatedAt === undefined && { admittedAt }) } };
  }
  const aboard = back?.times.aboard !== undefined && back.times.arrived === undefined;
  return { ...rest, ...(aboard && { out: { ...back, leg: 'out' } }) };
}

function without<T extends object, K extends keyof T>(times: T, key: K): Omit<T, K> {
  const { [key]: _dropped, ...rest } = times;
  return rest;
}

/** Admission is the ward's promise of a date: the treat link's deadline becomes that date. */
function extendStay(story: Story, event: JourneyEvent): Story {
  if (event.type !== 'Admitted') return story;
  return {
    ...story,
    links: replaceFirst(story.links, 'treat', 'open', (link) => ({ ...link, dueAt: event.expectedDischargeAt })),
  };
}

/** Who has the person after this event; each hand-over is one line of the custody record. */
function custodyAfter(story: Story, event: JourneyEvent, at: Instant): Story {
  const next = newHolder(story, event);
  if (next === undefined) return story;
  const since = event.type === 'RideReported' || event.type === 'MissionReported' ? (event.at ?? at) : at;
  // What was reported late stands where it happened: whoever took over since has the person still.
  const before = since === at ? story.custody : story.custody.filter((line, index) => index === 0 || line.since <= since);
  if (before.at(-1)?.holder === next) return story;
  return { ...story, custody: [...before, { holder: next, since }, ...story.custody.slice(before.length)] };
}

function newHolder(story: Story, event: JourneyEvent): string | undefined {
  switch (event.type) {
    case 'MissionReported':
      return event.step === 'aboard' ? `unit:${event.unit}` : undefined;
    case 'RideReported':
      if (event.step === 'aboard') return `car:${event.car}`;
      return event.step === 'arrived' && event.leg === 'back' ? 'home' : undefined;
    case 'Received':
      return `institution:${event.institution}`;
    case 'TravelStarted':
      return 'self';
    case 'HomeReported':
    case 'HomeConfirmed':
      return 'home';
    default:
      return undefined;
  }
}

/** It got worse and nothing was named, or nobody knows what was said: whoever owes the consultation owes a look soon, and it is told on like any deadline. */
function lookSoon(story: Story, by: Instant): Story {
  return { ...story, links: story.links.map((link) => (link.kind === 'consult' && link.state === 'open' ? { ...link, dueAt: Math.min(link.dueAt ?? Infinity, by) } : link)) };
}
