import { HOUR_MS } from '../base/index.ts';
import { missionRuns } from '../dispatch/index.ts';
import { issuePass } from '../passes/index.ts';
import type { Owner } from '../people/index.ts';
import type { LinkKind, LinkOwner } from '../policy/index.ts';
import type { NotComing } from '../reception/index.ts';
import { caseOf, type DecidedBecause, type Outcome } from '../requests/index.ts';
import { hasSetOut, rideRuns, type Ride } from '../trips/index.ts';
import { bookingHolds, comesAsExpected, dueAt, holds, linksToPlan, slotMissed } from './chain.ts';
import { ownerFor } from './owners.ts';
import { queueVisit } from './queue-visit.ts';
import { cohortOf, orderRide, orderWayBack } from './rides.ts';
import { holder, isAtHome, openLink, type Link, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/**
 * Brings the story to rest: closes links that hold, opens the next one and does what the software does by itself, until a
 * person is needed or the story is over. Flow knows order; what a link needs is known by the rooms.
 */
export function settle(telling: Telling): void {
  while (!telling.story.closed) {
    const open = openLink(telling.story);
    if (open) {
      if (!holds(open.kind, telling.story)) return;
      telling.tell({ type: 'LinkDone', link: open.kind });
      continue;
    }
    const next = telling.story.links.find(({ state }) => state === 'waiting');
    if (!next) {
      telling.tell({ type: 'RequestClosed', outcome: outcomeOf(telling.story) });
      return;
    }
    // Asked when the person could set out, not while they wait: a new hour must never hide how late somebody else is.
    if (SETTING_OUT.has(next.kind) && slotMissed(telling.story, telling.at)) findAnotherHour(telling);
    else openNext(telling, next);
  }
}

const SETTING_OUT: ReadonlySet<LinkKind> = new Set(['pass', 'assignCar', 'pickUp', 'travel']);

function openNext(telling: Telling, link: Link): void {
  prepare(telling, link);
  const { story, world } = telling;
  const owner = ownerFor(link.owner.role as LinkOwner, story, world.city);
  const due = dueAt(link, story, telling.at);
  const { running } = telling;
  if (!running || !isSameStep(running, link, owner)) return telling.tell({ type: 'LinkOpened', link: link.kind, owner, dueAt: due });
  // A change somewhere else gives nobody more time for it; and who was late for it stays late, whatever the new rule allows.
  const keeps = running.dueSeconds === link.dueSeconds || running.missed.length > 0;
  telling.tell({ type: 'LinkOpened', link: link.kind, owner, dueAt: keeps ? Math.min(due, running.dueAt ?? due) : due, goesOn: true });
}

/** What its owner has begun to work on goes on: since when, and who was told that it is late. */
function isSameStep(running: Link, { kind }: Link, owner: Owner): boolean {
  return running.kind === kind && running.owner.role === owner.role && running.owner.scope === owner.scope;
}

/** What has to stand before a link can open: the order that its owner works on. */
function prepare(telling: Telling, link: Link): void {
  const { kind } = link;
  const { story, world } = telling;
  if (holds(kind, story)) return;
  switch (kind) {
    case 'sendUnit':
      // Already on the board: asked anew, it would stand behind whoever called since.
      if (telling.running?.kind === 'sendUnit' && story.mission?.acuity === story.decision.acuity && !story.mission.stoodDown) return;
      telling.tell({ type: 'UnitAsked', mission: `M${world.chance.code(9)}`, acuity: story.decision.acuity, town: story.request.town });
      return;
    case 'slot':
      telling.sendOnErrand({ type: 'bookSlot' });
      return;
    case 'pass':
      grantPass(telling);
      return;
    case 'assignCar':
      // A ride that lost its car is wanted as it was ordered.
      if (!isWanted(story.out)) orderRide(telling, 'out');
      orderWayBack(telling);
      return;
    case 'returnCar':
      renewPass(telling);
      if (!isWanted(story.back)) orderRide(telling, 'back');
      return;
    case 'returnHome':
      renewPass(telling);
      return;
    case 'consult':
      queueVisit(telling, link);
      return;
    default:
      return;
  }
}

const isWanted = (ride: Ride | undefined): boolean => ride !== undefined && !ride.cancelled && ride.times.arrived === undefined;

function grantPass(telling: Telling): void {
  const { story, world } = telling;
  if (!story.decision.institution) return;
  if (story.pass?.toInstitution !== story.decision.institution) withdrawPass(telling, 'placeChanged');
  const issued = issuePass(telling.story.pass, {
    id: `P${world.chance.code(9)}`,
    code: world.chance.code(8).toUpperCase(),
    fromTown: story.request.town,
    toInstitution: story.decision.institution,
    visitAt: Math.max(telling.at, story.booking?.slot.startsAt ?? 0),
  }, telling.at);
  if (issued.ok) telling.tell(issued.value);
}

/** The way home has to last; a stay in the ward may have outlived the pass that was made for a day. */
const WAY_HOME_MS = 6 * HOUR_MS;

function renewPass(telling: Telling): void {
  const { pass } = telling.story;
  if (!pass || pass.revoked || pass.validTo > telling.at + WAY_HOME_MS) return;
  withdrawPass(telling, 'renewed');
  grantPass(telling);
}

/** Asks policy with what is known now, gives back what no longer fits, plans the links that do not hold yet. */
export function decideAgain(telling: Telling, because: DecidedBecause): void {
  const { world } = telling;
  const decision = world.decide(caseOf(telling.story.request, telling.at), telling.story.excluded);
  telling.tell({ type: 'RequestDecided', decision, because });
  giveBack(telling);
  plan(telling);
  if (rideRuns(telling.story.out)) orderWayBack(telling);
}

/** Car and pass were made for the hour that has gone by; what was released stays released. */
function findAnotherHour(telling: Telling): void {
  giveEverythingBack(telling, 'slotMissed');
  decideAgain(telling, 'slotMissed');
}

/**
 * It got worse after treatment. Inside the institution the treatment goes on there; on the way home or at home a new round
 * begins from wherever the person is, in whatever vehicle they are in.
 */
export function reopenCare(telling: Telling): void {
  const { back, mission } = telling.story;
  if (back?.times.aboard === undefined) cancelRide(telling, back, 'worse');
  if (holder(telling.story).startsWith('institution:')) {
    telling.tell({ type: 'CareReopened' });
    plan(telling);
    return;
  }
  // A story has one mission: the earlier one ends here, or the person would count as having a unit.
  if (mission?.unit && missionRuns(mission)) {
    telling.tell({ type: 'MissionReported', mission: mission.id, unit: mission.unit, step: 'inService' });
  }
  telling.tell({ type: 'CareReopened' });
  decideAgain(telling, 'worse');
}

/** Plans the links of the decision in force and warns the institution that somebody is coming. */
export function plan(telling: Telling): void {
  telling.tell({
    type: 'LinksPlanned',
    links: linksToPlan(telling.story).map(({ kind, owner, dueSeconds }) => ({
      kind, dueSeconds, owner: ownerFor(owner as LinkOwner, telling.story, telling.world.city),
    })),
  });
  preAlert(telling);
}

/** What was claimed for an earlier decision and does not fit this one is free for others at once. */
function giveBack(telling: Telling): void {
  const { story } = telling;
  const { institution, pathway, transport } = story.decision;
  if (!bookingHolds(story)) giveSeatBack(telling, 'placeChanged');
  if (!comesAsExpected(story)) endExpectation(telling, pathway === 'remote' ? 'seenRemotely' : 'elsewhere');
  cancelOtherCohort(telling);
  // A way back belongs to its way out.
  if (story.back?.expected && (story.back.institution !== institution || (isAtHome(story) && transport !== 'specialCar'))) cancelRide(telling, story.back, 'placeChanged');
  // On the road the pass still is what gets them through, until the one for the new place is there.
  if (!isAtHome(story)) return;
  if (pathway === 'remote' || story.pass?.toInstitution !== institution) withdrawPass(telling, 'placeChanged');
  if (transport !== 'specialCar') cancelRide(telling, story.out, 'transportChanged');
  // Made for another place and another hour; a car that has set out comes, and drives to the new one.
  else if (story.out && story.out.institution !== institution && !hasSetOut(story.out, telling.at)) cancelRide(telling, story.out, 'placeChanged');
  // Whether a unit that was sent turns round is for whoever asked again to say; a call without one just ends.
  if (transport !== 'ambulance' && !missionRuns(story.mission)) callUnitBack(telling, 'transportChanged');
}

/** Found to have a fever, say: a car shared with whoever they were thought to be like is not theirs any more. Nobody is taken out of one. */
function cancelOtherCohort(telling: Telling): void {
  const cohort = cohortOf(telling.story);
  for (const ride of [telling.story.out, telling.story.back]) {
    if (ride && ride.cohort !== cohort && ride.times.aboard === undefined) cancelRide(telling, ride, 'cohortChanged');
  }
}

export function giveSeatBack(telling: Telling, reason: string): void {
  const { booking } = telling.story;
  if (booking && !booking.cancelled) telling.tell({ type: 'BookingCancelled', booking: booking.id, slot: booking.slot.id, reason });
}

/** Nothing to do for a ride that nobody ordered or that is cancelled already. */
export function cancelRide(telling: Telling, ride: Ride | undefined, reason: string): void {
  if (!ride || ride.cancelled) return;
  telling.tell({ type: 'RideCancelled', ride: ride.ride, leg: ride.leg, reason, ...(ride.car && { car: ride.car }) });
}

/** A unit on its way to nobody is free for the next, never one with a patient aboard; a call that nobody has answered yet ends. */
export function callUnitBack(telling: Telling, reason: string): void {
  const { mission } = telling.story;
  const over = !mission || mission.stoodDown || mission.times.aboard !== undefined || mission.times.inService !== undefined;
  if (!over) telling.tell({ type: 'MissionStoodDown', mission: mission.id, ...(mission.unit && { unit: mission.unit }), reason });
}

/** A person who stays home after all gives back everything that was kept for them. */
export function giveEverythingBack(telling: Telling, reason: string): void {
  const { story } = telling;
  giveSeatBack(telling, reason);
  for (const ride of [story.out, story.back]) if (rideRuns(ride) || !ride?.car) cancelRide(telling, ride, reason);
  callUnitBack(telling, reason);
  withdrawPass(telling, reason);
}

export function withdrawPass(telling: Telling, reason: string): void {
  const { pass } = telling.story;
  if (pass && !pass.revoked) telling.tell({ type: 'PassRevoked', pass: pass.id, reason });
}

/** The house that was warned hears that nobody comes. Never about somebody it has received. */
export function endExpectation(telling: Telling, reason: NotComing): void {
  const { arrival } = telling.story;
  if (arrival && arrival.receivedAt === undefined) telling.tell({ type: 'NoLongerExpected', institution: arrival.institution, reason });
}

function preAlert(telling: Telling): void {
  const { story } = telling;
  const { institution, pathway, acuity, entry } = story.decision;
  if (!institution || pathway === 'remote') return;
  const { arrival } = story;
  // Warned once, and again when it got worse or their way in changed before they arrived: no room is made ready by an old message.
  const asWarned = arrival?.acuity === acuity && arrival.entry.via === entry.via && arrival.entry.testRequired === entry.testRequired;
  if (arrival?.institution === institution && (asWarned || arrival.arrivedAt !== undefined)) return;
  telling.tell({ type: 'Expected', institution, acuity, entry, at: story.booking?.slot.startsAt ?? telling.at });
}

function outcomeOf(story: Story): Outcome {
  if (story.decision.pathway !== 'remote') return holder(story) === 'home' ? 'home' : 'advised';
  return story.visit?.deliveredAt === undefined ? 'advised' : 'delivered';
}
