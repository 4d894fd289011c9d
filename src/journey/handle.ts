import { bookSlot, type BookableService } from '../appointments/index.ts';
import { accept, refuse, type Refusal, type Result } from '../base/index.ts';
import { keepApart, missionRuns, reportMission, sendUnit, standDown } from '../dispatch/index.ts';
import { revokePass } from '../passes/index.ts';
import { atDoor } from '../reception/index.ts';
import { addAnswers, caseOf, identify, receive, type Intake } from '../requests/index.ts';
import type { Actor } from '../people/index.ts';
import { reportRide, rideRuns, type TripCommand, type Witness } from '../trips/index.ts';
import { adoptBooking, loseBooking, moveBooking, withBooking, type StandingBooking } from './bookings.ts';
import { nextDueAt } from './chain.ts';
import { workInClinic } from './clinic.ts';
import { downTriage } from './down-triage.ts';
import { beginStory } from './evolve.ts';
import { mergeInto, takeInRequest } from './merge.ts';
import { carFound, noCar, standInIsDue } from './no-car.ts';
import { escalateFrom } from './owners.ts';
import { divertUnit, foreseeArrival, joinInto, meetCar, takeIn, takeOverFromCar } from './dispatching.ts';
import { confirmWayBack, driveByPlan, handOn, refuseAtGate } from './rides.ts';
import { callUnitBack, cancelRide, decideAgain, endExpectation, giveEverythingBack, plan, reopenCare, settle } from './step.ts';
import { holder, isAtHome, meetsCar, openLink, type Command, type JourneyEvent, type Story } from './story.ts';
import { Telling } from './telling.ts';
import type { Told, World } from './world.ts';

/** Undefined: everything this command says has been told. A refusal changes nothing: the telling is thrown away. */
type Answer = Refusal | undefined;

/**
 * A request comes in: received, decided and its first link open, in one go.
 * @param booking a seat that was booked before: policy is asked with its institution named, and a seat they are not sent to is given back
 */
export function begin(intake: Intake, incident: string, world: World, booking?: StandingBooking): Result<Told> {
  const received = receive(intake, world.city, `R${world.chance.code(9)}`, world.at);
  if (!received.ok) return received;
  if (received.value.type !== 'RequestReceived') return refuse('unreadable');
  const request = booking ? withBooking(received.value.request, booking) : received.value.request;
  const first = { ...received.value, request };
  const decision = world.decide(caseOf(request, world.at), []);
  const story = beginStory(first, decision, { city: world.city.id, incident }, world.at);
  const telling = new Telling(story, world, [first, { type: 'RequestDecided', decision, because: 'received' }]);
  if (booking) adoptBooking(telling, booking);
  plan(telling);
  settle(telling);
  return accept(telling.told());
}

/** One command to one story: named refusal, or the events that follow from it, the story at rest again. */
export function handle(story: Story, command: Command, world: World): Result<Told> {
  if (story.closed && !AFTER_THE_END.has(command.type)) return refuse('alreadyClosed', { outcome: story.closed.outcome });
  const telling = new Telling(story, world);
  const refusal = perform(telling, command);
  if (refusal) return { ok: false, refusal };
  settle(telling);
  return accept(telling.told());
}

/** A unit is cleaned and back in service, a pass withdrawn, after the person's own story is over. */
const AFTER_THE_END: ReadonlySet<Command['type']> = new Set(['reportMission', 'revokePass']);

