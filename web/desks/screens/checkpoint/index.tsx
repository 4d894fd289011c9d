import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { post } from '../../../shared/api.ts';
import { CodeInput } from '../../shell/code-input.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';

/** Whether the pass holds now, and whom to call when it does not: nobody is stopped without somebody to ask. */
interface Check {
  readonly answer: string;
  readonly whomToCall: { readonly number: string };
  readonly validFrom?: number;
  readonly validTo?: number;
}

/** The roadblock: a code in, a word and a shape as large as the phone out. */
export default function Checkpoint() {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const check = useMutation({
    mutationFn: (text: string) => post<Check>('/api/passes/check', isScanned(text) ? { jws: text } : { code: text.toUpperCase() }),
  });
  const change = (text: string): void => {
    setCode(text);
    check.reset();
    if (isScanned(text)) check.mutate(text.trim());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim()) check.mutate(code.trim());
  };
  return (
    <form className="checkpoint" onSubmit={submit}>
      <CodeInput label={t('checkpoint.code')} hint={t('checkpoint.code-hint')} value={code} onChange={change} />
      <button type="submit" className="primary" disabled={code.trim() === '' || check.isPending}>{t(check.isPending ? 'act.sending' : 'checkpoint.check')}</button>
      {check.data && <Answer check={check.data} />}
      {check.error && (
        <section className="answer answer-unknown" role="alert">
          <p className="answer-word">{t('checkpoint.no-answer')}</p>
          <p>{check.error.message}</p>
          <p>{t('checkpoint.no-answer-do')}</p>
        </section>
      )}
    </form>
  );
}

/** A scanned pass is signed and long; a typed one is a code. */
const isScanned = (text: string): boolean => text.includes('.') || text.startsWith('glp:/');

function Answer({ check: { answer, whomToCall, validFrom, validTo } }: { readonly check: Check }) {
  const { t, word } = useWords();
  const passes = answer === 'valid';
  return (
    <section className={passes ? 'answer answer-yes' : 'answer answer-ask'} role="status">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        {passes ? <path d="M10 55l26 26 54-60" /> : <path d="M50 12v48M50 76v10" />}
      </svg>
      <p className="answer-word">{t(passes ? 'checkpoint.pass' : 'checkpoint.ask')}</p>
      {!passes && <p>{word('pass-answer', answer)}</p>}
      {validFrom !== undefined && validTo !== undefined && <p>{t('checkpoint.window', { from: dayAndTime(validFrom), to: dayAndTime(validTo) })}</p>}
      {!passes && <p>{t('checkpoint.call')} <a className="button" href={`tel:${whomToCall.number}`}>{whomToCall.number}</a></p>}
    </section>
  );
}
