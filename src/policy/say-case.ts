import type { Text } from '../base/index.ts';
import { FACT_NAMES, FACTS, GROUP_MASKS, groupsOf, SETS } from './facts.ts';
import type { FactName, Facts } from './facts.ts';
import { answersIn, EVERYTHING, meet, PLAINEST, withAnswers } from './regions.ts';
import type { Box } from './regions.ts';
import { ANSWER_WORDS, both, either, FACT_WORDS, GROUP_WORDS, listed, SET_WORDS } from './words.ts';

type Single = Exclude<FactName, 'group'>;

/** Who they are is said first, and what they come for last. */
const SPOKEN_LAST: readonly FactName[] = ['need', 'acuity', 'period'];
const SPOKEN: readonly FactName[] = ['group', ...FACT_NAMES.filter((fact) => fact !== 'group' && !SPOKEN_LAST.includes(fact)), ...SPOKEN_LAST];

const EVERYBODY: Text = { zh: '所有人', en: 'everybody' };

/** One combination: need and acuity, and what is not plain about the person. `PLAIN_PERSON` says what goes without saying. */
export function sayFacts(facts: Facts): Text {
  const parts: Text[] = groupsOf(facts.groups)
    // Who is under three is a child, and the age says so better.
    .filter((group) => facts.age !== 'underThree' || (group !== 'child' && group !== 'underThree'))
    .map((group) => GROUP_WORDS[group]);
  for (const fact of SPOKEN) {
    if (fact === 'group') continue;
    if (fact === 'need' || fact === 'acuity' || facts[fact] !== PLAINEST[fact]) parts.push(wordFor(fact, facts[fact]));
  }
  return listed(parts);
}

/** What `sayFacts` leaves out because it is the plain case. */
export const PLAIN_PERSON: Text = listed(SPOKEN.flatMap((fact) =>
  (fact === 'group' || fact === 'need' || fact === 'acuity' ? [] : [wordFor(fact, PLAINEST[fact])])));

/** Everybody in the box, by what they have in common. */
export function sayBox(box: Box): Text {
  const parts = SPOKEN.flatMap((fact) => (fact === 'group' ? sayGroups(box) : sayAnswers(fact, answersFound(box, fact))));
  return parts.length === 0 ? EVERYBODY : listed(parts);
}

/** The answers that somebody in the box can give; all of them where the fact does not matter. */
function answersFound(box: Box, fact: Single): readonly number[] {
  const answers = answersIn(box, fact);
  return answers.length === FACTS[fact].length ? answers : answers.filter((answer) => meet(withAnswers(box, fact, [answer]), EVERYTHING));
}

function wordFor(fact: Single, answer: string): Text {
  return (ANSWER_WORDS[fact] as Readonly<Record<string, Text>>)[answer]!;
}

function sayAnswers(fact: Single, answers: readonly number[]): readonly Text[] {
  const values: readonly string[] = FACTS[fact];
  if (answers.length === values.length) return [];
  const named = answers.map((answer) => values[answer]!);
  const words = (list: readonly string[]): Text => either(list.map((value) => wordFor(fact, value)));
  // "Anything online but a refill" is shorter than the list of what is left; of two that are as short, the list is plainer.
  let best = { length: named.length, text: words(named) };
  for (const { text, members } of namedSets(fact)) {
    const without = members.filter((member) => !named.includes(member));
    if (members.length - without.length !== named.length || without.length + 1 >= best.length) continue;
    const but = words(without);
    best = { length: without.length + 1, text: without.length === 0 ? text : { zh: `除${but.zh}以外的${text.zh}`, en: `${text.en} but ${but.en}` } };
  }
  return [best.text];
}

/** Every answer, and the sets that have a name of their own. */
function namedSets(fact: Single): readonly { readonly text: Text; readonly members: readonly string[] }[] {
  const all = { text: { zh: FACT_WORDS[fact].zh, en: `any ${FACT_WORDS[fact].en}` }, members: FACTS[fact] };
  return [all, ...Object.entries(SETS[fact] ?? {}).flatMap(([name, members]) => (SET_WORDS[fact]?.[name] ? [{ text: SET_WORDS[fact][name], members }] : []))];
}

/** A set of groups somebody must have and must not have. */
interface Term {
  readonly has: number;
  readonly hasNot: number;
  readonly masks: readonly number[];
}

const ALL_MASKS = Array.from({ length: GROUP_MASKS }, (_, mask) => mask);
/** Shortest first: of two that say the same, the shorter is said. */
const TERMS: readonly Term[] = ALL_MASKS.flatMap((has) => ALL_MASKS.filter((hasNot) => (has & hasNot) === 0)
  .map((hasNot) => ({ has, hasNot, masks: ALL_MASKS.filter((mask) => (mask & has) === has && (mask & hasNot) === 0) })))
  .sort((a, b) => b.masks.length - a.masks.length || groupsOf(a.hasNot).length - groupsOf(b.hasNot).length || a.has - b.has);

/** The sets of groups in a box as few words: "pregnant or elderly", "disabled and not elderly". */
function sayGroups(box: Box): readonly Text[] {
  const wanted = new Set(answersIn(box, 'group'));
  if (wanted.size === GROUP_MASKS) return [];
  // Sets that nobody of this need and age can have may be said or not.
  const forbidden = ALL_MASKS.filter((mask) => !wanted.has(mask) && meet(withAnswers(box, 'group', [mask]), EVERYTHING));
  if (forbidden.length === 0) return [];
  const fitting = TERMS.filter(({ masks }) => !forbidden.some((mask) => masks.includes(mask)));
  const open = new Set([...wanted].filter((mask) => meet(withAnswers(box, 'group', [mask]), EVERYTHING)));
  const chosen: Term[] = [];
  while (open.size > 0) {
    const left = (term: Term): number => term.masks.filter((mask) => open.has(mask)).length;
    const best = fitting.reduce((found, term) => (left(term) > left(found) ? term : found));
    chosen.push(best);
    for (const mask of best.masks) open.delete(mask);
  }
  return [either(chosen.map(sayTerm))];
}

function sayTerm({ has, hasNot }: Term): Text {
  const not = groupsOf(hasNot).map((group) => GROUP_WORDS[group]);
  if (has === 0) return { zh: `非${not.map(({ zh }) => zh).join('、非')}`, en: not.length === 1 ? `not ${not[0]!.en}` : `neither ${not.map(({ en }) => en).join(' nor ')}` };
  return both([...groupsOf(has).map((group) => GROUP_WORDS[group]), ...not.map(({ zh, en }) => ({ zh: `非${zh}`, en: `not ${en}` }))]);
}
