import { isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Node } from 'yaml';
import { parseInstant } from '../base/index.ts';
import type { Instant, Text } from '../base/index.ts';
import type { PolicyProblem } from './problem.ts';
import { said, THING, type FactsOf, type SentenceName } from './read-said.ts';
import { sayYamlFault } from './read-yaml-words.ts';

/** A place in the file: a node to point at when its content is wrong. */
export interface Spot {
  readonly node: Node | null | undefined;
  /** Where the node would stand, when it is missing. */
  readonly parent?: Node | undefined;
}

/** What a sentence is about: a word of the file as it stands there, or a thing with a name in both languages. */
type What = string | Text;

/** Reads one YAML text, collecting every problem with its line and column instead of stopping at the first. */
export class Reader {
  readonly problems: PolicyProblem[] = [];
  readonly file: string;
  /** Where each line begins. The parser's own count loses lines once it has lost its way. */
  #lineStarts: readonly number[] = [0];

  constructor(file: string) {
    this.file = file;
  }

  open(text: string): Spot | undefined {
    if (text.length > LONGEST_FILE) {
      this.#at(0, 'tooLarge', { characters: text.length, most: LONGEST_FILE });
      return undefined;
    }
    this.#lineStarts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    const stray = NOT_TEXT.exec(text);
    let root: Node | null;
    try {
      const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
      for (const { pos: [offset], code, message } of document.errors) {
        if (TOO_DEEP.test(message)) this.#at(offset, 'yaml.nested', {});
        else this.#at(offset, 'yaml', { fault: sayYamlFault(code, clip(message.replace(/\s+/g, ' '))) });
      }
      if (stray) this.#at(stray.index, 'notText', {});
      visit(document, { Node: (_key, node) => this.#plain(node) });
      root = document.contents as Node | null;
    } catch {
      this.#at(0, 'yaml.nested', {});
      return undefined;
    }
    if (!root || !isMap(root)) {
      if (this.problems.length === 0) this.#at(0, 'empty', {});
      return undefined;
    }
    return { node: root };
  }

  /** A reviewer reads a policy from top to bottom: nothing in it points elsewhere or means another thing than it says. */
  #plain(node: Node): void {
    const offset = node.range?.[0] ?? 0;
    if ('anchor' in node && node.anchor !== undefined) this.#at(offset, 'alias.anchor', { name: String(node.anchor) });
    if (node.tag !== undefined) this.#at(offset, 'tag', { tag: node.tag });
  }

  /** From top to bottom, the way a person repairs them. */
  inOrder(): readonly PolicyProblem[] {
    return this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  /** Says at this place the sentence of this name, with its blanks filled. */
  fail<N extends SentenceName>(spot: Spot, name: N, facts: FactsOf<N>): undefined {
    this.#at((spot.node?.range ?? spot.parent?.range ?? [0])[0], name, facts);
    return undefined;
  }

  line(spot: Spot): number {
    return this.#placeOf((spot.node?.range ?? [0])[0]).line;
  }

  /** The entries of a mapping; unknown keys are named, together with those that are known. */
  fields(spot: Spot, what: What, known: readonly string[]): Map<string, Spot> {
    const fields = new Map<string, Spot>();
    const node = spot.node;
    if (isAlias(node)) return this.#alias(spot, what) ?? fields;
    if (!isMap(node)) {
      this.fail(spot, 'type.fields', { what, known });
      return fields;
    }
    for (const { key, value } of node.items) {
      const keyNode = key as Node;
      if (!isScalar(keyNode)) {
        this.fail({ node: keyNode }, 'unknownKey', { name: THING.noName, what, known });
        continue;
      }
      const name = String(keyNode.value);
      if (fields.has(name)) this.fail({ node: keyNode }, 'duplicateKey', { name, what });
      else if (known.includes(name)) fields.set(name, { node: value as Node | null, parent: keyNode });
      else this.fail({ node: keyNode }, 'unknownKey', { name, what, known });
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

  items(spot: Spot, what: What): readonly Spot[] {
    if (isSeq(spot.node)) return spot.node.items.map((node) => ({ node: node as Node | null, parent: spot.node! }));
    if (isAlias(spot.node)) return this.#alias(spot, what) ?? [];
    this.fail(spot, 'type.list', { what });
    return [];
  }

  /** A scalar's value; anchors are refused because a reviewer reads a policy from top to bottom. */
  scalar(spot: Spot, what: What): unknown {
    if (isAlias(spot.node)) return this.#alias(spot, what);
    if (isScalar(spot.node) && spot.node.value !== null) return spot.node.value;
    return this.fail(spot, 'missing.value', { what });
  }

  text(spot: Spot | undefined, what: What, parent: Spot): string {
    if (!spot) return this.fail(parent, 'missing', { what }) ?? '';
    const value = this.scalar(spot, what);
    if (value === undefined) return '';
    if (typeof value === 'string' && value.trim() !== '') return value;
    return this.fail(spot, 'type.text', { what }) ?? '';
  }

  words(spot: Spot | undefined, what: What, parent: Spot): Text {
    if (!spot) return this.fail(parent, 'missing.words', { what }) ?? { zh: '', en: '' };
    const fields = this.fields(spot, what, ['zh', 'en']);
    return { zh: this.text(fields.get('zh'), THING.part(what, 'zh'), spot), en: this.text(fields.get('en'), THING.part(what, 'en'), spot) };
  }

  oneOf<T extends string>(spot: Spot, what: What, values: readonly T[]): T | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const found = values.find((item) => item === String(value));
    return found ?? this.fail(spot, 'unknownValue', { value: String(value), what, known: values });
  }

  boolean(spot: Spot, what: What): boolean | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fail(spot, 'type.boolean', { what });
  }

  instant(spot: Spot, what: What): Instant | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant === undefined) return this.fail(spot, 'date', { value: String(value) });
    // "to the 29th" could be its first moment or its last: a day too short is a day without the protections.
    if (!/\d:\d/.test(String(value))) return this.fail(spot, 'date.noHour', { value: String(value) });
    return instant;
  }

