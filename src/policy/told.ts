import type { Text } from '../base/index.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { either, join, PATHWAY_WORDS, TRANSPORT_WORDS, VENUE_WORDS } from './words.ts';

export interface ToldOtherwise {
  readonly key: string;
  readonly was: Text;
  readonly now: Text;
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
  ['entry:testRequired', { zh: '查验检测结果', en: 'a look at the test' }],
]);

/** Each sentence with its clause. What a clause ruled out is said only where its own sentence is not: that says why. */
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

/** What people hear from one and not from the other; undefined when both tell the same. */
export function otherReasons(first: Outcome, second: Outcome): ToldOtherwise | undefined {
  const [was, now] = [toldBy(first), toldBy(second)];
  const [gone, come] = [[...was.keys()].filter((key) => !now.has(key)), [...now.keys()].filter((key) => !was.has(key))];
  if (gone.length === 0 && come.length === 0) return undefined;
  const said = (keys: readonly string[], side: ReadonlyMap<string, Said>): Text => sayTold(keys.map((key) => side.get(key)!));
  return { key: `told ${gone.join()} > ${come.join()}`, was: said(gone, was), now: said(come, now) };
}
