import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { ClinicSessionView, ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { clockTime } from '../../../../shared/time.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { problemOf } from '../../../data/problem.ts';

const REASONS = ['doctorAway', 'staffQuarantined', 'disinfection', 'cordon', 'works', 'other'] as const;

interface CloseProps {
  readonly session: ClinicSessionView;
  readonly name: string;
  /** With what became of everybody, or with nothing when the desk thought better of it. */
  readonly onDone: (changed?: ScheduleChangeView) => void;
}

/** Says to how many it will happen, where they go and who answers for whoever finds no place, before it happens. */
export function CloseSession({ session, name, onDone }: CloseProps) {
  const { t, word } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const post = usePost<ScheduleChangeView>('appointments');
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(reason === '');
    if (reason !== '') post.now(`/api/sessions/${encodeURIComponent(session.slot)}/close`, { reason }, onDone);
  };
  const title = t('clinics.close-title', { clinic: name, from: clockTime(session.startsAt), to: clockTime(session.endsAt) });
  return (
    <dialog ref={dialog} className="dialog" onCancel={() => onDone()} aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <h2 id={`${id}-title`}>{title}</h2>
        <p className="what-happens">{session.booked.length === 0 ? t('clinics.close-nobody') : t('clinics.close-happens', { count: session.booked.length })}</p>
        <div className="field">
          <label htmlFor={id}>{t('clinics.reason')}</label>
          {missing && <p className="problem" id={`${id}-problem`}>{t('act.needed')}</p>}
          <select id={id} value={reason} aria-invalid={missing} {...(missing && { 'aria-describedby': `${id}-problem` })} onChange={(event) => setReason(event.target.value)}>
            <option value="">{t('act.choose')}</option>
            {REASONS.map((one) => <option key={one} value={one}>{word('session-closed', one)}</option>)}
          </select>
        </div>
        {post.problem && <p role="alert" className="problem">{problemOf(post)}</p>}
        <div className="actions">
          <button type="submit" className="primary grave" disabled={post.busy}>{t(post.busy ? 'act.sending' : 'clinics.close')}</button>
          <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}
