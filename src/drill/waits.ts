import { DAY_MS, formatInstant, type Instant } from '../base/index.ts';
import { openLink, type Story } from '../journey/index.ts';

/**
 * Told this often, and a whole day after the first time: nobody ends this wait. The number alone would also count evenings
 * on which every car is out, or no session is left until the morning; those end by themselves, and the report's
 * "escalated" shows them. A promise that is broken whenever something is scarce would soon be read by nobody.
 */
const TOLD_MAX = 24;
const WAIT_MS_MAX = DAY_MS;

/** What was seen when the open step of a journey waits without end; `undefined` while it does not. */
export function endlessWait(story: Story, at: Instant): string | undefined {
  const link = openLink(story);
  const since = link?.missed[0]?.at;
  if (!link || since === undefined || link.missed.length <= TOLD_MAX || at - since <= WAIT_MS_MAX) return undefined;
  return `${link.kind} missed ${link.missed.length} times, waiting since ${formatInstant(since)}`;
}
