import { accept, DAY_MS, HOUR_MS, refuse, type Instant, type Result } from '../base/index.ts';
import type { Group, Need } from '../triage/index.ts';
import { medicineDaysLeft, medicineEndsAt, type Member, type PanelEvent } from './member.ts';

/**
 * A refill takes a visit, a pharmacy and a delivery, each of which may fail once. Asked too early costs a telephone call, too
 * late costs a night without insulin. Chosen by us; to be confirmed by a clinician.
 */
const MEDICINE_LEAD_MS = 5 * DAY_MS;

/** Longest silence before the team asks by itself, for the most fragile thing known of a person. Chosen by us, as above. */
const SILENCE_DAYS_MAX = { pregnant: 3, underThree: 7, elderly: 7, disabled: 7, child: 14, chronic: 14 } as const satisfies Record<Group, number>;
const SILENCE_DAYS_OTHERWISE = 30;
/** Treatments where a missed session is an emergency of its own. */
const FRAGILE_SILENCE_DAYS = 2;

/** Not reached: again within the day, by somebody; after this many tries the committee knocks at the door. */
const TRY_AGAIN_MS = 4 * HOUR_MS;
export const KNOCK_AFTER_TRIES = 3;

/** One raise a day for one person: pressing twice is one request. */
const RAISED_HOLDS_MS = DAY_MS;

export type Why = 'medicineRunsOut' | 'notReached' | 'notContacted';

/** When somebody has to have spoken with this person, and why. */
export function contactDue(member: Member): { readonly at: Instant; readonly why: Why } {
  // A try that reached nobody is not the end of it, nor a reason to ring again in the same minute.
  if (member.tries > 0 && member.nextTryAt !== undefined) return { at: member.nextTryAt, why: 'notReached' };
  const silenceAt = (member.lastContactAt ?? member.joinedAt) + silenceDaysMax(member) * DAY_MS;
  const medicineAt = refillDueAt(member);
  return medicineAt <= silenceAt ? { at: medicineAt, why: 'medicineRunsOut' } : { at: silenceAt, why: 'notContacted' };
}

/** Talking about it brings no medicine: only a request for it, which has an owner and a deadline of its own, ends the worry. */
function refillDueAt(member: Member): Instant {
  const endsAt = medicineEndsAt(member);
  if (endsAt === undefined) return Infinity;
  const asked = member.raised?.need === 'medicineRefill' && member.raised.at >= endsAt - MEDICINE_LEAD_MS;
  return asked ? Infinity : endsAt - MEDICINE_LEAD_MS;
}

function silenceDaysMax({ groups, conditions }: Member): number {
  const fragile = conditions.some((condition) => condition === 'dialysis' || condition === 'cancerTreatment');
  return Math.min(fragile ? FRAGILE_SILENCE_DAYS : SILENCE_DAYS_OTHERWISE, ...groups.map((group) => SILENCE_DAYS_MAX[group]));
}

export interface DayListRow {
  readonly member: Member;
  readonly dueAt: Instant;
  readonly why: Why;
  readonly medicineDaysLeft?: number;
  /** Telephone tries did not help: somebody goes there. */
  readonly knock: boolean;
}

/** Who has to hear from us by `until`, who can least wait first. */
export function dayList(members: readonly Member[], at: Instant, until: Instant): readonly DayListRow[] {
  return members
    .map((member): DayListRow => {
      const { at: dueAt, why } = contactDue(member);
      const daysLeft = medicineDaysLeft(member, at);
      return { member, dueAt, why, ...(daysLeft !== undefined && { medicineDaysLeft: daysLeft }), knock: member.tries >= KNOCK_AFTER_TRIES };
    })
    .filter(({ dueAt }) => dueAt < until)
    .sort((a, b) => a.dueAt - b.dueAt || a.member.id.localeCompare(b.member.id));
}

/** A try that reached nobody is no contact: the silence goes on, and the next try has a time. */
export function recordContact(_member: Member, reached: boolean, at: Instant): PanelEvent {
  return reached ? { type: 'MemberReached' } : { type: 'MemberNotReached', nextTryAt: at + TRY_AGAIN_MS };
}

/** What the team found out when it called; only the need must be said. */
export interface Raise {
  readonly need: Need;
  readonly findings: readonly string[];
  readonly complaint?: string | undefined;
  readonly medicine?: string | undefined;
}

/** The care request a member becomes: shaped as an intake, without knowing the room that receives it. */
export interface RaisedCare {
  readonly channel: 'panel';
  readonly person: { readonly name: string; readonly phone: string; readonly ageMonths?: number; readonly sex?: 'female' | 'male' | 'other' };
  readonly town: string;
  readonly address: string;
  readonly need: Need;
  readonly complaint?: string;
  readonly groups: readonly Group[];
  readonly findings: readonly string[];
  readonly vitals: Readonly<Record<string, never>>;
  readonly medicine?: string;
  readonly medicineDaysLeft?: number;
}

export function raise(member: Member, { need, findings, complaint, medicine }: Raise, at: Instant): Result<RaisedCare> {
  // Worse than before is never a repetition: findings or an emergency go through whatever was raised today.
  const repeats = member.raised !== undefined && at - member.raised.at < RAISED_HOLDS_MS;
  if (repeats && findings.length === 0 && need !== 'emergency') return refuse('alreadyRaised', { journey: member.raised!.journey });
  const { name, phone, ageMonths, sex, town, address, groups, medicines } = member;
  const daysLeft = medicineDaysLeft(member, at);
  const about = medicine ?? medicines[0]?.name;
  return accept({
    channel: 'panel',
    person: { name, phone, ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }) },
    town, address, need, groups, findings, vitals: {},
    ...(complaint && { complaint }),
    ...(need === 'medicineRefill' && about && { medicine: about }),
    ...(need === 'medicineRefill' && daysLeft !== undefined && { medicineDaysLeft: daysLeft }),
  });
}
