import type { Need } from '../triage/index.ts';

/** What the cloud clinic has queues for. Children under six are seen by a doctor for children, with a guardian beside them. */
export const CLOUD_SERVICES = ['general', 'chronic', 'refill', 'children'] as const;
export type CloudService = (typeof CLOUD_SERVICES)[number];

export const UNDER_SIX_MONTHS = 72;

export function cloudServiceOf({ need, ageMonths, groups }: { readonly need: Need; readonly ageMonths?: number; readonly groups: readonly string[] }): CloudService {
  // An age that nobody gave, of somebody who is called a child, may be under six.
  if (ageMonths === undefined ? groups.includes('child') || groups.includes('underThree') : ageMonths < UNDER_SIX_MONTHS) return 'children';
  if (need === 'medicineRefill') return 'refill';
  return need === 'chronicFollowUp' ? 'chronic' : 'general';
}
