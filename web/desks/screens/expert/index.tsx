import { useState, type FormEvent } from 'react';
import type { Consult } from '../../../../src/consults/index.ts';
import { cityNow } from '../../../shared/clock.ts';
import { Question } from '../../consults/question.tsx';
import { useConsults, useExperts, useVisits } from '../../consults/queries.ts';
import { Visits } from '../../consults/visits.tsx';
import { usePost } from '../../data/post.ts';
import { useMe } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime, useNow } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';

const MINUTE_MS = 60_000;
const LEAVES_IN_MINUTES = [10, 30, 60, 120];
const REST_HOURS = [1, 4, 8];

/** The municipal expert's phone: the question, the clock, take it, answer it; go there when that is needed; rest. */
export default function Expert() {
  const asked = useConsults();
  const { t } = useWords();
  const me = useMe();
  const ours = me.data?.actor.scope.split(':')[1];
  return (
    <>
      <Visits />
      <Asking asked={asked}>
        {({ consults }) => {
          const id = me.data?.actor.id;
          const open = consults.filter(({ answer, withdrawn, askedOf, taken, askedFrom }) => !answer && !withdrawn && askedFrom !== ours && (askedOf === ours || taken?.by === id));
          const mine = open.filter(({ taken }) => taken?.by === id);
          const others = open.filter((consult) => !mine.includes(consult));
          const answered = consults.filter(({ answer }) => answer?.by === id);
          return (
            <>
              {open.length === 0 && <div className="state"><h2>{t('expert.empty')}</h2><p>{t('expert.empty-do')}</p></div>}
              <ul className="gate-list">{[...mine, ...others].map((consult) => <li key={consult.id}><Question consult={consult}><Work consult={consult} mine={mine.includes(consult)} /></Question></li>)}</ul>
              {answered.length > 0 && <details><summary>{t('expert.answered', { count: answered.length })}</summary><ul className="gate-list">{answered.map((consult) => <li key={consult.id}><Question consult={consult}><Joint consult={consult} /></Question></li>)}</ul></details>}
            </>
          );
        }}
      </Asking>
      <Rest />
    </>
  );
}

function Work({ consult, mine }: { readonly consult: Consult; readonly mine: boolean }) {
  const { t } = useWords();
  const send = usePost('consults');
  const to = (what: string): string => `/api/consults/${encodeURIComponent(consult.id)}/${what}`;
  const free = consult.taken === undefined || consult.escalations.length > consult.taken.passes;
  return (
    <>
      {!mine && free && <button type="button" className="primary wide" disabled={send.busy} onClick={() => send.now(to('take'), {})}>{t('expert.take')}</button>}
      {mine && <Answer consult={consult} />}
      {(mine || (free && !consult.taken)) && <button type="button" className="plain wide" disabled={send.busy} onClick={() => send.now(to('decline'), {})}>{t('expert.decline')}</button>}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}

function Answer({ consult }: { readonly consult: Consult }) {
  const { t } = useWords();
  const send = usePost('consults');
  const [text, setText] = useState('');
  const [url, setUrl] = useState('');
  const to = (what: string): string => `/api/consults/${encodeURIComponent(consult.id)}/${what}`;
  const answer = (event: FormEvent): void => {
    event.preventDefault();
    send.now(to('answer'), { text });
  };
  return (
    <>
      <form onSubmit={answer}>
        <label htmlFor={`answer-${consult.id}`}>{t('expert.answer')}</label>
        <textarea id={`answer-${consult.id}`} rows={6} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="primary wide" disabled={send.busy || text.trim() === ''}>{t('expert.send')}</button>
      </form>
      <details>
        <summary>{t('expert.talk')}</summary>
        <p><label>{t('expert.link')}<input type="url" inputMode="url" placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} /></label></p>
        <p className="actions">{(['video', 'voice'] as const).map((kind) => <button key={kind} type="button" disabled={send.busy || url === ''} onClick={() => send.now(to('call'), { kind, url }, () => setUrl(''))}>{t(`expert.offer-${kind}`)}</button>)}</p>
      </details>
      <Go consult={consult} />
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}

/** To the bedside: when, and by whose car. */
function Go({ consult }: { readonly consult: Consult }) {
  const { t } = useWords();
  const visits = useVisits();
  const send = usePost('consults');
  const [minutes, setMinutes] = useState(LEAVES_IN_MINUTES[1]!);
  const going = visits.data?.visits.some((visit) => visit.consult === consult.id && visit.returnedAt === undefined && visit.calledOff === undefined);
  if (going) return null;
  const go = (ownWay: boolean): void => send.now('/api/experts/visits', { consult: consult.id, leavesAt: cityNow() + minutes * MINUTE_MS, ownWay });
  return (
    <details open={consult.mode === 'onSite'}>
      <summary>{t('expert.go')}</summary>
      <p><label>{t('expert.leave-in')} <select className="inline" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>{LEAVES_IN_MINUTES.map((each) => <option key={each} value={each}>{t('expert.minutes', { count: each })}</option>)}</select></label></p>
      <p className="what-happens">{t('expert.go-happens')}</p>
      <p className="actions"><button type="button" disabled={send.busy} onClick={() => go(false)}>{t('expert.go-car')}</button><button type="button" disabled={send.busy} onClick={() => go(true)}>{t('expert.go-own')}</button></p>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </details>
  );
}

function Joint({ consult }: { readonly consult: Consult }) {
  const { t } = useWords();
  const send = usePost('consults');
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`/api/consults/${encodeURIComponent(consult.id)}/joint-treatment`, { text }, () => setText(''));
  };
  return (
    <form onSubmit={submit}>
      <label>{t('consult.joint-text')}<textarea rows={2} value={text} onChange={(event) => setText(event.target.value)} /></label>
      <button type="submit" disabled={send.busy || text.trim() === ''}>{t('consult.joint-save')}</button>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </form>
  );
}

/** Nobody is asked while they rest; the question goes to the next. */
function Rest() {
  const { t } = useWords();
  const me = useMe();
  const now = useNow();
  const experts = useExperts();
  const send = usePost('consults');
  const [until, setUntil] = useState<number>();
  const known = experts.data?.shifts.find(({ name }) => name === me.data?.actor.name)?.restingUntil;
  const resting = until ?? known;
  const rest = (hours: number): void => send.now('/api/experts/rest', { hours }, (answer) => setUntil((answer as { restingUntil?: number }).restingUntil ?? 0));
  return (
    <section className="rest" aria-label={t('expert.rest')}>
      <h2>{t('expert.rest')}</h2>
      {resting !== undefined && resting > now
        ? <p className="actions"><span>{t('expert.resting', { time: dayAndTime(resting) })}</span> <button type="button" disabled={send.busy} onClick={() => rest(0)}>{t('expert.rest-end')}</button></p>
        : <p className="actions">{REST_HOURS.map((hours) => <button key={hours} type="button" disabled={send.busy} onClick={() => rest(hours)}>{t('expert.rest-hours', { count: hours })}</button>)}</p>}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </section>
  );
}
