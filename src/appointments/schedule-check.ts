import { weekday, type Instant, type Refusal } from '../base/index.ts';
import type { City, Service } from '../city/index.ts';
import { dateOf, dayOf, minuteOf, type ExtraSession, type Schedule, type SessionHours, type WeeklySession } from './schedule-published.ts';
import { minutesOf } from './schedule-slots.ts';
import { CHAIR_COHORTS } from './series.ts';

export const SLOT_MINUTES_MIN = 5;
export const SEATS_MAX = 500;
export const RELEASE_DAYS_MAX = 60;
export const KEPT_OPENS_HOURS_MAX = 336;

/** `service` as somebody wrote it: an emergency department is refused by its own sentence. */
export type ProposedSchedule = Omit<Schedule, 'service' | 'cohort'> & { readonly service: string; readonly cohort?: string };

export interface CheckedAgainst {
  readonly city: City;
  readonly isBySeat: (service: Service) => boolean;
  /** What is published or about to be, also the schedule itself as it stood. */
  readonly others: readonly ProposedSchedule[];
  readonly at: Instant;
}

/** Everything that is wrong with a schedule at once, each with the field it is about; empty for one that can be published. */
export function problemsOf(schedule: ProposedSchedule, { city, isBySeat, others, at }: CheckedAgainst): readonly Refusal[] {
  const problems: Refusal[] = [];
  const wrong = (field: string, code: string, facts?: Refusal['facts']): void => void problems.push({ code, field, ...(facts && { facts }) });
  const today = dateOf(at);

  const institution = city.institutions.get(schedule.institution);
  if (!institution) wrong('institution', 'unknownInstitution', { institution: schedule.institution });
  if (schedule.service === 'emergency') wrong('service', 'emergencyTakesNoAppointments');
  else if (institution && (!institution.services.has(schedule.service as Service) || !isBySeat(schedule.service as Service))) {
    wrong('service', 'serviceTakesNoAppointments', { service: schedule.service, institution: schedule.institution });
  }
  if (schedule.cohort !== undefined) {
    if (schedule.service !== 'haemodialysis') wrong('cohort', 'cohortForDialysisOnly');
    else if (!(CHAIR_COHORTS as readonly string[]).includes(schedule.cohort)) wrong('cohort', 'cohortUnknown', { cohorts: CHAIR_COHORTS.join(', ') });
  }
  if (dayOf(schedule.validFrom) === undefined) wrong('validFrom', 'dateInvalid', { date: schedule.validFrom });
  if (schedule.validUntil !== undefined) {
    if (dayOf(schedule.validUntil) === undefined) wrong('validUntil', 'dateInvalid', { date: schedule.validUntil });
    else if (schedule.validUntil < schedule.validFrom) wrong('validUntil', 'endsBeforeItBegins');
    else if (schedule.validUntil < today) wrong('validUntil', 'dayIsPast', { today });
  }
  if (!isWhole(schedule.keptOpensHours, 0, KEPT_OPENS_HOURS_MAX)) wrong('keptOpensHours', 'numberOutOfRange', { min: 0, max: KEPT_OPENS_HOURS_MAX });
  if (schedule.release) {
    if (!isWhole(schedule.release.days, 0, RELEASE_DAYS_MAX)) wrong('release.days', 'numberOutOfRange', { min: 0, max: RELEASE_DAYS_MAX });
    if (minuteOf(schedule.release.time) === undefined) wrong('release.time', 'timeInvalid', { time: schedule.release.time });
  }
  if (schedule.sessions.length + schedule.extra.length === 0) wrong('sessions', 'scheduleEmpty');
  schedule.sessions.forEach((session, index) => {
    if (!isWhole(session.weekday, 1, 7)) wrong(`sessions.${index}.weekday`, 'weekdayInvalid');
    hoursProblems(session, `sessions.${index}`, wrong);
  });
  const before = others.find(({ id, institution: whose }) => id === schedule.id && whose === schedule.institution);
  schedule.extra.forEach((session, index) => {
    // What was published and held since stays in the schedule that is sent again.
    const isKept = before?.extra.some(({ date, start }) => date === session.date && start === session.start) ?? false;
    if (dayOf(session.date) === undefined) wrong(`extra.${index}.date`, 'dateInvalid', { date: session.date });
    else if (session.date < today && !isKept) wrong(`extra.${index}.date`, 'dayIsPast', { today });
    else if (session.date < schedule.validFrom || (schedule.validUntil !== undefined && session.date > schedule.validUntil)) wrong(`extra.${index}.date`, 'outsideValidity');
    hoursProblems(session, `extra.${index}`, wrong);
  });
  schedule.closures.forEach(({ from, to, reason }, index) => {
    if (to <= from) wrong(`closures.${index}.to`, 'endsBeforeItBegins');
    else if (to <= at && !before?.closures.some((kept) => kept.from === from && kept.to === to)) wrong(`closures.${index}.to`, 'dayIsPast', { today });
    if (reason.trim() === '') wrong(`closures.${index}.reason`, 'reasonMissing');
  });
  if (problems.length === 0) for (const [field, facts] of overlapsIn(schedule, others)) wrong(field, 'sessionsOverlap', facts);
  return problems;
}

