import type { Instant } from '../base/index.ts';
import type { Link, Story } from './story.ts';

/** Handed on so often without anybody's care, somebody is being sent from desk to desk. Synthetic: two changes happen on any bad day. */
const HANDED_ON_MAX = 2;
/** Steps with which somebody has the person's care. A drive that was done brings nobody nearer to it when the next door says no. */
const CARE: ReadonlySet<Link['kind']> = new Set(['receive', 'treat', 'consult', 'dispense', 'deliver']);

/** Who had a step and gave it on undone, since the person's care was last in somebody's hands, in order. Rules and roads that change count like people: they wait all the same. */
export function handedRound({ links }: Pick<Story, 'links'>): readonly Link[] {
  const begun = links.slice(links.findLastIndex(({ kind, state }) => state === 'done' && CARE.has(kind)) + 1);
  // For a seat the software asks house by house by itself, in seconds and behind nobody's back.
  const had = begun.filter(({ kind, state, openedAt }) => state === 'dropped' && openedAt !== undefined && kind !== 'slot');
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
