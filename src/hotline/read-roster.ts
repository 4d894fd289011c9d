import { parseInstant, readCsv, type CsvCell, type CsvProblem, type Instant, type Refusal } from '../base/index.ts';
import { placeShift, type NewShift, type Shift } from './roster.ts';

const COLUMNS = ['from', 'to', 'dutyPerson', 'phone'] as const;
const OPTIONAL = ['secondPerson', 'secondPhone', 'takesOverFrom'] as const;
const PHONE = /^[\d+ ()-]{3,25}$/;
const NAME_MAX = 100;

export interface RosterProblem {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly facts?: Refusal['facts'];
}

/** Shifts as they stand in a table, each placed among those before it; and everything that is wrong, by line and column. */
export function readRoster(text: string, institution: string, standing: readonly Shift[]): { readonly shifts: readonly Omit<Shift, 'id'>[]; readonly problems: readonly RosterProblem[] } {
  const table = readCsv(text, COLUMNS, OPTIONAL);
  const problems: RosterProblem[] = table.problems.map((problem: CsvProblem) => problem);
  const read = table.rows.flatMap((row): { shift: NewShift; row: ReadonlyMap<string, CsvCell> }[] => {
    const wrong = problems.length;
    const cell = (name: string): CsvCell => row.get(name)!;
    const say = (name: string, code: string): void => void problems.push({ line: cell(name).line, column: cell(name).column, code });
    const instant = (name: 'from' | 'to'): Instant => {
      const found = instantOf(cell(name).text.trim());
      if (found === undefined) say(name, 'rosterTime');
      return found ?? 0;
    };
    const text = (name: string, needed: boolean): string => {
      const value = cell(name).text.trim();
      if ((needed && value === '') || value.length > NAME_MAX) say(name, 'rosterName');
      return value;
    };
    const phone = (name: string, needed: boolean): string => {
      const value = cell(name).text.trim();
      if ((value !== '' || needed) && !PHONE.test(value)) say(name, 'rosterPhone');
      return value;
    };
    const [from, to] = [instant('from'), instant('to')];
    const [secondPerson, secondPhone, takesOverFrom] = [text('secondPerson', false), phone('secondPhone', false), text('takesOverFrom', false)];
    const shift: NewShift = {
      institution, from, to, dutyPerson: text('dutyPerson', true), phone: phone('phone', true),
      ...(secondPerson && { secondPerson }), ...(secondPhone && { secondPhone }), ...(takesOverFrom && { takesOverFrom }),
    };
    return problems.length > wrong ? [] : [{ shift, row }];
  });
  const shifts: Omit<Shift, 'id'>[] = [];
  for (const { shift, row } of read.sort((a, b) => a.shift.from - b.shift.from)) {
    const placed = placeShift([...standing, ...shifts.map((each) => ({ ...each, id: '' }))], shift);
    if ('shift' in placed) shifts.push(placed.shift);
    else for (const { code, field = 'from', facts } of placed.refusals) problems.push({ line: row.get(field)!.line, column: row.get(field)!.column, code, ...(facts && { facts }) });
  }
  return { shifts, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** As a ward writes it, in the city's time: `2022-11-25 08:00`; or with its offset. */
function instantOf(text: string): Instant | undefined {
  const local = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(text);
  return parseInstant(local ? `${local[1]}T${local[2]}:00+08:00` : text);
}
