import type { Instant } from '../base/index.ts';

/** What a telephone system reports of one call. */
export const EXCHANGE_EVENTS = ['ringing', 'answered', 'missed', 'ended'] as const;
export type ExchangeEvent = (typeof EXCHANGE_EVENTS)[number];

export interface ExchangeNews {
  readonly event: ExchangeEvent;
  readonly at: Instant;
  readonly line: string;
  /** The caller's number; absent where it is withheld. */
  readonly phone?: string;
  /** Who answered, as the telephone system names them. */
  readonly name?: string;
}

/** The first time each thing was said to have happened. */
export interface ExchangeFacts {
  readonly ringing?: Instant;
  readonly answered?: { readonly at: Instant; readonly name?: string };
  readonly missed?: Instant;
  readonly ended?: Instant;
  readonly phone?: string;
  /** The line that was called first: a call that is put through stays a call of that line. */
  readonly line?: { readonly at: Instant; readonly line: string };
}

export const NOTHING_HEARD: ExchangeFacts = {};

/**
 * One more report, among all before. Earliest wins, a tie is decided by the letters: whatever order reports come in, and however
 * often each, what is known in the end is the same.
 */
export function heard(facts: ExchangeFacts, { event, at, line, phone, name }: ExchangeNews): ExchangeFacts {
  const number = least(facts.phone, phone);
  const first = facts.line && (facts.line.at < at || (facts.line.at === at && facts.line.line < line)) ? facts.line : { at, line };
  const known = { ...facts, line: first, ...(number !== undefined && { phone: number }) };
  if (event !== 'answered') return { ...known, [event]: Math.min(facts[event] ?? at, at) };
  const before = facts.answered;
  if (before && before.at < at) return known;
  const who = before && before.at === at ? least(before.name, name) : name;
  return { ...known, answered: { at, ...(who !== undefined && { name: who }) } };
}

function least(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
