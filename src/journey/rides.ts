import { MINUTE_MS, SECOND_MS, type Instant, type Place, type Refusal } from '../base/index.ts';
import { estimateSeconds, type City } from '../city/index.ts';
import { assignCar, expectedReadyAt, isAboard, loseCar, replanRide, TOLD_MS, type Cohort, type DayRide, type Leg, type Ride, type RideOrder, type TripCommand } from '../trips/index.ts';
import { bookingHolds, nextDueAt } from './chain.ts';
import { escalateFrom, ownerFor } from './owners.ts';
import { cancelRide, plan } from './step.ts';
import { holder, openLink, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/** Be at the door this long before the slot: changing, registering, the walk from the gate. */
const BEFORE_SLOT_MS = 15 * MINUTE_MS;

/**
 * Out and back are two orders of one kind; `trips` learns from where, to where and with what, not who and not why. The way back is
 * ordered with the way out, for when such care is usually over: nobody is taken out before it is known how they come home.
 */
export function orderRide(telling: Telling, leg: Leg): void {
  const { story, world } = telling;
  const ends = endsOf(story, leg, world.city);
  if (!ends) return;
  const slotAt = leg === 'out' && bookingHolds(story) ? story.booking!.slot.startsAt : undefined;
  const drive = driveOf(telling, ends.from, ends.to, telling.at);
  const pickUpAt = slotAt === undefined ? telling.at : slotAt - BEFORE_SLOT_MS - drive.travelSeconds * SECOND_MS;
  tellOrder(telling, leg, ends.institution, Math.max(telling.at, pickUpAt), drive);
}

/** Nothing to order where they do not come back by car, or it is ordered already. */
export function orderWayBack(telling: Telling): void {
  const { story, world } = telling;
  const { out, back } = story;
  const ends = endsOf(story, 'back', world.city);
  const byCar = story.decision.links.some(({ kind }) => kind === 'returnCar');
  if (!out || !ends || !byCar || (back && !back.cancelled)) return;
  const service = story.decision.service;
  const thereAt = Math.max(out.pickUpAt + out.travelSeconds * SECOND_MS, bookingHolds(story) ? story.booking!.slot.startsAt : 0);
  const readyAt = service === undefined ? undefined : expectedReadyAt(service, thereAt);
  // Whoever usually stays goes home on a day that nobody knows yet.
  if (readyAt === undefined) return;
  tellOrder(telling, 'back', ends.institution, readyAt, { ...driveOf(telling, ends.from, ends.to, thereAt), expected: true });
}

/** Treated: the way back that was expected is wanted now. One that was never ordered is ordered when its link opens. */
export function confirmWayBack(telling: Telling): void {
  const { back } = telling.story;
  if (!back?.expected || back.cancelled) return;
  // What the clinic found decides who they may share a car with; another is ordered when its link opens.
  if (back.cohort !== cohortOf(telling.story)) cancelRide(telling, back, 'cohortChanged');
  else telling.tell({ type: 'RideConfirmed', ride: back.ride, leg: 'back', readyAt: telling.at });
}

function tellOrder(telling: Telling, leg: Leg, institution: string, pickUpAt: Instant, drive: Drive & Pick<RideOrder, 'expected'>): void {
  const { story, world } = telling;
  const { mobility, companion, person } = story.request;
  const accompanied = companion !== undefined || (person.ageMonths ?? Infinity) < 18 * 12;
  telling.tell({
    type: 'RideOrdered',
    order: {
      ride: `T${world.chance.code(9)}`, leg, town: story.request.town, institution, pickUpAt, ...drive, cohort: cohortOf(story),
      seats: accompanied ? 2 : 1, wheelchair: mobility === 'wheelchair', stretcher: mobility === 'stretcher',
    },
  });
}

type Drive = Pick<RideOrder, 'travelSeconds' | 'estimated' | 'noWayOpen'>;

/** Where every road is closed the car is ordered all the same: finding the way through is its owner's work, and time is kept for it. */
function driveOf({ world }: Telling, from: Place, to: Place, at: Instant): Drive {
  const driven = world.travel?.(from, to, at, 'permitCar');
  const travelSeconds = driven ?? estimateSeconds(from, to, at, 'permitCar');
  const estimated = !world.travel || world.travel.estimates?.(from, to) === true;
  return { travelSeconds, ...(estimated ? { estimated } : driven === undefined && { noWayOpen: true }) };
}

function endsOf(story: Story, leg: Leg, city: City): { readonly institution: string; readonly from: Place; readonly to: Place } | undefined {
  const institution = story.decision.institution ?? story.arrival?.institution;
  const home = story.request.point ?? city.towns.get(story.request.town)?.centre;
  const there = institution === undefined ? undefined : city.institutions.get(institution)?.place;
  if (institution === undefined || !home || !there) return undefined;
  return leg === 'out' ? { institution, from: home, to: there } : { institution, from: there, to: home };
}

/** Who may share a car with whom: the most dangerous thing known of the person decides. */
export function cohortOf({ request }: { readonly request: Pick<Story['request'], 'test' | 'patientKind' | 'need' | 'findings' | 'seatedWith'> }): Cohort {
  if (request.test === 'positive' || request.test === 'positiveAntigen' || request.seatedWith === 'positive') return 'positive';
  const isExposed = request.seatedWith === 'contact' || request.patientKind === 'highRiskArea' || request.patientKind === 'isolationPoint';
  if (request.need === 'fever' || request.findings.includes('fever')) return isExposed ? 'suspected' : 'fever';
  if (isExposed) return 'contact';
  return request.need === 'chemotherapy' || request.need === 'radiotherapy' ? 'immunocompromised' : 'other';
}

/** A ride as the plan of a day takes it: the places it joins and what was reported of it. */
export function dayRideOf(story: Story, ride: Ride, city: City): DayRide | undefined {
  const home = story.request.point ?? city.towns.get(story.request.town)?.centre;
  // A car that had set out when another place was found drives there.
  const institution = (ride.leg === 'out' ? story.decision.institution : undefined) ?? ride.institution;
  const there = city.institutions.get(institution)?.place;
  if (!home || !there) return undefined;
  const [from, to] = ride.leg === 'out' ? [home, there] : [there, home];
  const { orderedAt: _, car: __, planned, promised, wantsPlan: ___, readyAt: ____, stoppedAt, times, stamps: _____, cancelled: ______, wrongPersonAt: _______, refusedAtGateAt: ________, ...order } = ride;
  return {
    order, from: stoppedAt ?? from, to, ...(planned && { planned }), ...(promised && { promised }),
    ...(times.aboard !== undefined && { aboardAt: times.aboard }), ...(times.atDoor !== undefined && { atDoorAt: times.atDoor }),
  };
}

type DayCommand = Extract<TripCommand, { type: 'assignCar' | 'approveRide' | 'replanRide' | 'loseCar' }>;

/** What the plan of the day says of one ride. */
export function driveByPlan(telling: Telling, command: DayCommand): Refusal | undefined {
  const { story, world } = telling;
  const ride = story[command.leg];
  switch (command.type) {
    case 'assignCar': {
      const assigned = assignCar(ride, world.free.cars, command);
      if (!assigned.ok) return assigned.refusal;
      telling.tell(assigned.value);
      return undefined;
    }
    case 'approveRide':
      if (!ride || ride.cancelled || ride.car) return { code: 'noRideOrdered', facts: { leg: command.leg } };
      if (!ride.wantsPlan) telling.tell({ type: 'RideApproved', ride: ride.ride, leg: command.leg });
      return undefined;
    case 'replanRide': {
      const replanned = replanRide(ride, command.leg, command.planned, command.stoppedAt, ride !== undefined && isWorthTelling(ride, command.planned));
      if (!replanned.ok) return replanned.refusal;
      telling.tell(replanned.value);
      return undefined;
    }
    case 'loseCar': {
      const lost = loseCar(ride, command.leg, command.reason);
      if (!lost.ok) return lost.refusal;
      telling.tell(lost.value);
      // Nobody waits for a car that does not come without somebody who owes them another.
      const link = command.leg === 'out' ? 'assignCar' : 'returnCar';
      const wasDone = telling.story.links.findLast(({ kind }) => kind === link)?.state === 'done';
      if (wasDone) {
        telling.running = openLink(telling.story);
        plan(telling);
      }
      return undefined;
    }
  }
}

function isWorthTelling({ promised, times }: Ride, planned: DayRide['planned'] & object): boolean {
  if (times.aboard !== undefined) return false;
  return !promised || promised.car !== planned.car || Math.abs(promised.pickUpAt - planned.pickUpAt) > TOLD_MS;
}

/** The committee cannot: the step is the district's from now on, with time of its own. */
export function handOn(telling: Telling, { leg, reason }: Extract<TripCommand, { type: 'handOnRide' }>): Refusal | undefined {
  const { story, world } = telling;
  const link = openLink(story);
  const ride = story[leg];
  if (!ride || link?.kind !== (leg === 'out' ? 'assignCar' : 'returnCar')) return { code: 'carNotWanted' };
  if (!reason.trim()) return { code: 'reasonMissing', field: 'reason' };
  if (link.owner.role !== 'committee') return { code: 'handedOnAlready' };
  telling.tell({ type: 'RideHandedOn', ride: ride.ride, leg, reason, owner: ownerFor('district', story, world.city), dueAt: nextDueAt(link, telling.at) });
  return undefined;
}

/** How long the district has to open a gate before the command centre is told. Chosen by us: somebody sits in a car before their own home. */
export const GATE_REFUSAL_MS = 15 * MINUTE_MS;

/**
 * Not let in at their own gate. The step stays with whoever has it and the person with whoever brought them; the district is told at
 * once, and after a quarter of an hour the command centre, like after every deadline that is missed.
 */
export function refuseAtGate(telling: Telling, { ground, witness = {} }: Extract<TripCommand, { type: 'reportGateRefusal' }>): Refusal | undefined {
  const { story, world } = telling;
  const link = openLink(story);
  const isOnTheWay = isAboard(story.back) || (holder(story) === 'self' && story.arrival?.treatedAt !== undefined);
  if (!link || !isOnTheWay) return { code: 'notOnTheWayHome' };
  const told = ownerFor('district', story, world.city);
  const { back } = story;
  telling.tell({
    type: 'RefusedAtGate', leg: 'back', ...(isAboard(back) && { ride: back!.ride }), ground,
    told: link.missed.at(-1)?.told.role === 'district' ? escalateFrom('district', story, world.city) : told,
    dueAt: telling.at + GATE_REFUSAL_MS, ...witness,
  });
  return undefined;
}
