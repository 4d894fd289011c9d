import { useState, type FormEvent } from 'react';
import { HELPED, type Consult } from '../../../src/consults/index.ts';
import { usePost } from '../data/post.ts';
import { useWords } from '../shell/language.tsx';
import { Asking, Empty } from '../shell/states.tsx';
import { Ask } from './ask.tsx';
import { Question } from './question.tsx';
import { useConsults } from './queries.ts';
import { Visits } from './visits.tsx';

/** What our house has asked: by deadline, with what came of it; and whoever comes to our bedside. */
export function AskedByUs({ house }: { readonly house: string | undefined }) {
  const { t } = useWords();
  const asked = useConsults();
  const [asking, setAsking] = useState(false);
  return (
    <div className="consults">
      {asking ? <Ask onDone={() => setAsking(false)} /> : <p className="tools"><button type="button" className="primary" onClick={() => setAsking(true)}>{t('consult.ask')}</button></p>}
      <Visits />
      <Asking asked={asked}>
        {({ consults }) => {
          const ours = consults.filter(({ askedFrom }) => askedFrom === house);
          if (ours.length === 0) return <Empty>{t('consult.none')}</Empty>;
          return <ul className="plain-rows">{ours.map((consult) => <li key={consult.id}><Question consult={consult}><Acts consult={consult} /></Question></li>)}</ul>;
        }}
      </Asking>
    </div>
  );
}

/** Whoever asked: it helped or not, what was done together, or it is not needed any more. */
function Acts({ consult }: { readonly consult: Consult }) {
  const { t, word } = useWords();
  const send = usePost('consults');
  const [writing, setWriting] = useState<'joint-treatment' | 'withdraw'>();
  const [text, setText] = useState('');
  const to = (what: string): string => `/api/consults/${encodeURIComponent(consult.id)}/${what}`;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(to(writing!), writing === 'withdraw' ? { reason: text } : { text }, () => { setWriting(undefined); setText(''); });
  };
  return (
    <>
      {consult.answer && <p className="actions"><span>{t('consult.helped')}</span>{HELPED.map((helped) => <button key={helped} type="button" aria-pressed={consult.rating?.helped === helped} disabled={send.busy} onClick={() => send.now(to('rate'), { helped })}>{word('helped', helped)}</button>)}</p>}
      {writing === undefined ? (
        <p className="actions">
          {consult.taken && <button type="button" onClick={() => setWriting('joint-treatment')}>{t('consult.joint-write')}</button>}
          {!consult.answer && <button type="button" className="plain" onClick={() => setWriting('withdraw')}>{t('consult.withdraw')}</button>}
        </p>
      ) : (
        <form className="change" onSubmit={submit}>
          <label>{t(writing === 'withdraw' ? 'consult.withdraw-why' : 'consult.joint-text')}<textarea rows={3} required value={text} onChange={(event) => setText(event.target.value)} /></label>
          <p className="actions"><button type="submit" className="primary" disabled={send.busy || text.trim() === ''}>{t(writing === 'withdraw' ? 'consult.withdraw-now' : 'consult.joint-save')}</button><button type="button" onClick={() => setWriting(undefined)}>{t('act.cancel')}</button></p>
        </form>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}