function perform(telling: Telling, command: Command): Answer {
  const { story, world } = telling;
  const { actor, free, chance } = world;
  switch (command.type) {
    case 'submitRequest':
      return { code: 'alreadyReceived' };
    case 'reportWorse': {
      const refused = told(telling, addAnswers(story.request, command.findings, command.vitals ?? {}));
      if (refused) return refused;
      if (story.arrival?.treatedAt !== undefined) reopenCare(telling);
      // Inside an institution a clinician is looking at them: the words are added, the place stays.
      else if (!holder(story).startsWith('institution:')) decideAgain(telling, 'worse');
      return undefined;
    }
    case 'downTriage':
      return downTriage(telling, command);
    case 'namePlace':
      if (openLink(story)?.kind !== 'findPlace') return { code: 'placeNotWanted' };
      if (!world.city.institutions.has(command.institution)) return { code: 'unknownInstitution', field: 'institution' };
      telling.tell({ type: 'PlaceNamed', institution: command.institution });
      decideAgain(telling, 'placeNamed');
      // A house that can't take this person is not found: silence here would look like success.
      return telling.story.decision.institution === undefined ? { code: 'placeDoesNotFit', field: 'institution' } : undefined;
    case 'askPolicyAgain':
      if (story.arrival?.receivedAt !== undefined) return { code: 'alreadyReceived' };
      // Whoever has found a place meanwhile stays with it.
      if (command.because === 'serviceReopened' && !story.links.some(({ kind, state }) => kind === 'findPlace' && (state === 'open' || state === 'waiting'))) return { code: 'placeNotWanted' };
      decideAgain(telling, command.because);
      return undefined;
    case 'identify':
      return told(telling, identify(story.request, command, world.city));
    case 'mergeInto':
      return mergeInto(telling, command.into);
    case 'takeInRequest':
      return takeInRequest(telling, command);
    case 'withdrawRequest':
      if (!command.reason.trim()) return { code: 'reasonMissing', field: 'reason' };
      if (!isAtHome(story)) return { code: 'personIsAway', facts: { holder: holder(story) } };
      telling.tell({ type: 'RequestWithdrawn', reason: command.reason });
      giveEverythingBack(telling, 'withdrawn');
      endExpectation(telling, 'withdrawn');
      telling.tell({ type: 'RequestClosed', outcome: 'withdrawn' });
      return undefined;
    case 'sendUnit':
      return unitSent(telling, sendUnit(story.mission, free.units, command.unit, command));
    case 'divertUnit':
      return divertUnit(telling, command);
    case 'meetCar':
      return meetCar(telling);
    case 'joinCall':
      return joinInto(telling, command.into);
    case 'takeInCall':
      return takeIn(telling, command);
    case 'keepApart':
      return told(telling, keepApart({ journey: story.id, mission: story.mission }, command.other));
    case 'standDownUnit': {
      const refused = told(telling, standDown(story.mission, command.reason));
      // The person still waits: another unit is asked for at once.
      if (!refused) plan(telling);
      return refused;
    }
    case 'reportMission':
      return missionReported(telling, command);
    case 'assignCar':
    case 'approveRide':
    case 'replanRide':
    case 'loseCar':
      return driveByPlan(telling, command);
    case 'handOnRide':
      return handOn(telling, command);
    case 'reportGateRefusal':
      return refuseAtGate(telling, command);
    case 'reportNoCar':
      return noCar(telling);
    case 'reportCarFree':
      return carFound(telling);
    case 'reportRide': {
      if (isOtherDriver(actor, story[command.leg]?.car)) return { code: 'notYourRide', field: 'leg' };
      // Nobody is on the way back from where they have not been: the wrong leg was pressed, and they still have to be fetched.
      if (command.leg === 'back' && command.step !== 'atDoor' && isAtHome(story) && story.arrival?.treatedAt === undefined) return { code: 'notTreatedYet', field: 'leg' };
      const refused = told(telling, reportRide(story[command.leg], command.leg, command.step, witnessOf(actor, command)));
      if (!refused && command.step === 'arrived' && command.leg === 'out') {
        reachDoor(telling);
        // The car was there first: the unit that drove towards it is free for the next.
        if (telling.story.mission?.meets !== undefined) callUnitBack(telling, 'arrivedAlready');
      }
      return refused;
    }
    case 'reportWrongPerson':
      return wrongPerson(telling, command);
    case 'bookSlot': {
      const { institution, service } = story.decision;
      if (!institution || service === 'emergency' || !story.decision.byAppointment) return { code: 'noSlotNeeded' };
      const booked = bookSlot(story.booking, free.slots, command.slot, `B${chance.code(9)}`, institution, service as BookableService);
      const refused = told(telling, booked);
      if (booked.ok && booked.value.type === 'SlotUnavailable') decideAgain(telling, 'noSlot');
      return refused;
    }
    case 'moveBooking':
      return moveBooking(telling, command);
    case 'loseBooking':
      return loseBooking(telling, command.reason);
    case 'tellCohort':
      telling.running = openLink(story);
      telling.tell({ type: 'CohortTold', cohort: command.cohort });
      if (!holder(story).startsWith('institution:')) decideAgain(telling, 'cohortTold');
      return undefined;
    case 'release':
      if (openLink(story)?.kind !== 'release') return { code: 'releaseNotWanted' };
      telling.tell({ type: 'Released', by: actor.id });
      return undefined;
    case 'revokePass':
      return told(telling, revokePass(story.pass, command.reason));
    case 'reportArrival':
    case 'receivePatient':
    case 'handOver':
    case 'reportRefusal':
    case 'admit':
    case 'finishTreatment':
      return door(telling, command);
    case 'takeVisit':
    case 'returnVisit':
    case 'sendMessage':
    case 'offerCall':
    case 'answerVisit':
    case 'sendOn':
    case 'checkPrescription':
    case 'queryPrescription':
    case 'amendPrescription':
    case 'dispense':
    case 'handToCourier':
    case 'deliver':
      return workInClinic(telling, command);
    case 'startTravel':
      return startTravel(telling);
    case 'reportHome':
      if (story.arrival?.treatedAt === undefined) return { code: 'notTreatedYet' };
      telling.tell({ type: 'HomeReported', by: actor.id });
      return undefined;
    case 'confirmHome':
      if (story.decision.pathway !== 'remote' && story.arrival?.treatedAt === undefined) return { code: 'notTreatedYet' };
      endReturnRide(telling);
      telling.tell({ type: 'HomeConfirmed', by: actor.id });
      return undefined;
    case 'missDeadline':
      return missDeadline(telling, command.link, command.dueAt);
  }
}

