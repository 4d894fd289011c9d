import type { Text } from '../base/index.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { either, join, PATHWAY_WORDS, TRANSPORT_WORDS, VENUE_WORDS } from './words.ts';

/** One thing that people hear from one policy and not from the other. */
export interface ToldOtherwise {
  readonly key: string;
  readonly side: 'was' | 'now';
  readonly said: Said;
}

/** A sentence with its clause, or options that a clause took away. */
interface Said {
  readonly clause: string;
  readonly text?: Text;
  readonly option?: string;
}

const TOLD = new WeakMap<Outcome, ReadonlyMap<string, Said>>();

/** Everything an outcome tells people, its stand-ins included, by what makes it another thing to hear. */
function toldBy(outcome: Outcome): ReadonlyMap<string, Said> {
  let known = TOLD.get(outcome);
  if (!known) {
    const { venues, transports, plan } = outcome;
    const plans = [...venues.keys()].flatMap((venue) => [...transports.keys()].map((way) => plan(venue, way, false)));
    TOLD.set(outcome, (known = new Map(plans.flatMap(sentencesOf))));
  }
  return known;
}

const sentencesOf = ({ reasons, ruledOut }: Plan): readonly (readonly [string, Said])[] => [
  ...reasons.map(({ clause, text }) => [JSON.stringify([clause, text]), { clause, text }] as const),
  ...ruledOut.map(({ option, clause, text }) => [JSON.stringify([option, clause, text]), { clause, option }] as const),
];

/** What can be ruled out, as `why.ts` names it. */
const OPTION_WORDS: Readonly<Record<string, Text>> = Object.fromEntries([
  ...Object.entries(PATHWAY_WORDS).map(([pathway, text]) => [`pathway:${pathway}`, text]),
  ...Object.entries(TRANSPORT_WORDS).map(([transport, text]) => [`transport:${transport}`, text]),
  ...Object.entries(VENUE_WORDS).map(([venue, text]) => [`venue:${venue}`, text]),
  ['pathway:remote', { zh: '线上就诊', en: 'online visit' }],
  ['entry:testRequired', { zh: '查验检测结果', en: 'a look at the test' }],
]);

/** Each sentence with its clause. */
function sayTold(told: readonly Said[]): Text {
  const clauses = [...new Set(told.map(({ clause }) => clause))];
  return told.length === 0 ? NOTHING : join(clauses.flatMap((clause): readonly Text[] => {
    const ofIt = told.filter((one) => one.clause === clause);
    const texts = ofIt.flatMap(({ text }) => text ?? []);
    if (texts.length > 0) return texts.map(({ zh, en }) => ({ zh: `${zh}（${clause}）`, en: `${en} (${clause})` }));
    const options = either([...new Set(ofIt.flatMap(({ option }) => option ?? []))].map((option) => OPTION_WORDS[option]!));
    return [{ zh: `不安排${options.zh}（${clause}）。`, en: `No ${options.en} (${clause}).` }];
  }), '', ' ');
}

const NOTHING: Text = { zh: '无', en: 'nothing' };

/**
 * What people hear from one and not from the other; undefined when both tell the same. What a clause ruled out is told only
 * where its own sentence is not: that says why.
 */
export function otherReasons(first: Outcome, second: Outcome): readonly ToldOtherwise[] | undefined {
  const [was, now] = [toldBy(first), toldBy(second)];
  const told = [...onlyIn(was, now, 'was'), ...onlyIn(now, was, 'now')];
  return told.length === 0 ? undefined : told;
}

function onlyIn(told: ReadonlyMap<string, Said>, other: ReadonlyMap<string, Said>, side: ToldOtherwise['side']): readonly ToldOtherwise[] {
  const only = [...told].filter(([key]) => !other.has(key));
  const explained = new Set(only.flatMap(([, { clause, text }]) => (text ? clause : [])));
  return only.filter(([, { clause, option }]) => option === undefined || !explained.has(clause)).map(([key, said]) => ({ key: `${side} told ${key}`, side, said }));
}

/** What these people no longer hear, and what they hear now. */
export function sayToldOtherwise(told: readonly (readonly ToldOtherwise[])[]): { readonly was: Text; readonly now: Text } {
  const of = (wanted: ToldOtherwise['side']): Text => sayTold(told.flatMap(([one]) => (one!.side === wanted ? one!.said : [])));
  return { was: of('was'), now: of('now') };
}
