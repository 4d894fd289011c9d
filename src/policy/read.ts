import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Node } from 'yaml';
import { parseInstant } from '../base/index.ts';
import type { Instant, Text } from '../base/index.ts';
import type { PolicyProblem } from './document.ts';

/** A place in the file: a node to point at when its content is wrong. */
export interface Spot {
  readonly node: Node | null | undefined;
  /** Where the node would stand, when it is missing. */
  readonly parent?: Node | undefined;
}

/** Reads one YAML text, collecting every problem with its line and column instead of stopping at the first. */
export class Reader {
  readonly problems: PolicyProblem[] = [];
  readonly file: string;
  readonly #lines = new LineCounter();

  constructor(file: string) {
    this.file = file;
  }

  open(text: string): Spot | undefined {
    if (text.length > LONGEST_FILE) {
      this.#at(0, 'tooLarge', `this file has ${text.length} characters; a policy of more than ${LONGEST_FILE} cannot be reviewed: split it`);
      return undefined;
    }
    const stray = NOT_TEXT.exec(text);
    let root: Node | null;
    try {
      const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false });
      for (const error of document.errors) this.#at(error.pos[0], 'yaml', TOO_DEEP.test(error.message) ? NESTED : `${clip(error.message.replace(/\s+/g, ' '))}; correct the YAML here`);
      if (stray) this.#at(stray.index, 'notText', 'here is a character that no text has; save the file as text in UTF-8');
      visit(document, { Node: (_key, node) => this.#plain(node) });
      root = document.contents as Node | null;
    } catch {
      this.#at(0, 'yaml', NESTED);
      return undefined;
    }
    if (!root || !isMap(root)) {
      if (this.problems.length === 0) this.#at(0, 'empty', 'the file holds no policy; begin with id, version, period, districts and measures');
      return undefined;
    }
    return { node: root };
  }

