import { MISSION_STEPS, type Mission, type MissionStep, type MissionTime } from './mission.ts';

/**
 * Each time of a mission and its elements in NEMSIS 3.5.1, section eTimes; our own have none. 01 (the call was received) is the
 * request's `receivedAt`. A unit of ours says that it is in service when everything is done, cleaning included, so that time is
 * 16 (call completed) as well. Without a counterpart here: 08 (from one crew to another) and 10 (landing area).
 */
export const NEMSIS_ETIMES: Readonly<Record<MissionTime | 'firstAsked', readonly string[]>> = {
  firstAsked: ['eTimes.02'],
  sent: ['eTimes.03'],
  acknowledged: ['eTimes.04'],
  enRoute: ['eTimes.05'],
  staged: ['eTimes.17'],
  atScene: ['eTimes.06'],
  atGate: [],
  gateOpened: [],
  atPatient: ['eTimes.07'],
  aboard: [],
  released: [],
  leftScene: ['eTimes.09'],
  atDestination: ['eTimes.11'],
  handedOver: ['eTimes.12'],
  decontaminated: [],
  inService: ['eTimes.13', 'eTimes.16'],
  stoodDown: ['eTimes.14'],
  atStation: ['eTimes.15'],
};

/** What lies on this mission's way: a gate that somebody has to open, a patient after whom the car has to be cleaned. */
export interface Way {
  readonly gate: boolean;
  readonly decontamination: boolean;
}

const NEEDED: readonly MissionStep[] = ['acknowledged', 'enRoute', 'atPatient', 'aboard', 'atDestination', 'handedOver', 'inService'];
const AT_THE_GATE: readonly MissionStep[] = ['atGate', 'gateOpened'];

/**
 * The presses that make sense next: what lies on the way first, then the one that is needed. A crew that runs past the gate
 * presses the later button, and nothing is held up by one nobody had time for; only the cleaning is not passed over.
 */
export function nextSteps({ times }: Pick<Mission, 'times'>, way: Way): readonly MissionStep[] {
  const furthest = MISSION_STEPS.findLastIndex((step) => times[step] !== undefined);
  const ahead = (step: MissionStep): boolean => MISSION_STEPS.indexOf(step) > furthest;
  const needed = NEEDED.find(ahead);
  if (needed === undefined) return [];
  const gate = way.gate && needed === 'atPatient' ? AT_THE_GATE.find(ahead) : undefined;
  if (needed === 'inService' && way.decontamination && times.decontaminated === undefined) return ['decontaminated'];
  return gate === undefined ? [needed] : [gate, needed];
}
