import { parseInstant, readCsv, startOfDay, DAY_MS, type CsvCell, type Refusal } from '../base/index.ts';
import type { ProposedSchedule } from './schedule-check.ts';
import type { Closure, ExtraSession, SessionHours, WeeklySession } from './schedule-published.ts';
import { dayOf } from './schedule-published.ts';

/** What every row says. */
const REQUIRED = ['schedule', 'institution', 'service', 'kind', 'start', 'end', 'slot_minutes', 'seats'];
/** `kind` is `weekly` (with `weekday`), `extra` (with `date`) or `closed` (with `date`, perhaps `until_date`, and `reason`). */
const OPTIONAL = [
  'weekday', 'date', 'until_date', 'reason', 'kept', 'clinic', 'clinic_name', 'cohort', 'kept_opens_hours', 'release_days', 'release_time', 'valid_from', 'valid_until',
];
/** The same on every row of one schedule, or empty after its first. */
const OF_SCHEDULE = ['institution', 'service', 'clinic', 'clinic_name', 'cohort', 'kept_opens_hours', 'release_days', 'release_time', 'valid_from', 'valid_until'];
/** Which column a field of the schedule was written in. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  institution: 'institution', service: 'service', clinic: 'clinic', cohort: 'cohort', keptOpensHours: 'kept_opens_hours', 'release.days': 'release_days',
  'release.time': 'release_time', validFrom: 'valid_from', validUntil: 'valid_until', weekday: 'weekday', date: 'date', start: 'start', end: 'end', slotMinutes: 'slot_minutes',
  seats: 'seats', kept: 'kept', from: 'date', to: 'until_date', reason: 'reason', sessions: 'schedule', extra: 'schedule', closures: 'schedule',
};

type Row = ReadonlyMap<string, CsvCell>;

export interface WrittenSchedule {
  readonly schedule: ProposedSchedule;
  /** The same refusal with line, column and the name of the column instead of the field. */
  readonly where: (refusal: Refusal) => Refusal;
}

/** Schedules as an institution writes them in a spreadsheet: one row for each session, extra session or closure. `today` is `YYYY-MM-DD`. */
export function readSchedules(text: string, today: string): { readonly schedules: readonly WrittenSchedule[]; readonly problems: readonly Refusal[] } {
  const { rows, problems } = readCsv(text, REQUIRED, OPTIONAL);
  const wrong: Refusal[] = problems.map(({ code, line, column, facts }) => ({ code, field: `line ${line}`, facts: { ...facts, line, column } }));
  const houseOf = new Map<string, string>();
  const groups = Map.groupBy(rows, (row) => {
    const name = cell(row, 'schedule');
    const house = cell(row, 'institution') || (houseOf.get(name) ?? '');
    houseOf.set(name, house);
    return `${house} ${name}`;
  });
  const schedules = [...groups.values()].map((group) => readOne(group, today, (row, name, code, facts) => wrong.push(at(row, name, { code, ...(facts && { facts }) }))));
  if (rows.length === 0 && wrong.length === 0) wrong.push({ code: 'scheduleEmpty', field: 'line 1', facts: { line: 1, column: 1 } });
  return { schedules, problems: wrong };
}

const cell = (row: Row, name: string): string => (row.get(name)?.text ?? '').trim();

function at(row: Row, name: string, { code, facts }: Refusal): Refusal {
  const line = row.get('schedule')!.line;
  const own = row.get(name);
  return { code, field: `line ${line}, ${name}`, facts: { ...facts, line, column: own?.column ?? 1 } };
}

