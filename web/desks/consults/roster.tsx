import { useId, useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SPECIALTIES } from '../../../src/consults/index.ts';
import { newIntent, post, Problem } from '../../shared/api.ts';
import { clockTime } from '../../shared/time.ts';
import { usePost } from '../data/post.ts';
import { Phone } from '../journey/panel.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime, useNow } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { useExperts, type ExpertsAnswer } from './queries.ts';

const HOUR_MS = 3_600_000;
const HOURS_DRAWN = 24;

/** Which experts are reachable: where cover is thin by specialty and hour, how much each has to do, and the list itself. */
export function Roster({ edits }: { readonly edits: boolean }) {
  const { t } = useWords();
  const asked = useExperts();
  return (
    <section aria-label={t('roster.title')}>
      <h2>{t('roster.title')}</h2>
      <Asking asked={asked}>
        {(answer) => (
          <>
            <Cover shifts={answer.shifts} />
            <People answer={answer} edits={edits} />
            {edits && answer.hospitals.length > 0 && <Enter hospitals={answer.hospitals} />}
          </>
        )}
      </Asking>
    </section>
  );
}

/** Hours of the next day by specialty: how many are reachable then. Nobody is written as 0, not only left white. */
function Cover({ shifts }: Pick<ExpertsAnswer, 'shifts'>) {
  const { t, word } = useWords();
  const hour = Math.floor(useNow() / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: HOURS_DRAWN }, (_, index) => hour + index * HOUR_MS);
  const reachable = (specialty: string, at: number): number => shifts.filter((shift) => shift.specialties.some((each) => each === specialty) && shift.from < at + HOUR_MS && at < shift.to).length;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('roster.cover')}>
      <table className="cover-hours">
        <caption>{t('roster.cover')}</caption>
        <thead><tr><th scope="col">{t('consult.specialty')}</th>{hours.map((at) => <th key={at} scope="col">{clockTime(at).slice(0, 2)}</th>)}</tr></thead>
        <tbody>
          {SPECIALTIES.filter((specialty) => specialty !== 'other').map((specialty) => (
            <tr key={specialty}><th scope="row">{word('specialty', specialty)}</th>{hours.map((at) => {
              const count = reachable(specialty, at);
              return <td key={at} className={count === 0 ? 'cover-none' : count === 1 ? 'cover-one' : 'cover-more'}>{count}</td>;
            })}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function People({ answer: { shifts, hospitals }, edits }: { readonly answer: ExpertsAnswer; readonly edits: boolean }) {
  const { t, word, say } = useWords();
  const now = useNow();
  const end = usePost('consults');
  if (shifts.length === 0) return <Empty>{t('roster.empty')}</Empty>;
  return (
    <>
      <ul className="plain-rows experts">
        {shifts.map((shift) => (
          <li key={shift.id}>
            <b>{shift.name}</b> <Phone number={shift.phone} /> · {say(hospitals.find(({ code }) => code === shift.hospital)?.name)} · {shift.specialties.map((each) => word('specialty', each)).join(', ')}
            <br />
            <span className="quiet">{dayAndTime(shift.from)}–{dayAndTime(shift.to)}{shift.from <= now && ` · ${t('roster.now')}`}{shift.onSite && ` · ${t('roster.on-site')}`} · {t('roster.open', { count: shift.open })}{shift.restingUntil !== undefined && ` · ${t('roster.rests', { time: dayAndTime(shift.restingUntil) })}`}</span>
            {edits && <button type="button" className="plain" disabled={end.busy} onClick={() => end.now(`/api/experts/${encodeURIComponent(shift.id)}/end`, {})}>{t(shift.from <= now ? 'roster.end' : 'roster.take-off')}</button>}
          </li>
        ))}
      </ul>
      {end.problem && <p role="alert" className="problem">{end.problem}</p>}
    </>
  );
}

interface Imported { readonly dryRun: boolean; readonly shifts: number; readonly problems: readonly { readonly line: number; readonly column: number; readonly detail: string }[] }

/** A hospital's list from a table: looked at first, then all of it or nothing. */
function Enter({ hospitals }: Pick<ExpertsAnswer, 'hospitals'>) {
  const { t, say } = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [hospital, setHospital] = useState(hospitals[0]?.code ?? '');
  const [table, setTable] = useState('');
  const [looked, setLooked] = useState('');
  const ready = looked !== '' && looked === table;
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<Imported>(`/api/experts/import?hospital=${encodeURIComponent(hospital)}${dryRun ? '&dryRun=true' : ''}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun && answer.problems.length === 0 ? table : '');
      if (!answer.dryRun) void queries.invalidateQueries({ queryKey: ['consults'] });
    },
  });
  const change = (next: string): void => {
    send.reset();
    setLooked('');
    setTable(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate({ dryRun: !ready });
  };
  return (
    <details className="inset">
      <summary>{t('roster.enter')}</summary>
      <form className="change" onSubmit={submit}>
        {hospitals.length > 1 && <label>{t('consult.hospital')}<select value={hospital} onChange={(event) => { setHospital(event.target.value); setLooked(''); }}>{hospitals.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}</select></label>}
        <label htmlFor={id}>{t('roster.table')}</label>
        <p className="quiet" id={`${id}h`}>{t('roster.hint', { specialties: SPECIALTIES.join(', ') })}</p>
        <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('roster.file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
        <textarea id={id} className="code" rows={6} spellCheck={false} wrap="off" aria-describedby={`${id}h`} value={table} onChange={(event) => change(event.target.value)} />
        {send.error && <div role="alert" className="problem"><p>{send.error.message}</p>{send.error instanceof Problem && <ul>{send.error.fields.map(({ field, detail }, index) => <li key={index}>{field}: {detail}</li>)}</ul>}</div>}
        {send.data && (
          <div role="status">
            {send.data.problems.length > 0 && <ol className="problems">{send.data.problems.map(({ line, column, detail }, index) => <li key={index}>{t('roster.at', { line, column })} {detail}</li>)}</ol>}
            <p><b>{send.data.problems.length > 0 ? t('roster.nothing-yet') : t(send.data.dryRun ? 'roster.would' : 'roster.did', { count: send.data.shifts })}</b></p>
          </div>
        )}
        <p className="actions"><button type="submit" className="primary" disabled={send.isPending || table.trim() === '' || hospital === ''}>{t(send.isPending ? 'act.sending' : ready ? 'roster.keep' : 'roster.look')}</button></p>
      </form>
    </details>
  );
}
