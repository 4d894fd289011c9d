import { useState, type FormEvent } from 'react';
import { usePost } from '../../data/post.ts';
import type { ShownCall } from '../../data/queries.ts';
import { latenessOf } from '../../journey/lateness.ts';
import { spoken } from '../../journey/countdown.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Empty } from '../../shell/states.tsx';

interface CallsProps {
  readonly calls: readonly ShownCall[];
  readonly mine: ShownCall | undefined;
  /** Of one institution's line alone: what is written down there is written down for it. */
  readonly line?: string | undefined;
}

/** Ringing first, then the call-backs owed, each with its clock and who owes it. */
export function Calls({ calls, mine, line }: CallsProps) {
  const { t } = useWords();
  const ringing = calls.filter(({ state }) => state === 'ringing');
  // Answered at a telephone that is no desk of ours: whoever it was takes it here.
  const elsewhere = calls.filter(({ state, answered }) => state === 'answered' && answered?.by === 'telephone');
  const owed = calls.filter(({ state }) => state === 'callBackOwed');
  return (
    <section>
      <h2>{t('hotline.calls')}</h2>
      <ul className="plain-rows">
        {[...ringing, ...elsewhere].map((call) => <Ringing key={call.id} call={call} />)}
      </ul>
      {mine && line !== undefined && <Talking call={mine} />}
      {!mine && <LogCall line={line} />}
      <h3>{t('hotline.owed')} <span className="count">{owed.length}</span></h3>
      {owed.length === 0 && <Empty>{t('hotline.owed-empty')}</Empty>}
      <ul className="plain-rows">
        {owed.map((call) => <Owed key={call.id} call={call} />)}
      </ul>
    </section>
  );
}

/** At an institution's own desk a call is answered and ended; the caller's desk has a place of its own for it. */
function Talking({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const now = useNow();
  const end = usePost('calls');
  return (
    <div className="current-call">
      <p><b>{call.callerName ?? words.t('hotline.caller')}</b> <Number call={call} /> <time className="countdown">{spoken(words, now - (call.answered?.at ?? now))}</time>{' '}
        <button type="button" disabled={end.busy} onClick={() => end.now(`/api/calls/${call.id}/end`, {})}>{words.t('hotline.end')}</button></p>
      {end.problem && <p role="alert" className="problem">{end.problem}</p>}
    </div>
  );
}

function Number({ call }: { readonly call: ShownCall }) {
  const { t } = useWords();
  return call.phone ? <Phone number={call.phone} /> : <>{t('calls.withheld')}</>;
}

function Ringing({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const { t, word } = words;
  const now = useNow();
  const answer = usePost('calls');
  const at = call.rings.at(-1);
  return (
    <li>
      <b>{t(call.state === 'ringing' ? 'hotline.ringing' : 'calls.elsewhere')}</b> <Number call={call} /> <span className="countdown">{spoken(words, now - call.ringingAt)}</span>{' '}
      {at && call.state === 'ringing' && <span className="quiet">{word('rung', at.whom)} {at.name} </span>}
      <button type="button" className="primary" disabled={answer.busy} onClick={() => answer.now(`/api/calls/${call.id}/answer`, {})}>{t('hotline.answer')}</button>
      {answer.problem && <p role="alert" className="problem">{answer.problem}</p>}
    </li>
  );
}

const CALL_BACK_SECONDS = 600;

function Owed({ call }: { readonly call: ShownCall }) {
  const words = useWords();
  const { t, word } = words;
  const now = useNow();
  const back = usePost('calls');
  const left = (call.callBackDueAt ?? now) - now;
  // Told on, it has a new deadline and is late all the same.
  const lateness = call.toldOn > 0 ? 'over' : latenessOf(left, CALL_BACK_SECONDS);
  const { owner } = call;
  return (
    <li>
      <Number call={call} /> {call.callerName}{' '}
      <span className={`countdown countdown-${lateness}`}><time>{left < 0 ? t('time.over', { time: spoken(words, left) }) : spoken(words, left)}</time></span>
      {owner && <span className={call.toldOn > 0 ? 'problem' : 'quiet'}> {t('calls.owes', { role: word('role', owner.role), name: owner.name ?? '' })}{call.toldOn > 0 && ` · ${t('calls.told-on', { count: call.toldOn })}`}</span>}
      {call.because && <b> {t(call.because === 'worse' ? 'calls.because-worse' : 'calls.because-left-open')}</b>}
      {call.abandoned && <span className="quiet"> {t('calls.abandoned')}</span>}
      {call.callBacks.length > 0 && <span className="quiet"> {t('hotline.tries', { count: call.callBacks.length })}</span>}
      <span className="actions">
        <button type="button" disabled={back.busy} onClick={() => back.now(`/api/calls/${call.id}/call-back`, { reached: true })}>{t('hotline.reached')}</button>
        <button type="button" disabled={back.busy} onClick={() => back.now(`/api/calls/${call.id}/call-back`, { reached: false })}>{t('hotline.not-reached')}</button>
      </span>
      {back.problem && <p role="alert" className="problem">{back.problem}</p>}
    </li>
  );
}

/** A call that came by a telephone outside of the system is written down all the same: its clock runs from here. */
function LogCall({ line }: { readonly line: string | undefined }) {
  const { t } = useWords();
  const [phone, setPhone] = useState('');
  const log = usePost('calls');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    log.now('/api/calls', { phone: phone.trim(), answered: true, ...(line !== undefined && { line }) }, () => setPhone(''));
  };
  return (
    <form className="tools" onSubmit={submit}>
      <input type="tel" aria-label={t('hotline.number')} placeholder={t('hotline.number')} value={phone} onChange={(event) => setPhone(event.target.value)} />
      <button type="submit" disabled={phone.trim() === '' || log.busy}>{t('hotline.take')}</button>
      {log.problem && <p role="alert" className="problem">{log.problem}</p>}
    </form>
  );
}
