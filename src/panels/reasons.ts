import { DAY_MS, HOUR_MS, type Instant } from '../base/index.ts';
import type { Group } from '../triage/index.ts';
import { nextVisit } from './antenatal.ts';
import { daysLeft, endsAt, latestOfEach, type Medicine, type Member } from './member.ts';

/**
 * Why somebody is on the list today. Every figure in this file was chosen by us and is to be confirmed by a clinician.
 */
export const WHYS = [
  'gotWorse', 'feverReported', 'sessionAtRisk', 'medicineRunsOut', 'notReached', 'knockLate', 'visitDue', 'lockedIn', 'notContacted', 'phoneMissing',
  'notInImport', 'moved',
] as const;
export type Why = (typeof WHYS)[number];

/** How long a person can wait for the team, before anything else is compared. */
export const URGENCIES = ['now', 'today', 'soon', 'thisWeek', 'paper'] as const;
export type Urgency = (typeof URGENCIES)[number];

export interface Reason {
  readonly why: Why;
  readonly urgency: Urgency;
  /** On the list from here on. */
  readonly from: Instant;
  /** What must not pass before somebody has spoken with them: within one urgency the earliest comes first. */
  readonly by: Instant;
  /** What completes the sentence: `medicine`, `daysLeft`, `service`, `days`, `week`. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What other rooms know of a person; the caller looks it up. */
export interface Elsewhere {
  /** What was dispensed to them in this incident. */
  readonly medicines?: readonly Medicine[];
  /** Their standing series, when its next session is not safe. */
  readonly session?: SessionAtRisk;
}

export interface SessionAtRisk {
  readonly series: string;
  readonly service: string;
  readonly state: 'alarm' | 'red' | 'notPlaced';
  /** When the safe gap ends. */
  readonly gapEndsAt?: Instant;
}

/**
 * A refill takes a visit, a pharmacy and a delivery, each of which may fail once. Asked too early costs a telephone call, too
 * late costs a night without insulin.
 */
const MEDICINE_LEAD_MS = 5 * DAY_MS;
const NEVER_RUN_OUT_TODAY_MS = 3 * DAY_MS;
/** Asked for, and still not dispensed: asked about again. */
const REFILL_HOLDS_MS = 3 * DAY_MS;

/** Longest silence before the team asks by itself, for the most fragile thing known of a person. */
const SILENCE_DAYS_MAX = { pregnant: 3, underThree: 7, elderly: 7, disabled: 7, child: 14, chronic: 14 } as const satisfies Record<Group, number>;
const ALONE_SILENCE_DAYS = 3;
const SILENCE_DAYS_OTHERWISE = 30;
/** Treatments where a missed session is an emergency of its own. */
const FRAGILE_SILENCE_DAYS = 2;

const HEARD_WITHIN_MS = HOUR_MS;
const LOCKED_IN_WITHIN_MS = DAY_MS;
const VISIT_LEAD_MS = 7 * DAY_MS;

export const medicinesOf = (member: Member, elsewhere: Elsewhere = {}): readonly Medicine[] => latestOfEach(member.medicines, elsewhere.medicines ?? []);

/** A day without contact can cost their life: treatments that may not be missed, and medicine that may not stop. */
export function isFragile(member: Member, elsewhere: Elsewhere = {}): boolean {
  return member.conditions.some((condition) => condition === 'dialysis' || condition === 'cancerTreatment')
    || medicinesOf(member, elsewhere).some(({ neverRunOut }) => neverRunOut);
}

/** Everything that will put the person on the list, also later on; the most pressing first. Never empty: silence has a limit for everyone. */
export function reasonsOf(member: Member, elsewhere: Elsewhere, at: Instant): readonly Reason[] {
  const all = [
    ...heard(member), ...session(elsewhere, at), ...medicines(member, elsewhere, at), ...knock(member), ...visit(member, at), ...lockedIn(member), ...phone(member),
    ...question(member), silence(member), ...notReached(member, elsewhere),
  ];
  return all.map((reason) => afterNextTry(member, reason)).sort(byPressing);
}

export function byPressing(a: Reason, b: Reason): number {
  return URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || a.by - b.by;
}

/** A try that reached nobody is no reason to ring again in the same minute; news since then is. */
function afterNextTry({ nextTryAt, tries }: Member, reason: Reason): Reason {
  const waits = tries > 0 && nextTryAt !== undefined && reason.why !== 'gotWorse' && reason.why !== 'feverReported' && reason.why !== 'knockLate';
  return waits ? { ...reason, from: Math.max(reason.from, nextTryAt) } : reason;
}

function heard({ alert }: Member): Reason[] {
  return alert ? [{ why: alert.kind === 'worse' ? 'gotWorse' : 'feverReported', urgency: 'now', from: alert.at, by: alert.at + HEARD_WITHIN_MS, facts: { journey: alert.journey } }] : [];
}

function session({ session: risk }: Elsewhere, at: Instant): Reason[] {
  if (!risk) return [];
  const by = risk.gapEndsAt ?? at;
  const urgency = risk.state === 'red' || by - at <= DAY_MS ? 'now' : 'today';
  return [{ why: 'sessionAtRisk', urgency, from: at, by, facts: { service: risk.service, state: risk.state, series: risk.series } }];
}

/** Talking about it brings no medicine: only a request for it, which has an owner and a deadline of its own, ends the worry, and not for ever. */
function medicines(member: Member, elsewhere: Elsewhere, at: Instant): Reason[] {
  return medicinesOf(member, elsewhere).map((medicine): Reason => {
    const { name, neverRunOut } = medicine;
    const by = endsAt(medicine);
    const left = by - at;
    const urgency = neverRunOut ? (left <= DAY_MS ? 'now' : left <= NEVER_RUN_OUT_TODAY_MS ? 'today' : 'soon') : left <= 0 ? 'today' : 'soon';
    return {
      why: 'medicineRunsOut', urgency, from: Math.max(by - MEDICINE_LEAD_MS, askedUntil(member, medicine)), by,
      facts: { medicine: name, daysLeft: daysLeft(medicine, at), ...(neverRunOut && { neverRunOut: 1 }) },
    };
  });
}

/** A refill was asked for and may still come: until then nobody asks again. */
export function askedUntil({ raised }: Member, medicine: Medicine): Instant {
  if (raised?.need !== 'medicineRefill' || raised.at < endsAt(medicine) - MEDICINE_LEAD_MS) return -Infinity;
  if (raised.medicines && !raised.medicines.includes(medicine.name)) return -Infinity;
  return Math.max(raised.at + DAY_MS, Math.min(raised.at + REFILL_HOLDS_MS, endsAt(medicine)));
}

/** Told to the committee, which has a deadline; when that has passed, the team hears of it too. */
function knock({ knock: asked }: Member): Reason[] {
  return asked ? [{ why: 'knockLate', urgency: 'today', from: asked.dueAt, by: asked.dueAt, facts: {} }] : [];
}

function notReached(member: Member, elsewhere: Elsewhere): Reason[] {
  const { tries, nextTryAt } = member;
  if (tries === 0 || nextTryAt === undefined) return [];
  return [{ why: 'notReached', urgency: isFragile(member, elsewhere) ? 'today' : 'soon', from: nextTryAt, by: nextTryAt, facts: { tries } }];
}

function visit(member: Member, at: Instant): Reason[] {
  const next = member.groups.includes('pregnant') ? nextVisit(member, at) : undefined;
  return next ? [{ why: 'visitDue', urgency: next.by - at <= DAY_MS ? 'today' : 'thisWeek', from: Math.max(next.from, next.by - VISIT_LEAD_MS), by: next.by, facts: { week: next.week } }] : [];
}

function lockedIn({ lockedIn: lock, lastContactAt = 0 }: Member): Reason[] {
  return lock && lastContactAt < lock.at ? [{ why: 'lockedIn', urgency: 'soon', from: lock.at, by: lock.at + LOCKED_IN_WITHIN_MS, facts: { lock: lock.lock } }] : [];
}

function phone({ phone: number, wrongPhoneAt, joinedAt, correctedAt }: Member): Reason[] {
  if (number !== '' && wrongPhoneAt === undefined) return [];
  const since = wrongPhoneAt ?? correctedAt ?? joinedAt;
  return [{ why: 'phoneMissing', urgency: 'thisWeek', from: since, by: since + DAY_MS, facts: {} }];
}

function question({ question: asked }: Member): Reason[] {
  return asked ? [{ why: asked.kind, urgency: 'paper', from: asked.askedAt, by: asked.askedAt + 2 * DAY_MS, facts: {} }] : [];
}

function silence(member: Member): Reason {
  const since = member.lastContactAt ?? member.joinedAt;
  const days = silenceDaysMax(member);
  const by = since + days * DAY_MS;
  return { why: 'notContacted', urgency: days <= ALONE_SILENCE_DAYS ? 'soon' : 'thisWeek', from: by, by, facts: { days } };
}

function silenceDaysMax({ groups, conditions }: Member): number {
  const treated = conditions.some((condition) => condition === 'dialysis' || condition === 'cancerTreatment');
  const alone = conditions.includes('livesAlone') && groups.includes('elderly');
  return Math.min(treated ? FRAGILE_SILENCE_DAYS : alone ? ALONE_SILENCE_DAYS : SILENCE_DAYS_OTHERWISE, ...groups.map((group) => SILENCE_DAYS_MAX[group]));
}
