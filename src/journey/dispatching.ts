import { MINUTE_MS, SECOND_MS, type Instant, type Refusal } from '../base/index.ts';
import { estimateSeconds } from '../city/index.ts';
import { divert, missionRuns, type DispatchCommand, type Way } from '../dispatch/index.ts';
import { INFECTIOUS, rideRuns } from '../trips/index.ts';
import { cohortOf } from './rides.ts';
import { decideAgain, endExpectation, giveEverythingBack, plan } from './step.ts';
import { carOfEmergency, holder, isAtHome, meetsCar, type Story } from './story.ts';
import type { Telling } from './telling.ts';

type Given<Type> = Extract<DispatchCommand, { type: Type }>;

/**
 * Somebody has become an emergency in a special car. The car drives on to the house it was told, and a unit drives towards it: whoever is
 * with them first has them. Waiting at the roadside for a unit that may be taken for somebody worse would be the graver error.
 */
export function meetCar(telling: Telling): Refusal | undefined {
  const { story, world } = telling;
  const car = carOfEmergency(story);
  if (car === undefined) return { code: 'nobodyToMeet' };
  if (meetsCar(story)) return { code: 'unitAlreadyAsked' };
  telling.tell({ type: 'UnitAsked', mission: `M${world.chance.code(9)}`, acuity: story.decision.acuity, town: story.request.town, meets: car });
  return undefined;
}

/** On the road from the car into the unit: the ride ends here, and the way goes on with the crew. */
export function takeOverFromCar(telling: Telling): void {
  const { out, mission } = telling.story;
  if (out?.car !== undefined && out.car === mission?.meets && rideRuns(out)) {
    telling.tell({ type: 'RideReported', ride: out.ride, leg: 'out', car: out.car, step: 'arrived', to: telling.world.actor.name });
  }
  plan(telling);
}

/** The unit goes to somebody else. The person still waits, from when they first called: another one is asked for in the same step. */
export function divertUnit(telling: Telling, { to, exchanged, reason }: Given<'divertUnit'>): Refusal | undefined {
  const diverted = divert(telling.story.mission, to, { ...(exchanged && { exchanged }), ...(reason && { reason }) });
  if (!diverted.ok) return diverted.refusal;
  telling.tell(diverted.value);
  plan(telling);
  return undefined;
}

/**
 * This call ends in another one about the same person, which goes on for both. Never while a unit runs for it: joined into the
 * wrong one, a unit on its way would turn round from somebody who waits.
 */
export function joinInto(telling: Telling, into: string): Refusal | undefined {
  const { story } = telling;
  const { mission } = story;
  if (!mission) return { code: 'noUnitAsked' };
  if (missionRuns(mission)) return { code: 'unitAlreadySent', facts: { unit: mission.unit! } };
  if (!isAtHome(story)) return { code: 'personIsAway', facts: { holder: holder(story) } };
  telling.tell({ type: 'CallJoined', mission: mission.id, into });
  giveEverythingBack(telling, 'joined');
  endExpectation(telling, 'joined');
  telling.tell({ type: 'RequestClosed', outcome: 'joined' });
  return undefined;
}

/** What the other caller saw counts here as well, and nobody waits longer for having been called for twice. */
export function takeIn(telling: Telling, { from, askedAt, findings, vitals }: Given<'takeInCall'>): Refusal | undefined {
  const { mission, request } = telling.story;
  if (!mission) return { code: 'noUnitAsked' };
  telling.tell({ type: 'CallTakenIn', mission: mission.id, from, askedAt });
  const news = findings.some((finding) => !request.findings.includes(finding)) || Object.keys(vitals).length > 0;
  if (!news) return undefined;
  telling.tell({ type: 'AnswersAdded', findings, vitals });
  decideAgain(telling, 'worse');
  return undefined;
}

/** From reaching the address to driving off with the patient: 15 to 20 minutes in published city services; synthetic for ours. */
const AT_SCENE_MS = 18 * MINUTE_MS;
/** A ward is told again when they come this much earlier or later: a room made ready too early is the smaller error. */
const TOLD_AGAIN_MS = 5 * MINUTE_MS;

/** The house that was warned hears when the unit will be there: when it is sent, and again as it turns out otherwise. */
export function foreseeArrival(telling: Telling): void {
  const { arrival, mission } = telling.story;
  // Until they are aboard they are still on their way in the car, and the house expects that.
  if (mission?.meets !== undefined && mission.times.aboard === undefined) return;
  if (!arrival || !mission?.unit || !missionRuns(mission) || arrival.arrivedAt !== undefined) return;
  const at = arrivalOf(telling);
  if (at === undefined) return;
  const known = telling.story.arrival!.expectedAt;
  if (mission.times.acknowledged !== undefined && Math.abs(at - known) < TOLD_AGAIN_MS) return;
  telling.tell({ type: 'ArrivalForeseen', institution: arrival.institution, at, unit: mission.unit });
}

function arrivalOf({ story, world, at }: Telling): Instant | undefined {
  const { mission, arrival, request } = story;
  const place = request.point ?? world.city.towns.get(request.town)?.centre;
  const house = world.city.institutions.get(arrival!.institution)?.place;
  if (!place || !house) return undefined;
  const { sent, atPatient, aboard } = mission!.times;
  const leaves = aboard ?? (atPatient === undefined ? sent! + mission!.etaSeconds! * SECOND_MS : atPatient) + AT_SCENE_MS;
  const driveSeconds = world.travel?.(place, house, at, 'ambulance') ?? estimateSeconds(place, house, at, 'ambulance');
  return Math.max(at, leaves) + driveSeconds * SECOND_MS;
}

/** What lies on the way of this story's unit: a guarded gate in a closed loop, a patient after whom the car is cleaned. */
export function wayOf(story: Story): Way {
  return { gate: story.decision.closedLoop, decontamination: INFECTIOUS.has(cohortOf(story)) };
}
