import './door.css';
import type { ReactNode } from 'react';
import type { Text } from '../../../src/base/index.ts';
import type { DoorAnswer } from '../../../src/reception/index.ts';
import { useWords } from '../shell/language.tsx';

/** The answer as large as the phone: which way in, by which door, and what happens beside it. There is no other one than a way in. */
export function WayIn({ answer: { via, test, atOnce }, door, children }: { readonly answer: DoorAnswer; readonly door: Text | undefined; readonly children?: ReactNode }) {
  const { t, word, say } = useWords();
  return (
    <section className="answer answer-yes way-in" role="status">
      <svg viewBox="0 0 100 100" aria-hidden="true">{via === 'direct' ? <path d="M50 90V18M22 44l28-30 28 30" /> : <path d="M20 90V44q0-22 22-22h34M54 2l24 20-24 20" />}</svg>
      <p className="answer-word">{t('gate.let-in', { door: word('door', via) })}</p>
      {door && <p className="way-door"><b>{say(door)}</b></p>}
      {atOnce && <p><b>{t('door.at-once')}</b></p>}
      <p>{t(test === 'none' ? 'door.no-test' : 'door.test-beside')}</p>
      {children}
    </section>
  );
}
