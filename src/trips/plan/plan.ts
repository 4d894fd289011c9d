import type { StopKind } from './problem.ts';

/** What the planner answers: who rides with whom, in which order and when, and who stays behind and why. */
export interface Plan {
  /** Cars that drive; the others stay free. */
  readonly routes: readonly PlannedRoute[];
  readonly unplanned: readonly Unplanned[];
  /** Seconds after `latestSeconds`, summed over all stops. */
  readonly latenessSeconds: number;
  /** Metres driven, or seconds where the problem has no metres. */
  readonly distance: number;
}

export interface PlannedRoute {
  readonly car: string;
  readonly leavesAtSeconds: number;
  readonly stops: readonly PlannedStop[];
  readonly returnsAtSeconds: number;
}

export interface PlannedStop {
  readonly ride: string;
  readonly kind: StopKind;
  /** Service begins. A rider who is aboard when the plan begins has no pick-up. */
  readonly beginsAtSeconds: number;
}

/**
 * `noCarFits`: none has the seats, the wheelchair or the stretcher place. `outOfReach`: no car could, even with nobody else to
 * drive: its hours, the window or the longest ride forbid it. `carsBusy`: one car more would do.
 */
export const UNPLANNED_REASONS = ['noCarFits', 'outOfReach', 'carsBusy'] as const;
export type UnplannedReason = (typeof UNPLANNED_REASONS)[number];

export interface Unplanned {
  readonly ride: string;
  readonly reason: UnplannedReason;
}
