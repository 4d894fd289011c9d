import type { City } from '../city/index.ts';
import type { Visit } from '../clinic/index.ts';
import { MISSION_STEPS, missionRuns, nextSteps, type MissionStep } from '../dispatch/index.ts';
import type { Actor } from '../people/index.ts';
import { RIDE_STEPS, rideRuns, type Leg, type Ride } from '../trips/index.ts';
import { wayOf } from './dispatching.ts';
import { contactOf } from './down-triage.ts';
import { mayDo } from './may.ts';
import { waitsForWantOfCar } from './no-car.ts';
import { carOfEmergency, holder, isAtHome, meetsCar, openLink, type Command, type Story } from './story.ts';

/**
 * The commands that make sense now, most useful first: what a screen offers as buttons and what a rehearsed person does.
 * Commands that need words from a person (advice, a reason, a place) come with those fields left empty.
 */
export function nextActions(story: Story): readonly Command[] {
  return [...forLink(story), ...afterwards(story), ...always(story)];
}

export function actionsFor(actor: Actor, story: Story, city: City): readonly Command[] {
  return [...nextActions(story), ...lowering(actor, story), ...toMeet(story)].filter(({ type }) => mayDo(actor, type, story, city));
}

function forLink(story: Story): readonly Command[] {
  const { mission, visit, arrival } = story;
  switch (openLink(story)?.kind) {
    case undefined:
    case 'pass':
      return [];
    case 'findPlace':
      return [{ type: 'namePlace', institution: '' }];
    case 'sendUnit':
      return [{ type: 'sendUnit' }, ...(waitsForWantOfCar(story) ? [{ type: 'reportCarFree' } as const] : [])];
    case 'slot':
      return [{ type: 'bookSlot' }];
    case 'release':
      return [{ type: 'release' }];
    case 'assignCar':
      return [{ type: 'assignCar', leg: 'out' }, ...(story.decision.transportElse ? [{ type: 'reportNoCar' } as const] : []), ...handingOn(story, 'out')];
    case 'returnCar':
      return [{ type: 'assignCar', leg: 'back' }, ...handingOn(story, 'back')];
    case 'pickUp':
      return missionRuns(mission) ? missionSteps(story, 'aboard') : rideSteps(story.out, 'out');
    case 'bring':
      // Also on the way: a house that says on the telephone that they need not come has refused.
      return [...missionSteps(story, 'atDestination'), ...REFUSAL];
    case 'travel':
      if (holder(story).startsWith('car:')) return [...rideSteps(story.out, 'out'), ...meeting(story), ...REFUSAL];
      return isAtHome(story) ? [{ type: 'startTravel' }] : [{ type: 'reportArrival' }, ...REFUSAL];
    case 'receive':
      return [{ type: 'receivePatient' }, ...REFUSAL];
    case 'treat':
      return [
        { type: 'finishTreatment', outcome: 'discharged' },
        ...(arrival?.admittedAt === undefined ? [{ type: 'admit', expectedDischargeAt: 0 } as const] : []),
      ];
    case 'consult':
      return consulting(visit);
    case 'dispense':
      return dispensing(visit);
    case 'deliver':
      return [{ type: 'deliver', to: '' }];
    case 'returnPickUp':
      return rideSteps(story.back, 'back');
    case 'returnTravel':
      return [...rideSteps(story.back, 'back'), ...GATE_REFUSAL];
    case 'returnHome':
      return holder(story) === 'self' ? [{ type: 'reportHome' }, ...GATE_REFUSAL] : [{ type: 'startTravel' }, { type: 'reportHome' }];
    case 'confirmHome':
      return [{ type: 'confirmHome' }];
  }
}

/** Somebody in danger in a special car: 120 may send a unit towards it … */
function toMeet(story: Story): readonly Command[] {
  return carOfEmergency(story) !== undefined && !meetsCar(story) ? [{ type: 'meetCar' }] : [];
}

/** … and its crew reports until they have them. */
function meeting(story: Story): readonly Command[] {
  if (!meetsCar(story)) return [];
  return missionRuns(story.mission) ? missionSteps(story, 'aboard') : [{ type: 'sendUnit' }];
}

const TO_A_CLINIC = { type: 'sendOn', reason: '', need: 'generalOutpatient', findings: [] } as const satisfies Command;

