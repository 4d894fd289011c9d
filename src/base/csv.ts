/** One field as it stands in the file: `line` counts lines of text, `column` fields of the row, both from 1. */
export interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface CsvProblem {
  readonly code: 'csvNotUtf8' | 'csvEmpty' | 'csvQuote' | 'csvColumnMissing' | 'csvColumnUnknown' | 'csvColumnTwice' | 'csvFieldCount';
  readonly line: number;
  readonly column: number;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export interface CsvTable {
  /** Each row by the names of the header; an optional column that is left out is an empty cell. */
  readonly rows: readonly ReadonlyMap<string, CsvCell>[];
  readonly problems: readonly CsvProblem[];
}

/** A spreadsheet that saves in the country's older encoding makes other names of names: such bytes are refused, never guessed. */
export function csvText(bytes: Uint8Array): { readonly text: string } | { readonly problem: CsvProblem } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    let line = 1;
    for (let from = 0, to = 0; from <= bytes.length; from = to + 1, line++) {
      to = bytes.indexOf(10, from);
      if (to < 0) to = bytes.length;
      try {
        decoder.decode(bytes.subarray(from, to));
      } catch {
        break;
      }
    }
    return { problem: { code: 'csvNotUtf8', line, column: 1 } };
  }
}

/**
 * RFC 4180, strictly: a quote inside of a bare field or a quoted field that never ends is named, because what follows it may be anything.
 * Fields are parted by what parts the header: by semicolons where a spreadsheet takes the comma for decimals.
 */
export function readCsv(text: string, required: readonly string[], optional: readonly string[] = []): CsvTable {
  const problems: CsvProblem[] = [];
  const [header = [], ...body] = cellsOf(text.replace(/^\uFEFF/, ''), problems).filter((row) => row.length > 1 || row[0]!.text !== '');
  const names = header.map((cell) => cell.text.trim());
  if (names.length === 0) problems.push({ code: 'csvEmpty', line: 1, column: 1, facts: { columns: required.join(',') } });
  header.forEach(({ line, column }, index) => {
    const name = names[index]!;
    if (![...required, ...optional].includes(name)) problems.push({ code: 'csvColumnUnknown', line, column, facts: { name, columns: [...required, ...optional].join(',') } });
    else if (names.indexOf(name) < index) problems.push({ code: 'csvColumnTwice', line, column, facts: { name } });
  });
  for (const name of names.length === 0 ? [] : required.filter((each) => !names.includes(each))) {
    problems.push({ code: 'csvColumnMissing', line: 1, column: names.length + 1, facts: { name } });
  }
  const rows = body.flatMap((row) => {
    const { line } = row[0]!;
    if (row.length === names.length) return [new Map([...optional.map((name): [string, CsvCell] => [name, { text: '', line, column: 1 }]), ...row.map((cell, at): [string, CsvCell] => [names[at]!, cell])])];
    problems.push({ code: 'csvFieldCount', line, column: Math.min(row.length, names.length), facts: { fields: row.length, columns: names.length } });
    return [];
  });
  return { rows: problems.some(({ line }) => line === header[0]?.line) ? [] : rows, problems };
}

function cellsOf(text: string, problems: CsvProblem[]): CsvCell[][] {
  const rows: CsvCell[][] = [[]];
  const parted = /^[^,;\r\n]*;/.test(text.trimStart()) ? ';' : ',';
  const field = parted === ';' ? /(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|\n|\r|$)/y : /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  for (let at = 0, line = 1; ;) {
    const row = rows.at(-1)!;
    field.lastIndex = at;
    const match = field.exec(text);
    if (!match) {
      problems.push({ code: 'csvQuote', line, column: row.length + 1 });
      return rows.slice(0, -1);
    }
    const [whole, quoted, bare = '', end = ''] = match;
    row.push({ text: quoted === undefined ? bare : quoted.replaceAll('""', '"'), line, column: row.length + 1 });
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    at += whole.length;
    if (end === '') return rows;
    if (end !== parted) rows.push([]);
    if (at === text.length && end !== parted) return rows.slice(0, -1);
  }
}
