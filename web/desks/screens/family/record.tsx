import { useState } from 'react';
import type { MemberFace } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { Due } from '../../journey/due.tsx';
import { useWords } from '../../shell/language.tsx';

interface Recorded {
  readonly knock?: { readonly dueAt: number };
}

/** How the call ended, in one tap; a note may stand beside it. After three that failed the committee goes to the door. */
export function Record({ member }: { readonly member: MemberFace }) {
  const { t, word } = useWords();
  const [note, setNote] = useState('');
  const [knock, setKnock] = useState<Recorded['knock']>();
  const said = usePost<Recorded>('panels');
  const end = (result: 'reached' | 'notReached' | 'wrongNumber'): void =>
    said.now(`/api/panels/members/${member.id}/contact`, { result, ...(note.trim() && { note: note.trim() }) }, (answer) => { setKnock(answer.knock); setNote(''); });
  return (
    <div className="record-call">
      <input aria-label={t('family.note-of', { name: member.name })} placeholder={t('family.note')} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      {(['reached', 'notReached', 'wrongNumber'] as const).map((result) => (
        <button key={result} type="button" className={result === 'reached' ? 'primary' : ''} disabled={said.busy} aria-label={t('act.for', { verb: word('contact', result), name: member.name })} onClick={() => end(result)}>{word('contact', result)}</button>
      ))}
      {said.problem && <p role="alert" className="problem">{said.problem}</p>}
      <div role="status">{knock && <p>{t('family.knock-sent')} <Due at={knock.dueAt} /></p>}</div>
    </div>
  );
}
