import type { Instant } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { Entry } from './rehearsal.ts';

/** One patient whom a crew reached. */
export interface Reached {
  /** At the moment of reaching: what the crew drove for. */
  readonly acuity: Acuity;
  /** Since the first call: a unit that was taken on its way starts no new wait. */
  readonly seconds: number;
}

/** Every time that a crew reached this person. */
export function reached(entries: readonly Entry[]): readonly Reached[] {
  let asked: Instant | undefined;
  let acuity: Acuity = 'IV';
  return entries.flatMap(({ at, event }): readonly Reached[] => {
    if (event.type === 'RequestDecided') acuity = event.decision.acuity;
    if (event.type === 'UnitAsked') asked ??= at;
    if (event.type === 'MissionStoodDown' && event.unit === undefined) asked = undefined;
    if (event.type !== 'MissionReported' || event.step !== 'atPatient' || asked === undefined) return [];
    const seconds = (at - asked) / 1000;
    asked = undefined;
    return [{ acuity, seconds }];
  });
}

/** Nearest rank: a value that was really seen. */
export const centile = (sorted: readonly number[], part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;
