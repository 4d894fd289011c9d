import type { BoardCall, BoardView, UnitView } from '../../../../src/dispatch/index.ts';
import type { UnitCandidate } from '../../data/contract.ts';

/** A unit that could go, and what speaks against it, so that the second best is chosen knowingly. */
export interface Choice {
  readonly unit: string;
  readonly etaSeconds: number;
  readonly recommended: boolean;
  /** The mission that would lose it. */
  readonly takenFrom?: string;
  readonly equipment?: 'advanced' | 'basic';
  readonly negativePressure?: boolean;
  readonly against: readonly Against[];
}
export type Against =
  | { readonly code: 'noWayOpen' | 'lostContact' | 'keptForEmergencies' | 'basic' }
  | { readonly code: 'later'; readonly minutes: number }
  | { readonly code: 'neededBy'; readonly name: string }
  | { readonly code: 'shiftEnds'; readonly at: number };

/** A shift that ends before a trip is likely over is worth a thought. */
const SHIFT_NEAR_MS = 90 * 60_000;

/** The recommendation first, then everybody else in the order the server gave them. */
export function choicesFor(call: BoardCall, options: readonly UnitCandidate[], board: BoardView): readonly Choice[] {
  const { answer } = call;
  const best = answer?.unit;
  const units = new Map(board.units.map((unit) => [unit.unit, unit]));
  const others = options.filter(({ unit }) => unit !== best && unit !== call.unit);
  const first: readonly Choice[] = best === undefined || best === call.unit ? [] : [{
    unit: best, etaSeconds: answer!.etaSeconds ?? 0, recommended: true, against: [],
    ...(answer!.takenFrom !== undefined && { takenFrom: answer!.takenFrom }), ...fitted(units.get(best)),
  }];
  return [...first, ...others.map(({ unit, etaSeconds, equipment, negativePressure, noWayOpen }): Choice => ({
    unit, etaSeconds, recommended: false, equipment, negativePressure,
    against: against(call, { unit, etaSeconds, equipment, ...(noWayOpen && { noWayOpen }) }, units.get(unit), board),
  }))];
}

const fitted = (unit: UnitView | undefined): Partial<Choice> => (unit ? { equipment: unit.equipment, negativePressure: unit.negativePressure } : {});

function against(call: BoardCall, option: Omit<UnitCandidate, 'negativePressure'>, unit: UnitView | undefined, { calls, at }: BoardView): readonly Against[] {
  const list: Against[] = [];
  if (option.noWayOpen) list.push({ code: 'noWayOpen' });
  if (unit?.lostContact) list.push({ code: 'lostContact' });
  const other = calls.find(({ journey, answer }) => journey !== call.journey && answer?.unit === option.unit);
  if (other) list.push({ code: 'neededBy', name: other.name });
  if (isKept(call, option.unit)) list.push({ code: 'keptForEmergencies' });
  const later = option.etaSeconds - (call.answer?.etaSeconds ?? option.etaSeconds);
  if (later >= 60) list.push({ code: 'later', minutes: Math.round(later / 60) });
  if (option.equipment === 'basic' && call.acuity === 'I') list.push({ code: 'basic' });
  if (unit?.shiftEndsAt !== undefined && unit.shiftEndsAt - at < SHIFT_NEAR_MS) list.push({ code: 'shiftEnds', at: unit.shiftEndsAt });
  return list;
}

function isKept({ answer }: BoardCall, unit: string): boolean {
  return [...(answer?.reasons ?? []), ...(answer?.shortfalls ?? [])]
    .some(({ code, facts }) => (code === 'nearerOneKept' || code === 'keptForEmergencies') && facts?.['unit'] === unit);
}
