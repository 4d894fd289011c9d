import type { Place } from '../base/index.ts';
import { ACUITIES, type Acuity } from '../triage/index.ts';
import type { AssignReason, CallAnswer, Note, OpenCall, Shortfall } from './board.ts';
import { isAid } from './mutual-aid.ts';
import { lacksAdvanced, lacksNegativePressure, type Plan } from './plan.ts';

/**
 * Within which a unit should be there: 90th centiles of England's categories 1 to 4. A later one is sent all the same, and
 * the shortfall says so: mutual aid and the second tier are asked by whoever reads it.
 */
const LIMIT_SECONDS: Readonly<Record<Acuity, number>> = { I: 900, II: 2_400, III: 7_200, IV: 10_800 };

/** Why this unit, or why none. */
export function explain<P extends Place>(plan: Plan<P>, call: OpenCall<P>, ahead: number): CallAnswer {
  const index = plan.given.get(call);
  if (index === undefined) return { mission: call.mission, reasons: [], shortfalls: whyNone(plan, call, ahead) };
  const { unit } = plan.fleet[index]!;
  const from = plan.onWayTo.get(index);
  const etaSeconds = Math.round(plan.etas(call)[index]!);
  return {
    mission: call.mission, unit, etaSeconds,
    ...(from && from !== call && { takenFrom: from.mission }),
    ...(call.unit !== undefined && call.unit !== unit && { instead: call.unit }),
    reasons: [...whyThisOne(plan, call, index), ...caveats(plan, call, index)],
    shortfalls: [...lostUnit(plan, call), ...whatIsMissing(plan, call, index)],
  };
}

function whyThisOne<P extends Place>(plan: Plan<P>, call: OpenCall<P>, index: number): readonly Note<AssignReason>[] {
  const etas = plan.etas(call);
  const reasons: Note<AssignReason>[] = [];
  const from = plan.onWayTo.get(index);
  if (from === call) return [{ code: 'onItsWay' }];
  reasons.push(...helpsOut(plan, call, index));
  if (from && ACUITIES.indexOf(from.acuity) > ACUITIES.indexOf(call.acuity)) reasons.push({ code: 'takenFromLesser', facts: { mission: from.mission, acuity: from.acuity } });
  const before = plan.unitBefore(call);
  if (before !== undefined && etas[before]! > etas[index]!) {
    reasons.push({ code: 'exchangedForNearer', facts: { unit: call.unit!, savesSeconds: Math.round(etas[before]! - etas[index]!) } });
  }
  const nearest = plan.nearest(call);
  if (etas[nearest]! >= etas[index]!) return [{ code: 'nearest' }, ...reasons];
  const { unit } = plan.fleet[nearest]!;
  const nearerSeconds = Math.round(etas[index]! - etas[nearest]!);
  const other = plan.takenBy.get(nearest);
  if (other) return [{ code: 'nearerOneNeeded', facts: { unit, nearerSeconds, mission: other.mission } }, ...reasons];
  if ([...plan.kept.values()].includes(nearest)) return [{ code: 'nearerOneKept', facts: { unit, nearerSeconds } }, ...reasons];
  const { district } = plan.fleet[nearest]!;
  if (isAid(call, plan.fleet[nearest]!)) return [{ code: 'nearerOneElsewhere', facts: { unit, nearerSeconds, district: district! } }, ...reasons];
  return [{ code: 'nearerOneLessSuited', facts: { unit, nearerSeconds } }, ...reasons];
}

function helpsOut<P extends Place>(plan: Plan<P>, call: OpenCall<P>, index: number): readonly Note<AssignReason>[] {
  const unit = plan.fleet[index]!;
  if (!isAid(call, unit)) return [];
  const districts = { from: unit.district!, to: call.district! };
  const own = plan.nearestOwn(call);
  const nearerSeconds = own === undefined ? 0 : Math.round(plan.etas(call)[own]! - plan.etas(call)[index]!);
  // Own units that are needed elsewhere are none to send, however near they stand.
  return nearerSeconds > 0 ? [{ code: 'mutualAid', facts: { ...districts, nearerSeconds } }] : [{ code: 'mutualAidOwnNone', facts: districts }];
}

/** What the dispatcher should know of the unit that goes. */
function caveats<P extends Place>(plan: Plan<P>, call: OpenCall<P>, index: number): readonly Note<AssignReason>[] {
  const unit = plan.fleet[index]!;
  const age = Math.round(plan.positionAge(unit));
  const notes: Note<AssignReason>[] = [];
  if (plan.shiftEnds(call, index, plan.etas(call)[index]!) > 0) notes.push({ code: 'shiftEnds' });
  if (age > 0) notes.push({ code: 'positionOld', facts: { seconds: age } });
  if (unit.state === 'decontaminating') notes.push({ code: 'afterDecontamination' });
  return notes;
}

function whatIsMissing<P extends Place>(plan: Plan<P>, call: OpenCall<P>, index: number): readonly Note<Shortfall>[] {
  const unit = plan.fleet[index]!;
  const etas = plan.etas(call);
  const limitSeconds = LIMIT_SECONDS[call.acuity];
  const notes: Note<Shortfall>[] = [];
  if (etas[index]! > limitSeconds) notes.push({ code: 'noneWithin', facts: { limitSeconds, nearestSeconds: Math.round(etas[index]!) } });
  notes.push(...secondTier(plan, call));
  if (lacksAdvanced(call, unit)) notes.push({ code: 'notAdvanced' });
  if (lacksNegativePressure(call, unit)) notes.push({ code: 'noNegativePressure' });
  return notes;
}

function whyNone<P extends Place>(plan: Plan<P>, call: OpenCall<P>, ahead: number): readonly Note<Shortfall>[] {
  const lost = [...lostUnit(plan, call)];
  const kept = plan.kept.get(call);
  if (kept !== undefined) return [...lost, { code: 'keptForEmergencies', facts: { unit: plan.fleet[kept]!.unit } }];
  lost.push(...secondTier(plan, call));
  if (plan.fleet.length === 0) return [...lost, { code: 'noneFree', facts: { ahead } }];
  if (!plan.isReachable(call)) return [...lost, { code: 'noRoad' }];
  return [...lost, { code: 'behindOthers', facts: { ahead } }];
}

/** The own district has nobody who could be there in time: the others' units were looked at as well. */
function secondTier<P extends Place>(plan: Plan<P>, call: OpenCall<P>): readonly Note<Shortfall>[] {
  if (call.district === undefined || !plan.board.units.some((unit) => isAid(call, unit))) return [];
  const own = plan.nearestOwn(call);
  const inTime = own !== undefined && plan.etas(call)[own]! <= LIMIT_SECONDS[call.acuity];
  return inTime ? [] : [{ code: 'secondTierAsked', facts: { district: call.district } }];
}

function lostUnit<P extends Place>(plan: Plan<P>, call: OpenCall<P>): readonly Note<Shortfall>[] {
  const before = plan.unitBefore(call);
  const now = before === undefined ? undefined : plan.takenBy.get(before);
  if (!now || now === call || ACUITIES.indexOf(now.acuity) >= ACUITIES.indexOf(call.acuity)) return [];
  return [{ code: 'unitTaken', facts: { unit: call.unit!, mission: now.mission, acuity: now.acuity } }];
}
