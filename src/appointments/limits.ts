import { MINUTE_MS } from '../base/index.ts';

/**
 * So that nobody hoards: what one person, one telephone and one helper may have at the same time. Chosen by us. A limit too low sends an
 * honest family to the telephone line, where whoever is on duty books without the last three; one too high lets a few callers empty a
 * clinic, and nobody can put that right afterwards.
 */
export const LIMITS = {
  /** A week of restricted movement seldom holds more visits for one person; sessions of a series do not count. */
  person: { most: 4, code: 'limitPerson', field: 'care.person' },
  /** A couple and a parent with one telephone. */
  phone: { most: 6, code: 'limitPhone', field: 'care.person.phone' },
  /** A neighbour who helps a staircase. */
  proxy: { most: 8, code: 'limitProxy', field: 'care.proxy.phone' },
  /** One to compare and one to take. */
  holds: { most: 2, code: 'limitHolds', field: 'person.phone' },
} as const satisfies Record<string, { readonly most: number; readonly code: string; readonly field: string }>;

export type Limit = keyof typeof LIMITS;

/** Long enough to type a name and an address with one finger. */
export const HOLD_MS = 5 * MINUTE_MS;
