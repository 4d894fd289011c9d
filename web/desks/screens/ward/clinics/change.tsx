import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { ClinicSessionView, ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { cityDay, clockTime } from '../../../../shared/time.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { dateOf, instantOn } from './days.ts';
import { problemOf } from '../../../data/problem.ts';

interface ChangeProps {
  readonly session: ClinicSessionView;
  readonly onDone: (changed?: ScheduleChangeView) => void;
}

/** Another hour or other seats for one session; whoever cannot stay is placed elsewhere and told. */
export function ChangeSession({ session, onDone }: ChangeProps) {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [from, setFrom] = useState(clockTime(session.startsAt));
  const [to, setTo] = useState(clockTime(session.endsAt));
  const [seats, setSeats] = useState(String(session.seats));
  const post = usePost<ScheduleChangeView>('appointments');
  useEffect(() => dialog.current?.showModal(), []);
  const date = dateOf(cityDay(session.startsAt));
  const startsAt = instantOn(date, from);
  const endsAt = instantOn(date, to);
  const left = Number(seats);
  const moves = startsAt !== session.startsAt;
  const many = moves ? session.booked.length : Math.max(0, session.taken - left);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    post.now(`/api/sessions/${encodeURIComponent(session.slot)}/change`, {
      ...(moves && { startsAt }), ...(endsAt !== session.endsAt && { endsAt }), ...(left !== session.seats && { seats: left }),
    }, onDone);
  };
  return (
    <dialog ref={dialog} className="dialog" onCancel={() => onDone()} aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <h2 id={`${id}-title`}>{t('clinics.change')}</h2>
        <div className="grid">
          <label>{t('clinics.from')}<input type="time" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
          <label>{t('clinics.to')}<input type="time" value={to} onChange={(event) => setTo(event.target.value)} /></label>
          <label>{t('clinics.seats')}<input type="number" min={0} max={500} value={seats} onChange={(event) => setSeats(event.target.value)} /></label>
        </div>
        {many > 0 && <p className="what-happens">{t(moves ? 'clinics.change-moves' : 'clinics.change-fewer', { count: many })}</p>}
        {post.problem && <p role="alert" className="problem">{problemOf(post)}</p>}
        <div className="actions">
          <button type="submit" className="primary" disabled={post.busy}>{t(post.busy ? 'act.sending' : 'clinics.save')}</button>
          <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}
