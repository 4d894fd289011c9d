import { MINUTE_MS, SECOND_MS, type Instant } from '../base/index.ts';
import { isOut } from '../clinic/index.ts';
import { missionRuns } from '../dispatch/index.ts';
import type { LinkKind, PlannedLink } from '../policy/index.ts';
import { carOfEmergency, holder, isAtHome, type Link, type Story } from './story.ts';

/**
 * When a link holds. Written on the state of the rooms, not on single events: a crew that forgets one press is caught up by
 * the next fact, and after a new decision whatever already holds is not asked for twice.
 */
export function holds(kind: LinkKind, story: Story): boolean {
  const { decision, arrival, visit } = story;
  const here = arrival !== undefined && arrival.institution === decision.institution ? arrival : undefined;
  const answered = visit?.answeredAt !== undefined && !visit.query;
  // Seen at home by whoever answers for it: however they came, the way back is over.
  const seenHome = story.homeConfirmedAt !== undefined;
  const nothingToBring = answered && visit.prescription === undefined;
  switch (kind) {
    case 'findPlace':
      return decision.institution !== undefined;
    case 'sendUnit':
      return missionRuns(story.mission) || !toBeFetched(story);
    case 'slot':
      // Somebody who stands before a second door because the first said no is received without a seat.
      return bookingHolds(story) || !isAtHome(story);
    case 'release':
      return story.release !== undefined || !isAtHome(story);
    case 'pass':
      return story.pass !== undefined && !story.pass.revoked && story.pass.toInstitution === decision.institution;
    case 'assignCar':
      return (story.out?.car !== undefined && !story.out.cancelled) || !isAtHome(story);
    case 'pickUp':
      return !toBeFetched(story);
    case 'travel':
    case 'bring':
      return here?.arrivedAt !== undefined;
    case 'receive':
      return here?.receivedAt !== undefined;
    case 'treat':
      return here?.treatedAt !== undefined;
    case 'consult':
      return answered;
    case 'dispense':
      return nothingToBring || (visit !== undefined && isOut(visit)) || visit?.deliveredAt !== undefined;
    case 'deliver':
      return nothingToBring || visit?.deliveredAt !== undefined;
    case 'returnCar':
      return seenHome || (story.back?.car !== undefined && !story.back.cancelled);
    case 'returnPickUp':
      return seenHome || story.back?.times.aboard !== undefined;
    case 'returnTravel':
      return seenHome || story.back?.times.arrived !== undefined;
    case 'returnHome':
      return seenHome || story.homeReportedAt !== undefined;
    case 'confirmHome':
      return seenHome;
  }
}

/** At home, or on their own way when it became an emergency: nobody walks on with a stroke because they had already left. */
function toBeFetched(story: Story): boolean {
  const { decision, arrival } = story;
  if (isAtHome(story)) return true;
  const atDoor = arrival?.arrivedAt !== undefined && arrival.institution === decision.institution;
  return holder(story) === 'self' && decision.transport === 'ambulance' && !atDoor;
}

/** A seat is kept for as long as they are sent there for it, also where a new rule would ask nobody for an appointment. */
export function bookingHolds({ booking, decision }: Story): boolean {
  return booking !== undefined && !booking.cancelled && booking.slot.institution === decision.institution && booking.slot.service === decision.service;
}

/** The hour of the seat they come for, where there is one. */
export function seatAt(story: Story): Instant | undefined {
  return bookingHolds(story) ? story.booking!.slot.startsAt : undefined;
}

/**
 * Whoever was warned of this person still has to be ready for them. On the road without a place they may yet come to the one that
 * was named: to be there for nobody is the smaller error.
 */
export function comesAsExpected(story: Story): boolean {
  const { arrival, decision: { institution, pathway } } = story;
  if (arrival === undefined || arrival.receivedAt !== undefined) return true;
  return pathway !== 'remote' && (arrival.institution === institution || (institution === undefined && !isAtHome(story)));
}

