import { useState, type FormEvent } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { usePost } from '../data/post.ts';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';

interface Identified { readonly others: readonly { readonly journey: string; readonly need: string; readonly receivedAt: number }[] }

/** Who was received without a name has one now; their other open request, of the same name and number, becomes this one. */
export function Identify({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  const send = usePost<Identified>('journeys');
  const merge = usePost('journeys');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [others, setOthers] = useState<Identified['others']>([]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/door/${encodeURIComponent(journey.id)}/identify`, { person: { name: name.trim(), phone: phone.trim() } }, (answer) => setOthers(answer.others));
  };
  return (
    <section aria-label={t('door.who')}>
      {journey.unidentified && (
        <form className="inset change" onSubmit={submit}>
          <h3>{t('door.who')}</h3>
          <label>{t('door.name')}<input value={name} required maxLength={100} onChange={(event) => setName(event.target.value)} /></label>
          <label>{t('door.phone')}<input type="tel" value={phone} required onChange={(event) => setPhone(event.target.value)} /></label>
          {send.problem && <p role="alert" className="problem">{send.problem}</p>}
          <p className="actions"><button type="submit" className="primary" disabled={send.busy || name.trim() === '' || phone.trim() === ''}>{t('door.keep-name')}</button></p>
        </form>
      )}
      {others.map((other) => (
        <p key={other.journey} className="actions">
          <span>{t('door.other', { need: word('need', other.need), time: dayAndTime(other.receivedAt) })}</span>
          <button type="button" disabled={merge.busy} onClick={() => merge.now(`/api/door/${encodeURIComponent(journey.id)}/merge`, { journey: other.journey }, () => setOthers(others.filter((each) => each !== other)))}>{t('door.merge')}</button>
        </p>
      ))}
      {merge.problem && <p role="alert" className="problem">{merge.problem}</p>}
    </section>
  );
}
