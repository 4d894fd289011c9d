import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { newIntent, post } from '../../../../shared/api.ts';
import { useWords } from '../../../shell/language.tsx';
import { isConfirmed, Outcome, queryFor } from './outcome.tsx';
import { Wrong } from './publish.tsx';

/** A table that is pasted or chosen: looked at first, with everything wrong by its line and whom it touches; then published. */
export function Import() {
  const { t } = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [table, setTable] = useState('');
  const [looked, setLooked] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<ScheduleChangeView>(`/api/schedules/import${queryFor(dryRun, confirmed)}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun ? table : '');
      if (!answer.dryRun) void queries.invalidateQueries({ queryKey: ['appointments'] });
    },
  });
  const change = (next: string): void => {
    send.reset();
    setConfirmed(false);
    setLooked('');
    setTable(next);
  };
  const ready = looked !== '' && looked === table;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (table.trim() !== '') send.mutate({ dryRun: !ready });
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={id}>{t('clinics.table')}</label>
        <p className="quiet" id={`${id}-hint`}>{t('clinics.table-hint')}</p>
        <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('clinics.file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
        <textarea id={id} className="code" rows={10} spellCheck={false} wrap="off" value={table} aria-describedby={`${id}-hint`} onChange={(event) => change(event.target.value)} />
      </div>
      {send.error && <Wrong error={send.error} />}
      {send.data && (!send.data.dryRun || ready) && <Outcome change={send.data} confirmed={confirmed} onConfirm={setConfirmed} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.isPending || table.trim() === '' || (ready && !isConfirmed(send.data, confirmed))}>{t(send.isPending ? 'act.sending' : ready ? 'clinics.publish-now' : 'clinics.look-first')}</button>
      </div>
    </form>
  );
}
