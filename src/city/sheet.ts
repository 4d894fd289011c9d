import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { parseInstant, type Instant, type Place, type Text, type Window } from '../base/index.ts';
import type { CityProblem, ProblemCode } from './problem.ts';

/** Where problems are collected: reading never stops at the first one. */
export type Report = (problem: CityProblem) => void;

/**
 * Parses one file into its top row. `undefined` when nothing in it can be read; the reasons are then in the report.
 * Every scalar keeps its source text, so that the code 0123 stays 0123 and 120 stays a phone number.
 */
export function openSheet(file: string, text: string, report: Report): Row | undefined {
  if (text.trim() === '') {
    report({ file, line: 1, code: 'fileEmpty', message: 'the file is empty: fill it or restore it from the last good version' });
    return undefined;
  }
  const lines = new LineCounter();
  const malformed = (line: number, reason: string): void =>
    report({ file, line, code: 'malformed', message: `not readable as YAML (${reason}): check quotes, brackets and indentation here` });
  try {
    // Duplicate keys are found by `finish`: the parser's own search compares every key with every other.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    for (const error of document.errors) {
      malformed(lines.linePos(error.pos[0]).line || 1, error.message.split('\n')[0]!.replace(/\s+/g, ' ').slice(0, 160));
    }
    if (document.errors.length > 0) return undefined;
    if (isMap(document.contents)) return new Row(file, document.contents, lines, report);
  } catch {
    // Brackets nested thousands deep exhaust the parser; whoever wrote them gets the same answer as for one that is missing.
    malformed(1, 'brackets nested too deeply');
    return undefined;
  }
  report({ file, line: 1, code: 'wrongType', message: 'the file must consist of "name: value" lines' });
  return undefined;
}

/** What was read, with the row it was read from, so that a rule between entries can still point at its line. */
export interface Entry<T> {
  readonly row: Row;
  readonly value: T;
}

/** One entry of a sheet. Asking for a field checks it; `finish` then finds the fields nobody asked for. */
export class Row {
  readonly file: string;
  readonly #map: YAMLMap;
  /** The first of each field; a repeated one is a problem that `finish` names. */
  readonly #fields = new Map<string, unknown>();
  readonly #repeated = new Map<string, unknown>();
  readonly #lines: LineCounter;
  readonly #report: Report;
  readonly #asked = new Set<string>();

