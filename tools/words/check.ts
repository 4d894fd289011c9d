import { LANGUAGES, placeholdersOf, readLanguage, type Sentence } from './read.ts';
import { vocabularies } from './vocabularies.ts';

/** Everything wrong with the words: one sentence per complaint, which says where and what to do. */
export function checkWords(root: string): string[] {
  const problems: string[] = [];
  const byLanguage = new Map<string, Map<string, Sentence>>();
  for (const language of LANGUAGES) {
    const read = readLanguage(root, language);
    problems.push(...read.problems);
    const all = new Map<string, Sentence>();
    for (const sentence of [...read.parts.values()].flat()) {
      const first = all.get(sentence.code);
      if (first) problems.push(`${sentence.file}:${sentence.line}  ${sentence.code} stands already in ${first.file}:${first.line}; keep one.`);
      all.set(sentence.code, sentence);
    }
    byLanguage.set(language, all);
  }
  problems.push(...compare(byLanguage));
  for (const [vocabulary, members] of Object.entries(vocabularies(root))) {
    for (const member of members) {
      // What a room refuses leaves through the server, which finds its sentence by the code alone.
      const [code, part] = vocabulary === 'refusal' ? [member, 'server'] : [`${vocabulary}.${member}`, 'shared'];
      if (![...byLanguage.values()].some((all) => all.has(code))) {
        problems.push(`words/  ${code} has no words: a person would see a code. Add it to ${part}.md in every language.`);
      }
    }
  }
  return problems;
}

/** The same codes with the same placeholders in every language. */
function compare(byLanguage: ReadonlyMap<string, ReadonlyMap<string, Sentence>>): string[] {
  const problems: string[] = [];
  for (const [language, all] of byLanguage) {
    for (const [other, theirs] of byLanguage) {
      if (other === language) continue;
      for (const { code, text, file, line } of all.values()) {
        const counterpart = theirs.get(code);
        if (!counterpart) problems.push(`${file}:${line}  ${code} is missing in ${other}.`);
        else if (language < other && String(placeholdersOf(text)) !== String(placeholdersOf(counterpart.text))) {
          problems.push(`${file}:${line}  ${code} fills in {${placeholdersOf(text).join('} {')}}, but ${counterpart.file}:${counterpart.line} {${placeholdersOf(counterpart.text).join('} {')}}.`);
        }
      }
    }
  }
  return problems;
}
