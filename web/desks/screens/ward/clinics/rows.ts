import type { ClinicSessionView } from '../../../../../src/appointments/index.ts';

/** One clinic's sessions of a day, or of a week: a line of the board. */
export interface ClinicRow {
  readonly key: string;
  readonly service: ClinicSessionView['service'];
  readonly clinic: string;
  readonly clinicName?: string | undefined;
  readonly sessions: readonly ClinicSessionView[];
}

/** Lines in the order of their first session, so that what begins next stands on top; within a line by the hour. */
export function clinicRows(sessions: readonly ClinicSessionView[]): readonly ClinicRow[] {
  const rows = new Map<string, ClinicSessionView[]>();
  for (const session of sessions) {
    const key = `${session.service}/${session.clinic}`;
    rows.set(key, [...(rows.get(key) ?? []), session]);
  }
  return [...rows].map(([key, own]): ClinicRow => {
    const { service, clinic, clinicName } = own[0]!;
    return { key, service, clinic, clinicName, sessions: own.toSorted((a, b) => a.startsAt - b.startsAt) };
  }).sort((a, b) => a.service.localeCompare(b.service) || a.clinic.localeCompare(b.clinic));
}

export interface Tally {
  readonly seats: number;
  readonly taken: number;
  /** Seats that only green channels may take now. */
  readonly kept: number;
  readonly closed: number;
  readonly people: number;
}

/** A closed session offers nothing: its seats are not counted, or a day without a doctor would look free. */
export function tally(sessions: readonly ClinicSessionView[], now: number): Tally {
  const open = sessions.filter(({ closed }) => !closed);
  const sum = (of: (session: ClinicSessionView) => number): number => open.reduce((total, session) => total + of(session), 0);
  return {
    seats: sum(({ seats }) => seats), taken: sum(({ taken }) => taken), kept: sum((session) => keptNow(session, now)),
    closed: sessions.length - open.length, people: sessions.reduce((total, { booked }) => total + booked.length, 0),
  };
}

export function keptNow({ kept, keptUntil }: ClinicSessionView, now: number): number {
  return keptUntil !== undefined && keptUntil > now ? kept : 0;
}