function readOne(rows: readonly Row[], today: string, wrong: (row: Row, name: string, code: string, facts?: Refusal['facts']) => void): WrittenSchedule {
  const first = rows[0]!;
  const whole = (row: Row, name: string, otherwise?: number): number => {
    const text = cell(row, name);
    if (text === '' && otherwise !== undefined) return otherwise;
    if (/^-?\d{1,9}$/.test(text)) return Number(text);
    wrong(row, name, 'wholeNumberNeeded', { text });
    return Number.NaN;
  };
  for (const row of rows.slice(1)) {
    for (const name of OF_SCHEDULE) if (cell(row, name) !== '' && cell(row, name) !== cell(first, name)) wrong(row, name, 'scheduleDisagrees', { text: cell(row, name), first: cell(first, name) });
  }
  if (!/^[\w.:-]{1,60}$/.test(cell(first, 'schedule'))) wrong(first, 'schedule', 'scheduleNameInvalid');
  const hours = (row: Row): SessionHours => ({ start: cell(row, 'start'), end: cell(row, 'end'), slotMinutes: whole(row, 'slot_minutes'), seats: whole(row, 'seats'), kept: whole(row, 'kept', 0) });
  const [weekly, extra, closures]: [[Row, WeeklySession][], [Row, ExtraSession][], [Row, Closure][]] = [[], [], []];
  for (const row of rows) {
    switch (cell(row, 'kind')) {
      case 'weekly':
        weekly.push([row, { weekday: whole(row, 'weekday'), ...hours(row) }]);
        break;
      case 'extra':
        extra.push([row, { date: cell(row, 'date'), ...hours(row) }]);
        break;
      case 'closed': {
        const closed = closureIn(row, wrong);
        if (closed) closures.push([row, closed]);
        break;
      }
      default:
        wrong(row, 'kind', 'kindUnknown', { text: cell(row, 'kind') });
    }
  }
  const text = <N extends string>(name: N, column: string): { [K in N]?: string } => (cell(first, column) === '' ? {} : { [name]: cell(first, column) }) as { [K in N]?: string };
  const lists: Readonly<Record<string, readonly (readonly [Row, object])[]>> = { sessions: weekly, extra, closures };
  return {
    schedule: {
      institution: cell(first, 'institution'), id: cell(first, 'schedule'), service: cell(first, 'service'), clinic: cell(first, 'clinic'),
      ...text('clinicName', 'clinic_name'), ...text('cohort', 'cohort'), sessions: weekly.map(([, session]) => session), extra: extra.map(([, session]) => session),
      closures: closures.map(([, closed]) => closed), keptOpensHours: whole(first, 'kept_opens_hours', 24),
      ...(cell(first, 'release_days') !== '' && { release: { days: whole(first, 'release_days'), time: cell(first, 'release_time') || '00:00' } }),
      validFrom: cell(first, 'valid_from') || today, ...text('validUntil', 'valid_until'),
    },
    where: (refusal) => {
      const [list = '', index = '', ...rest] = (refusal.field ?? '').split('.');
      const row = lists[list]?.[Number(index)]?.[0];
      return row ? at(row, COLUMN_OF[rest.join('.')] ?? 'schedule', refusal) : at(first, COLUMN_OF[refusal.field ?? ''] ?? 'schedule', refusal);
    },
  };
}

/** Whole days unless hours are given with them. */
function closureIn(row: Row, wrong: (row: Row, name: string, code: string, facts?: Refusal['facts']) => void): Closure | undefined {
  const [date, until] = [cell(row, 'date'), cell(row, 'until_date') || cell(row, 'date')];
  if (dayOf(date) === undefined) return void wrong(row, 'date', 'dateInvalid', { date });
  if (dayOf(until) === undefined) return void wrong(row, 'until_date', 'dateInvalid', { date: until });
  const from = cell(row, 'start') === '' ? startOfDay(dayOf(date)!) : parseInstant(`${date} ${cell(row, 'start')}`);
  const to = cell(row, 'end') === '' ? dayOf(until)! + DAY_MS : parseInstant(`${until} ${cell(row, 'end')}`);
  if (from === undefined) return void wrong(row, 'start', 'timeInvalid', { time: cell(row, 'start') });
  if (to === undefined) return void wrong(row, 'end', 'timeInvalid', { time: cell(row, 'end') });
  return { from, to, reason: cell(row, 'reason') };
}
