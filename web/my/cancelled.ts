import type { Code } from '../shared/words.ts';

const BY_THE_INSTITUTION: ReadonlySet<string> = new Set(['sessionClosed', 'sessionChanged', 'sessionMoved', 'sessionSmaller', 'unitClosed']);
/** What the server writes in one word; what a person chose or wrote has spaces, or is no word of its own. */
const CODE = /^[a-z]+(?:[A-Z][a-z]+)+$/;

/** @returns the sentence that says why an appointment was cancelled; nothing for a code that means nothing to a person */
export function whyCancelled(reason: string): Code | undefined {
  if (BY_THE_INSTITUTION.has(reason)) return 'visit.cancelled.closed';
  if (reason === 'holdOver') return 'visit.cancelled.holdOver';
  return CODE.test(reason) ? undefined : 'visit.cancelled.because';
}
