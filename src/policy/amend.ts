import { isMap, isScalar, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import { DAY_MS, formatInstant, startOfDay } from '../base/index.ts';
import type { Instant } from '../base/index.ts';

/**
 * The same announcement with another end of its period and another version; every comment and every line that says something
 * else stays as its author wrote it, so that a reviewer sees in one glance what was changed.
 * @param to the new end; `null` for an open one
 * @param taken versions of this announcement that exist already, as written
 */
export function amendPeriod(text: string, to: Instant | null, taken: readonly string[]): string {
  const document = parseDocument(text);
  const version = String(document.get('version'));
  return edit(edit(text, ['period', 'to'], to === null ? null : writtenInstant(to)), ['version'], nextVersion(version, taken));
}

/** `1` → `2`, `2a` → `2a.2`: past every one that is taken. */
export function nextVersion(version: string, taken: readonly string[]): string {
  const [, stem = '', number] = /^(.*?)(\d+)$/.exec(version) ?? [undefined, `${version}.`, '1'];
  for (let next = Number(number) + 1; ; next += 1) if (!taken.includes(`${stem}${next}`)) return `${stem}${next}`;
}

/** As announcements write it: the city's time, and midnight as 24:00 of the day that ends. */
function writtenInstant(instant: Instant): string {
  if (startOfDay(instant) === instant) return `${formatInstant(instant - DAY_MS).slice(0, 10)} 24:00`;
  const [date = '', time = ''] = formatInstant(instant).slice(0, 19).split('T');
  return `${date} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}

/** Puts one value in its place. A value that stands there is overwritten where it stands; only a new or a removed one is laid out anew. */
function edit(text: string, path: readonly string[], value: string | null): string {
  const document = parseDocument(text);
  const node = document.getIn(path, true) as Node | undefined;
  if (value !== null && isScalar(node) && node.range) {
    const [from, to] = node.range;
    return `${text.slice(0, from)}'${value}'${text.slice(to)}`;
  }
  if (value === null) {
    if (node === undefined) return text;
    document.deleteIn(path);
  } else setQuoted(document, path, value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** In quotes: a bare date would be read as something else by another reader of YAML. */
function setQuoted(document: Document, path: readonly string[], value: string): void {
  document.setIn(path, value);
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return;
  const pair = parent.items.find(({ key }: Pair) => isScalar(key) && key.value === path.at(-1));
  if (pair && isScalar(pair.value)) pair.value.type = 'QUOTE_SINGLE';
}
