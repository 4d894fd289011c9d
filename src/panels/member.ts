import { DAY_MS, type Instant, type Place } from '../base/index.ts';
import type { Group, Need } from '../triage/index.ts';

/** Somebody a family-doctor team looks after: who they are, what they take, when somebody last spoke with them, and who answers for them. */
export interface Member {
  readonly id: string;
  /** Whose turn it is to care: one team, always. It changes only when another one has said yes. */
  readonly team: string;
  /** The same person wherever the city meets them during this incident. */
  readonly key: string;
  /** As the team's own register counts them. */
  readonly number?: string;
  readonly name: string;
  /** Empty where none is known. */
  readonly phone: string;
  readonly town: string;
  readonly address: string;
  readonly point?: Place;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
  readonly groups: readonly Group[];
  readonly conditions: readonly Condition[];
  readonly medicines: readonly Medicine[];
  /** Of a pregnancy: when the child is expected, and the last antenatal visit. */
  readonly expectedAt?: Instant;
  readonly lastVisitAt?: Instant;
  readonly joinedAt: Instant;
  readonly lastContactAt?: Instant;
  readonly lastContact?: ContactNote;
  /** Tries since the last time the person was reached. */
  readonly tries: number;
  readonly nextTryAt?: Instant;
  readonly raised?: Raised;
  /** The number belongs to nobody, or to somebody else. */
  readonly wrongPhoneAt?: Instant;
  /** When the team itself wrote down phone or address: no older file takes it back. */
  readonly correctedAt?: Instant;
  readonly alert?: Alert;
  readonly question?: Question;
  readonly transfer?: Transfer;
  readonly lockedIn?: { readonly lock: string; readonly at: Instant };
  /** Somebody has been asked to knock, and by when. */
  readonly knock?: { readonly id: string; readonly dueAt: Instant };
  readonly left?: { readonly at: Instant; readonly by: string; readonly reason: string };
}

/** Illnesses and circumstances; what gives a green channel (old, pregnant, child, disabled) stands in `groups`. */
export const CONDITIONS = [
  'hypertension', 'diabetes', 'dialysis', 'cancerTreatment', 'epilepsy', 'psychiatric', 'asthmaCopd', 'heartFailure', 'livesAlone', 'other',
] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface Medicine {
  readonly name: string;
  /** As the formulary knows it: the same medicine under another name. */
  readonly code?: string;
  readonly dispensedAt: Instant;
  readonly days: number;
  /** A day without it is a danger of its own: insulin, epilepsy, blood-thinning, transplant, psychiatric medicine. */
  readonly neverRunOut?: boolean;
}

export interface ContactNote {
  readonly at: Instant;
  readonly by: string;
  readonly note?: string;
  /** Findings the person told of. */
  readonly found: readonly string[];
}

export interface Raised {
  readonly at: Instant;
  readonly journey: string;
  readonly need: Need;
  /** Of a refill: which; without it all of them. */
  readonly medicines?: readonly string[];
}

/** Heard from elsewhere, not by the team: a request of their own with a fever, or a message that it got worse. */
export interface Alert {
  readonly at: Instant;
  readonly kind: 'fever' | 'worse';
  readonly journey: string;
}

/** What only a named person can settle. */
export interface Question {
  readonly kind: 'notInImport' | 'moved';
  readonly askedAt: Instant;
}

/** From one team to another. Until the other one has said yes, nothing has changed. */
export interface Transfer {
  readonly to: string;
  /** The team that asked; the other one answers. */
  readonly askedBy: string;
  readonly reason: string;
  readonly by: string;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  /** Nobody answered in time: the district has been told. */
  readonly lateAt?: Instant;
}

/** What an import or a first entry says of a person. */
export type MemberFacts = Pick<Member, 'id' | 'team' | 'key' | 'number' | 'name' | 'phone' | 'town' | 'address' | 'point' | 'ageMonths' | 'sex' | 'groups' | 'conditions' | 'medicines' | 'expectedAt' | 'lastVisitAt'>;

export type PanelEvent =
  | { readonly type: 'MemberJoined'; readonly member: MemberFacts }
  /** Everything a newer file says; what the team knows better has been put in by whoever made the event. */
  | { readonly type: 'MemberImported'; readonly member: MemberFacts }
  | { readonly type: 'MemberReached'; readonly by: string; readonly note?: string; readonly found: readonly string[] }
  | { readonly type: 'MemberNotReached'; readonly nextTryAt: Instant }
  | { readonly type: 'PhoneWrong' }
  | { readonly type: 'ContactCorrected'; readonly key: string; readonly phone: string; readonly address: string; readonly town: string }
  | { readonly type: 'MemberRaised'; readonly journey: string; readonly need: Need; readonly medicines?: readonly string[] }
  | { readonly type: 'HeardFrom'; readonly alert: Alert }
  | { readonly type: 'KnockAsked'; readonly id: string; readonly dueAt: Instant }
  | { readonly type: 'KnockDone'; readonly nextTryAt?: Instant }
  | { readonly type: 'QuestionAsked'; readonly kind: Question['kind'] }
  | { readonly type: 'MemberKept'; readonly by: string; readonly reason: string }
  | { readonly type: 'TransferAsked'; readonly to: string; readonly askedBy: string; readonly reason: string; readonly by: string; readonly dueAt: Instant }
  | { readonly type: 'TransferAccepted'; readonly by: string }
  | { readonly type: 'TransferDeclined'; readonly by: string; readonly reason: string }
  | { readonly type: 'TransferLate' }
  | { readonly type: 'MemberLeft'; readonly by: string; readonly reason: string }
  | { readonly type: 'LockedIn'; readonly lock: string };

