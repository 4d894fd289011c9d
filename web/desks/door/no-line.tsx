import { comesBack } from '../data/outbox.ts';
import { Problem } from '../../shared/api.ts';
import { useWords } from '../shell/language.tsx';
import { useDoor } from './queries.ts';

/** The house could not be asked: nobody waits outside for that. Which doors there are is known from before. */
export function NoLine({ error }: { readonly error: Error | null }) {
  const { t, say } = useWords();
  const door = useDoor();
  if (!error) return null;
  if (error instanceof Problem && !comesBack(error)) return <p role="alert" className="problem">{error.message}</p>;
  const { direct, bufferZone } = door.data?.doors ?? {};
  return (
    <section className="answer answer-unknown" role="alert">
      <p className="answer-word">{t('door.no-line')}</p>
      <p>{t('door.no-line-ill')}{direct && <><br /><b>{say(direct)}</b></>}</p>
      <p>{t('door.no-line-others')}{bufferZone && <><br /><b>{say(bufferZone)}</b></>}</p>
      <p className="quiet">{t('door.no-line-later')}</p>
    </section>
  );
}
