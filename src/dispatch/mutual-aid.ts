import type { Place } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import type { BoardUnit, OpenCall } from './board.ts';
import type { Plan } from './plan.ts';

/**
 * How much nearer a unit of another district has to be. For an arrest three minutes are worth any border: going too late is the
 * worse error. For level II six: each crossing leaves the lender's own next emergency longer without. Lesser calls wait for their
 * own district's units and are helped when it is short of them; ten minutes keep neighbours from trading units for nothing.
 * Synthetic, to be agreed between districts.
 */
const NEARER_SECONDS: Readonly<Record<Acuity, number>> = { I: 180, II: 360, III: 600, IV: 600 };
/** Of its free units a lender keeps one beyond what its own callers wait for, before it helps with a lesser call. */
const LENDER_KEEPS = 1;

/** A unit of one district for a patient of another. Where a board knows no districts, every unit is everybody's. */
export function isAid({ district: to }: Pick<OpenCall, 'district'>, { district: from }: Pick<BoardUnit, 'district'>): boolean {
  return to !== undefined && from !== undefined && from !== to;
}

/** Seconds that the border weighs against sending this unit. */
export function aidSeconds(call: OpenCall, unit: BoardUnit): number {
  return isAid(call, unit) ? NEARER_SECONDS[call.acuity] : 0;
}

/** Who may help whom with lesser calls, and how often: the districts' free units against their own waiting callers. */
export class Lenders<P extends Place> {
  readonly #plan: Plan<P>;
  /** Free units less own callers waiting, by district. */
  readonly #spare = new Map<string, number>();

  constructor(plan: Plan<P>, free: readonly number[], waiting: readonly OpenCall<P>[]) {
    this.#plan = plan;
    const count = (district: string | undefined, by: number): void => {
      if (district !== undefined) this.#spare.set(district, (this.#spare.get(district) ?? 0) + by);
    };
    for (const index of free) count(plan.fleet[index]!.district, 1);
    for (const { district } of waiting) count(district, -1);
  }

  /** The patient's district is short, and the unit's can spare one. */
  mayHelp(call: OpenCall<P>, index: number): boolean {
    const unit = this.#plan.fleet[index]!;
    return !isAid(call, unit) || (this.#spareOf(call.district!) < 0 && this.#spareOf(unit.district!) > LENDER_KEEPS);
  }

  /** @returns false when the lender has lent what it can */
  lend(call: OpenCall<P>, index: number): boolean {
    const unit = this.#plan.fleet[index]!;
    if (!isAid(call, unit)) return true;
    const spare = this.#spareOf(unit.district!);
    if (spare <= LENDER_KEEPS) return false;
    this.#spare.set(unit.district!, spare - 1);
    return true;
  }

  #spareOf(district: string): number {
    return this.#spare.get(district) ?? 0;
  }
}
