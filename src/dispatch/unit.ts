import { MINUTE_MS, metersBetween, type Instant, type Place } from '../base/index.ts';
import type { UnitState } from './board.ts';
import { MISSION_STEPS, missionRuns, type Mission, type MissionStep } from './mission.ts';

/** What is kept of a unit between the missions: read by `store.ts`, changed by its crew, a dispatcher or the mission it is on. */
export interface KnownUnit {
  readonly unit: string;
  readonly mission: string | null;
  readonly journey: string | null;
  /** In what it does now. */
  readonly since: Instant;
  /** Where its crew's phone was last heard of. */
  readonly place?: Place;
  readonly placeAt?: Instant;
  /** The standby point it stands at or drives to. */
  readonly post?: string;
  readonly shiftEndsAt?: Instant;
  readonly outSince?: Instant;
  readonly outReason?: string;
  readonly outUntil?: Instant;
}

/** What else has to be known to say where a unit is: its mission with the places of it, and where it belongs. */
export interface Surroundings {
  readonly mission?: Mission;
  readonly patientAt?: Place;
  readonly institutionAt?: Place;
  /** The patient may have left something in the car. */
  readonly decontamination?: boolean;
  /** Its standby point, or its station. */
  readonly belongsAt: Place;
}

export interface Whereabouts {
  readonly state: UnitState;
  readonly place: Place;
  readonly placeAt: Instant;
  readonly lostContact?: true;
  readonly readyAt?: Instant;
}

/** On the move and silent for longer than this is lost contact: a phone that works reports every half minute. */
const LOST_CONTACT_MS = 2 * MINUTE_MS;
/** Nearer than this it stands where it belongs; a car park is large and a phone is no surveyor. */
const STANDS_WITHIN_METERS = 300;
/**
 * A free unit silent for this long is taken to stand where it belongs: the drive back is over by then. Less would show units at
 * their station that are still at the hospital's door; more would keep a unit far away on the board because a battery is empty.
 */
const BACK_AFTER_MS = 30 * MINUTE_MS;
/** From handed over to clean, after somebody infectious; synthetic. The crew's press counts, this only says until when to expect it. */
const DECONTAMINATION_MS = 45 * MINUTE_MS;

const MOVING: ReadonlySet<MissionStep | 'sent'> = new Set(['sent', 'acknowledged', 'enRoute', 'released', 'leftScene', 'aboard']);

/** Out of service as long as it says so, or until the time it gave. A mission that runs comes first: nobody forgets its patient. */
export function isOut({ outSince, outUntil }: KnownUnit, now: Instant): boolean {
  return outSince !== undefined && (outUntil === undefined || outUntil > now);
}

/** What a unit does, where it was last known to be, and whether that can still be relied on. */
export function whereIs(unit: KnownUnit, around: Surroundings, now: Instant): Whereabouts {
  const { mission } = around;
  if (mission && mission.id === unit.mission && missionRuns(mission)) return onMission(unit, mission, around, now);
  const heard = unit.place && unit.placeAt !== undefined && now - unit.placeAt < BACK_AFTER_MS ? { place: unit.place, placeAt: unit.placeAt } : undefined;
  const { place, placeAt } = heard ?? { place: around.belongsAt, placeAt: unit.since };
  // Held by a mission that nobody can read: it is with somebody until it says otherwise.
  const state = unit.mission !== null ? 'withPatient' : isOut(unit, now) ? 'outOfService' : metersBetween(place, around.belongsAt) <= STANDS_WITHIN_METERS ? 'idle' : 'returning';
  return { state, place, placeAt, ...(state === 'returning' && now - placeAt > LOST_CONTACT_MS && { lostContact: true }) };
}

function onMission(unit: KnownUnit, mission: Mission, around: Surroundings, now: Instant): Whereabouts {
  const { times } = mission;
  const last = MISSION_STEPS.findLast((step) => times[step] !== undefined) ?? 'sent';
  const lastAt = times[last] ?? unit.since;
  const pressed = placeOf(last, around);
  // The later of the two is the truth of this moment: what the phone says, or where a press says they stand.
  const fromPhone = unit.place && unit.placeAt !== undefined && (pressed === undefined || unit.placeAt > lastAt) ? { place: unit.place, placeAt: unit.placeAt } : undefined;
  const { place, placeAt } = fromPhone ?? { place: pressed ?? around.belongsAt, placeAt: lastAt };
  const state = stateAfter(last, times, around);
  return {
    state, place, placeAt,
    ...(MOVING.has(last) && now - placeAt > LOST_CONTACT_MS && { lostContact: true }),
    ...(state === 'decontaminating' && { readyAt: times.handedOver! + DECONTAMINATION_MS }),
  };
}

function stateAfter(last: MissionStep | 'sent', times: Mission['times'], { decontamination }: Surroundings): UnitState {
  if (times.handedOver !== undefined) return decontamination && times.decontaminated === undefined ? 'decontaminating' : 'withPatient';
  return last !== 'sent' && MISSION_STEPS.indexOf(last) >= MISSION_STEPS.indexOf('atPatient') ? 'withPatient' : 'toPatient';
}

function placeOf(step: MissionStep | 'sent', { patientAt, institutionAt }: Surroundings): Place | undefined {
  switch (step) {
    case 'atScene':
    case 'atGate':
    case 'gateOpened':
    case 'atPatient':
    case 'aboard':
    case 'released':
    case 'leftScene':
      return patientAt;
    case 'atDestination':
    case 'handedOver':
    case 'decontaminated':
      return institutionAt;
    default:
      return undefined;
  }
}
