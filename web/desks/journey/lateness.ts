import type { LinkView } from '../../../src/journey/index.ts';

/** How a deadline stands: ink while there is time, amber when it becomes short, red when it has passed. */
export type Lateness = 'inTime' | 'short' | 'over';

const SHORT_SHARE = 0.25;
const SHORT_LEAST_MS = 2 * 60_000;
const SHORT_MOST_MS = 15 * 60_000;

/**
 * Short is the last quarter of the time allowed, at least two minutes and at most fifteen: warning too often is read as
 * noise, and noise hides the one that matters.
 */
export function latenessOf(leftMs: number, dueSeconds: number): Lateness {
  if (leftMs <= 0) return 'over';
  const short = Math.min(SHORT_MOST_MS, Math.max(SHORT_LEAST_MS, dueSeconds * 1000 * SHORT_SHARE));
  return leftMs <= short ? 'short' : 'inTime';
}

/**
 * The deadline a person was promised, and since when it has passed. A missed deadline moves on so that somebody else is
 * told; on the screen it stays missed, or an hour's silence would look like five minutes.
 */
export function promiseOf(link: Pick<LinkView, 'dueAt' | 'missed'>): { readonly dueAt: number | undefined; readonly missed: boolean } {
  const firstMissedAt = link.missed[0]?.at;
  return { dueAt: firstMissedAt ?? link.dueAt, missed: firstMissedAt !== undefined };
}

export interface SplitTime {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export function splitTime(ms: number): SplitTime {
  const total = Math.floor(Math.abs(ms) / 1000);
  return { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}
