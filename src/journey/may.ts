import { maySee, type Actor, type Role, type Whereabouts } from '../people/index.ts';
import type { City } from '../city/index.ts';
import { isAtHome, openLink, type CommandType, type Story } from './story.ts';

/** Who may give which command. What is not listed is nobody's. District and city may act wherever a deadline was missed. */
export const COMMAND_ROLES: Readonly<Record<CommandType, readonly Role[]>> = {
  submitRequest: ['resident', 'hotline', 'committee', 'familyDoctor', 'dispatcher'],
  identify: ['ward'],
  /** Two people taken for one leave one without help: only behind `server/door`, where name and number were compared. */
  mergeInto: ['system'],
  takeInRequest: ['system'],
  reportWorse: ['resident', 'hotline', 'committee', 'familyDoctor', 'dispatcher', 'crew', 'driver', 'cloudDoctor'],
  /** A clinician's name, never the software's and never a report's. */
  downTriage: ['ward', 'cloudDoctor', 'familyDoctor'],
  namePlace: ['district', 'city', 'dispatcher'],
  withdrawRequest: ['resident', 'hotline', 'committee'],
  sendUnit: ['dispatcher', 'system'],
  divertUnit: ['dispatcher', 'system'],
  meetCar: ['dispatcher'],
  /** Joining two people by mistake leaves one without help: a person does it, never the software. */
  joinCall: ['dispatcher'],
  takeInCall: ['dispatcher'],
  keepApart: ['dispatcher'],
  reportMission: ['crew', 'dispatcher'],
  standDownUnit: ['crew', 'dispatcher'],
  assignCar: ['committee', 'district'],
  reportNoCar: ['committee', 'district', 'system'],
  reportCarFree: ['committee', 'district'],
  handOnRide: ['committee'],
  approveRide: ['system'],
  replanRide: ['system'],
  loseCar: ['system'],
  reportRide: ['driver', 'committee'],
  reportWrongPerson: ['driver'],
  reportGateRefusal: ['driver', 'resident', 'committee', 'hotline'],
  bookSlot: ['system', 'ward', 'hotline', 'district'],
  moveBooking: ['system', 'ward', 'resident', 'hotline', 'committee'],
  loseBooking: ['system', 'ward'],
  tellCohort: ['system'],
  release: ['committee', 'district'],
  revokePass: ['committee', 'district'],
  reportArrival: ['resident', 'driver', 'crew', 'ward', 'gate', 'hotline'],
  receivePatient: ['ward'],
  /** A driver is no clinician, and tells nothing of an illness. */
  handOver: ['crew'],
  reportRefusal: ['resident', 'driver', 'crew', 'committee', 'hotline'],
  admit: ['ward'],
  finishTreatment: ['ward'],
  takeVisit: ['cloudDoctor', 'familyDoctor'],
  answerVisit: ['cloudDoctor', 'familyDoctor'],
  /** The watch gives back what its doctor left alone. */
  returnVisit: ['cloudDoctor', 'familyDoctor', 'system'],
  sendMessage: ['resident', 'cloudDoctor', 'familyDoctor', 'hotline'],
  offerCall: ['cloudDoctor', 'familyDoctor'],
  sendOn: ['cloudDoctor', 'familyDoctor'],
  checkPrescription: ['pharmacist'],
  queryPrescription: ['pharmacist'],
  amendPrescription: ['cloudDoctor', 'familyDoctor'],
  dispense: ['pharmacist'],
  handToCourier: ['pharmacist'],
  /** Under ordinary rules the pharmacy brings it; in a restricted week the committee or a driver does. */
  deliver: ['committee', 'driver', 'pharmacist'],
  startTravel: ['resident', 'committee', 'hotline'],
  reportHome: ['resident', 'committee', 'hotline'],
  confirmHome: ['committee', 'district', 'familyDoctor', 'resident', 'hotline'],
  missDeadline: ['system'],
  askPolicyAgain: ['system'],
};

/** Where the story lies, for scopes. An institution sees its own patients only, from the pre-alert on. */
export function whereabouts(story: Story, city: City): Whereabouts {
  // Whoever stands at a door that cannot treat them is seen there until a unit has them: they are looked after, and nobody says "not ours".
  const stoodAt = isAtHome(story) && !story.closed && story.arrival?.arrivedAt === undefined ? story.request.atDoor : undefined;
  const institutions = [story.decision.institution, story.arrival?.institution, story.visit?.institution, stoodAt];
  return {
    district: city.towns.get(story.request.town)?.district ?? '',
    town: story.request.town,
    journey: story.id,
    institutions: [...new Set(institutions.filter((code) => code !== undefined))],
    ...(story.mission?.unit && { unit: story.mission.unit }),
    cars: [story.out?.car, story.back?.car].filter((car) => car !== undefined),
  };
}

/** What only the house that has them, or expects them, can say. */
const OF_THE_DOOR: ReadonlySet<CommandType> = new Set(['reportArrival', 'receivePatient', 'admit', 'finishTreatment']);

export function mayDo(actor: Actor, command: CommandType, story: Story, city: City): boolean {
  // Under ordinary rules people see themselves home; in a closed loop whoever took them out does.
  if (command === 'confirmHome' && (actor.role === 'resident' || actor.role === 'hotline') && openLink(story)?.owner.role !== 'resident') return false;
  if (OF_THE_DOOR.has(command) && story.arrival && actor.scope.startsWith('institution:') && actor.scope !== `institution:${story.arrival.institution}`) return false;
  return COMMAND_ROLES[command].includes(actor.role) && (actor.role === 'system' || maySee(actor, whereabouts(story, city)));
}