function told(telling: Telling, result: Result<JourneyEvent>): Answer {
  if (!result.ok) return result.refusal;
  telling.tell(result.value);
  return undefined;
}

function unitSent(telling: Telling, sent: Result<JourneyEvent>): Answer {
  const refused = told(telling, sent);
  if (!refused) foreseeArrival(telling);
  return refused;
}

/** A forgotten press is filled by the next: who is at the hospital was taken aboard before. */
function missionReported(telling: Telling, { step, at }: Extract<Command, { type: 'reportMission' }>): Answer {
  const pressed = at === undefined ? undefined : { at, now: telling.at };
  const { mission } = telling.story;
  const there = step === 'atDestination' || step === 'handedOver';
  if (there && mission && missionRuns(mission) && mission.times.aboard === undefined) {
    const refused = told(telling, reportMission(mission, 'aboard', pressed));
    if (refused) return refused;
  }
  const met = meetsCar(telling.story);
  const refused = told(telling, reportMission(telling.story.mission, step, pressed));
  if (refused) return refused;
  if (met && step === 'aboard') takeOverFromCar(telling);
  if (there) reachDoor(telling);
  else foreseeArrival(telling);
  return undefined;
}

/** The vehicle is at the institution: so is the person. */
function reachDoor(telling: Telling): void {
  const { arrival } = telling.story;
  if (arrival && arrival.arrivedAt === undefined) telling.tell({ type: 'ArrivedAtDoor', institution: arrival.institution });
}

function door(telling: Telling, command: Parameters<typeof atDoor>[1]): Answer {
  const refused = told(telling, atDoor(telling.story.arrival, command, telling.world.actor, telling.at));
  if (refused) return refused;
  const { mission, request, arrival } = telling.story;
  switch (command.type) {
    case 'reportArrival':
      // They were never at home: their request began at this very door, and no unit drives to it for them. Whoever is only said to have come keeps theirs.
      if (request.atDoor !== undefined && request.atDoor === arrival?.institution && isAtHome(telling.story)) {
        telling.tell({ type: 'TravelStarted', leg: 'out' });
        callUnitBack(telling, 'arrivedAlready');
      }
      return undefined;
    case 'receivePatient':
      // Received by name is the hand-over: the crew's record and the ward's are one.
      if (mission?.times.aboard !== undefined && mission.times.handedOver === undefined && mission.unit) {
        telling.tell({ type: 'MissionReported', mission: mission.id, unit: mission.unit, step: 'handedOver' });
      }
      // They came by themselves while a unit was on its way: it is free for the next.
      callUnitBack(telling, 'arrivedAlready');
      return undefined;
    case 'reportRefusal':
      decideAgain(telling, 'refused');
      return undefined;
    case 'finishTreatment':
      if (command.outcome === 'died') {
        cancelRide(telling, telling.story.back, 'died');
        telling.tell({ type: 'RequestClosed', outcome: 'died' });
      } else confirmWayBack(telling);
      return undefined;
    case 'admit':
      // Nobody knows the hour of the way home any more: it is ordered when they are discharged.
      cancelRide(telling, telling.story.back, 'admitted');
      return undefined;
    default:
      return undefined;
  }
}