export function evolveMember(member: Member | undefined, event: PanelEvent, at: Instant): Member | undefined {
  if (event.type === 'MemberJoined') return { ...event.member, joinedAt: at, tries: 0 };
  return member && changed(member, event, at);
}

function changed(member: Member, event: Exclude<PanelEvent, { type: 'MemberJoined' }>, at: Instant): Member {
  switch (event.type) {
    case 'MemberImported': {
      const { left: _back, ...rest } = member;
      const { question, ...kept } = rest;
      return { ...kept, ...(question?.kind === 'moved' && { question }), ...event.member };
    }
    case 'MemberReached': {
      const { nextTryAt: _done, alert: _heard, ...rest } = member;
      const { by, note, found } = event;
      return { ...rest, lastContactAt: at, tries: 0, lastContact: { at, by, found, ...(note && { note }) } };
    }
    case 'MemberNotReached':
      return { ...member, tries: member.tries + 1, nextTryAt: event.nextTryAt };
    case 'PhoneWrong':
      return { ...member, wrongPhoneAt: at };
    case 'ContactCorrected': {
      const { wrongPhoneAt: _right, nextTryAt: _now, ...rest } = member;
      const { key, phone, address, town } = event;
      // Whoever could not be reached at the old number is tried at the new one now.
      return { ...rest, key, phone, address, town, correctedAt: at, tries: Math.min(1, member.tries), ...(member.tries > 0 && { nextTryAt: at }) };
    }
    case 'MemberRaised': {
      const { alert: _seenTo, ...rest } = member;
      const { journey, need, medicines } = event;
      return { ...rest, raised: { at, journey, need, ...(medicines && { medicines }) } };
    }
    case 'HeardFrom':
      return { ...member, alert: event.alert };
    case 'KnockAsked':
      return { ...member, knock: { id: event.id, dueAt: event.dueAt } };
    case 'KnockDone': {
      const { knock: _done, nextTryAt: _tried, ...rest } = member;
      return { ...rest, ...(event.nextTryAt !== undefined && { nextTryAt: event.nextTryAt }) };
    }
    case 'QuestionAsked':
      return { ...member, question: { kind: event.kind, askedAt: at } };
    case 'MemberKept': {
      const { question: _settled, ...rest } = member;
      return { ...rest, ...(member.tries > 0 && { nextTryAt: at }) };
    }
    case 'TransferAsked': {
      const { to, askedBy, reason, by, dueAt } = event;
      return { ...member, transfer: { to, askedBy, reason, by, askedAt: at, dueAt } };
    }
    case 'TransferAccepted': {
      const { transfer, question: _settled, number: _theirs, ...rest } = member;
      return transfer ? { ...rest, team: transfer.to, joinedAt: at } : member;
    }
    case 'TransferDeclined': {
      const { transfer: _declined, ...rest } = member;
      return rest;
    }
    case 'TransferLate':
      return member.transfer ? { ...member, transfer: { ...member.transfer, lateAt: at } } : member;
    case 'MemberLeft': {
      const { question: _settled, transfer: _over, knock: _nobody, nextTryAt: _none, ...rest } = member;
      return { ...rest, tries: 0, left: { at, by: event.by, reason: event.reason } };
    }
    case 'LockedIn':
      return { ...member, lockedIn: { lock: event.lock, at } };
  }
}

export const endsAt = ({ dispensedAt, days }: Medicine): Instant => dispensedAt + days * DAY_MS;

/** The first of the medicines to be used up; undefined when none is known. */
export function nextToEnd(medicines: readonly Medicine[]): Medicine | undefined {
  return medicines.reduce<Medicine | undefined>((first, each) => (first && endsAt(first) <= endsAt(each) ? first : each), undefined);
}

/** Whole days that are left of the first to end, never below none. */
export function medicineDaysLeft({ medicines }: Pick<Member, 'medicines'>, at: Instant): number | undefined {
  const next = nextToEnd(medicines);
  return next && daysLeft(next, at);
}

export function daysLeft(medicine: Medicine, at: Instant): number {
  return Math.max(0, Math.floor((endsAt(medicine) - at) / DAY_MS));
}

/** Of each medicine what was dispensed last: an older box says nothing about today. */
export function latestOfEach(...lists: readonly (readonly Medicine[])[]): readonly Medicine[] {
  const latest = new Map<string, Medicine>();
  for (const medicine of lists.flat()) {
    const same = medicine.code ?? medicine.name.normalize('NFKC').trim().toLowerCase();
    const known = latest.get(same);
    if (!known || endsAt(medicine) > endsAt(known)) latest.set(same, medicine);
  }
  return [...latest.values()];
}
