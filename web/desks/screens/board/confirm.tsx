import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useWords } from '../../shell/language.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What will happen, before it happens. */
  readonly says: string;
  /** Asks for a reason in words, under this label. */
  readonly reasonLabel?: string;
  readonly grave?: boolean;
  readonly onDone: (answer?: { readonly reason: string }) => void;
}

/** Says what will happen and asks once; with a label, why. */
export function Confirm({ title, says, reasonLabel, grave = true, onDone }: ConfirmProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reasonLabel !== undefined && reason.trim() === '') return setMissing(true);
    onDone({ reason: reason.trim() });
  };
  return (
    <dialog ref={dialog} className="dialog" onCancel={() => onDone()} aria-labelledby="confirm-title">
      <form onSubmit={submit} noValidate>
        <h2 id="confirm-title">{title}</h2>
        <p className="what-happens">{says}</p>
        {reasonLabel !== undefined && (
          <div className="field">
            <label htmlFor="confirm-reason">{reasonLabel}</label>
            {missing && <p className="problem" id="confirm-problem">{t('act.needed')}</p>}
            <input id="confirm-reason" value={reason} autoComplete="off" aria-invalid={missing} {...(missing && { 'aria-describedby': 'confirm-problem' })} onChange={(event) => setReason(event.target.value)} />
          </div>
        )}
        <div className="actions">
          <button type="submit" className={grave ? 'primary grave' : 'primary'}>{title}</button>
          <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}
