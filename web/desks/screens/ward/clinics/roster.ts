import type { BookableService } from '../../../../../src/appointments/index.ts';
import type { ScheduleView } from '../../../../../src/appointments/index.ts';

/** The same hours on several days of the week, as a desk writes them. */
export interface RosterLine {
  /** 1 Monday … 7 Sunday. */
  readonly days: readonly number[];
  readonly start: string;
  readonly end: string;
  readonly slotMinutes: string;
  readonly seats: string;
  readonly kept: string;
}

/** A schedule while it is written: what was typed, nothing decided. */
export interface Roster {
  readonly id: string;
  readonly service: BookableService | '';
  readonly clinic: string;
  readonly clinicName: string;
  readonly lines: readonly RosterLine[];
  readonly keptOpensHours: string;
  readonly releaseDays: string;
  readonly releaseTime: string;
  readonly validFrom: string;
  readonly validUntil: string;
}

export const NEW_LINE: RosterLine = { days: [1, 2, 3, 4, 5], start: '08:00', end: '12:00', slotMinutes: '30', seats: '4', kept: '0' };

export function newRoster(validFrom: string): Roster {
  return { id: '', service: '', clinic: '', clinicName: '', lines: [NEW_LINE], keptOpensHours: '24', releaseDays: '', releaseTime: '07:00', validFrom, validUntil: '' };
}

/** A published schedule in the hand again: days with the same hours stand in one line. */
export function rosterOf({ id, service, clinic, clinicName = '', sessions, keptOpensHours, release, validFrom, validUntil = '' }: ScheduleView): Roster {
  const lines = new Map<string, RosterLine>();
  for (const { weekday, start, end, slotMinutes, seats, kept } of sessions) {
    const key = [start, end, slotMinutes, seats, kept].join();
    const line = lines.get(key) ?? { days: [], start, end, slotMinutes: String(slotMinutes), seats: String(seats), kept: String(kept) };
    lines.set(key, { ...line, days: [...line.days, weekday] });
  }
  return {
    id, service, clinic, clinicName, lines: [...lines.values()], keptOpensHours: String(keptOpensHours), releaseDays: release ? String(release.days) : '',
    releaseTime: release?.time ?? '07:00', validFrom, validUntil,
  };
}

/** What is sent. What else a published schedule has (days off, extra sessions) is kept as it was; a number that is none goes as it is, and the server names its field. */
export function scheduleOf(roster: Roster, institution: string, before: Pick<ScheduleView, 'extra' | 'closures' | 'cohort'> | undefined): object {
  const { service, clinic, clinicName, lines, keptOpensHours, releaseDays, releaseTime, validFrom, validUntil } = roster;
  return {
    institution, service, clinic: clinic.trim(), ...(clinicName.trim() && { clinicName: clinicName.trim() }), ...(before?.cohort && { cohort: before.cohort }),
    sessions: lines.flatMap(({ days, start, end, slotMinutes, seats, kept }) =>
      days.map((weekday) => ({ weekday, start, end, slotMinutes: Number(slotMinutes), seats: Number(seats), kept: Number(kept) }))),
    extra: before?.extra ?? [], closures: before?.closures ?? [], keptOpensHours: Number(keptOpensHours),
    ...(releaseDays.trim() && { release: { days: Number(releaseDays), time: releaseTime } }), validFrom, ...(validUntil && { validUntil }),
  };
}

/** A name of its own for a new schedule: the service, with the clinic where there is one. */
export function idOf({ id, service, clinic }: Roster): string {
  return id || [service, clinic.trim().toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')].filter(Boolean).join('-');
}
