import { useSyncExternalStore } from 'react';
import { language, onLanguage, say, t, word } from '../../shared/words.ts';

export interface Words {
  readonly t: typeof t;
  readonly word: typeof word;
  readonly say: typeof say;
}
const WORDS: Words = { t, word, say };

/** Whoever reads words is drawn again when the language changes. */
export function useWords(): Words {
  useSyncExternalStore(onLanguage, language);
  return WORDS;
}
