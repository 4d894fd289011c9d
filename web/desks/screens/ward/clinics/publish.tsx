import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { BookableService, ScheduleChangeView, ScheduleView, SchedulesView } from '../../../../../src/appointments/index.ts';
import { newIntent, Problem, put } from '../../../../shared/api.ts';
import { cityNow } from '../../../../shared/clock.ts';
import { cityDay } from '../../../../shared/time.ts';
import { useCity } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { Asking } from '../../../shell/states.tsx';
import { dateOf } from './days.ts';
import { Closure } from './holiday.tsx';
import { Import } from './import.tsx';
import { isConfirmed, Outcome, queryFor } from './outcome.tsx';
import { useSchedules } from './queries.ts';
import { idOf, NEW_LINE, newRoster, rosterOf, scheduleOf, type Roster, type RosterLine } from './roster.ts';

interface PublishProps {
  readonly institution: string;
  readonly onClose: () => void;
}

/** Rosters: by a form, from a table, and the days on which nothing is held. Before anything counts it says whom it touches. */
export function Publish({ institution, onClose }: PublishProps) {
  const { t } = useWords();
  const asked = useSchedules(institution);
  const [how, setHow] = useState<'form' | 'table'>('form');
  return (
    <section className="publish panel" aria-label={t('clinics.publish')}>
      <header className="panel-head">
        <h2>{t('clinics.publish')}</h2>
        <button type="button" className="plain" onClick={onClose}>{t('clinics.done')}</button>
      </header>
      <p className="actions">
        <button type="button" aria-pressed={how === 'form'} onClick={() => setHow('form')}>{t('clinics.by-form')}</button>
        <button type="button" aria-pressed={how === 'table'} onClick={() => setHow('table')}>{t('clinics.by-table')}</button>
      </p>
      {how === 'table' ? <Import /> : <Asking asked={asked}>{(answer) => <Rosters institution={institution} answer={answer} />}</Asking>}
    </section>
  );
}

function Rosters({ institution, answer }: { readonly institution: string; readonly answer: SchedulesView }) {
  const { t, word } = useWords();
  const [open, setOpen] = useState<ScheduleView | 'new'>();
  const key = open === 'new' || open === undefined ? 'new' : `${open.id}@${open.version}`;
  return (
    <>
      <ul className="plain-rows">
        {answer.schedules.map((one) => (
          <li key={one.id}>
            <button type="button" className="row-open" aria-expanded={open !== 'new' && open?.id === one.id} onClick={() => setOpen(one)}>
              <b>{word('service', one.service)}</b> {one.clinicName ?? one.clinic} <span className="quiet">{t('clinics.valid', { from: one.validFrom, to: one.validUntil ?? '…' })} · {t('clinics.by', { name: one.publishedBy })}</span>
            </button>
          </li>
        ))}
        {answer.patterns.map((one) => <li key={one.service} className="quiet"><b>{word('service', one.service)}</b> {t('clinics.pattern', { seats: one.seats, minutes: one.slotMinutes })}</li>)}
      </ul>
      <p className="actions"><button type="button" onClick={() => setOpen('new')}>{t('clinics.new')}</button></p>
      {open && <RosterForm key={key} institution={institution} before={open === 'new' ? undefined : open} />}
      {open && open !== 'new' && <Closure schedule={open} />}
    </>
  );
}

