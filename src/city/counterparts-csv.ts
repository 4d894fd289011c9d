import { formatInstant, parseInstant, readCsv, type CsvCell, type CsvProblem } from '../base/index.ts';
import { SERVICES, type Counterpart, type Service } from './city.ts';

/** A row a town and service; several institutions in their order, separated by spaces or semicolons. */
export const COUNTERPART_COLUMNS = { required: ['town', 'institutions'], optional: ['service', 'from', 'to'] } as const;

/** One row of the table, and where each of its fields stands. */
export interface CounterpartLine {
  readonly row: Counterpart;
  readonly where: (field: string) => { readonly line: number; readonly column: number };
}

export interface CounterpartFieldProblem {
  readonly code: 'serviceUnknown' | 'instantUnreadable' | 'periodWithoutBeginning';
  readonly line: number;
  readonly column: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export function readCounterpartsCsv(text: string): { readonly lines: readonly CounterpartLine[]; readonly problems: readonly (CsvProblem | CounterpartFieldProblem)[] } {
  const table = readCsv(text, COUNTERPART_COLUMNS.required, COUNTERPART_COLUMNS.optional);
  const problems: (CsvProblem | CounterpartFieldProblem)[] = [...table.problems];
  const lines = table.rows.map((cells): CounterpartLine => {
    const cell = (field: string): CsvCell => cells.get(field)!;
    const bad = (field: string, code: CounterpartFieldProblem['code']): void => void problems.push({ code, line: cell(field).line, column: cell(field).column, facts: { text: cell(field).text } });
    const instant = (field: string): number | undefined => {
      const written = cell(field).text.trim();
      const at = written === '' ? undefined : parseInstant(written);
      if (written !== '' && at === undefined) bad(field, 'instantUnreadable');
      return at;
    };
    const written = cell('service').text.trim();
    const service = SERVICES.find((known) => known === written);
    if (written !== '' && !service) bad('service', 'serviceUnknown');
    const [from, to] = [instant('from'), instant('to')];
    if (to !== undefined && from === undefined && cell('from').text.trim() === '') bad('from', 'periodWithoutBeginning');
    return {
      row: {
        town: cell('town').text.trim(), institutions: cell('institutions').text.split(/[\s;；、]+/).filter((code) => code !== ''),
        ...(service && { service }), ...(from !== undefined && { period: { from, ...(to !== undefined && { to }) } }),
      },
      where: (field) => ({ line: cell(field).line, column: cell(field).column }),
    };
  });
  return { lines, problems };
}

/** What can be read again by `readCounterpartsCsv`: the same set. Codes only, so nothing in it can be taken for a formula. */
export function counterpartsCsv(rows: readonly Counterpart[]): string {
  const order = new Map<Service | undefined, number>([undefined, ...SERVICES].map((service, index) => [service, index]));
  const sorted = [...rows].sort((a, b) => (a.town < b.town ? -1 : a.town > b.town ? 1 : order.get(a.service)! - order.get(b.service)! || (a.period?.from ?? 0) - (b.period?.from ?? 0)));
  const time = (at: number | undefined): string => (at === undefined ? '' : formatInstant(at));
  return ['town,service,institutions,from,to', ...sorted.map(({ town, service = '', institutions, period }) => [town, service, institutions.join(' '), time(period?.from), time(period?.to)].join(','))].join('\r\n') + '\r\n';
}
