import { useState, type FormEvent } from 'react';
import { REFUSAL_GROUNDS, type RefusalCaseView } from '../../../src/reception/index.ts';
import { usePost } from '../data/post.ts';
import { useWords } from '../shell/language.tsx';

/** What this desk can do about a case: one primary button, the words only where they are needed. */
export function Acts({ refusal }: { readonly refusal: RefusalCaseView }) {
  const { t, say } = useWords();
  const send = usePost('refusals', 'journeys');
  const [writing, setWriting] = useState<'decide' | 'state'>();
  const may = new Set(refusal.may);
  const to = (what: string): string => `/api/refusals/${encodeURIComponent(refusal.id)}/${what}`;
  const done = (): void => setWriting(undefined);
  if (may.size === 0) return null;
  return (
    <>
      {writing === undefined && (
        <p className="actions">
          {may.has('decide') && <button type="button" className="primary" onClick={() => setWriting('decide')}>{t('refusal.decide')}</button>}
          {may.has('take') && <button type="button" className={refusal.taken ? '' : 'primary'} disabled={send.busy} onClick={() => send.now(to('take'), {})}>{t(refusal.taken ? 'refusal.take-over' : 'refusal.take')}</button>}
          {may.has('sendOn') && <button type="button" disabled={send.busy} onClick={() => send.now(to('send-on'), {})}>{t(refusal.nextName ? 'refusal.send-on' : 'refusal.send-on-search', { name: say(refusal.nextName) })}</button>}
          {may.has('state') && <button type="button" className="primary" onClick={() => setWriting('state')}>{t(refusal.statement ? 'refusal.state-again' : 'refusal.state')}</button>}
        </p>
      )}
      {writing === 'decide' && <Decide refusal={refusal} busy={send.busy} onDecide={(body) => send.now(to('decide'), body, done)} onCancel={done} />}
      {writing === 'state' && <State refusal={refusal} busy={send.busy} onState={(text) => send.now(to('state'), { text }, done)} onCancel={done} />}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}

interface DecideProps {
  readonly refusal: RefusalCaseView;
  readonly busy: boolean;
  readonly onDecide: (body: { readonly upheld: boolean; readonly ground?: string; readonly reason: string }) => void;
  readonly onCancel: () => void;
}

function Decide({ refusal, busy, onDecide, onCancel }: DecideProps) {
  const { t, word } = useWords();
  const known = REFUSAL_GROUNDS.find((ground) => ground === refusal.ground);
  const [upheld, setUpheld] = useState<boolean>();
  const [ground, setGround] = useState<string>(known ?? '');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onDecide({ upheld: upheld === true, reason: reason.trim(), ...(upheld && { ground }) });
  };
  return (
    <form className="change" onSubmit={submit}>
      <fieldset>
        <legend>{t('refusal.was-it')}</legend>
        <label className="check"><input type="radio" name={`upheld-${refusal.id}`} checked={upheld === true} onChange={() => setUpheld(true)} />{t('refusal.was-one')}</label>
        <label className="check"><input type="radio" name={`upheld-${refusal.id}`} checked={upheld === false} onChange={() => setUpheld(false)} />{t('refusal.was-none')}</label>
      </fieldset>
      {upheld && (
        <label>{t('refusal.ground')}
          <select value={ground} required onChange={(event) => setGround(event.target.value)}>
            <option value="" />
            {REFUSAL_GROUNDS.map((each) => <option key={each} value={each}>{word('ground', each)}</option>)}
          </select>
        </label>
      )}
      <label>{t('refusal.reason')}<textarea rows={3} required maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
      <p className="actions">
        <button type="submit" className="primary" disabled={busy || upheld === undefined || reason.trim() === '' || (upheld && ground === '')}>{t('refusal.decide')}</button>
        <button type="button" onClick={onCancel}>{t('act.cancel')}</button>
      </p>
    </form>
  );
}

interface StateProps {
  readonly refusal: RefusalCaseView;
  readonly busy: boolean;
  readonly onState: (text: string) => void;
  readonly onCancel: () => void;
}

function State({ refusal, busy, onState, onCancel }: StateProps) {
  const { t } = useWords();
  const [text, setText] = useState(refusal.statement?.text ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onState(text.trim());
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('refusal.state-text')}<textarea rows={3} required maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} /></label>
      <p className="actions"><button type="submit" className="primary" disabled={busy || text.trim() === ''}>{t('refusal.state-send')}</button><button type="button" onClick={onCancel}>{t('act.cancel')}</button></p>
    </form>
  );
}
