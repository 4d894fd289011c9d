import { HOUR_MS, type Instant } from '../base/index.ts';
import { ACUITIES, type Acuity } from '../triage/index.ts';

/** Who comes first when two want one seat. */
export interface Need {
  readonly acuity: Acuity;
  /** When the safe gap since their last session is over. */
  readonly gapEndsAt?: Instant;
  readonly green: boolean;
  /** Since when they wait. */
  readonly since: Instant;
  /** Had a seat and lost it without their doing: before everybody who never had one. */
  readonly displaced?: boolean;
}

/** Order of need: whoever lost a seat, acuity, safe gap left, green channel, time. The SQL of the server orders by the same. */
export function byNeed(a: Need, b: Need): number {
  return Number(b.displaced ?? false) - Number(a.displaced ?? false)
    || ACUITIES.indexOf(a.acuity) - ACUITIES.indexOf(b.acuity)
    || (a.gapEndsAt ?? Infinity) - (b.gapEndsAt ?? Infinity) || 0
    || Number(b.green) - Number(a.green)
    || a.since - b.since;
}

/**
 * How long an offered seat is held, by how soon its session begins. Chosen by us: a quarter of an hour is enough to hear a message and be
 * rung up; near the session every minute is one that the next in line does not have for the way.
 */
export const OFFER_HELD: readonly { readonly withinHours: number; readonly minutes: number }[] = [
  { withinHours: 3, minutes: 5 }, { withinHours: 8, minutes: 10 }, { withinHours: 24 * 365, minutes: 15 },
];

/** A person needs this long from "yes" to the institution's door; a seat that is offered later would be lost. */
export const WAY_MS = HOUR_MS;
