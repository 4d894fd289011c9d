import { formatInstant } from '../base/index.ts';
import type { Instant, Text, Window } from '../base/index.ts';
import type { Coverage } from './document.ts';
import type { Where } from './situations.ts';
import { join } from './words.ts';

/** When and where only one of two policies holds, and how much that changes. */
export interface CoveredByOne {
  readonly where: 'onlyFirst' | 'onlySecond';
  readonly text: Text;
  /** Combinations treated differently there, and in how many classes. */
  readonly different: number;
  readonly classes: number;
}

/** Districts and, where a town alone was added, towns, for some time. */
interface Piece {
  readonly period: Window;
  readonly places: readonly Text[];
}

/**
 * Who is covered by one of them only, and from when to when. A planner who makes a period longer has changed no measure, so
 * this is one sentence and not the whole announcement over again.
 */
export function coveredByOne(
  first: Coverage | undefined, second: Coverage | undefined, different: Readonly<Record<Where, number>>, classes: readonly { readonly where: Where }[],
): readonly CoveredByOne[] {
  return ([['onlyFirst', second, first], ['onlySecond', first, second]] as const).flatMap(([where, other, covering]): readonly CoveredByOne[] => {
    const pieces = covering ? piecesOf(covering, other) : [];
    if (pieces.length === 0) return [];
    const count = classes.filter((one) => one.where === where).length;
    return [{ where, text: say(where, pieces, different[where], count), different: different[where], classes: count }];
  });
}

function piecesOf(covering: Coverage, other: Coverage | undefined): readonly Piece[] {
  const districts = [...covering.districts];
  if (!other) return [{ period: covering.period, places: districts.map(([, name]) => name) }];
  const shared = districts.filter(([code]) => other.districts.has(code)).map(([, name]) => name);
  const added = districts.filter(([code]) => !other.districts.has(code)).map(([, name]) => name);
  const towns = [...covering.towns].filter((code) => !other.towns.has(code)).map((code) => ({ zh: code, en: code }));
  const places = added.length > 0 ? added : towns;
  return [
    ...(shared.length > 0 ? without(covering.period, other.period).map((period) => ({ period, places: shared })) : []),
    ...(places.length > 0 ? [{ period: covering.period, places }] : []),
  ];
}

/** What is left of a period when another one is taken out of it. */
function without(period: Window, other: Window): readonly Window[] {
  const end = Math.min(period.to ?? Infinity, other.from);
  const begin = Math.max(period.from, other.to ?? Infinity);
  return [
    ...(period.from < end ? [{ from: period.from, to: end }] : []),
    ...(begin < (period.to ?? Infinity) ? [{ from: begin, ...(period.to !== undefined && { to: period.to }) }] : []),
  ];
}

function say(where: CoveredByOne['where'], pieces: readonly Piece[], different: number, classes: number): Text {
  const when = join(pieces.map(sayPiece), '；', '; ');
  const count = different.toLocaleString('en');
  const changed: Text = {
    zh: `${count}种情形安排不同，共${classes}类`,
    en: `${count} combinations treated differently, in ${classes} ${classes === 1 ? 'class' : 'classes'}`,
  };
  return where === 'onlySecond'
    ? { zh: `只有后一政策有效：${when.zh}。那里原按日常规则，现按通告措施：${changed.zh}。`, en: `Only the second holds ${when.en}. Ordinary rules held there before, the announcement’s measures now: ${changed.en}.` }
    : { zh: `只有前一政策有效：${when.zh}。那里原按通告措施，现按日常规则：${changed.zh}。`, en: `Only the first holds ${when.en}. The announcement’s measures held there before, ordinary rules now: ${changed.en}.` };
}

function sayPiece({ period: { from, to }, places }: Piece): Text {
  const names = join(places, '、', ', ');
  const start = minute(from);
  return to === undefined
    ? { zh: `${start}起，${names.zh}`, en: `from ${start} on in ${names.en}` }
    : { zh: `${start}至${minute(to)}，${names.zh}`, en: `from ${start} to ${minute(to)} in ${names.en}` };
}

/** "2022-11-25 00:00", as an announcement writes it. */
const minute = (instant: Instant): string => formatInstant(instant).slice(0, 16).replace('T', ' ');
