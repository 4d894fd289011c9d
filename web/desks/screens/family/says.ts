import type { Reason } from '../../../../src/panels/index.ts';
import { hasWords } from '../../../shared/words.ts';
import type { Words } from '../../shell/language.tsx';

/** A reason with what completes it: "insulin glargine: 2 days left". A reason of a newer server says at least its name. */
export function says({ t, word }: Words, { why, facts }: Reason): string {
  const known = { ...facts, ...(typeof facts['service'] === 'string' && { service: word('service', facts['service']) }) };
  if (why === 'medicineRunsOut') return t(facts['daysLeft'] === 0 ? 'why-says.medicineOut' : 'why-says.medicineRunsOut', known) + (facts['neverRunOut'] ? t('why-says.neverRunOut') : '');
  const code = `why-says.${why}`;
  return hasWords(code) ? t(code, known) : word('why', why);
}
