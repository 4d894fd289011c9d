import { accept, HOUR_MS, MINUTE_MS, refuse, type Instant, type Result } from '../base/index.ts';
import type { Member, PanelEvent } from './member.ts';
import { isFragile, type Elsewhere } from './reasons.ts';

/** Not reached: again within the day, by somebody; after so many tries the committee knocks at the door. */
export const KNOCK_AFTER_TRIES = 3;
const TRY_AGAIN_MS = 4 * HOUR_MS;
const TRY_AGAIN_FRAGILE_MS = HOUR_MS;
/** How long the committee has. Chosen by us; to be confirmed by a clinician. */
const KNOCK_MS = 4 * HOUR_MS;
const KNOCK_FRAGILE_MS = HOUR_MS;
/** A call lasts minutes; whoever forgot to write down how it ended keeps nobody else from calling. */
export const CALLING_MS = 10 * MINUTE_MS;

export const CONTACT_RESULTS = ['reached', 'notReached', 'wrongNumber'] as const;
export type ContactResult = (typeof CONTACT_RESULTS)[number];

export interface ContactSaid {
  readonly result: ContactResult;
  readonly note?: string | undefined;
  readonly found: readonly string[];
}

/** Why somebody has to go there. */
export const KNOCK_WHYS = ['notReached', 'wrongNumber', 'noPhone', 'notThereBefore'] as const;
export type KnockWhy = (typeof KNOCK_WHYS)[number];

/** Somebody of the committee goes to the door, and by when. */
export interface KnockAsked {
  readonly why: KnockWhy;
  readonly dueAt: Instant;
}

/** What a call came to; and whether somebody has to go there. A try that reached nobody is no contact: the silence goes on. */
export function recordContact(member: Member, { result, note, found }: ContactSaid, by: string, elsewhere: Elsewhere, at: Instant): { readonly events: readonly PanelEvent[]; readonly knock?: KnockAsked } {
  if (result === 'reached') return { events: [{ type: 'MemberReached', by, found, ...(note && { note }) }] };
  const nextTryAt = at + (isFragile(member, elsewhere) ? TRY_AGAIN_FRAGILE_MS : TRY_AGAIN_MS);
  const failed: PanelEvent[] = [...(result === 'wrongNumber' ? [{ type: 'PhoneWrong' } as const] : []), { type: 'MemberNotReached', nextTryAt }];
  // A number that belongs to somebody else does not become theirs by ringing it twice more.
  const knocks = member.knock === undefined && (result === 'wrongNumber' || member.tries + 1 >= KNOCK_AFTER_TRIES);
  return { events: failed, ...(knocks && { knock: knockFor(member, result === 'wrongNumber' ? 'wrongNumber' : 'notReached', elsewhere, at) }) };
}

export function knockFor(member: Member, why: KnockWhy, elsewhere: Elsewhere, at: Instant): KnockAsked {
  return { why, dueAt: at + (isFragile(member, elsewhere) ? KNOCK_FRAGILE_MS : KNOCK_MS) };
}

export const KNOCK_FOUND = ['well', 'needsCare', 'notThere', 'moved'] as const;
export type KnockFound = (typeof KNOCK_FOUND)[number];

export interface Knock {
  readonly id: string;
  readonly member: string;
  readonly town: string;
  readonly why: KnockWhy;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
}

/** What was found at the door. Nobody there is no answer: somebody goes again, and the team hears of it. */
export function recordKnock(member: Member, found: KnockFound, by: string, note: string | undefined, at: Instant): { readonly events: readonly PanelEvent[]; readonly again?: KnockAsked } {
  const done: PanelEvent = { type: 'KnockDone' };
  switch (found) {
    case 'well':
    case 'needsCare':
      return { events: [done, { type: 'MemberReached', by, found: [], ...(note && { note }) }] };
    case 'notThere':
      return { events: [{ type: 'KnockDone', nextTryAt: at + TRY_AGAIN_FRAGILE_MS }], again: knockFor(member, 'notThereBefore', {}, at) };
    case 'moved':
      return { events: [done, { type: 'QuestionAsked', kind: 'moved' }] };
  }
}

/** One of a team calls one person: two calls in a row cost trust, and the second call of somebody else. */
export function mayCall(calling: { readonly by: string; readonly name: string; readonly since: Instant; readonly until: Instant } | undefined, by: string, at: Instant): Result<null> {
  if (calling && calling.until > at && calling.by !== by) return refuse('beingCalled', { name: calling.name, since: calling.since });
  return accept(null);
}
