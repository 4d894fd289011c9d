import { useState, type FormEvent } from 'react';
import { usePost } from '../../data/post.ts';
import type { ShownCall } from '../../data/queries.ts';
import { latenessOf } from '../../journey/lateness.ts';
import { spoken } from '../../journey/countdown.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Empty } from '../../shell/states.tsx';

/** Ringing first, then the call one is in, then the call-backs owed, each with its clock. */
export function Calls({ calls, mine }: { readonly calls: readonly ShownCall[]; readonly mine: ShownCall | undefined }) {
  const { t } = useWords();
  const ringing = calls.filter(({ state }) => state === 'ringing');
  const owed = calls.filter(({ state }) => state === 'callBackOwed');
  return (
    <section>
      <h2>{t('hotline.calls')}</h2>
      {mine && <Current call={mine} />}
      <ul className="plain-rows">
        {ringing.map((call) => <Ringing key={call.id} call={call} />)}
      </ul>
      {!mine && <LogCall />}
      <h3>{t('hotline.owed')} <span className="count">{owed.length}</span></h3>
      {owed.length === 0 && <Empty>{t('hotline.owed-empty')}</Empty>}
      <ul className="plain-rows">
        {owed.map((call) => <Owed key={call.id} call={call} />)}
      </ul>
    </section>
  );
}

function Current({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const now = useNow();
  const end = usePost('calls');
  return (
    <div className="current-call">
      <b>{call.callerName ?? words.t('hotline.caller')}</b> <Phone number={call.phone} />{' '}
      <time className="countdown">{spoken(words, now - (call.answered?.at ?? now))}</time>{' '}
      <button type="button" disabled={end.busy} onClick={() => end.now(`/api/calls/${call.id}/end`, {})}>{words.t('hotline.end')}</button>
      {end.problem && <p role="alert" className="problem">{end.problem}</p>}
    </div>
  );
}

function Ringing({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const now = useNow();
  const answer = usePost('calls');
  return (
    <li>
      <b>{words.t('hotline.ringing')}</b> <Phone number={call.phone} /> <span className="countdown">{spoken(words, now - call.ringingAt)}</span>{' '}
      <button type="button" className="primary" disabled={answer.busy} onClick={() => answer.now(`/api/calls/${call.id}/answer`, {})}>{words.t('hotline.answer')}</button>
      {answer.problem && <p role="alert" className="problem">{answer.problem}</p>}
    </li>
  );
}

const CALL_BACK_SECONDS = 600;

function Owed({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const now = useNow();
  const back = usePost('calls');
  const left = (call.callBackDueAt ?? now) - now;
  const lateness = latenessOf(left, CALL_BACK_SECONDS);
  return (
    <li>
      <Phone number={call.phone} /> {call.callerName}{' '}
      <span className={`countdown countdown-${lateness}`}><time>{lateness === 'over' ? words.t('time.over', { time: spoken(words, left) }) : spoken(words, left)}</time></span>
      {call.callBacks.length > 0 && <span className="quiet"> {words.t('hotline.tries', { count: call.callBacks.length })}</span>}
      <span className="actions">
        <button type="button" disabled={back.busy} onClick={() => back.now(`/api/calls/${call.id}/call-back`, { reached: true })}>{words.t('hotline.reached')}</button>
        <button type="button" disabled={back.busy} onClick={() => back.now(`/api/calls/${call.id}/call-back`, { reached: false })}>{words.t('hotline.not-reached')}</button>
      </span>
      {back.problem && <p role="alert" className="problem">{back.problem}</p>}
    </li>
  );
}

/** A call that came by a telephone outside of the system is written down all the same: its clock runs from here. */
function LogCall() {
  const { t } = useWords();
  const [phone, setPhone] = useState('');
  const log = usePost('calls');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    log.now('/api/calls', { phone: phone.trim(), answered: true }, () => setPhone(''));
  };
  return (
    <form className="tools" onSubmit={submit}>
      <input type="tel" aria-label={t('hotline.number')} placeholder={t('hotline.number')} value={phone} onChange={(event) => setPhone(event.target.value)} />
      <button type="submit" disabled={phone.trim() === '' || log.busy}>{t('hotline.take')}</button>
      {log.problem && <p role="alert" className="problem">{log.problem}</p>}
    </form>
  );
}
