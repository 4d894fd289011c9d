import type { Instant } from '../base/index.ts';
import { caseOf, type DecidedBecause, type Excluded } from '../requests/index.ts';
import type { CareCase, Decision } from '../policy/index.ts';
import { differencesBetween, type Difference } from './differences.ts';
import { beginStory, evolve } from './evolve.ts';
import type { JourneyEvent, Story } from './story.ts';

export interface Happened {
  readonly at: Instant;
  readonly data: JourneyEvent;
}

/** One decision as it was made, and the one that other rules would have made of what was known then. */
export interface Replayed {
  readonly at: Instant;
  readonly because: DecidedBecause;
  readonly was: Decision;
  readonly would: Decision;
  readonly differences: readonly Difference[];
}

/**
 * What would have happened under another rule: each decision of a journey is made once more from the facts known at that
 * moment, with the places that had failed until then. It compares decision by decision; a journey that had gone another way
 * would have met other moments.
 */
export function replay(events: readonly Happened[], other: (care: CareCase, excluded: readonly Excluded[]) => Decision): readonly Replayed[] {
  let story: Story | undefined;
  let received: Extract<JourneyEvent, { type: 'RequestReceived' }> | undefined;
  const replayed: Replayed[] = [];
  for (const { at, data } of events) {
    if (data.type === 'RequestReceived') received = data;
    if (data.type === 'RequestDecided' && received) {
      const would = other(caseOf(story?.request ?? received.request, at), story?.excluded ?? []);
      replayed.push({ at, because: data.because, was: data.decision, would, differences: differencesBetween(data.decision, would) });
    }
    if (story) story = evolve(story, data, at);
    else if (data.type === 'RequestDecided' && received) story = beginStory(received, data.decision, { city: '', incident: '' }, at);
  }
  return replayed;
}