/** Out and back may be driven by two cars: each driver says what their own did. */
function isOtherDriver({ role, scope }: Actor, car: string | undefined): boolean {
  return role === 'driver' && scope.startsWith('car:') && car !== undefined && scope !== `car:${car}`;
}

/** Whoever reports is one side of the hand-over; the other is whoever they name. */
function witnessOf(actor: Actor, { step, witness }: Extract<TripCommand, { type: 'reportRide' }>): Witness {
  if (actor.role !== 'driver' || step === 'atDoor') return witness ?? {};
  return { ...(step === 'aboard' ? { to: actor.name } : { from: actor.name }), ...witness };
}

/** Whoever stands at the door is not the person who is expected: nobody gets in, and the car waits for the right one. */
function wrongPerson(telling: Telling, { leg, witness }: Extract<TripCommand, { type: 'reportWrongPerson' }>): Answer {
  const ride = telling.story[leg];
  if (isOtherDriver(telling.world.actor, ride?.car)) return { code: 'notYourRide', field: 'leg' };
  if (!ride?.car || !rideRuns(ride) || ride.times.aboard !== undefined) return { code: 'noCarAssigned', facts: { leg } };
  telling.tell({ type: 'WrongPerson', ride: ride.ride, leg, car: ride.car, ...witness });
  return undefined;
}

/** Seen at home: a return ride that nobody ended has ended, and its car is free for the next person. */
function endReturnRide(telling: Telling): void {
  const { back } = telling.story;
  if (!back?.car || !rideRuns(back)) return;
  if (back.times.aboard === undefined) cancelRide(telling, back, 'homeAlready');
  else telling.tell({ type: 'RideReported', ride: back.ride, leg: 'back', car: back.car, step: 'arrived' });
}

function startTravel(telling: Telling): Answer {
  const { story } = telling;
  const leg = story.arrival?.treatedAt === undefined ? 'out' : 'back';
  // Who was brought by ambulance may well go home by themselves: the way back is a link of its own.
  const vehicleComes = leg === 'out' ? story.decision.transport !== 'own' : openLink(story)?.kind !== 'returnHome';
  if (vehicleComes) return { code: 'vehicleComes' };
  if (leg === 'out' && openLink(story)?.kind !== 'travel') return { code: 'notTimeToLeave' };
  if (holder(story) === 'self') return { code: 'alreadyOnTheWay' };
  telling.tell({ type: 'TravelStarted', leg });
  return undefined;
}

/** Idempotent by what the watch saw: a deadline that has moved on since is not missed again. */
function missDeadline(telling: Telling, kind: string, dueAt: number): Answer {
  const link = openLink(telling.story);
  if (!link || link.kind !== kind || link.dueAt !== dueAt || telling.at < dueAt) return { code: 'deadlineMoved' };
  const lastTold = link.missed.at(-1)?.told ?? link.owner;
  telling.tell({
    type: 'DeadlineMissed',
    link: link.kind,
    owner: link.owner,
    told: escalateFrom(lastTold.role, telling.story, telling.world.city),
    dueAt: nextDueAt(link, telling.at),
  });
  // Nobody sent a car and nobody said so: whoever is named instead need not wait for that.
  if (standInIsDue(telling.story, openLink(telling.story)!)) telling.sendOnErrand({ type: 'reportNoCar' });
  return undefined;
}