function consulting(visit: Visit | undefined): readonly Command[] {
  if (visit?.query) return [{ type: 'amendPrescription', reason: '', items: visit.prescription?.items ?? [] }, { type: 'takeVisit' }, TO_A_CLINIC];
  if (visit?.doctor === undefined) return [{ type: 'takeVisit' }];
  const answer: Command = { type: 'answerVisit', advice: '', items: [] };
  // What is never prescribed at a distance has its own way in one tap: a window, in person.
  if (visit.inPerson) return [{ type: 'sendOn', reason: IN_PERSON, need: 'specialist', findings: [] }, answer, { type: 'returnVisit' }];
  return [answer, TO_A_CLINIC, { type: 'returnVisit' }];
}

const IN_PERSON = '特殊管理药品须到专窗当面配取 (controlled medicine: handed out in person)';

function dispensing(visit: Visit | undefined): readonly Command[] {
  const question: Command = { type: 'queryPrescription', item: 0, question: '' };
  if (visit?.dispensedAt !== undefined) return [{ type: 'handToCourier', courier: '' }];
  return visit?.checked ? [{ type: 'dispense' }, question] : [{ type: 'checkPrescription', accepted: [] }, question];
}

const GATE_REFUSAL: readonly Command[] = [{ type: 'reportGateRefusal', ground: 'other' }];

function handingOn(story: Story, leg: Leg): readonly Command[] {
  return openLink(story)?.owner.role === 'committee' ? [{ type: 'handOnRide', leg, reason: '' }] : [];
}

const REFUSAL: readonly Command[] = [{ type: 'reportRefusal', ground: 'other' }];

/** The presses that make sense next, up to the one the link waits for. */
function missionSteps(story: Story, until: MissionStep): readonly Command[] {
  if (!story.mission) return [];
  return nextSteps(story.mission, wayOf(story))
    .filter((step) => MISSION_STEPS.indexOf(step) <= MISSION_STEPS.indexOf(until))
    .map((step) => ({ type: 'reportMission', step }));
}

function rideSteps(ride: Ride | undefined, leg: Leg): readonly Command[] {
  if (!rideRuns(ride)) return [];
  const lastReported = RIDE_STEPS.findLastIndex((step) => ride?.times[step] !== undefined);
  const next = RIDE_STEPS[lastReported + 1];
  if (!next) return [];
  // Asked while nobody has got in: the name is read out, and it is somebody else.
  return [{ type: 'reportRide', leg, step: next }, ...(next === 'aboard' ? [{ type: 'reportWrongPerson', leg } as const] : [])];
}

/** What the crew still owes after the patient's next step has moved on: cleaned, in service, the unit free for others. */
function afterwards(story: Story): readonly Command[] {
  const { mission } = story;
  const told = handingOver(story);
  if (mission?.times.handedOver === undefined || mission.times.inService !== undefined) return told;
  return [...told, ...nextSteps(mission, wayOf(story)).map((step) => ({ type: 'reportMission', step }) as const)];
}

/** The crew's signature: what they tell, begun from what is known. Owed until it is given, whoever received them. */
function handingOver({ mission, arrival, request }: Story): readonly Command[] {
  if (mission?.times.aboard === undefined || arrival?.arrivedAt === undefined || arrival.handOver || arrival.treatedAt !== undefined) return [];
  return [{ type: 'handOver', report: { happened: request.complaint ?? '', found: '', done: '' } }];
}

/** Last, and only for whom the person has met: one level down is where a clinician begins. */
function lowering(actor: Actor, story: Story): readonly Command[] {
  const { acuity } = story.decision;
  const lower = ({ I: 'II', II: 'III', III: 'IV', IV: undefined } as const)[acuity];
  const contact = contactOf(actor, story);
  if (!lower || !contact || (acuity === 'I' && contact === 'spoken') || story.closed || story.arrival?.treatedAt !== undefined) return [];
  return [{ type: 'downTriage', acuity: lower, reason: '' }];
}

function always(story: Story): readonly Command[] {
  if (story.closed) return [];
  return [
    { type: 'reportWorse', findings: [] },
    ...(story.visit && story.visit.sentOnAt === undefined ? [{ type: 'sendMessage', text: '' } as const] : []),
    ...(missionRuns(story.mission) && story.mission?.times.aboard === undefined ? [{ type: 'standDownUnit', reason: '' } as const] : []),
    ...(isAtHome(story) && story.arrival?.treatedAt === undefined ? [{ type: 'withdrawRequest', reason: '' } as const] : []),
  ];
}
