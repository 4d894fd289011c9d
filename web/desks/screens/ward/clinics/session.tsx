import { useState } from 'react';
import type { AppointmentView, ClinicSessionView, ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { clockTime } from '../../../../shared/time.ts';
import { hasWords, t as say } from '../../../../shared/words.ts';
import { usePost } from '../../../data/post.ts';
import { useJourneys } from '../../../data/queries.ts';
import { QuickAction } from '../../../journey/quick.tsx';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime, useNow } from '../../../shell/now.ts';
import { Empty } from '../../../shell/states.tsx';
import { useClinicName } from './board.tsx';
import { ChangeSession } from './change.tsx';
import { CloseSession } from './close.tsx';
import { Moved } from './moved.tsx';
import { Outcome } from './outcome.tsx';
import { keptNow } from './rows.ts';

interface SessionProps {
  readonly session: ClinicSessionView;
  readonly onClose: () => void;
}

/** One session: who is booked and who is here, and what the desk may do with the hour itself. */
export function Session({ session, onClose }: SessionProps) {
  const { t } = useWords();
  const now = useNow();
  const name = useClinicName()(session);
  const [doing, setDoing] = useState<'close' | 'change'>();
  const [outcome, setOutcome] = useState<ScheduleChangeView>();
  const { startsAt, endsAt, seats, taken, closed, booked, releasedAt } = session;
  const kept = keptNow(session, now);
  const done = (answer: ScheduleChangeView): void => {
    setDoing(undefined);
    setOutcome(answer);
  };
  return (
    <section className="panel" aria-label={name}>
      <header className="panel-head">
        <p className="quiet">{name}</p>
        <h2>{dayAndTime(startsAt)}–{clockTime(endsAt)}</h2>
        <p>
          {closed ? <b>{t('clinics.closed-because', { reason: closedBecause(closed.reason) })}</b> : t('clinics.tally', { taken, seats })}
          {kept > 0 && session.keptUntil !== undefined && <> · {t('clinics.kept-until', { count: kept, time: dayAndTime(session.keptUntil) })}</>}
          {releasedAt !== undefined && releasedAt > now && <> · {t('clinics.released', { time: dayAndTime(releasedAt) })}</>}
        </p>
        <button type="button" className="plain" onClick={onClose}>{t('clinics.done')}</button>
      </header>
      {outcome && <Outcome change={outcome} />}
      <Moved moved={session.moved} institution={session.slot.split('/')[0] ?? ''} />
      {!closed && endsAt > now && (
        <div className="actions">
          <button type="button" onClick={() => setDoing('change')}>{t('clinics.change')}</button>
          <button type="button" className="grave" onClick={() => setDoing('close')}>{t('clinics.close')}</button>
        </div>
      )}
      <h3>{t('clinics.booked')} <span className="count">{booked.length}</span></h3>
      {booked.length === 0 && <Empty>{t('clinics.booked-empty')}</Empty>}
      <ul className="plain-rows">{booked.map((one) => <Booked key={one.id} appointment={one} />)}</ul>
      {doing === 'change' && <ChangeSession session={session} onDone={(answer) => (answer ? done(answer) : setDoing(undefined))} />}
      {doing === 'close' && <CloseSession session={session} name={name} onDone={(answer) => (answer ? done(answer) : setDoing(undefined))} />}
    </section>
  );
}

/** A reason the desk chose from the list, or the words it wrote for days off. */
function closedBecause(reason: string): string {
  const code = `session-closed.${reason}`;
  return hasWords(code) ? say(code) : reason;
}

/** One person of the session; whether they are here is one press. */
function Booked({ appointment }: { readonly appointment: AppointmentView }) {
  const { t, word } = useWords();
  const post = usePost('appointments');
  const { id, state, person, kept, actions, series } = appointment;
  // Once their request has begun it is that which is received; the seat follows it.
  const journey = useJourneys().data?.journeys.find((one) => one.id === appointment.journey);
  const act = (path: 'check-in' | 'no-show'): void => post.now(`/api/appointments/${encodeURIComponent(id)}/${path}`, {});
  return (
    <li className={`booked booked-${state}`}>
      <span className="booked-who">
        <b>{person.name}</b> <a className="phone" href={`tel:${person.phone}`}>{person.phone}</a>
        <span className="quiet">
          {' '}{[word('visit.state', state), kept && t('clinics.kept-seat'), series && t('clinics.series'), ...person.groups.map((group) => word('group', group))].filter(Boolean).join(' · ')}
          {person.proxy && <> · {t('clinics.by', { name: person.proxy.name })} <a className="phone" href={`tel:${person.proxy.phone}`}>{person.proxy.phone}</a></>}
        </span>
      </span>
      {journey?.step && <span className="quiet booked-step">{word('link', journey.step.kind)}</span>}
      <span className="booked-acts">
        {journey && <QuickAction journey={journey} types={['receivePatient', 'reportArrival']} />}
        {actions.includes('checkIn') && <button type="button" disabled={post.busy} aria-label={t('act.for', { verb: t('clinics.check-in'), name: person.name })} onClick={() => act('check-in')}>{t('clinics.check-in')}</button>}
        {actions.includes('noShow') && <button type="button" className="plain" disabled={post.busy} aria-label={t('act.for', { verb: t('clinics.no-show'), name: person.name })} onClick={() => act('no-show')}>{t('clinics.no-show')}</button>}
      </span>
      {post.problem && <p role="alert" className="problem">{post.problem}</p>}
    </li>
  );
}
