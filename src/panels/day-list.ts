import type { Instant } from '../base/index.ts';
import { daysLeft, endsAt, nextToEnd, type Medicine, type Member } from './member.ts';
import { byPressing, medicinesOf, reasonsOf, type Elsewhere, type Reason, type SessionAtRisk } from './reasons.ts';

/** Somebody to hear from us today. */
export interface DayRow {
  readonly member: Member;
  /** The first is what puts them where they stand; the others are known as well when somebody calls. */
  readonly why: readonly [Reason, ...Reason[]];
  readonly medicines: readonly Medicine[];
  readonly medicineDaysLeft?: number;
  readonly session?: SessionAtRisk;
}

/** Who has to hear from us by `until`, who can least wait first. Whoever has left is looked after by nobody here. */
export function dayList(members: readonly Member[], elsewhere: ReadonlyMap<string, Elsewhere>, at: Instant, until: Instant): readonly DayRow[] {
  return members.flatMap((member): DayRow[] => (member.left ? [] : rowOf(member, elsewhere.get(member.key) ?? {}, at, until)))
    .sort((a, b) => byPressing(a.why[0], b.why[0]) || (a.member.id < b.member.id ? -1 : 1));
}

function rowOf(member: Member, known: Elsewhere, at: Instant, until: Instant): DayRow[] {
  const [first, ...rest] = reasonsOf(member, known, at).filter(({ from }) => from < until);
  if (!first) return [];
  const medicines = [...medicinesOf(member, known)].sort((a, b) => endsAt(a) - endsAt(b));
  const next = nextToEnd(medicines);
  return [{ member, why: [first, ...rest], medicines, ...(next && { medicineDaysLeft: daysLeft(next, at) }), ...(known.session && { session: known.session }) }];
}

/** The first instant at which something puts this person on a list: never far away. */
export function dueAt(member: Member, elsewhere: Elsewhere, at: Instant): Instant {
  return Math.min(...reasonsOf(member, elsewhere, at).map(({ from }) => from));
}
