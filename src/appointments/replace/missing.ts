import { CHAIR_COHORTS } from '../series.ts';
import { GAP_RULES } from '../safe-gap.ts';
import { HOUR_MS } from '../../base/index.ts';
import type { Missing } from './problem.ts';
import type { Group, Terrain } from './terrain.ts';

/** Why a session of somebody has no seat: the first thing that would have had to be otherwise. */
export function missingFor(terrain: Terrain, group: Group, session: number): Missing {
  const { problem, pools, times, whole } = terrain;
  if (group.like.sessions[session]! + GAP_RULES[problem.service].movableHours * HOUR_MS < problem.earliestAt) return 'tooLate';
  if (!group.seconds.some((seconds) => seconds < Infinity)) return 'noUnitReachable';
  const canBeHeld = pools.map(({ seats, cohort, unit }, pool) => cohort === group.cohort && group.seconds[unit]! < Infinity
    && (seats > 0 || whole.some((one) => one.pools[group.cohort] === pool)));
  if (!canBeHeld.includes(true)) return problem.seats.some(({ cohort }) => cohort !== null && CHAIR_COHORTS[group.cohort] === cohort) && terrain.units === 0 ? 'noUnitReachable' : 'noChairOfCohort';
  const window = new Set(group.windows[session]);
  if (!pools.some(({ time }, pool) => canBeHeld[pool] && window.has(time))) return 'noSeatWithinGap';
  // Within the window, but never in a chain with the sessions before and after it.
  const reachable = pools.some(({ time }, pool) => canBeHeld[pool] && window.has(time) && times[time]! - group.before <= group.safeGapMs * (session + 1));
  return reachable ? 'everySeatTaken' : 'noSeatWithinGap';
}