  /** Seconds from "90 s", "10 min", "2 h" or "7 d"; never zero, never longer than `longest`. */
  seconds(spot: Spot, what: What, longest: number): number | undefined {
    const value = this.scalar(spot, what);
    if (value === undefined) return undefined;
    const match = DURATION.exec(String(value));
    if (!match) return this.fail(spot, 'duration', { value: String(value) });
    const seconds = Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
    if (seconds > 0 && seconds <= longest) return seconds;
    return this.fail(spot, 'duration.outside', { what, value: String(value), days: longest / UNIT_SECONDS.d });
  }

  #alias(spot: Spot, what: What): undefined {
    return this.fail(spot, 'alias', { what });
  }

  #placeOf(offset: number): { readonly line: number; readonly column: number } {
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - this.#lineStarts[line]! + 1 };
  }

  #at<N extends SentenceName>(offset: number, name: N, facts: FactsOf<N>): void {
    if (this.problems.length > MOST_PROBLEMS) return;
    const problem = this.problems.length === MOST_PROBLEMS ? said('tooMany', { most: MOST_PROBLEMS }) : said(name, facts);
    this.problems.push({ file: this.file, ...this.#placeOf(offset), ...problem });
  }
}

/** What the parser says of noise repeats the noise. */
const clip = (message: string): string => (message.length > 200 ? `${message.slice(0, 200)}…` : message);
/** A number and its unit. */
export const DURATION = /^(\d{1,6})\s*(s|min|h|d)$/;
/** What a runtime says of a text that is nested deeper than it can follow. */
const TOO_DEEP = /stack/i;
/** Ten times the longest announcement so far: long enough for any, and read in a second whatever is in it. */
const LONGEST_FILE = 150_000;
/** Control characters, and what is left of bytes that are no UTF-8. */
const NOT_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/;
/** Beyond this a file is not mistyped but another kind of file. */
const MOST_PROBLEMS = 200;
const UNIT_SECONDS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const;
