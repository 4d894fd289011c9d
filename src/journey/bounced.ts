import { MINUTE_MS, type Instant } from '../base/index.ts';
import type { Link, Story } from './story.ts';

/** Handed on so often without one step done, somebody is being sent from desk to desk. Synthetic: two changes happen on any bad day. */
const HANDED_ON_MAX = 2;
/** What a desk had for less than this it has hardly read: the software looked for a seat here and there. */
const HAD_IT_MS = MINUTE_MS;

/** Who had a step and gave it on undone, since the last that was done, in order. Rules and roads that change count like people: the person waits all the same. */
export function handedRound({ links, decidedAt }: Pick<Story, 'links' | 'decidedAt'>): readonly Link[] {
  const begun = links.slice(links.findLastIndex(({ state }) => state === 'done') + 1).filter(({ openedAt }) => openedAt !== undefined);
  const had = begun.filter(({ state, openedAt }, index) => state === 'dropped' && (begun[index + 1]?.openedAt ?? decidedAt) - openedAt! >= HAD_IT_MS);
  return had.filter(({ owner }, index) => owner.scope !== had[index - 1]?.owner.scope);
}

/** One desk that had the next step: from when, until when, and whether it was done. */
export interface DeskHad {
  readonly owner: Link['owner'];
  readonly step: Link['kind'];
  readonly from: Instant;
  readonly until?: Instant;
  readonly done: boolean;
  readonly missed: number;
}

/** Everybody who had the next step of this person, in order: whoever let it lie stays visible. */
export function desksOf({ links, decidedAt }: Pick<Story, 'links' | 'decidedAt'>): readonly DeskHad[] {
  const begun = links.filter(({ openedAt }) => openedAt !== undefined);
  return begun.map(({ owner, kind, openedAt, state, doneAt, missed }, index) => {
    const until = state === 'open' ? undefined : (doneAt ?? begun[index + 1]?.openedAt ?? decidedAt);
    return { owner, step: kind, from: openedAt!, done: state === 'done', missed: missed.length, ...(until !== undefined && { until }) };
  });
}

/** Bounced between desks: more hand-overs than a bad day explains, and nothing done. */
export function isBounced(story: Story): boolean {
  return !story.closed && handedRound(story).length > HANDED_ON_MAX;
}
