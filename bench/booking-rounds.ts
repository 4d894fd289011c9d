/** What one round of callers was answered, and whether it was right. */
import { percentile } from './figures.ts';

export interface Attempt {
  readonly slot: string;
  readonly accepted: boolean;
  readonly sentAt: number;
  readonly answeredAt: number;
}

export interface Round {
  readonly perSecond: number;
  readonly accepted: number;
  readonly overbooked: number;
  readonly refusedWhileFree: number;
  readonly latencies: readonly number[];
}

/**
 * @param next the next caller, until there is none; each of `clients` has one at a time
 * @param seats of each session
 */
export async function playRound(
  clients: number, next: () => (() => Promise<{ slot: string; accepted: boolean }>) | undefined, seats: number, countOverbooked: () => Promise<number>,
): Promise<Round> {
  const attempts: Attempt[] = [];
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, async () => {
    for (let call = next(); call; call = next()) {
      const sentAt = performance.now();
      const answer = await call();
      attempts.push({ ...answer, sentAt, answeredAt: performance.now() });
    }
  }));
  const seconds = (performance.now() - began) / 1_000;
  const accepted = attempts.filter((attempt) => attempt.accepted).length;
  return {
    perSecond: accepted / seconds, accepted, overbooked: await countOverbooked(), refusedWhileFree: refusedWhileFree(attempts, seats),
    latencies: attempts.map(({ sentAt, answeredAt }) => answeredAt - sentAt),
  };
}

/** Nothing is guessed: a refusal counts when the session never filled, or when a seat of it was given to somebody who asked after it. */
function refusedWhileFree(attempts: readonly Attempt[], seats: number): number {
  const ofSlot = Map.groupBy(attempts, ({ slot }) => slot);
  return [...ofSlot.values()].reduce((sum, those) => {
    const given = those.filter(({ accepted }) => accepted);
    const lastAsked = given.length < seats ? Infinity : Math.max(...given.map(({ sentAt }) => sentAt));
    return sum + those.filter(({ accepted, answeredAt }) => !accepted && answeredAt < lastAsked).length;
  }, 0);
}

export const p = (rounds: readonly Round[], part: number): number => percentile(rounds.flatMap(({ latencies }) => latencies), part);
export const sum = (rounds: readonly Round[], of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
