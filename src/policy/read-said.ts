import type { Text } from '../base/index.ts';
import { SENTENCES } from './read-words.ts';

export type SentenceName = keyof typeof SENTENCES;
type CodeOf<N> = N extends `${infer Code}.${string}` ? Code : N;
export type ProblemCode = CodeOf<SentenceName>;

/** What completes a sentence. A string is what somebody wrote, and may be noise; a list and a text are our own words. */
export type Fact = string | number | readonly (string | number)[] | Text;
type Blanks<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never;
/** One for each blank of the sentence. */
export type FactsOf<N extends SentenceName> = Readonly<Record<Blanks<(typeof SENTENCES)[N]['en']>, Fact>>;

/** The sentence of this name in both languages, with its code. */
export function said<N extends SentenceName>(name: N, facts: FactsOf<N>): { readonly code: ProblemCode; readonly message: Text } {
  const { zh, en } = SENTENCES[name];
  const [code] = name.split('.') as [ProblemCode];
  return { code, message: { zh: fill(zh, facts, 'zh'), en: fill(en, facts, 'en') } };
}

function fill(sentence: string, facts: Readonly<Record<string, Fact>>, language: keyof Text): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name]!;
    if (typeof fact === 'number') return String(fact);
    if (typeof fact === 'string') return cut(fact);
    return 'zh' in fact ? fact[language] : fact.join(', ');
  });
}

/** A sentence that repeats a whole line of noise helps nobody. */
const SHOWN_CHARACTERS = 80;
const cut = (written: string): string => (written.length > SHOWN_CHARACTERS ? `${written.slice(0, SHOWN_CHARACTERS)}…` : written);

/** What a sentence is about, where the word in the file alone would not tell. */
export const THING = {
  policy: { zh: '政策文件', en: 'a policy' },
  standingRules: { zh: '常设规则', en: 'the standing rules' },
  district: { zh: '区的条目', en: 'a district' },
  townCode: { zh: '乡镇街道代码', en: 'a town code' },
  sentenceElsewhere: { zh: 'notEncoded的条目', en: 'an entry of notEncoded' },
  clause: { zh: '条款（句子的序号和原文）', en: 'clause (number and wording of the sentence)' },
  measure: { zh: '措施', en: 'a measure' },
  demand: { zh: '对机构的要求', en: 'a demand' },
  demandId: { zh: '要求的id', en: 'id of the demand' },
  measureId: { zh: '措施的id', en: 'id of the measure' },
  idInOver: { zh: 'over里的id', en: 'an id in over' },
  noName: { zh: '列表或映射', en: 'a list or a mapping' },
  clauseOf: (id: string): Text => ({ zh: `“${cut(id)}”的条款（序号和原文）`, en: `clause of "${cut(id)}" (its number and wording)` }),
  textOf: (id: string): Text => ({ zh: `“${cut(id)}”的text`, en: `text of "${cut(id)}"` }),
  inWhen: (fact: string): Text => ({ zh: `when里的${fact}`, en: `${fact} in when` }),
  valueOf: (fact: string): Text => ({ zh: `${fact}的值`, en: `value of ${fact}` }),
  standInFor: (option: string): Text => ({ zh: `${option}的替代`, en: `stand-in for ${option}` }),
  ownerOf: (step: string): Text => ({ zh: `${step}的责任人`, en: `owner of ${step}` }),
  deadlineOf: (step: string): Text => ({ zh: `${step}的时限`, en: `the deadline of ${step}` }),
  /** One language of a text. */
  part: (what: string | Text, language: keyof Text): Text =>
    (typeof what === 'string' ? { zh: `${what}的${language}`, en: `${what}, ${language}` } : { zh: `${what.zh}的${language}`, en: `${what.en}, ${language}` }),
} as const;