  /** A reviewer reads a policy from top to bottom: nothing in it points elsewhere or means another thing than it says. */
  #plain(node: Node): void {
    const offset = node.range?.[0] ?? 0;
    if ('anchor' in node && node.anchor !== undefined) this.#at(offset, 'alias', `"&${String(node.anchor)}" gives this a name to point to; take it away, and write out what points here`);
    if (node.tag !== undefined) this.#at(offset, 'tag', `"${node.tag}" changes what is written here; take it away and write the value plainly`);
  }

  /** From top to bottom, the way a person repairs them. */
  inOrder(): readonly PolicyProblem[] {
    return this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  fail(spot: Spot, code: string, message: string): undefined {
    this.#at((spot.node?.range ?? spot.parent?.range ?? [0])[0], code, message);
    return undefined;
  }

  line(spot: Spot): number {
    return this.#lines.linePos((spot.node?.range ?? [0])[0]).line || 1;
  }

  /** The entries of a mapping; unknown keys are named, together with those that are known. */
  fields(spot: Spot, what: string, known: readonly string[]): Map<string, Spot> {
    const fields = new Map<string, Spot>();
    const node = spot.node;
    if (isAlias(node)) return this.#alias(spot, what) ?? fields;
    if (!isMap(node)) {
      this.fail(spot, 'type', `${what} has to be written as "name: value" lines (${known.join(', ')})`);
      return fields;
    }
    for (const { key, value } of node.items) {
      const keyNode = key as Node;
      const name = isScalar(keyNode) ? String(keyNode.value) : 'a list or a mapping';
      if (fields.has(name)) this.fail({ node: keyNode }, 'duplicateKey', `"${name}" is written twice in ${what}; keep one`);
      else if (known.includes(name)) fields.set(name, { node: value as Node | null, parent: keyNode });
      else this.fail({ node: keyNode }, 'unknownKey', `"${name}" is not known in ${what}; known are ${known.join(', ')}`);
    }
    return fields;
  }

  /** The entries of a mapping that was read before, without saying again what is wrong with it. */
  entries({ node }: Spot): ReadonlyMap<string, Spot> {
    if (!isMap(node)) return new Map();
    return new Map(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', { node: value as Node | null, parent: key as Node }]));
  }

  /** The same for a list and for one value. */
  elements(spot: Spot | undefined): readonly Spot[] {
    return isSeq(spot?.node) ? spot.node.items.map((node) => ({ node: node as Node | null })) : [];
  }

  value({ node }: Spot): unknown {
    return isScalar(node) ? node.value : undefined;
  }

  items(spot: Spot, what: string): readonly Spot[] {
    if (isSeq(spot.node)) return spot.node.items.map((node) => ({ node: node as Node | null, parent: spot.node! }));
    if (isAlias(spot.node)) return this.#alias(spot, what) ?? [];
    this.fail(spot, 'type', `${what} has to be a list; begin each line with "- ", or write [one, two]`);
    return [];
  }

  /** A scalar's value; anchors are refused because a reviewer reads a policy from top to bottom. */
  scalar(spot: Spot, what: string): unknown {
    if (isAlias(spot.node)) return this.#alias(spot, what);
    if (isScalar(spot.node) && spot.node.value !== null) return spot.node.value;
    return this.fail(spot, 'missing', `${what} is missing; write one value`);
  }

  text(spot: Spot | undefined, what: string, parent: Spot): string {
    if (!spot) return this.fail(parent, 'missing', `${what} is missing; add it`) ?? '';
    const value = this.scalar(spot, what);
    if (value === undefined) return '';
    if (typeof value === 'string' && value.trim() !== '') return value;
    return this.fail(spot, 'type', `${what} has to be text; put it in quotes`) ?? '';
  }

  words(spot: Spot | undefined, what: string, parent: Spot): Text {
    if (!spot) return this.fail(parent, 'missing', `${what} is missing; add zh and en`) ?? { zh: '', en: '' };
    const fields = this.fields(spot, what, ['zh', 'en']);
    return { zh: this.text(fields.get('zh'), `${what}, zh`, spot), en: this.text(fields.get('en'), `${what}, en`, spot) };
  }

  oneOf<T extends string>(spot: Spot, what: string, values: readonly T[]): T | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const found = values.find((item) => item === String(value));
    return found ?? this.fail(spot, 'unknownValue', `"${String(value)}" is no ${what}; write one of ${values.join(', ')}`);
  }

  boolean(spot: Spot, what: string): boolean | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fail(spot, 'type', `${what} has to be true or false`);
  }

  instant(spot: Spot, what: string): Instant | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant === undefined) return this.fail(spot, 'date', `"${String(value)}" is no date and time; write it as '2022-11-25 00:00' (24:00 is the end of the day)`);
    // "to the 29th" could be its first moment or its last: a day too short is a day without the protections.
    if (!/\d:\d/.test(String(value))) return this.fail(spot, 'date', `"${String(value)}" names a day without an hour; write '${String(value)} 00:00' for its beginning, '${String(value)} 24:00' for its end`);
    return instant;
  }

  /** Seconds from "90 s", "10 min", "2 h" or "7 d"; never zero, never longer than `longest`. */
  seconds(spot: Spot, what: string, longest: number): number | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const match = DURATION.exec(String(value));
    if (!match) return this.fail(spot, 'duration', `"${String(value)}" is no duration; write it as "10 min" (s, min, h or d)`);
    const seconds = Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
    if (seconds > 0 && seconds <= longest) return seconds;
    return this.fail(spot, 'duration', `${what} is ${String(value)}; every step has an end: more than 0 and at most ${longest / 86_400} d`);
  }

  #alias(spot: Spot, what: string): undefined {
    return this.fail(spot, 'alias', `write ${what} out instead of pointing to another place with "*"`);
  }

  #at(offset: number, code: string, message: string): void {
    if (this.problems.length > MOST_PROBLEMS) return;
    if (this.problems.length === MOST_PROBLEMS) [code, message] = ['tooMany', `more than ${MOST_PROBLEMS} problems; is it the right file?`];
    const { line, col } = this.#lines.linePos(offset);
    this.problems.push({ file: this.file, line: line || 1, column: col || 1, code, message: message.replace(LONG_QUOTE, '"$1…"') });
  }
}

/** A message that repeats a whole line of noise helps nobody: neither what was written nor what the parser says of it. */
const LONG_QUOTE = /"([^"]{80})[^"]+"/g;
const clip = (message: string): string => (message.length > 200 ? `${message.slice(0, 200)}…` : message);
/** A number and its unit. */
export const DURATION = /^(\d{1,6})\s*(s|min|h|d)$/;
/** What a runtime says of a text that is nested deeper than it can follow. */
const TOO_DEEP = /stack/i;
const NESTED = 'this is nested deeper than anybody could read; a policy needs six levels: is it the right file?';
/** Ten times the longest announcement so far: long enough for any, and read in a second whatever is in it. */
const LONGEST_FILE = 150_000;
/** Control characters, and what is left of bytes that are no UTF-8. */
const NOT_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/;
/** Beyond this a file is not mistyped but another kind of file. */
const MOST_PROBLEMS = 200;
const UNIT_SECONDS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const;
