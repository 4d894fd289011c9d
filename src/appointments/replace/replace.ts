import { HOUR_MS } from '../../base/index.ts';
import { CHAIR_COHORTS } from '../series.ts';
import { improve, proofsOf } from './improve.ts';
import { greedily } from './greedy.ts';
import { missingFor } from './missing.ts';
import type { Plan } from './plan.ts';
import type { PlacedSession, ReplaceAnswer, ReplaceProblem, UnplacedSession } from './problem.ts';
import type { LinearSolver } from './solver.ts';
import { terrainOf, type Terrain } from './terrain.ts';

/**
 * Places all sessions again in one run. Without a solver the plan is the greedy one, and nothing is proven of it but what needs no proof.
 *
 * @returns every session, with a seat or with what is missing; the same for the same problem on every machine
 */
export function replace(problem: ReplaceProblem, solver?: LinearSolver): ReplaceAnswer {
  const terrain = terrainOf(problem);
  const start = greedily(terrain);
  const { plan, proofs } = solver && problem.displaced.length > 0 ? improve(terrain, start, solver) : { plan: start, proofs: proofsOf(terrain, start, [0, 0, 0, 0]) };
  const open = proofs.find(({ value, bound }) => value > bound);
  return { ...seated(terrain, plan), levels: proofs, optimalityGap: open ? (open.value - open.bound) / Math.max(1, open.value) : 0 };
}

/** From how many to who: in the order of their series, seats in the order of their slots. */
function seated(terrain: Terrain, { counts, whole }: Plan): Pick<ReplaceAnswer, 'placed' | 'unplaced' | 'designated'> {
  const { problem, pools, groups } = terrain;
  const seats = pools.map(({ slots }) => slots.flatMap((slot) => new Array<typeof slot>(slot.seats).fill(slot)));
  const designated: { slot: string; cohort: (typeof CHAIR_COHORTS)[number] }[] = [];
  whole.forEach((cohort, place) => {
    const { offered, pools: to } = terrain.whole[place]!;
    if (cohort >= 0) seats[to[cohort]!]!.push(...new Array<typeof offered>(offered.seats).fill(offered));
  });
  const placed: PlacedSession[] = [];
  const left: { readonly series: string; readonly was: number; readonly group: number; readonly session: number }[] = [];
  const waiting = groups.map(({ members }) => [...members]);
  const next = pools.map(() => 0);
  for (const [{ group, steps }, count] of counts) {
    for (const member of waiting[group]!.splice(0, count)) {
      const { series, sessions } = problem.displaced[member]!;
      steps.forEach((pool, session) => {
        const was = sessions[session]!;
        if (pool < 0) return void left.push({ series, was, group, session });
        const { slot, institution, startsAt } = seats[pool]![next[pool]!++]!;
        placed.push({ series, was, slot, institution, startsAt });
      });
    }
  }
  const used = new Set(placed.map(({ slot }) => slot));
  whole.forEach((cohort, place) => {
    const { slot } = terrain.whole[place]!.offered;
    if (cohort >= 0 && used.has(slot)) designated.push({ slot, cohort: CHAIR_COHORTS[cohort]! });
  });
  const unplaced = left.map(({ series, was, group, session }): UnplacedSession => ({ series, was, missing: missingFor(terrain, groups[group]!, session) }));
  const order = (a: { series: string; was: number }, b: { series: string; was: number }): number => (a.series < b.series ? -1 : a.series > b.series ? 1 : a.was - b.was);
  return { placed: placed.sort(order), unplaced: unplaced.sort(order), designated };
}

/** What a plan comes to in figures a person reads. */
export function figuresOf({ displaced, units, travel }: ReplaceProblem, { placed }: Pick<ReplaceAnswer, 'placed'>): { readonly worstGapHours: number; readonly meanTravelSeconds: number; readonly sameUnit: number; readonly counterpart: number; readonly elsewhere: number } {
  const starts = new Map<string, PlacedSession[]>();
  for (const session of placed) starts.set(session.series, [...(starts.get(session.series) ?? []), session]);
  let [worst, seconds, sameUnit, counterpart] = [0, 0, 0, 0];
  for (const { series, sessions, previousAt, nextAt, origin, institution, counterparts } of displaced) {
    const own = (starts.get(series) ?? []).filter(({ was }) => sessions.includes(was)).sort((a, b) => a.startsAt - b.startsAt);
    const chain = [previousAt, ...own.map(({ startsAt }) => startsAt), nextAt].filter((at) => at !== undefined);
    chain.forEach((at, place) => (worst = Math.max(worst, place === 0 ? 0 : at - chain[place - 1]!)));
    for (const session of own) {
      seconds += travel.seconds[origin * units.length + units.indexOf(session.institution)]!;
      if (session.institution === institution) sameUnit += 1;
      else if (counterparts.includes(session.institution)) counterpart += 1;
    }
  }
  return { worstGapHours: worst / HOUR_MS, meanTravelSeconds: placed.length === 0 ? 0 : seconds / placed.length, sameUnit, counterpart, elsewhere: placed.length - sameUnit - counterpart };
}
