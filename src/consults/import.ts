import { parseInstant, type CsvCell, type CsvProblem, type CsvTable, type Instant, type Refusal } from '../base/index.ts';
import { checkShift, type ExpertShift } from './expert.ts';
import { SPECIALTIES, type Specialty } from './consult.ts';

/** A roster as a hospital's own list: one line a shift. Several specialties stand in one field, parted by spaces. */
export const ROSTER_COLUMNS = { required: ['name', 'phone', 'specialties', 'from', 'to'], optional: ['onSite'] } as const;

export interface RosterProblem {
  readonly line: number;
  readonly column: number;
  readonly refusal: Refusal;
}

export interface ReadRoster {
  readonly shifts: readonly Omit<ExpertShift, 'id'>[];
  readonly problems: readonly (RosterProblem | CsvProblem)[];
}

const YES = new Set(['yes', 'true', '1', '是', '可']);
const NO = new Set(['', 'no', 'false', '0', '否']);

/** Reads every line, and checks each shift against what stands and against the lines before it. */
export function readRoster({ rows, problems }: CsvTable, hospital: string, standing: readonly ExpertShift[], at: Instant): ReadRoster {
  const found: RosterProblem[] = [];
  const shifts: Omit<ExpertShift, 'id'>[] = [];
  for (const row of rows) {
    const before = found.length;
    const wrong = (cell: CsvCell, code: string, facts?: Refusal['facts']): void => void found.push({ line: cell.line, column: cell.column, refusal: { code, ...(facts && { facts }) } });
    const cell = (name: string): CsvCell => row.get(name)!;
    const [name, phone, kinds, from, to, onSite] = ['name', 'phone', 'specialties', 'from', 'to', 'onSite'].map(cell) as [CsvCell, CsvCell, CsvCell, CsvCell, CsvCell, CsvCell];
    if (name.text.trim() === '' || name.text.trim().length > 100) wrong(name, 'expertNameMissing');
    if (!/^[\d+ ()-]{3,25}$/.test(phone.text.trim())) wrong(phone, 'phoneInvalid');
    const named = kinds.text.trim().split(/[\s,;、，；]+/u).filter((kind) => kind !== '');
    for (const kind of named) if (!isSpecialty(kind)) wrong(kinds, 'specialtyUnknown', { specialty: kind, known: SPECIALTIES.join(', ') });
    const [begins, ends] = [from, to].map((time) => {
      const instant = parseInstant(time.text.trim());
      if (instant === undefined) wrong(time, 'instantInvalid');
      return instant ?? NaN;
    }) as [Instant, Instant];
    const answer = onSite.text.trim().toLowerCase();
    if (!YES.has(answer) && !NO.has(answer)) wrong(onSite, 'yesOrNo');
    if (found.length > before) continue;
    const shift = { hospital, name: name.text.trim(), phone: phone.text.trim(), specialties: named.filter(isSpecialty), from: begins, to: ends, onSite: YES.has(answer) };
    const others = [...standing, ...shifts.map((other, index) => ({ ...other, id: String(index) }))];
    const faults = checkShift(shift, others, at);
    for (const fault of faults) found.push({ line: cell(fault.field ?? 'name').line, column: cell(fault.field ?? 'name').column, refusal: fault });
    if (faults.length === 0) shifts.push(shift);
  }
  return { shifts, problems: [...problems, ...found] };
}

const isSpecialty = (text: string): text is Specialty => SPECIALTIES.some((each) => each === text);
