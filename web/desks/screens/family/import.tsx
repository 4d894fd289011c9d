import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { ImportView, Team } from '../../../../src/panels/index.ts';
import { newIntent, post, Problem } from '../../../shared/api.ts';
import { useDayList } from '../../panels/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';

/** The team's people from its own register: looked at first, with everything wrong by its line; then all of it or nothing. */
export function Import() {
  const list = useDayList();
  return <Asking asked={list}>{({ teams }) => <Form teams={teams} />}</Asking>;
}

function Form({ teams }: { readonly teams: readonly Team[] }) {
  const { t } = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [team, setTeam] = useState(teams[0]?.id ?? '');
  const [table, setTable] = useState('');
  const [looked, setLooked] = useState('');
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<ImportView>(`/api/panels/import?team=${encodeURIComponent(team)}${dryRun ? '&dryRun=true' : ''}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun && answer.problems.length === 0 ? table : '');
      if (!answer.dryRun) void queries.invalidateQueries({ queryKey: ['panels'] });
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
    if (table.trim() !== '' && team !== '') send.mutate({ dryRun: !ready });
  };
  return (
    <form className="page" onSubmit={submit} noValidate aria-label={t('family.import')}>
      <h2>{t('family.import-title')}</h2>
      {teams.length > 1 && <p><label>{t('family.team')} <select className="inline" value={team} onChange={(event) => setTeam(event.target.value)}>{teams.map(({ id: each, name }) => <option key={each} value={each}>{name}</option>)}</select></label></p>}
      <label htmlFor={id}>{t('family.import-table')}</label>
      <p className="quiet" id={`${id}-hint`}>{t('family.import-hint')}</p>
      <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('family.import-file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
      <textarea id={id} className="code" rows={10} spellCheck={false} wrap="off" value={table} aria-describedby={`${id}-hint`} onChange={(event) => change(event.target.value)} />
      {send.error && <Refusal error={send.error} />}
      {send.data && <Outcome view={send.data} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.isPending || table.trim() === '' || team === ''}>{t(send.isPending ? 'act.sending' : ready ? 'family.import-now' : 'family.import-look')}</button>
      </div>
    </form>
  );
}

function Refusal({ error }: { readonly error: Error }) {
  return (
    <div role="alert" className="problem">
      <p>{error.message}</p>
      {error instanceof Problem && error.fields.length > 0 && <ul>{error.fields.map(({ field, detail }, index) => <li key={index}>{field}: {detail}</li>)}</ul>}
    </div>
  );
}

/** What would change, or has: nobody falls off a list unseen. */
function Outcome({ view }: { readonly view: ImportView }) {
  const { t } = useWords();
  return (
    <div role="status">
      {view.problems.length > 0 && (
        <>
          <p className="problem">{t('family.import-problems', { count: view.problems.length })}</p>
          <ol className="problems">{view.problems.map(({ line, column, code, detail }, index) => <li key={index}>{t('family.import-at', { line, column })} {detail ?? code}</li>)}</ol>
        </>
      )}
      <p><b>{t(view.dryRun ? 'family.import-would' : 'family.import-did', { rows: view.rows })}</b></p>
      <dl className="figures">
        {([['added', view.added], ['changed', view.changed], ['unchanged', view.unchanged], ['cameBack', view.cameBack], ['transfers', view.transfersTotal], ['missing', view.missingTotal], ['withoutPhone', view.withoutPhone]] as const).map(([name, value]) => (
          <div key={name}><dt>{t(`family.import-${name}`)}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      {view.missing.length > 0 && <p>{t('family.import-missing-who')} {view.missing.map(({ name }) => name).join(', ')}</p>}
      {view.transfers.length > 0 && <p>{t('family.import-transfers-who')} {view.transfers.map(({ name }) => name).join(', ')}</p>}
    </div>
  );
}