  constructor(file: string, map: YAMLMap, lines: LineCounter, report: Report) {
    this.file = file;
    this.#map = map;
    this.#lines = lines;
    this.#report = report;
    for (const { key, value } of map.items) {
      const field = scalarText(key) ?? '';
      (this.#fields.has(field) ? this.#repeated : this.#fields).set(field, value ?? key);
    }
  }

  /** Line of the field, or of the row where the field is absent. */
  line(field?: string): number {
    return this.#lineOf(field === undefined ? this.#map : (this.#fields.get(field) ?? this.#map));
  }

  problem(code: ProblemCode, message: string, field?: string): void {
    this.#report({ file: this.file, line: this.line(field), ...(field && { field }), code, message });
  }

  has(field: string): boolean {
    this.#asked.add(field);
    return this.#fields.get(field) !== undefined;
  }

  /** Required text; the empty string when it is missing, after saying so. */
  text(field: string): string {
    if (this.has(field)) return this.optionalText(field) ?? '';
    this.problem('missing', `"${field}" is missing: add it`, field);
    return '';
  }

  optionalText(field: string): string | undefined {
    if (!this.has(field)) return undefined;
    const text = scalarText(this.#fields.get(field));
    if (text === undefined || text === '') {
      this.problem('wrongType', `"${field}" must be one piece of text`, field);
      return undefined;
    }
    if (text.length > TEXT_LENGTH_MAX) {
      this.problem('outOfRange', `"${field}" is longer than ${TEXT_LENGTH_MAX} characters: shorten it`, field);
      return undefined;
    }
    return text;
  }

  /** Required number inside [min, max]; `undefined` after a complaint. */
  number(field: string, min: number, max: number): number | undefined {
    const text = this.text(field);
    if (text === '') return undefined;
    const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) this.problem('wrongType', `"${field}" must be a number, not "${text}"`, field);
    else if (value < min || value > max) this.problem('outOfRange', `"${field}" is ${text}: it must lie between ${min} and ${max}`, field);
    else return value;
    return undefined;
  }

  wholeNumber(field: string, min: number, max: number): number | undefined {
    const value = this.number(field, min, max);
    if (value === undefined || Number.isInteger(value)) return value;
    this.problem('wrongType', `"${field}" must be a whole number, not ${value}`, field);
    return undefined;
  }

  flag(field: string, otherwise = false): boolean {
    const text = this.optionalText(field);
    if (text === undefined) return otherwise;
    if (text !== 'true' && text !== 'false') this.problem('wrongType', `"${field}" must be true or false, not "${text}"`, field);
    return text === 'true';
  }

  choice<T extends string>(field: string, options: readonly T[]): T | undefined {
    const text = this.text(field);
    return text === '' ? undefined : this.oneOf(field, text, options);
  }

  optionalChoice<T extends string>(field: string, options: readonly T[]): T | undefined {
    return this.has(field) ? this.choice(field, options) : undefined;
  }

  oneOf<T extends string>(field: string, text: string, options: readonly T[]): T | undefined {
    const found = options.find((option) => option === text);
    if (found === undefined) this.problem('unknownValue', `"${text}" is not known here: use one of ${options.join(', ')}`, field);
    return found;
  }

  instant(field: string): Instant | undefined {
    const text = this.optionalText(field);
    if (text === undefined) return undefined;
    const instant = parseInstant(text);
    if (instant === undefined) {
      this.problem('wrongType', `"${text}" is not a time: write it like 2022-11-25 00:00 (24:00 is the next day's 00:00)`, field);
    }
    return instant;
  }

  /** `from` and `to` of this row; without both it holds always. */
  period(): Window | undefined {
    const [from, to] = [this.instant('from'), this.instant('to')];
    if (to !== undefined && !this.has('from')) this.problem('missing', '"from" is missing: a period needs its beginning', 'from');
    if (from === undefined) return undefined;
    if (to !== undefined && to <= from) this.problem('periodBackwards', '"to" must be later than "from"', 'to');
    return { from, ...(to !== undefined && { to }) };
  }

  phoneNumber(field: string): string | undefined {
    const number = this.optionalText(field);
    if (number === undefined || PHONE.test(number)) return number;
    this.problem('wrongType', `"${number}" is not a phone number: digits, "-" and "+" only`, field);
    return undefined;
  }

  name(): Text {
    return { zh: this.text('zh'), en: this.text('en') };
  }

  place(): Place | undefined {
    const [lon, lat] = [this.number('lon', -180, 180), this.number('lat', -90, 90)];
    return lon === undefined || lat === undefined ? undefined : { lon, lat };
  }

  /** A list of codes or words; empty when absent. Saying one twice is a mistake. */
  words(field: string): readonly string[] {
    if (!this.has(field)) return [];
    const node = this.#fields.get(field);
    const words = isSeq(node) ? node.items.map(scalarText) : [undefined];
    if (words.some((word) => word === undefined || word === '')) {
      this.problem('wrongType', `"${field}" must be a list like [a, b]`, field);
      return [];
    }
    const seen = new Set<string>();
    for (const word of words as string[]) {
      if (seen.has(word)) this.problem('duplicate', `"${word}" is named twice in "${field}": keep one`, field);
      seen.add(word);
    }
    return [...seen];
  }

  /** A list of rows; empty when absent. */
  rows(field: string): readonly Row[] {
    if (!this.has(field)) return [];
    const node = this.#fields.get(field);
    if (!isSeq(node)) {
      if (scalarText(node) !== '') this.problem('wrongType', `"${field}" must be a list of entries that begin with "-"`, field);
      return [];
    }
    return node.items.flatMap((item) => {
      if (isMap(item)) return [new Row(this.file, item, this.#lines, this.#report)];
      const line = this.#lineOf(item);
      const message = `an entry of "${field}" must be fields like { code: …, zh: … }`;
      this.#report({ file: this.file, line, field, code: 'wrongType', message });
      return [];
    });
  }

  /** A required nested row. */
  row(field: string): Row | undefined {
    const node = this.has(field) ? this.#fields.get(field) : undefined;
    if (isMap(node)) return new Row(this.file, node, this.#lines, this.#report);
    if (node === undefined) this.problem('missing', `"${field}" is missing: add it`, field);
    else this.problem('wrongType', `"${field}" must be fields like { name: value }`, field);
    return undefined;
  }

  /** What `code` names, or `undefined` after saying that there is none. An empty code has been reported as missing already. */
  known<T>(field: string, code: string, among: ReadonlyMap<string, T>): T | undefined {
    const found = among.get(code);
    if (found === undefined && code !== '') {
      this.problem('unknownReference', `there is no "${code}": correct the code, or add it to its file`, field);
    }
    return found;
  }

  fields(): readonly string[] {
    return [...this.#fields.keys()];
  }

  finish(): void {
    const known = [...this.#asked].join(', ');
    for (const field of this.#fields.keys()) {
      if (!this.#asked.has(field)) this.problem('unknownKey', `"${field}" is not known here: remove it or use one of ${known}`, field);
    }
    for (const [field, node] of this.#repeated) {
      this.#report({ file: this.file, line: this.#lineOf(node), field, code: 'duplicate', message: `"${field}" is given twice: keep one` });
    }
  }

  #lineOf(node: unknown): number {
    const range = (node as { range?: readonly number[] | null } | undefined)?.range ?? this.#map.range;
    return range ? this.#lines.linePos(range[0]!).line || 1 : 1;
  }
}

const TEXT_LENGTH_MAX = 200;
const PHONE = /^\+?\d[\d-]{1,19}$/;

function scalarText(node: unknown): string | undefined {
  if (isAlias(node) || !isScalar(node)) return undefined;
  return node.type === 'PLAIN' ? (node.source ?? '').trim() : String(node.value ?? '').trim();
}
