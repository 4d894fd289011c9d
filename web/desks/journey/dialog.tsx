import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Command, JourneyView } from '../../../src/journey/index.ts';
import { useWords } from '../shell/language.tsx';
import { FieldInput, startValue, type FieldValue } from './fields.tsx';
import { fieldsOf, isGrave } from './forms.ts';

interface DialogProps {
  readonly command: Command;
  readonly journey: JourneyView;
  readonly title: string;
  /** Called with the complete command, or with nothing when the person thought better of it. */
  readonly onDone: (command?: Command) => void;
}

/** Asks for what a command needs and, where it is grave, says what will happen before it happens. */
export function ActionDialog({ command, journey, title, onDone }: DialogProps) {
  const { t, word } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const fields = fieldsOf(command, journey);
  const [values, setValues] = useState<Record<string, FieldValue>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, startValue(field, journey)])));
  const [missing, setMissing] = useState<readonly string[]>([]);
  useEffect(() => dialog.current?.showModal(), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const empty = fields.filter((field) => isEmpty(values[field.name], field.kind, 'atLeastOne' in field && field.atLeastOne));
    setMissing(empty.map(({ name }) => name));
    if (empty.length === 0) onDone({ ...command, ...values } as Command);
  };
  return (
    <dialog ref={dialog} className="dialog" onCancel={() => onDone()} aria-labelledby="dialog-title">
      <form onSubmit={submit} noValidate>
        <h2 id="dialog-title">{title}</h2>
        <p className="quiet">{journey.person.name}</p>
        {isGrave(command) && <p className="what-happens">{word('happens', command.type)}</p>}
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]}
            problem={missing.includes(field.name) ? t('act.needed') : undefined}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        ))}
        <div className="actions">
          <button type="submit" className={isGrave(command) ? 'primary grave' : 'primary'}>{title}</button>
          <button type="button" onClick={() => onDone()}>{t('act.cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}

/** A prescription may be empty: advice alone is an answer. */
function isEmpty(value: FieldValue | undefined, kind: string, atLeastOne: boolean): boolean {
  if (kind === 'items') return !(value as readonly { medicine: string; dose: string }[]).every(({ medicine, dose }) => medicine.trim() && dose.trim());
  if (Array.isArray(value)) return atLeastOne && value.length === 0;
  return typeof value === 'string' ? value.trim() === '' : value === undefined || Number.isNaN(value);
}
