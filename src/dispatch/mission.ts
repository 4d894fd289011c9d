import type { Instant } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';

/** Status times of a unit's mission, after NEMSIS eTimes; our own `atGate` shows where minutes are lost. */
export const MISSION_STEPS = [
  'acknowledged', 'enRoute', 'atGate', 'atPatient', 'aboard', 'atDestination', 'handedOver', 'inService',
] as const;
export type MissionStep = (typeof MISSION_STEPS)[number];

/** One unit for one patient: asked for, sent, and followed until it is back in service. */
export interface Mission {
  readonly id: string;
  readonly acuity: Acuity;
  readonly town: string;
  readonly askedAt: Instant;
  readonly unit?: string;
  readonly etaSeconds?: number;
  readonly times: Readonly<Partial<Record<MissionStep | 'sent', Instant>>>;
  readonly stoodDown?: true;
}

export type DispatchEvent =
  | { readonly type: 'UnitAsked'; readonly mission: string; readonly acuity: Acuity; readonly town: string }
  | { readonly type: 'UnitSent'; readonly mission: string; readonly unit: string; readonly etaSeconds: number }
  | { readonly type: 'MissionReported'; readonly mission: string; readonly unit: string; readonly step: MissionStep }
  | { readonly type: 'MissionStoodDown'; readonly mission: string; readonly unit?: string; readonly reason: string };

export type DispatchCommand =
  | { readonly type: 'sendUnit'; readonly unit?: string }
  | { readonly type: 'reportMission'; readonly step: MissionStep }
  /** A breakdown, a wrong turn of the day: this unit does not come, another is asked for. */
  | { readonly type: 'standDownUnit'; readonly reason: string };

export function evolveMission(mission: Mission | undefined, event: DispatchEvent, at: Instant): Mission | undefined {
  switch (event.type) {
    case 'UnitAsked':
      return { id: event.mission, acuity: event.acuity, town: event.town, askedAt: at, times: {} };
    case 'UnitSent':
      return mission && { ...mission, unit: event.unit, etaSeconds: event.etaSeconds, times: { sent: at } };
    case 'MissionReported':
      return mission && { ...mission, times: { ...mission.times, [event.step]: at } };
    case 'MissionStoodDown':
      return mission && { ...mission, stoodDown: true };
  }
}

/** A unit belongs to its mission from the moment it is sent until it says it is in service again. */
export function missionRuns(mission: Mission | undefined): boolean {
  return mission?.unit !== undefined && !mission.stoodDown && mission.times.inService === undefined;
}
