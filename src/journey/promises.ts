import type { Instant } from '../base/index.ts';
import { bookingHolds, comesAsExpected, sendDueAt } from './chain.ts';
import { holder, type Story } from './story.ts';

/** A promise the whole house makes, broken by a story: which one, and what was seen. */
export interface BrokenPromise {
  readonly promise: PromiseName;
  readonly journey: string;
  readonly seen: string;
}

export type PromiseName = keyof typeof PROMISES;

/** Links that stand before a person leaves home and that an emergency may never wait for. */
const WAITING_LINKS: ReadonlySet<string> = new Set(['slot', 'release', 'pass', 'assignCar']);
const MINUTE_SLACK_MS = 60_000;

/** Each promise: what was seen when it is broken, `undefined` while it holds. Checked in drills and in the live service. */
const PROMISES = {
  /** An open journey has exactly one next step, one owner and one deadline. */
  oneOwnerOneDeadline: (story: Story): string | undefined => {
    const open = story.links.filter(({ state }) => state === 'open');
    if (story.closed) return open.length > 0 ? `closed with ${open[0]!.kind} open` : undefined;
    if (open.length !== 1) return `${open.length} open links`;
    const [link] = open;
    return link!.dueAt === undefined || !link!.owner.scope ? `${link!.kind} without owner or deadline` : undefined;
  },
  /** A missed deadline was noticed: nothing is overdue for longer than the watch needs to see it. */
  missedIsTold: (story: Story, at: Instant): string | undefined => {
    const open = story.links.find(({ state }) => state === 'open');
    const overdueMs = at - (open?.dueAt ?? Infinity);
    return overdueMs > MINUTE_SLACK_MS ? `${open!.kind} overdue ${Math.round(overdueMs / 1000)} s, nobody told` : undefined;
  },
  /** Nobody taken out is closed before being home, or handed over by name. */
  nobodyLeftOut: (story: Story): string | undefined => {
    if (!story.closed || story.closed.outcome === 'died') return undefined;
    return holder(story) === 'home' ? undefined : `closed while with ${holder(story)}`;
  },
  /** An emergency never waits for a plan, a test, a form or a slot. */
  emergencyNeverWaits: (story: Story): string | undefined => {
    const { acuity, entry, links } = story.decision;
    if (acuity !== 'I' && acuity !== 'II') return undefined;
    if (entry.testRequired) return 'a test is asked';
    const waits = links.find(({ kind }) => WAITING_LINKS.has(kind));
    return waits ? `waits for ${waits.kind}` : undefined;
  },
  /** Every decision names its basis. */
  everyDecisionHasReasons: (story: Story): string | undefined =>
    story.decision.reasons.length === 0 ? 'no reason' : undefined,
  /** A refusal leads on: the place that refused is not the place they are sent to. */
  refusalLeadsOn: (story: Story): string | undefined => {
    const refusedBy = story.excluded.filter(({ cause }) => cause === 'refused').map(({ institution }) => institution);
    const { institution } = story.decision;
    return institution !== undefined && refusedBy.includes(institution) ? `sent back to ${institution}` : undefined;
  },
  /** A way out has a way back. */
  wayBack: (story: Story): string | undefined => {
    const kinds = story.decision.links.map(({ kind }) => kind);
    const out = kinds.includes('pickUp') || kinds.includes('travel');
    const back = kinds.includes('returnTravel') || kinds.includes('returnHome');
    return out && !back ? 'no way back' : undefined;
  },
  /** No ward waits for somebody who does not come. */
  nobodyExpectedInVain: (story: Story): string | undefined => {
    const inVain = !comesAsExpected(story) || (story.closed && story.arrival !== undefined && story.arrival.receivedAt === undefined);
    return inVain ? `expected at ${story.arrival!.institution}` : undefined;
  },
  /** A unit that was taken for somebody worse hides no lateness: the place in the queue and the deadline are from the first call. */
  lostUnitKeepsPlace: (story: Story): string | undefined => {
    const { mission } = story;
    if (mission?.unitsLost === undefined || mission.unit !== undefined) return undefined;
    if (mission.firstAskedAt === undefined || mission.firstAskedAt > mission.askedAt) return 'asked as if it had only just called';
    const open = story.links.find(({ kind, state }) => kind === 'sendUnit' && state === 'open');
    const late = open && open.missed.length === 0 && open.dueAt! > sendDueAt(open, story, open.openedAt!);
    return late ? 'given more time for it' : undefined;
  },
  /** A held seat belongs to the place the person is sent to. */
  seatMatchesPlace: (story: Story): string | undefined =>
    story.booking && !story.booking.cancelled && !bookingHolds(story) && !story.closed ? 'seat held elsewhere' : undefined,
} as const;

export const PROMISE_NAMES = Object.keys(PROMISES) as readonly PromiseName[];

export function brokenPromises(story: Story, at: Instant): readonly BrokenPromise[] {
  return PROMISE_NAMES.flatMap((promise) => {
    const seen = PROMISES[promise](story, at);
    return seen === undefined ? [] : [{ promise, journey: story.id, seen }];
  });
}
