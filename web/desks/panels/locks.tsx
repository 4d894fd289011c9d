import { useState, type FormEvent } from 'react';
import type { LockView } from '../../../src/panels/index.ts';
import { cityNow } from '../../shared/clock.ts';
import { usePost } from '../data/post.ts';
import { useCity, useMe } from '../data/queries.ts';
import { AgeOf } from '../journey/countdown.tsx';
import { Due } from '../journey/due.tsx';
import { Phone } from '../journey/panel.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { useLocks } from './queries.ts';

const HOUR_MS = 3_600_000;
const MAY_LOCK = ['committee', 'district', 'city'];

/** Areas that are locked: how many of how many people with a recurring need have their plan, and who not and why. */
export function Locks() {
  const { t } = useWords();
  const me = useMe();
  const asked = useLocks();
  const [entering, setEntering] = useState(false);
  const may = MAY_LOCK.includes(me.data?.actor.role ?? '');
  return (
    <section className="locks" aria-label={t('lock.areas')}>
      <h2>{t('lock.areas')}</h2>
      {may && !entering && <p><button type="button" onClick={() => setEntering(true)}>{t('lock.enter')}</button></p>}
      {may && entering && <Enter onDone={() => setEntering(false)} />}
      <Asking asked={asked}>
        {({ locks }) => locks.length === 0 ? <Empty>{t('lock.empty')}</Empty>
          : <ul className="plain-rows">{locks.map((lock) => <li key={lock.id}><Lock lock={lock} may={may} /></li>)}</ul>}
      </Asking>
    </section>
  );
}

function Lock({ lock, may }: { readonly lock: LockView; readonly may: boolean }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const end = usePost('panels');
  const [sure, setSure] = useState(false);
  const townName = (code: string): string => say(city.data?.towns.find((town) => town.code === code)?.name) || code;
  const over = lock.endedAt ?? (lock.until !== undefined && lock.until <= cityNow() ? lock.until : undefined);
  const all = lock.planned === lock.people;
  return (
    <div className={`lock${over === undefined ? '' : ' lock-over'}`}>
      <p><b>{lock.towns.map(townName).join(', ')}</b> · {t(lock.until === undefined ? 'lock.since' : 'lock.since-until', { from: dayAndTime(lock.from), until: lock.until === undefined ? '' : dayAndTime(lock.until) })}</p>
      <p className="quiet">{lock.reason} · {lock.by} · <AgeOf at={lock.enteredAt} />{over !== undefined && ` · ${t('lock.ended', { time: dayAndTime(over) })}`}</p>
      {lock.people === 0 ? <p className="lock-count">{t('lock.nobody')}</p> : <p className="lock-count"><b>{t('lock.planned', { planned: lock.planned, people: lock.people })}</b> · {t('lock.done', { done: lock.done })} {!all && <Due at={lock.plansDueAt} />}</p>}
      {lock.people > 0 && <progress max={Math.max(1, lock.people)} value={lock.planned} aria-label={t('lock.planned', { planned: lock.planned, people: lock.people })} />}
      {lock.toldAt !== undefined && <p className="told">{t('lock.told', { time: dayAndTime(lock.toldAt) })}</p>}
      {lock.open.length > 0 && (
        <details>
          <summary>{t('lock.not-done', { count: lock.open.length })}</summary>
          <ul className="plain-rows">
            {lock.open.map((plan, index) => (
              <li key={`${plan.member}${plan.need}${index}`}>
                <b>{plan.name}</b> {plan.phone && <Phone number={plan.phone} />} · {word('plan-need', plan.need)}: {plan.outcome ? outcome(word('plan-outcome', plan.outcome), plan.outcome) : word('plan-state', plan.state)}
                <br /><span className="quiet">{word('role', plan.owner.role)}</span> <Due at={plan.dueAt} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {may && over === undefined && (sure
        ? <p className="actions"><span className="what-happens">{t('lock.end-happens')}</span> <button type="button" className="grave" disabled={end.busy} onClick={() => end.now(`/api/areas/locks/${encodeURIComponent(lock.id)}/end`, {}, () => setSure(false))}>{t('lock.end-now')}</button> <button type="button" onClick={() => setSure(false)}>{t('act.cancel')}</button></p>
        : <button type="button" className="plain" onClick={() => setSure(true)}>{t('lock.end')}</button>)}
      {end.problem && <p role="alert" className="problem">{end.problem}</p>}
    </div>
  );
}

/** What came of a plan, in words where this page has them. */
const outcome = (text: string, code: string): string => (text === `plan-outcome.${code}` ? code : text);

function Enter({ onDone }: { readonly onDone: () => void }) {
  const { t, say } = useWords();
  const me = useMe();
  const city = useCity();
  const enter = usePost('panels');
  const [kind, code] = me.data?.actor.scope.split(':') ?? [];
  const mine = (city.data?.towns ?? []).filter((town) => kind === 'city' || town.code === code || town.district === code);
  const [towns, setTowns] = useState<readonly string[]>(kind === 'town' && code !== undefined ? [code] : []);
  const [hours, setHours] = useState('');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const until = Number(hours) > 0 ? { until: cityNow() + Number(hours) * HOUR_MS } : {};
    enter.now('/api/areas/lock', { towns, reason: reason.trim(), ...until }, onDone);
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <fieldset>
        <legend>{t('lock.towns')}</legend>
        <div className="checks lock-towns">
          {mine.map((town) => (
            <label key={town.code} className="check"><input type="checkbox" checked={towns.includes(town.code)} onChange={({ target: { checked } }) => setTowns(checked ? [...towns, town.code] : towns.filter((each) => each !== town.code))} />{say(town.name)}</label>
          ))}
        </div>
      </fieldset>
      <label>{t('lock.hours')}<input type="number" min={1} max={2160} value={hours} onChange={(event) => setHours(event.target.value)} /></label>
      <label>{t('lock.reason')}<input value={reason} required maxLength={300} onChange={(event) => setReason(event.target.value)} /></label>
      <p className="what-happens">{t('lock.happens')}</p>
      {enter.problem && <p role="alert" className="problem">{enter.problem}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={enter.busy || towns.length === 0 || reason.trim() === ''}>{enter.busy ? t('act.sending') : t('lock.enter-now', { count: towns.length })}</button>
        <button type="button" onClick={onDone}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
