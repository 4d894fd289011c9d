import { DAY_MS, HOUR_MS, type Instant } from '../base/index.ts';
import type { Owner } from '../people/index.ts';
import { nextVisit } from './antenatal.ts';
import { daysLeft, endsAt, type Medicine, type Member } from './member.ts';
import { askedUntil, isFragile, medicinesOf, type Elsewhere } from './reasons.ts';
import type { PlanNeed, PlanOutcome, PlanState } from './view.ts';

/** A lock without an end is planned for so long; as it goes on, the plans go on with it. */
const HORIZON_MS = 7 * DAY_MS;
/** How long somebody may wait to be called who needs to be asked what they need. Chosen by us. */
const CALL_MS = DAY_MS;
const CALL_FRAGILE_MS = HOUR_MS;

/** Illnesses that are treated with medicine every day, whether or not we know which. */
const MEDICATED: ReadonlySet<string> = new Set(['hypertension', 'diabetes', 'epilepsy', 'psychiatric', 'asthmaCopd', 'heartFailure', 'cancerTreatment']);

/** Why somebody has to be called, because nothing can be done for them unasked. */
export type CallBecause = 'medicineUnknown' | 'seriesUnknown' | 'weeksUnknown' | 'treatment';

/** What one person in a locked area is owed: one need, one owner, one deadline. */
export interface PlanDraft {
  readonly need: PlanNeed;
  /** Two of one need are told apart by it. */
  readonly key: string;
  readonly state: PlanState;
  readonly outcome?: PlanOutcome;
  readonly owner: Owner;
  readonly dueAt: Instant;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly journey?: string;
}

export interface LockNow {
  readonly until?: Instant;
  readonly plansDueAt: Instant;
}

/** A plan that was made for this person under this lock before. */
export interface PlannedBefore {
  readonly need: PlanNeed;
  readonly key: string;
  readonly state: PlanState;
  readonly outcome: PlanOutcome | null;
  readonly facts: PlanDraft['facts'];
}

/** Their standing series, safe or not. */
export interface KnownSeries {
  readonly series: string;
  readonly service: string;
}

/** Whoever has this gets something again and again: medicine, sessions, visits, treatment. */
export function hasRecurringNeed(member: Member, elsewhere: Elsewhere, series: readonly KnownSeries[]): boolean {
  return medicinesOf(member, elsewhere).length > 0 || series.length > 0 || member.groups.includes('pregnant')
    || member.conditions.some((condition) => MEDICATED.has(condition) || condition === 'dialysis');
}

/**
 * What is owed to this person and not planned yet. Empty for whoever has no recurring need, and for whoever has a plan for all of it.
 * @param known their series
 * @param teamScope where the team's doctors sign in
 */
export function plansFor(
  member: Member, elsewhere: Elsewhere, known: readonly KnownSeries[], { until, plansDueAt }: LockNow, before: readonly PlannedBefore[], teamScope: string, at: Instant,
): readonly PlanDraft[] {
  const owner: Owner = { role: 'familyDoctor', scope: teamScope };
  const horizon = until ?? at + HORIZON_MS;
  const has = (need: PlanNeed, key: string): boolean => before.some((plan) => plan.need === need && plan.key === key);
  // No telephone: the committee goes to the door.
  const unreachable = member.phone === '' || member.wrongPhoneAt !== undefined;
  const call = (because: CallBecause): PlanDraft[] => (has('call', because) ? [] : [{
    need: 'call', key: because, state: 'open', outcome: 'callThem', owner: unreachable ? { role: 'committee', scope: `town:${member.town}` } : owner, dueAt: at + (isFragile(member, elsewhere) ? CALL_FRAGILE_MS : CALL_MS), facts: { because },
  }]);
  return [
    ...refills(member, elsewhere, horizon, before, owner, plansDueAt, at, call),
    ...sessions(member, known, has, owner, plansDueAt, call),
    ...visits(member, horizon, has, owner, plansDueAt, at, call),
  ];
}

function refills(member: Member, elsewhere: Elsewhere, horizon: Instant, before: readonly PlannedBefore[], owner: Owner, dueAt: Instant, at: Instant, call: (because: CallBecause) => PlanDraft[]): PlanDraft[] {
  const medicines = medicinesOf(member, elsewhere);
  if (medicines.length === 0) return member.conditions.some((condition) => MEDICATED.has(condition)) ? call('medicineUnknown') : [];
  const asked = before.filter(({ need }) => need === 'refill');
  const covered = new Set(asked.filter(({ outcome }) => outcome !== 'lasts').flatMap(({ facts }) => String(facts['medicines'] ?? '').split('\n')));
  // Of what was asked for and has come, the new box has an end of its own.
  const ends = medicines.filter((medicine) => endsAt(medicine) <= horizon && !covered.has(nameAndEnd(medicine.name, endsAt(medicine))));
  const key = String(asked.length);
  const wanted = ends.filter((medicine) => askedUntil(member, medicine) <= at);
  if (wanted.length > 0) return [{ need: 'refill', key, state: 'waiting', owner, dueAt, facts: { ...named(wanted), daysLeft: daysLeft(firstOf(wanted), at) } }];
  if (ends.length > 0) return [{ need: 'refill', key, state: 'done', outcome: 'askedBefore', owner, dueAt, journey: member.raised!.journey, facts: named(ends) }];
  if (asked.length > 0) return [];
  const first = firstOf(medicines);
  return [{ need: 'refill', key, state: 'done', outcome: 'lasts', owner, dueAt, facts: { until: endsAt(first), names: first.name } }];
}

const firstOf = (medicines: readonly Medicine[]): Medicine => medicines.reduce((least, each) => (endsAt(each) < endsAt(least) ? each : least));
const named = (medicines: readonly Medicine[]): PlanDraft['facts'] => ({ medicines: medicines.map((each) => nameAndEnd(each.name, endsAt(each))).join('\n'), names: medicines.map(({ name }) => name).join('\n') });

const nameAndEnd = (name: string, end: Instant): string => `${name}@${end}`;

function sessions(member: Member, known: readonly KnownSeries[], has: (need: PlanNeed, key: string) => boolean, owner: Owner, dueAt: Instant, call: (because: CallBecause) => PlanDraft[]): PlanDraft[] {
  const rows = known.flatMap(({ series, service }): PlanDraft[] => (has('session', series) ? [] : [{ need: 'session', key: series, state: 'waiting', owner, dueAt, facts: { series, service } }]));
  // Nobody knows where they go: only they can say.
  const unknown = member.conditions.includes('dialysis') && !known.some(({ service }) => service === 'haemodialysis');
  const treated = member.conditions.includes('cancerTreatment') && known.length === 0;
  return [...rows, ...(unknown ? call('seriesUnknown') : treated ? call('treatment') : [])];
}

function visits(member: Member, horizon: Instant, has: (need: PlanNeed, key: string) => boolean, owner: Owner, dueAt: Instant, at: Instant, call: (because: CallBecause) => PlanDraft[]): PlanDraft[] {
  if (!member.groups.includes('pregnant')) return [];
  if (member.expectedAt === undefined) return call('weeksUnknown');
  const next = nextVisit(member, at);
  if (!next) return call('weeksUnknown');
  const key = `week ${next.week}`;
  if (has('visit', key)) return [];
  if (next.by > horizon) return has('visit', 'later') ? [] : [{ need: 'visit', key: 'later', state: 'done', outcome: 'notBefore', owner, dueAt, facts: { week: next.week, by: next.by } }];
  return [{ need: 'visit', key, state: 'waiting', owner, dueAt, facts: { week: next.week, by: next.by } }];
}
