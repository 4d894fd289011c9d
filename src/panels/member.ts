import { DAY_MS, type Instant } from '../base/index.ts';
import type { Group, Need } from '../triage/index.ts';

/** Somebody a family-doctor team looks after: who they are, what they take, and when somebody last spoke with them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly town: string;
  readonly address: string;
  readonly ageMonths?: number;
  readonly sex?: 'female' | 'male' | 'other';
  readonly groups: readonly Group[];
  readonly conditions: readonly Condition[];
  readonly medicines: readonly Medicine[];
  readonly joinedAt: Instant;
  readonly lastContactAt?: Instant;
  /** Tries since the last time the person was reached. */
  readonly tries: number;
  readonly nextTryAt?: Instant;
  readonly raised?: { readonly at: Instant; readonly journey: string; readonly need: Need };
}

export const CONDITIONS = ['hypertension', 'diabetes', 'dialysis', 'cancerTreatment', 'epilepsy', 'psychiatric', 'asthmaCopd', 'heartFailure', 'other'] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface Medicine {
  readonly name: string;
  readonly dispensedAt: Instant;
  readonly days: number;
}

export type PanelEvent =
  | { readonly type: 'MemberJoined'; readonly member: Omit<Member, 'joinedAt' | 'tries' | 'nextTryAt' | 'lastContactAt' | 'raised'> }
  | { readonly type: 'MemberReached' }
  | { readonly type: 'MemberNotReached'; readonly nextTryAt: Instant }
  | { readonly type: 'MemberRaised'; readonly journey: string; readonly need: Need };

export function evolveMember(member: Member | undefined, event: PanelEvent, at: Instant): Member | undefined {
  if (event.type === 'MemberJoined') return { ...event.member, joinedAt: at, tries: 0 };
  if (!member) return undefined;
  switch (event.type) {
    case 'MemberReached': {
      const { nextTryAt: _done, ...rest } = member;
      return { ...rest, lastContactAt: at, tries: 0 };
    }
    case 'MemberNotReached':
      return { ...member, tries: member.tries + 1, nextTryAt: event.nextTryAt };
    case 'MemberRaised':
      return { ...member, raised: { at, journey: event.journey, need: event.need } };
  }
}

/** When the first of the medicines is used up; undefined when none is known. */
export function medicineEndsAt({ medicines }: Pick<Member, 'medicines'>): Instant | undefined {
  if (medicines.length === 0) return undefined;
  return Math.min(...medicines.map(({ dispensedAt, days }) => dispensedAt + days * DAY_MS));
}

/** Whole days that are left of it, never below none. */
export function medicineDaysLeft(member: Pick<Member, 'medicines'>, at: Instant): number | undefined {
  const endsAt = medicineEndsAt(member);
  return endsAt === undefined ? undefined : Math.max(0, Math.floor((endsAt - at) / DAY_MS));
}
