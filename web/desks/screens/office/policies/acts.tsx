import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { cityNow } from '../../../../shared/clock.ts';
import type { PolicyActAnswer, PolicyAnswer } from '../../../data/contract.ts';
import { addressOf, useMe } from '../../../data/queries.ts';
import { usePost, type Posting } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';

interface ActsProps {
  readonly policy: PolicyAnswer;
  /** Opens the text of this version to be written on. */
  readonly onRewrite: () => void;
  readonly onDone: (answer: PolicyActAnswer) => void;
}

/** What can be done with a version beside adopting it; those who only read see none of it. */
export function Acts({ policy, onRewrite, onDone }: ActsProps) {
  const { t } = useWords();
  const me = useMe();
  const [open, setOpen] = useState<'withdraw' | 'amend'>();
  const role = me.data?.actor.role;
  if (role !== 'planner' && role !== 'city') return null;
  const { state } = policy;
  const done = (answer: PolicyActAnswer): void => { setOpen(undefined); onDone(answer); };
  return (
    <div className="actions">
      {(state === 'adopted' || state === 'inForce' || (state === 'ended' && !policy.replacedBy)) && <button type="button" onClick={() => setOpen('amend')}>{t('policy.amend')}</button>}
      <button type="button" onClick={onRewrite}>{t('policy.rewrite')}</button>
      {(state === 'draft' || state === 'checked') && <button type="button" onClick={() => setOpen('withdraw')}>{t('policy.withdraw')}</button>}
      {open === 'withdraw' && <Withdraw policy={policy} onClose={() => setOpen(undefined)} onDone={done} />}
      {open === 'amend' && <Amend policy={policy} onClose={() => setOpen(undefined)} onDone={done} />}
    </div>
  );
}

interface ActProps {
  readonly policy: PolicyAnswer;
  readonly onClose: () => void;
  readonly onDone: (answer: PolicyActAnswer) => void;
}

function Withdraw({ policy, onClose, onDone }: ActProps) {
  const { t } = useWords();
  const post = usePost<PolicyActAnswer>('policies');
  return (
    <Ask title={t('policy.withdraw')} verb={t('policy.do-withdraw')} happens={t('policy.withdraw-happens')} post={post} onClose={onClose} onSubmit={() => post.now(`${addressOf(policy)}/withdraw`, {}, onDone)} />
  );
}

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
type End = 'day' | 'now' | 'open';

/** Another end of the period: a last day until 24:00, at once, or none yet. It becomes a draft that goes the same way as every other. */
function Amend({ policy, onClose, onDone }: ActProps) {
  const { t, word } = useWords();
  const id = useId();
  const post = usePost<PolicyActAnswer>('policies');
  const [end, setEnd] = useState<End>('day');
  const [day, setDay] = useState(() => lastDayOf(policy.period.to ?? cityNow() + DAY_MS));
  const [missing, setMissing] = useState(false);
  const submit = (): void => {
    const to = end === 'open' ? null : end === 'now' ? cityNow() : Date.parse(`${day}T00:00:00+08:00`) + DAY_MS;
    setMissing(Number.isNaN(to));
    if (!Number.isNaN(to)) post.now(`${addressOf(policy)}/amend`, { to }, onDone);
  };
  return (
    <Ask title={t('policy.amend')} verb={t('policy.do')} happens={t('policy.amend-happens')} post={post} onClose={onClose} onSubmit={submit}>
      <fieldset>
        <legend>{t('policy.new-end')}</legend>
        {(['day', 'now', 'open'] as const).map((one) => (
          <label key={one} className="check"><input type="radio" name={id} checked={end === one} onChange={() => setEnd(one)} /> {word('policy-end', one)}</label>
        ))}
      </fieldset>
      {end === 'day' && (
        <label>
          {t('policy.last-day')}
          <input type="date" value={day} aria-invalid={missing} onChange={(event) => setDay(event.target.value)} />
          {missing && <span className="problem">{t('act.needed')}</span>}
        </label>
      )}
    </Ask>
  );
}

/** The last day that belongs to a period: an end at midnight belongs to the day before. */
function lastDayOf(to: number): string {
  return new Date(to - 1 + ZONE_MS).toISOString().slice(0, 10);
}

interface AskProps {
  readonly title: string;
  readonly verb: string;
  readonly happens: string;
  readonly post: Posting<PolicyActAnswer>;
  readonly children?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Says what will happen before it happens. */
function Ask({ title, verb, happens, post, children, onSubmit, onClose }: AskProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <dialog ref={dialog} className="dialog" onCancel={onClose} aria-labelledby={id}>
      <form onSubmit={submit} noValidate>
        <h2 id={id}>{title}</h2>
        {children}
        <p className="what-happens">{happens}</p>
        {post.problem && <div role="alert" className="problem"><p>{post.problem}</p><ul>{post.fields.map(({ field, detail }) => <li key={field}>{detail}</li>)}</ul></div>}
        <div className="actions">
          <button type="submit" className="primary" disabled={post.busy}>{post.busy ? t('act.sending') : verb}</button>
          <button type="button" onClick={onClose}>{t('act.cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}
