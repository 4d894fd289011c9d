import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { CounterpartChangeView } from '../../../../../src/city/index.ts';
import { newIntent, post } from '../../../../shared/api.ts';
import { useCity } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { Would } from './would.tsx';

/** The set as a table: taken out, changed in a spreadsheet, looked at, and put in force. */
export function Table({ version }: { readonly version: number }) {
  const { t } = useWords();
  const id = useId();
  const city = useCity().data;
  const queries = useQueryClient();
  const [table, setTable] = useState('');
  const [why, setWhy] = useState('');
  const [looked, setLooked] = useState<CounterpartChangeView>();
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<CounterpartChangeView>(`/api/counterparts/import?${new URLSearchParams(dryRun ? { dryRun: 'true' } : { base: `${version}`, why: why.trim() })}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer);
      if (answer.stored) void queries.invalidateQueries({ queryKey: ['counterparts'] });
    },
  });
  const change = (next: string): void => {
    setTable(next);
    setLooked(undefined);
    send.reset();
  };
  const ready = looked !== undefined && !looked.stored && looked.problems.length === 0 && looked.towns.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (table.trim() !== '') send.mutate({ dryRun: !ready });
  };
  return (
    <details className="out">
      <summary>{t('counterparts.table')}</summary>
      <p><a href="/api/counterparts/export" download="counterparts.csv">{t('counterparts.export')}</a></p>
      <form onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={id}>{t('counterparts.import')}</label>
          <p className="quiet" id={`${id}-hint`}>{t('counterparts.import-hint')}</p>
          <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('clinics.file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
          <textarea id={id} className="code" rows={6} spellCheck={false} wrap="off" value={table} aria-describedby={`${id}-hint`} onChange={({ target }) => change(target.value)} />
        </div>
        {send.error && <p className="problem" role="alert">{send.error.message}</p>}
        {looked && city && (looked.stored ? <p className="told-here" role="status">{t('counterparts.saved', { towns: looked.towns.length, openRequests: looked.openRequests })}</p> : <Would city={city} answer={looked} error={null} />)}
        {ready && <label className="field">{t('counterparts.why')}<input value={why} maxLength={300} onChange={({ target }) => setWhy(target.value)} /></label>}
        <div className="actions">
          <button type="submit" disabled={send.isPending || table.trim() === '' || (ready && why.trim().length < 3)}>{t(send.isPending ? 'act.sending' : ready ? 'counterparts.save' : 'clinics.look-first')}</button>
        </div>
      </form>
    </details>
  );
}