function hoursProblems(hours: SessionHours, field: string, wrong: (field: string, code: string, facts?: Refusal['facts']) => void): void {
  const [from, to] = [minuteOf(hours.start), minuteOf(hours.end)];
  if (from === undefined) wrong(`${field}.start`, 'timeInvalid', { time: hours.start });
  if (to === undefined) wrong(`${field}.end`, 'timeInvalid', { time: hours.end });
  if (from !== undefined && to !== undefined && to <= from) wrong(`${field}.end`, 'endsBeforeItBegins');
  else if (!isWhole(hours.slotMinutes, SLOT_MINUTES_MIN, 1_440)) wrong(`${field}.slotMinutes`, 'numberOutOfRange', { min: SLOT_MINUTES_MIN, max: 1_440 });
  else if (from !== undefined && to !== undefined && (to - from) % hours.slotMinutes !== 0) wrong(`${field}.slotMinutes`, 'slotDoesNotFit', { minutes: to - from });
  if (!isWhole(hours.seats, 1, SEATS_MAX)) wrong(`${field}.seats`, 'numberOutOfRange', { min: 1, max: SEATS_MAX });
  if (!isWhole(hours.kept, 0, SEATS_MAX)) wrong(`${field}.kept`, 'numberOutOfRange', { min: 0, max: SEATS_MAX });
  else if (hours.seats >= 1 && hours.kept > hours.seats) wrong(`${field}.kept`, 'keptBeyondSeats', { seats: hours.seats });
}

const isWhole = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

interface Held {
  readonly field: string;
  readonly schedule: ProposedSchedule;
  readonly session: WeeklySession | ExtraSession;
}

/** One clinic is in one place at a time: a doctor with a name in every service, a clinic without one in its service and cohort. */
function overlapsIn(schedule: ProposedSchedule, others: readonly ProposedSchedule[]): readonly (readonly [string, Refusal['facts']])[] {
  const own = heldIn(schedule);
  const against = others.filter((other) => other.id !== schedule.id && sameClinic(schedule, other)).flatMap(heldIn);
  return own.flatMap((held, index) => {
    const met = [...own.slice(0, index), ...against].find((other) => meet(held, other));
    return met ? [[held.field, { start: met.session.start, end: met.session.end, day: 'date' in met.session ? met.session.date : met.session.weekday, schedule: met.schedule.id }] as const] : [];
  });
}

function sameClinic(a: ProposedSchedule, b: ProposedSchedule): boolean {
  if (a.institution !== b.institution || a.clinic !== b.clinic || (a.cohort ?? 'other') !== (b.cohort ?? 'other')) return false;
  return a.clinic !== '' || a.service === b.service;
}

const heldIn = (schedule: ProposedSchedule): readonly Held[] => [
  ...schedule.sessions.map((session, index) => ({ field: `sessions.${index}.start`, schedule, session })),
  ...schedule.extra.map((session, index) => ({ field: `extra.${index}.start`, schedule, session })),
];

function meet(a: Held, b: Held): boolean {
  const [[fromA, toA], [fromB, toB]] = [minutesOf(a.session), minutesOf(b.session)];
  return fromA < toB && fromB < toA && shareADay(a, b);
}

const FOREVER = '9999-12-31';

function shareADay(a: Held, b: Held): boolean {
  const from = [a.schedule.validFrom, b.schedule.validFrom].sort()[1]!;
  const until = [a.schedule.validUntil ?? FOREVER, b.schedule.validUntil ?? FOREVER].sort()[0]!;
  if (from > until) return false;
  const [dateA, dateB] = [a, b].map(({ session }) => ('date' in session ? session.date : undefined));
  const date = dateA ?? dateB;
  const weekdays = [a, b].map(({ session }) => ('date' in session ? weekday(dayOf(session.date)!) : session.weekday));
  if (dateA !== undefined && dateB !== undefined) return dateA === dateB;
  if (weekdays[0] !== weekdays[1]) return false;
  return date === undefined || (date >= from && date <= until);
}