/** How late a person may come to a slot and still be seen in it. Chosen by us; giving the seat away too early is the worse error. */
const LATE_FOR_SLOT_MS = 30 * MINUTE_MS;

/** Still at home when the slot has gone by: a late release or no car. The person keeps their place in the world, not that hour. */
export function slotMissed(story: Story, at: Instant): boolean {
  if (!isAtHome(story) || !bookingHolds(story) || story.arrival?.receivedAt !== undefined) return false;
  return at > story.booking!.slot.startsAt + LATE_FOR_SLOT_MS;
}

/**
 * The links still needed after a decision: those that do not hold already. A person on the road or at a refusing door keeps
 * the vehicle they are in, and whoever drives it: it goes on to the new place.
 */
export function linksToPlan(story: Story): readonly PlannedLink[] {
  return story.decision.links.filter(({ kind }) => !holds(kind, story)).map((link) => onTheRoad(link, holder(story)));
}

function onTheRoad(link: PlannedLink, custodian: string): PlannedLink {
  if (link.kind !== 'bring' && link.kind !== 'travel') return link;
  if (custodian.startsWith('unit:')) return { ...link, kind: 'bring', owner: 'crew' };
  if (custodian.startsWith('car:')) return { ...link, kind: 'travel', owner: 'driver' };
  return custodian === 'self' && link.kind === 'travel' ? { ...link, kind: 'travel', owner: 'resident' } : link;
}

/** The deadline of a link that opens now: its seconds from now, or from the hour that was agreed (slot, pick-up). */
export function dueAt(link: Link, story: Story, at: Instant): Instant {
  if (link.kind === 'sendUnit') return sendDueAt(link, story, at);
  const due = anchor(link.kind, story, at) + link.dueSeconds * SECOND_MS;
  if (!BEFORE_LEAVING.has(link.kind) || !bookingHolds(story)) return due;
  return Math.max(at + SHORTEST_MS, Math.min(due, story.booking!.slot.startsAt - ROAD_MS));
}

/** Steps that have to be over in time for the slot: a deadline after it would let the hour go by without anybody being told. */
const BEFORE_LEAVING: ReadonlySet<LinkKind> = new Set(['release', 'pass', 'assignCar']);
const ROAD_MS = 45 * MINUTE_MS;
const SHORTEST_MS = 5 * MINUTE_MS;

/** To find another unit for somebody who is late already: soon enough that the next in command hears of it. */
const SEND_AGAIN_MS = MINUTE_MS;

/** A lost unit gives nobody more time: the deadline runs from when they first called. */
export function sendDueAt({ dueSeconds }: Pick<Link, 'dueSeconds'>, { mission }: Story, at: Instant): Instant {
  const due = at + dueSeconds * SECOND_MS;
  if (mission?.firstAskedAt === undefined || mission.unit !== undefined) return due;
  return Math.min(due, Math.max(at + SEND_AGAIN_MS, mission.firstAskedAt + dueSeconds * SECOND_MS));
}

function anchor(kind: LinkKind, story: Story, at: Instant): Instant {
  const { out, back, booking } = story;
  switch (kind) {
    case 'pickUp':
      return out && !out.cancelled && !missionRuns(story.mission) ? Math.max(at, out.pickUpAt) : at;
    case 'travel':
      // The time of the ordinary ride is no measure any more: an emergency has its own from now.
      if (carOfEmergency(story) !== undefined) return at;
      return Math.max(at, out?.car && !out.cancelled ? at + out.travelSeconds * SECOND_MS : (booking?.slot.startsAt ?? at));
    case 'receive':
      return bookingHolds(story) ? Math.max(at, booking!.slot.startsAt) : at;
    case 'returnTravel':
      return at + (back?.travelSeconds ?? 0) * SECOND_MS;
    default:
      return at;
  }
}

/** After a missed deadline the next one comes after half the time, but never in less than five minutes. */
export function nextDueAt(link: Link, at: Instant): Instant {
  return at + Math.max(5 * MINUTE_MS, (link.dueSeconds * SECOND_MS) / 2);
}
