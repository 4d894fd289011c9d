import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { RosterImportView } from '../../../../../src/hotline/index.ts';
import { newIntent, post, Problem } from '../../../../shared/api.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';

/** A roster from a table: looked at first, with everything wrong by its line; then all of it or nothing. */
export function RosterImport({ institution }: { readonly institution: string }) {
  const { t } = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [table, setTable] = useState('');
  const [looked, setLooked] = useState('');
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<RosterImportView>(`/api/institutions/${institution}/duty/import?dryRun=${dryRun}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun && answer.problems.length === 0 ? table : '');
      if (!answer.dryRun) void queries.invalidateQueries({ queryKey: ['calls'] });
    },
  });
  const change = (next: string): void => {
    send.reset();
    setLooked('');
    setTable(next);
  };
  const ready = looked !== '' && looked === table;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (table.trim() !== '') send.mutate({ dryRun: !ready });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('duty.by-table')}>
      <label htmlFor={id}>{t('duty.table')}</label>
      <p className="quiet" id={`${id}-hint`}>{t('duty.table-hint')}</p>
      <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('duty.table-file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
      <textarea id={id} className="code" rows={7} spellCheck={false} wrap="off" value={table} aria-describedby={`${id}-hint`} onChange={(event) => change(event.target.value)} />
      {send.error && <div role="alert" className="problem"><p>{send.error.message}</p>{send.error instanceof Problem && <ul>{send.error.fields.map(({ field, detail }, index) => <li key={index}>{field}: {detail}</li>)}</ul>}</div>}
      {send.data && (
        <div role="status">
          {send.data.problems.length > 0 && <ol className="problems">{send.data.problems.map(({ line, column, detail }, index) => <li key={index}>{t('duty.table-at', { line, column })} {detail}</li>)}</ol>}
          {send.data.problems.length === 0 && <p><b>{t(send.data.dryRun ? 'duty.table-would' : 'duty.table-did', { rows: send.data.rows })}</b></p>}
          {send.data.gaps.length > 0 && <ul>{send.data.gaps.map((gap) => <li key={gap.from} className="problem">{t('duty.gap')} {dayAndTime(gap.from)} – {dayAndTime(gap.to)}</li>)}</ul>}
        </div>
      )}
      <div className="actions"><button type="submit" className="primary" disabled={send.isPending || table.trim() === ''}>{t(ready ? 'duty.table-now' : 'duty.table-look')}</button></div>
    </form>
  );
}
