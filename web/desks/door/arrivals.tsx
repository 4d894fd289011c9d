import { useState, type FormEvent } from 'react';
import { clockTime } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';
import { useDoor, useDoorPost, type Found } from './queries.ts';
import { UnknownPerson } from './unknown.tsx';

/** Who stands at our door: by pass, plate, name or code; or somebody whom nobody announced. */
export function Arrivals({ onOpened }: { readonly onOpened: (journey: string) => void }) {
  const { t, say } = useWords();
  const [text, setText] = useState('');
  const [unknown, setUnknown] = useState(false);
  const find = useDoorPost<{ text: string }, Found>('/api/door/find');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    find.mutate({ text: text.trim() }, { onSuccess: ({ found }) => { if (found.length === 1) onOpened(found[0]!.journey.id); } });
  };
  if (unknown) return <UnknownPerson onClose={() => setUnknown(false)} onOpened={onOpened} />;
  return (
    <>
      <form className="tools" onSubmit={submit} role="search">
        <input type="search" aria-label={t('door.find')} placeholder={t('door.find')} value={text} onChange={(event) => { setText(event.target.value); find.reset(); }} />
        <button type="submit" disabled={text.trim() === '' || find.isPending}>{t('door.find-now')}</button>
        <button type="button" onClick={() => setUnknown(true)}>{t('door.unknown')}</button>
      </form>
      {find.data && find.data.found.length > 1 && <ul className="plain-rows">{find.data.found.map(({ journey }) => <li key={journey.id}><button type="button" className="plain" onClick={() => onOpened(journey.id)}>{journey.person.name}</button></li>)}</ul>}
      {find.data && find.data.found.length === 0 && <p role="status">{find.data.expectedAt ? t('door.expected-at', { name: say(find.data.expectedAt.name) || find.data.expectedAt.code }) : t('door.not-expected')}</p>}
      {find.error && <p role="alert" className="problem">{find.error.message}</p>}
    </>
  );
}

/** What was made ready for somebody who does not come after all is free for the next. */
export function Gone() {
  const { t, word } = useWords();
  const { data } = useDoor();
  if (!data || data.gone.length === 0) return null;
  return (
    <details>
      <summary>{t('door.gone', { count: data.gone.length })}</summary>
      <ul className="plain-rows">{data.gone.map(({ journey, at, reason }) => <li key={`${journey}${at}`}><span className="code">{journey}</span> · {word('not-coming', reason)} · <time>{clockTime(at)}</time></li>)}</ul>
    </details>
  );
}
