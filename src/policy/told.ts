import type { Text } from '../base/index.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';
import { join } from './words.ts';

export interface ToldOtherwise {
  readonly key: string;
  readonly was: Text;
  readonly now: Text;
}

const TOLD = new WeakMap<Outcome, ReadonlyMap<string, Text>>();

/** Everything an outcome tells people, its stand-ins included, by what makes it another thing to hear. */
function toldBy(outcome: Outcome): ReadonlyMap<string, Text> {
  let known = TOLD.get(outcome);
  if (!known) {
    const { venues, transports, plan } = outcome;
    const plans = [...venues.keys()].flatMap((venue) => [...transports.keys()].map((way) => plan(venue, way, false)));
    TOLD.set(outcome, (known = new Map(plans.flatMap(sentencesOf))));
  }
  return known;
}

const sentencesOf = ({ reasons, ruledOut }: Plan): readonly (readonly [string, Text])[] => [
  ...reasons.map(({ clause, text }) => [JSON.stringify([clause, text]), { zh: `${text.zh}（${clause}）`, en: `${text.en} (${clause})` }] as const),
  ...ruledOut.map(({ option, clause, text }) => [JSON.stringify([option, clause, text]), { zh: `${option}已排除（${clause}）`, en: `${option} is ruled out (${clause})` }] as const),
];

const NOTHING: Text = { zh: '无', en: 'nothing' };

/** What people hear from one and not from the other; undefined when both tell the same. */
export function otherReasons(first: Outcome, second: Outcome): ToldOtherwise | undefined {
  const [was, now] = [toldBy(first), toldBy(second)];
  const [gone, come] = [[...was.keys()].filter((key) => !now.has(key)), [...now.keys()].filter((key) => !was.has(key))];
  if (gone.length === 0 && come.length === 0) return undefined;
  const said = (keys: readonly string[], side: ReadonlyMap<string, Text>): Text => (keys.length === 0 ? NOTHING : join(keys.map((key) => side.get(key)!), ' ', ' '));
  return { key: `told ${gone.join()} > ${come.join()}`, was: said(gone, was), now: said(come, now) };
}
