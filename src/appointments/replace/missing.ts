import { HOUR_MS } from '../../base/index.ts';
import { GAP_RULES } from '../safe-gap.ts';
import type { Missing } from './problem.ts';
import type { Group, Terrain } from './terrain.ts';

/** Why a session of somebody has no seat: the first thing that would have had to be otherwise. */
export function missingFor({ problem, pools, whole }: Terrain, group: Group, session: number): Missing {
  if (group.like.sessions[session]! + GAP_RULES[problem.service].movableHours * HOUR_MS < problem.earliestAt) return 'tooLate';
  if (!group.seconds.some((seconds) => seconds < Infinity)) return 'noUnitReachable';
  const givable = new Set(whole.map((one) => one.pools[group.cohort]));
  const ours = pools.filter(({ seats, cohort, unit }, pool) => cohort === group.cohort && group.seconds[unit]! < Infinity && (seats > 0 || givable.has(pool)));
  if (ours.length === 0) return 'noChairOfCohort';
  const window = new Set(group.windows[session]);
  return ours.some(({ time }) => window.has(time)) ? 'everySeatTaken' : 'noSeatWithinGap';
}
