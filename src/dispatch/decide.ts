import { accept, MINUTE_MS, refuse, type Instant, type Result } from '../base/index.ts';
import { MISSION_STEPS, missionRuns, type DispatchEvent, type Mission, type MissionStep, type SentWith } from './mission.ts';

/** A unit that could go now, nearest first, as `recommend` orders them. */
export interface FreeUnit {
  readonly unit: string;
  readonly etaSeconds: number;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  /** Every road between it and the patient is closed: `etaSeconds` is an estimate of what it would take. */
  readonly noWayOpen?: true;
  /** `etaSeconds` comes from the distance, not from roads. */
  readonly estimated?: true;
}

/**
 * Acuity I wants advanced equipment, but never at the price of minutes: a basic unit that is more than five minutes nearer
 * goes. Sending the better car too late is the worse error.
 */
export const ADVANCED_IS_WORTH_SECONDS = 300;

/** One that no open road leads to is last, and may still be named: guards can let a crew through, but no software counts on it. */
export function recommend(units: readonly FreeUnit[], acuity: Mission['acuity']): readonly FreeUnit[] {
  const cost = (unit: FreeUnit): number =>
    unit.etaSeconds + (acuity === 'I' && unit.equipment === 'basic' ? ADVANCED_IS_WORTH_SECONDS : 0);
  const stopped = (unit: FreeUnit): number => Number(unit.noWayOpen ?? false);
  return [...units].sort((a, b) => stopped(a) - stopped(b) || cost(a) - cost(b) || a.unit.localeCompare(b.unit));
}

/** `wanted` is the dispatcher's own choice; without it the recommendation goes. */
export function sendUnit(
  mission: Mission | undefined,
  free: readonly FreeUnit[],
  wanted: string | undefined,
  { aid, reasons, shortfalls, chosen: own }: SentWith = {},
): Result<DispatchEvent> {
  if (!mission) return refuse('noUnitAsked');
  if (mission.joined !== undefined) return refuse('callJoined');
  if (mission.unit && !mission.stoodDown) return refuse('unitAlreadySent', { unit: mission.unit });
  const chosen = wanted ? free.find(({ unit }) => unit === wanted) : recommend(free, mission.acuity)[0];
  if (!chosen) return wanted ? refuse('unitTaken', { unit: wanted }, 'unit') : refuse('noUnitFree');
  return accept({
    type: 'UnitSent', mission: mission.id, unit: chosen.unit, etaSeconds: chosen.etaSeconds,
    ...(chosen.estimated && { estimated: true }), ...(chosen.noWayOpen && { noWayOpen: true }),
    ...(aid && { aid }), ...(reasons && { reasons }), ...(shortfalls && { shortfalls }), ...(own && { chosen: own }),
  });
}

/** How far a crew's phone may be ahead of the city's clock. */
const SKEW_MS = 2 * MINUTE_MS;

/**
 * Steps come in order; a skipped press is filled by the next one, a step backwards is refused.
 * @param pressed when, on a phone that had no network, and what time it is now. A time before the step before is the phone's clock, and counts
 *   as that step's: a report that is lost is the worse error
 */
export function reportMission(mission: Mission | undefined, step: MissionStep, pressed?: { readonly at: Instant; readonly now: Instant }): Result<DispatchEvent> {
  if (!mission?.unit || mission.stoodDown) return refuse('noUnitSent');
  if (mission.times[step] !== undefined) return refuse('alreadyReported', { step }, 'step');
  const later = MISSION_STEPS.slice(MISSION_STEPS.indexOf(step) + 1);
  if (later.some((next) => mission.times[next] !== undefined)) return refuse('stepBackwards', { step }, 'step');
  // Without a hand-over the unit would be free and its patient nobody's: still aboard, or still waiting.
  if (step === 'inService' && mission.times.handedOver === undefined) {
    return refuse(mission.times.aboard === undefined ? 'patientStillWaits' : 'patientStillAboard', { unit: mission.unit }, 'step');
  }
  // Home without being in service would be a unit that stands at its station and belongs to somebody who is gone.
  if (step === 'atStation' && mission.times.inService === undefined) return refuse('notInService', { unit: mission.unit }, 'step');
  if (pressed && pressed.at > pressed.now + SKEW_MS) return refuse('timeInFuture', undefined, 'at');
  const at = pressed && Math.min(pressed.now, Math.max(pressed.at, ...Object.values(mission.times)));
  return accept({ type: 'MissionReported', mission: mission.id, unit: mission.unit, step, ...(at !== undefined && at < pressed!.now && { at }) });
}

/** A unit that cannot come is free of its mission; never one with a patient aboard. */
export function standDown(mission: Mission | undefined, reason: string): Result<DispatchEvent> {
  if (!mission?.unit || !missionRuns(mission)) return refuse('noUnitSent');
  if (mission.times.aboard !== undefined) return refuse('patientStillAboard', { unit: mission.unit });
  if (!reason.trim()) return refuse('reasonMissing', undefined, 'reason');
  return accept({ type: 'MissionStoodDown', mission: mission.id, unit: mission.unit, reason });
}

/**
 * The unit turns round to the journey `to`. Only while nobody has reached the patient: whoever a crew is with stays with that crew.
 * @param exchanged this patient gets another unit in the same step
 */
export function divert(mission: Mission | undefined, to: string, { exchanged, reason }: { readonly exchanged?: boolean; readonly reason?: string } = {}): Result<DispatchEvent> {
  if (!mission?.unit || !missionRuns(mission)) return refuse('noUnitSent');
  if (mission.times.aboard !== undefined) return refuse('patientStillAboard', { unit: mission.unit });
  if (MISSION_STEPS.slice(MISSION_STEPS.indexOf('atPatient')).some((step) => mission.times[step] !== undefined)) {
    return refuse('patientReached', { unit: mission.unit });
  }
  return accept({ type: 'UnitDiverted', mission: mission.id, unit: mission.unit, to, ...(exchanged && { exchanged }), ...(reason && { reason }) });
}
