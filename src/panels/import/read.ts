import { DAY_MS, parseInstant, readCsv, type CsvCell, type Instant } from '../../base/index.ts';
import { GROUPS, type Group } from '../../triage/index.ts';
import { CONDITIONS, type Condition, type MemberFacts, type Medicine } from '../member.ts';

/** The columns of the file, by fixed names: README.md shows one. */
export const IMPORT_REQUIRED = ['name', 'phone', 'town', 'address', 'conditions'] as const;
export const IMPORT_OPTIONAL = ['number', 'birth', 'sex', 'medicines', 'expected', 'last_visit', 'lon', 'lat'] as const;
type Column = (typeof IMPORT_REQUIRED | typeof IMPORT_OPTIONAL)[number];
export const IMPORT_ROWS_MAX = 50_000;

/** One mistake of the file: where it is, and what to do by its code. `line` and `column` count from 1. */
export interface ImportProblem {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface Candidate {
  readonly line: number;
  readonly person: Omit<MemberFacts, 'id' | 'team' | 'key'>;
}

export interface ReadContext {
  readonly towns: { has(code: string): boolean };
  readonly at: Instant;
  /** What the formulary knows of a medicine as somebody wrote it. */
  readonly formulary: (written: string) => Pick<Medicine, 'code' | 'neverRunOut'>;
}

const PHONE = /^[\d+ ()-]{3,25}$/;
const LENGTH_MAX = { name: 100, address: 300, number: 40 } as const;
/** As the national service for the elderly counts them. */
const ELDERLY_MONTHS = 65 * 12;
const CHILD_MONTHS = 14 * 12;
const UNDER_THREE_MONTHS = 36;
const AGE_MONTHS_MAX = 1_500;
const MONTH_MS = 30.44 * DAY_MS;
const PREGNANCY_MS = 300 * DAY_MS;
const MEDICINES_MAX = 20;

/** People as the file names them, and everything that is wrong with it at once. Where there is a problem nothing should be stored. */
export function readImport(text: string, context: ReadContext): { readonly candidates: readonly Candidate[]; readonly problems: readonly ImportProblem[] } {
  const { rows, problems: found } = readCsv(text, IMPORT_REQUIRED, IMPORT_OPTIONAL);
  const problems: ImportProblem[] = [...found];
  if (rows.length > IMPORT_ROWS_MAX) return { candidates: [], problems: [{ code: 'importTooLong', line: 1, column: 1, facts: { rows: IMPORT_ROWS_MAX } }] };
  return { candidates: rows.map((row) => readRow(row as ReadonlyMap<Column, CsvCell>, context, problems)), problems };
}

function readRow(row: ReadonlyMap<Column, CsvCell>, { towns, at, formulary }: ReadContext, problems: ImportProblem[]): Candidate {
  const cell = (column: Column): CsvCell => row.get(column)!;
  const wrong = (column: Column, code: string, facts: ImportProblem['facts'] = {}): undefined => {
    const { line, column: at } = cell(column);
    problems.push({ code, line, column: at, facts: { name: column, ...facts } });
    return undefined;
  };
  const text = (column: 'name' | 'address' | 'number', needed: boolean): string => {
    const said = cell(column).text.trim();
    if (needed && said === '') wrong(column, 'importEmpty');
    if (said.length > LENGTH_MAX[column]) wrong(column, 'importTooLongText', { most: LENGTH_MAX[column] });
    if (said.includes('\0')) wrong(column, 'importNotText');
    return said;
  };
  const day = (column: 'birth' | 'expected' | 'last_visit', from: Instant, to: Instant): Instant | undefined => {
    const said = cell(column).text.trim();
    if (said === '') return undefined;
    const instant = parseInstant(/^\d{4}$/.test(said) ? `${said}-01-01` : /^\d{4}-\d{2}$/.test(said) ? `${said}-01` : said);
    if (instant === undefined) return wrong(column, 'importNotADay', { said });
    return instant < from || instant > to ? wrong(column, 'importDayImpossible', { said }) : instant;
  };
  const degree = (column: 'lon' | 'lat', most: number): number | undefined => {
    const said = cell(column).text.trim();
    if (said === '') return undefined;
    const value = Number(said);
    return Number.isFinite(value) && Math.abs(value) <= most ? value : wrong(column, 'importNotDegrees', { said });
  };

  const phone = cell('phone').text.normalize('NFKC').trim();
  if (phone !== '' && !PHONE.test(phone)) wrong('phone', 'importNotAPhone');
  const town = cell('town').text.trim();
  if (!towns.has(town)) wrong('town', 'importTownUnknown', { said: town.slice(0, 40) });
  const birth = day('birth', at - AGE_MONTHS_MAX * MONTH_MS, at);
  const ageMonths = birth === undefined ? undefined : Math.floor((at - birth) / MONTH_MS);
  const sex = cell('sex').text.trim();
  if (!['', 'female', 'male', 'other'].includes(sex)) wrong('sex', 'importNotOneOf', { said: sex.slice(0, 40), choices: 'female, male, other' });
  const expectedAt = day('expected', at - 30 * DAY_MS, at + PREGNANCY_MS);
  const lastVisitAt = day('last_visit', at - PREGNANCY_MS, at + DAY_MS);
  const [lon, lat] = [degree('lon', 180), degree('lat', 90)];
  const [conditions, groups] = readConditions(cell('conditions').text, ageMonths, expectedAt !== undefined, (said) => wrong('conditions', 'importNotOneOf', { said: said.slice(0, 40), choices: [...CONDITIONS, ...GROUPS].join(', ') }));
  const number = text('number', false);
  return {
    line: cell('name').line,
    person: {
      ...(number !== '' && { number }), name: text('name', true), phone, town, address: text('address', true),
      ...(lon !== undefined && lat !== undefined && { point: { lon, lat } }), ...(ageMonths !== undefined && { ageMonths }), ...(sex !== '' && { sex: sex as 'female' }),
      groups, conditions, medicines: readMedicines(cell('medicines').text, at, formulary, (code, said) => wrong('medicines', code, { said: said.slice(0, 60) })),
      ...(expectedAt !== undefined && { expectedAt }), ...(lastVisitAt !== undefined && { lastVisitAt }),
    },
  };
}

function readConditions(said: string, ageMonths: number | undefined, expecting: boolean, wrong: (said: string) => void): [readonly Condition[], readonly Group[]] {
  const conditions = new Set<Condition>();
  const groups = new Set<Group>();
  for (const each of said.split(';').map((part) => part.trim()).filter(Boolean)) {
    if ((CONDITIONS as readonly string[]).includes(each)) conditions.add(each as Condition);
    else if ((GROUPS as readonly string[]).includes(each)) groups.add(each as Group);
    else wrong(each);
  }
  if (expecting) groups.add('pregnant');
  if (ageMonths !== undefined && ageMonths >= ELDERLY_MONTHS) groups.add('elderly');
  if (ageMonths !== undefined && ageMonths < CHILD_MONTHS) groups.add('child');
  if (ageMonths !== undefined && ageMonths < UNDER_THREE_MONTHS) groups.add('underThree');
  if ([...conditions].some((condition) => condition !== 'livesAlone')) groups.add('chronic');
  return [[...conditions], GROUPS.filter((group) => groups.has(group))];
}

/** `insulin glargine|2022-11-10|28; metformin|2022-11-01|30`: what, dispensed when, for how many days. */
function readMedicines(said: string, at: Instant, formulary: ReadContext['formulary'], wrong: (code: string, said: string) => void): readonly Medicine[] {
  const parts = said.split(';').map((part) => part.trim()).filter(Boolean);
  if (parts.length > MEDICINES_MAX) wrong('importTooManyMedicines', String(parts.length));
  return parts.slice(0, MEDICINES_MAX).flatMap((part): Medicine[] => {
    const [name = '', on = '', days = '', ...more] = part.split('|').map((each) => each.trim());
    const dispensedAt = parseInstant(on);
    const count = Number(days);
    const right = name !== '' && name.length <= 100 && more.length === 0 && dispensedAt !== undefined && dispensedAt <= at + DAY_MS && Number.isInteger(count) && count >= 1 && count <= 400;
    if (right) return [{ name, dispensedAt, days: count, ...formulary(name) }];
    wrong('importMedicine', part);
    return [];
  });
}
