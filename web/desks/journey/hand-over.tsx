import type { JourneyView } from '../../../src/journey/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';

const TOLD = ['happened', 'found', 'measured', 'done'] as const;

/** What the crew told at the door, and who has signed. Whose signature is missing is said: nobody takes silence for a hand-over. */
export function HandOverTold({ arrival }: { readonly arrival: NonNullable<JourneyView['arrival']> }) {
  const { t, word } = useWords();
  const { handOver, receivedAt, receivedByName = '' } = arrival;
  return (
    <section className="hand-over" aria-label={t('door.hand-over')}>
      <h2>{t('door.hand-over')}</h2>
      {handOver && (
        <dl className="facts">
          {TOLD.filter((part) => handOver.report[part]).map((part) => <div key={part}><dt>{word('told', part)}</dt><dd>{handOver.report[part]}</dd></div>)}
        </dl>
      )}
      <p>{handOver ? t('door.crew-signed', { name: handOver.name, time: clockTime(handOver.at) }) : t('door.crew-not-signed')}</p>
      <p role="status">{receivedAt === undefined ? t('door.ward-not-signed') : t('door.ward-signed', { name: receivedByName, time: clockTime(receivedAt) })}</p>
    </section>
  );
}
