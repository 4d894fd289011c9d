import { clockTime } from '../../../shared/time.ts';
import { dismiss, isUnsent, useOutbox, type Waiting } from '../../data/outbox.ts';
import { useWords } from '../../shell/language.tsx';

/** The oldest of them; days at a roadblock without a network are thousands, and drawing them all stops a cheap phone. */
const LISTED_MOST = 20;

/** What is still on this phone, since when, and what the server did not accept: never silently dropped. */
export function Unsent({ actor }: { readonly actor: string }) {
  const { t } = useWords();
  const outbox = useOutbox();
  const refused = outbox.filter(({ refusal }) => refusal !== undefined);
  const waiting = outbox.filter((item) => item.actor === actor && isUnsent(item));
  const others = outbox.filter((item) => item.actor !== actor && isUnsent(item));
  return (
    <>
      {waiting.length > 0 && (
        <details className="unsent">
          <summary><span role="status">{t('drive.unsent', { count: waiting.length, time: clockTime(waiting[0]!.at) })}</span></summary>
          <p>{t('drive.unsent-how')}</p>
          <ul className="plain-rows">{waiting.slice(0, LISTED_MOST).map((item) => <li key={item.key}>{wordsOf(item, t)}</li>)}</ul>
        </details>
      )}
      {others.length > 0 && <p className="unsent">{t('drive.unsent-others', { count: others.length })}</p>}
      {refused.length > 0 && (
        <section className="unsent refused" role="alert">
          <h2>{t('drive.refused', { count: refused.length })}</h2>
          <p>{t('drive.refused-how')}</p>
          <ul className="plain-rows">
            {refused.map((item) => (
              <li key={item.key}>
                <b>{wordsOf(item, t)}</b> {item.refusal}{' '}
                <button type="button" onClick={() => void dismiss(item.key)}>{t('drive.refused-read')}</button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function wordsOf({ at, what, name }: Waiting, t: ReturnType<typeof useWords>['t']): string {
  return [clockTime(at), t(what as Parameters<typeof t>[0]), name].filter(Boolean).join(' · ');
}
