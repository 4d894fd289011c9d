import './passes.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { IssuerCounted } from '../../../src/passes/index.ts';
import { newIntent, post, Problem } from '../../shared/api.ts';
import { usePost } from '../data/post.ts';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { Print } from './print.tsx';
import { useIssued } from './queries.ts';

/** One unit: a list in, checked by line; what it has issued; some, an upload or all withdrawn; the sheet to be printed. */
export function Unit({ issuer }: { readonly issuer: IssuerCounted }) {
  const { t, word, say } = useWords();
  const [printing, setPrinting] = useState<string>();
  if (printing !== undefined) return <Print issuer={issuer.id} batch={printing} onClose={() => setPrinting(undefined)} />;
  return (
    <div className="pass-unit">
      <p><b>{say(issuer.name)}</b> · {word('issuer-kind', issuer.kind)} · {issuer.areas?.join(', ') ?? t('passes.whole-city')} · {t('passes.until', { time: dayAndTime(issuer.until) })}</p>
      <dl className="figures">
        <div><dt>{t('passes.live')}</dt><dd>{issuer.live}</dd></div>
        <div><dt>{t('passes.left')}</dt><dd>{Math.max(0, issuer.passesMax - issuer.live)}</dd></div>
        <div><dt>{t('passes.revoked')}</dt><dd>{issuer.revoked}</dd></div>
      </dl>
      {issuer.withdrawn ? <p className="problem">{t('passes.unit-withdrawn', { time: dayAndTime(issuer.withdrawn.at), reason: issuer.withdrawn.reason })}</p> : <Upload issuer={issuer.id} onIssued={setPrinting} />}
      <Issued issuer={issuer} onPrint={setPrinting} />
    </div>
  );
}

interface Imported { readonly dryRun: boolean; readonly passes: number; readonly batch?: string; readonly problems: readonly { readonly line: number; readonly column: number; readonly detail: string }[] }

function Upload({ issuer, onIssued }: { readonly issuer: string; readonly onIssued: (batch: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [table, setTable] = useState('');
  const [looked, setLooked] = useState('');
  const ready = looked !== '' && looked === table;
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) => post<Imported>(`/api/passes/import?issuer=${encodeURIComponent(issuer)}${dryRun ? '&dryRun=true' : ''}`, table, { intent: newIntent(), type: 'text/csv' }),
    onSuccess: (answer) => {
      setLooked(answer.dryRun && answer.problems.length === 0 ? table : '');
      if (answer.dryRun) return;
      setTable('');
      void queries.invalidateQueries({ queryKey: ['passes'] });
      if (answer.batch !== undefined) onIssued(answer.batch);
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
    <form className="inset change" onSubmit={submit} aria-label={t('passes.issue')}>
      <h2>{t('passes.issue')}</h2>
      <label htmlFor={id}>{t('passes.list')}</label>
      <p className="quiet" id={`${id}h`}>{t('passes.hint')}</p>
      <input type="file" accept=".csv,text/csv,text/plain" aria-label={t('passes.file')} onChange={(event) => void event.target.files?.[0]?.text().then(change)} />
      <textarea id={id} className="code" rows={6} spellCheck={false} wrap="off" aria-describedby={`${id}h`} value={table} onChange={(event) => change(event.target.value)} />
      {send.error && <div role="alert" className="problem"><p>{send.error.message}</p>{send.error instanceof Problem && <ul>{send.error.fields.map(({ field, detail }, index) => <li key={index}>{field}: {detail}</li>)}</ul>}</div>}
      {send.data && (
        <div role="status">
          {send.data.problems.length > 0 && <ol className="problems">{send.data.problems.map(({ line, column, detail }, index) => <li key={index}>{t('passes.at', { line, column })} {detail}</li>)}</ol>}
          <p><b>{send.data.problems.length > 0 ? t('passes.nothing-yet') : t(send.data.dryRun ? 'passes.would' : 'passes.did', { count: send.data.passes })}</b></p>
        </div>
      )}
      <p className="actions"><button type="submit" className="primary" disabled={send.isPending || table.trim() === ''}>{t(send.isPending ? 'act.sending' : ready ? 'passes.issue-now' : 'passes.look')}</button></p>
    </form>
  );
}

function Issued({ issuer, onPrint }: { readonly issuer: IssuerCounted; readonly onPrint: (batch: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const asked = useIssued(issuer.id, text.trim());
  const [taking, setTaking] = useState<{ readonly codes: readonly string[] } | { readonly all: true }>();
  return (
    <section aria-label={t('passes.issued')}>
      <h2>{t('passes.issued')}</h2>
      <p className="tools">
        <input type="search" aria-label={t('passes.search')} placeholder={t('passes.search')} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="button" onClick={() => onPrint('')} disabled={issuer.live === 0}>{t('passes.print-all')}</button>
        <button type="button" className="plain" disabled={issuer.live === 0} onClick={() => setTaking({ all: true })}>{t('passes.take-all', { count: issuer.live })}</button>
      </p>
      {taking && <Take issuer={issuer.id} which={taking} count={'all' in taking ? issuer.live : taking.codes.length} onDone={() => setTaking(undefined)} />}
      <Asking asked={asked}>
        {({ passes }) => (passes.length === 0 ? <Empty>{t('passes.none')}</Empty> : (
          <ul className="plain-rows">
            {passes.map((pass) => (
              <li key={pass.code} className={pass.revokedAt === undefined ? '' : 'over'}>
                <span className="code">{pass.code}</span> <b>{pass.name}</b>{pass.duty && ` · ${pass.duty}`} · {dayAndTime(pass.validFrom)}–{dayAndTime(pass.validTo)}
                {pass.revokedAt !== undefined ? <span className="quiet"> · {t('passes.was-revoked', { time: dayAndTime(pass.revokedAt), reason: pass.revokedReason ?? '' })}</span>
                  : <> <button type="button" className="plain" aria-label={t('act.for', { verb: t('passes.take'), name: pass.name })} onClick={() => setTaking({ codes: [pass.code] })}>{t('passes.take')}</button></>}
              </li>
            ))}
          </ul>
        ))}
      </Asking>
    </section>
  );
}

function Take({ issuer, which, count, onDone }: { readonly issuer: string; readonly which: { readonly codes: readonly string[] } | { readonly all: true }; readonly count: number; readonly onDone: () => void }) {
  const { t } = useWords();
  const send = usePost('passes');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now('/api/passes/issued/revoke', { issuer, ...which, reason: reason.trim() }, onDone);
  };
  return (
    <form className="inset change" onSubmit={submit}>
      <p className="what-happens">{t('passes.take-happens', { count })}</p>
      <label>{t('passes.why')}<input value={reason} required maxLength={300} onChange={(event) => setReason(event.target.value)} /></label>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <p className="actions"><button type="submit" className="grave" disabled={send.busy || reason.trim() === ''}>{t('passes.take-now', { count })}</button><button type="button" onClick={onDone}>{t('act.cancel')}</button></p>
    </form>
  );
}