function RosterForm({ institution, before }: { readonly institution: string; readonly before: ScheduleView | undefined }) {
  const { t, word } = useWords();
  const queries = useQueryClient();
  const ours = useCity().data?.institutions.find(({ code }) => code === institution)?.services.filter((service): service is BookableService => service !== 'emergency') ?? [];
  const [roster, setRoster] = useState<Roster>(() => (before ? rosterOf(before) : newRoster(dateOf(cityDay(cityNow()) + 1))));
  const [looked, setLooked] = useState<Roster>();
  const [missing, setMissing] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => put<ScheduleChangeView>(
      `/api/schedules/${encodeURIComponent(idOf(roster))}${queryFor(dryRun, confirmed)}`, scheduleOf(roster, institution, before), { intent: newIntent() }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun ? roster : undefined);
      if (!answer.dryRun) void queries.invalidateQueries({ queryKey: ['appointments'] });
    },
  });
  const change = (part: Partial<Roster>): void => {
    send.reset();
    setConfirmed(false);
    setLooked(undefined);
    setMissing(false);
    setRoster((now) => ({ ...now, ...part }));
  };
  const line = (index: number, part: Partial<RosterLine>): void => change({ lines: roster.lines.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const ready = looked === roster;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(roster.service === '');
    if (roster.service !== '') send.mutate({ dryRun: !ready });
  };
  const text = (name: 'clinic' | 'clinicName' | 'keptOpensHours' | 'releaseDays' | 'releaseTime' | 'validFrom' | 'validUntil', type = 'text') => (
    <label>{t(`clinics.roster.${name}`)}<input type={type} value={roster[name]} onChange={(event) => change({ [name]: event.target.value })} /></label>
  );
  return (
    <form className="roster" onSubmit={submit} noValidate>
      <fieldset className="grid">
        <legend>{t('clinics.roster')}</legend>
        <label>{t('clinics.service')}
          <select value={roster.service} disabled={before !== undefined} aria-invalid={missing} onChange={(event) => change({ service: event.target.value as BookableService })}>
            <option value="">{t('act.choose')}</option>
            {ours.map((service) => <option key={service} value={service}>{word('service', service)}</option>)}
          </select>
          {missing && <span className="problem">{t('act.needed')}</span>}
        </label>
        {text('clinicName')}
        {text('clinic')}
        {text('validFrom', 'date')}
        {text('validUntil', 'date')}
        {text('keptOpensHours', 'number')}
        {text('releaseDays', 'number')}
        {text('releaseTime', 'time')}
      </fieldset>
      {roster.lines.map((one, index) => (
        <Line key={index} line={one} number={index + 1} change={(part) => line(index, part)} onRemove={roster.lines.length > 1 ? () => change({ lines: roster.lines.filter((_, at) => at !== index) }) : undefined} />
      ))}
      <p><button type="button" onClick={() => change({ lines: [...roster.lines, NEW_LINE] })}>{t('clinics.add-line')}</button></p>
      {send.error && <Wrong error={send.error} />}
      {send.data && (send.data.dryRun ? ready : true) && <Outcome change={send.data} confirmed={confirmed} onConfirm={setConfirmed} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.isPending || (ready && !isConfirmed(send.data, confirmed))}>{t(send.isPending ? 'act.sending' : ready ? 'clinics.publish-now' : 'clinics.look-first')}</button>
      </div>
    </form>
  );
}

/** Days of the week with the same hours and seats. */
function Line({ line, number, change, onRemove }: { readonly line: RosterLine; readonly number: number; readonly change: (part: Partial<RosterLine>) => void; readonly onRemove: (() => void) | undefined }) {
  const { t } = useWords();
  const { days } = line;
  const field = (name: 'start' | 'end' | 'slotMinutes' | 'seats' | 'kept', type: string) => (
    <label>{t(`clinics.line.${name}`)}<input type={type} min={0} value={line[name]} onChange={(event) => change({ [name]: event.target.value })} /></label>
  );
  return (
    <fieldset className="roster-line">
      <legend>{t('clinics.line', { number })}</legend>
      <span className="checks">
        {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
          <label key={day} className="check">
            <input type="checkbox" checked={days.includes(day)} onChange={() => change({ days: days.includes(day) ? days.filter((other) => other !== day) : [...days, day].toSorted((a, b) => a - b) })} /> {t(`clinics.weekday.${day}`)}
          </label>
        ))}
      </span>
      {field('start', 'time')}{field('end', 'time')}{field('slotMinutes', 'number')}{field('seats', 'number')}{field('kept', 'number')}
      {onRemove && <button type="button" className="plain" onClick={onRemove}>{t('clinics.remove-line')}</button>}
    </fieldset>
  );
}

/** Everything that is wrong at once; of a table each sentence begins with its line and column. */
export function Wrong({ error }: { readonly error: Error }) {
  const { t } = useWords();
  const fields = error instanceof Problem ? error.fields : [];
  return (
    <div role="alert" className="problem">
      <p>{fields.length > 1 ? t('clinics.wrong', { count: fields.length }) : error.message}</p>
      {fields.length > 1 && (
        <ul>{fields.map(({ field, detail }, index) => (
          <li key={index}>{detail || field}</li>
        ))}</ul>
      )}
    </div>
  );
}
