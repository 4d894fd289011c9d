import { useState, type FormEvent } from 'react';
import type { ScheduleChangeView, ScheduleView } from '../../../../../src/appointments/index.ts';
import { cityNow } from '../../../../shared/clock.ts';
import { cityDay } from '../../../../shared/time.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';
import { dateOf, dayOf, startOfCityDay } from './days.ts';
import { Outcome } from './outcome.tsx';
import { problemOf } from '../../../data/problem.ts';

/** Days on which one schedule holds nothing: a holiday, or a doctor who is away. */
export function Closure({ schedule }: { readonly schedule: ScheduleView }) {
  const { t } = useWords();
  const today = dateOf(cityDay(cityNow()));
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState(today);
  const [reason, setReason] = useState('');
  const [done, setDone] = useState<ScheduleChangeView>();
  const post = usePost<ScheduleChangeView>('appointments');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [from, to] = [dayOf(first), dayOf(last)];
    if (from === undefined || to === undefined || !reason.trim()) return;
    post.now(`/api/schedules/${encodeURIComponent(schedule.id)}/closure`, { from: startOfCityDay(from), to: startOfCityDay(to + 1), reason: reason.trim() }, setDone);
  };
  return (
    <form className="roster" onSubmit={submit} noValidate>
      <fieldset className="grid">
        <legend>{t('clinics.holiday')}</legend>
        <label>{t('clinics.first-day')}<input type="date" value={first} onChange={(event) => setFirst(event.target.value)} /></label>
        <label>{t('clinics.last-day')}<input type="date" value={last} onChange={(event) => setLast(event.target.value)} /></label>
        <label className="wide">{t('clinics.reason')}<input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></label>
      </fieldset>
      <p className="what-happens">{t('clinics.holiday-happens')}</p>
      {post.problem && <p role="alert" className="problem">{problemOf(post)}</p>}
      {done && <Outcome change={done} />}
      <div className="actions"><button type="submit" className="grave" disabled={post.busy || !reason.trim()}>{t(post.busy ? 'act.sending' : 'clinics.close-days')}</button></div>
    </form>
  );
}
