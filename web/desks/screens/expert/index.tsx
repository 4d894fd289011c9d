import { useState } from 'react';
import type { Consult } from '../../../../src/consults/index.ts';
import { usePost } from '../../data/post.ts';
import { useCity, useConsults, useMe } from '../../data/queries.ts';
import { spoken } from '../../journey/countdown.tsx';
import { latenessOf } from '../../journey/lateness.ts';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';

/** The municipal expert's phone: the question, the clock, take it, answer it. */
export default function Expert() {
  const asked = useConsults();
  const { t } = useWords();
  const me = useMe();
  const ours = me.data?.actor.scope.split(':')[1];
  return (
    <Asking asked={asked}>
      {({ consults }) => {
        const open = consults.filter(({ answer, askedOf }) => answer === undefined && askedOf === ours);
        if (open.length === 0) return <div className="state"><h2>{t('expert.empty')}</h2><p>{t('expert.empty-do')}</p></div>;
        return <ul className="gate-list">{open.map((consult) => <li key={consult.id}><Question consult={consult} /></li>)}</ul>;
      }}
    </Asking>
  );
}

function Question({ consult }: { readonly consult: Consult }) {
  const words = useWords();
  const { t, word, say } = words;
  const me = useMe();
  const city = useCity();
  const now = useNow();
  const [text, setText] = useState('');
  const send = usePost('consults');
  const left = consult.dueAt - now;
  const lateness = latenessOf(left, (consult.dueAt - consult.askedAt) / 1000);
  const mine = consult.taken?.by === me.data?.actor.id;
  const from = city.data?.institutions.find(({ code }) => code === consult.askedFrom);
  return (
    <article className="stop">
      <p className="stop-kind">
        <b>{word('specialty', consult.specialty)} · {word('urgency', consult.urgency)} · {word('consult-mode', consult.mode)}</b>
        <span className={`countdown countdown-${lateness}`}><time>{lateness === 'over' ? t('time.over', { time: spoken(words, left) }) : spoken(words, left)}</time></span>
      </p>
      <p className="question-text">{consult.question}</p>
      <p className="quiet">{t('expert.from', { name: say(from?.name) || consult.askedFrom })}</p>
      {!consult.taken && <button type="button" className="primary wide" disabled={send.busy} onClick={() => send.now(`/api/consults/${consult.id}/take`, {})}>{t('expert.take')}</button>}
      {consult.taken && !mine && <p>{t('expert.taken', { name: consult.taken.name })}</p>}
      {mine && (
        <>
          <label htmlFor={`answer-${consult.id}`}>{t('expert.answer')}</label>
          <textarea id={`answer-${consult.id}`} rows={6} value={text} onChange={(event) => setText(event.target.value)} />
          <button type="button" className="primary wide" disabled={send.busy || text.trim() === ''} onClick={() => send.now(`/api/consults/${consult.id}/answer`, { text })}>{t('expert.send')}</button>
        </>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </article>
  );
}
