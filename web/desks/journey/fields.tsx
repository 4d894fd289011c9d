import { useId } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { useCity } from '../data/queries.ts';
import { FindingPicker } from '../requests/finding-picker.tsx';
import { useWords } from '../shell/language.tsx';
import { cityNow } from '../../shared/clock.ts';
import type { Field } from './forms.ts';

export interface Item {
  readonly medicine: string;
  readonly dose: string;
  readonly days: number;
  readonly controlled: 'no';
}
export type FieldValue = string | number | boolean | readonly string[] | readonly Item[];

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** What stands in a field before anybody has typed: only what is known, never a guess at a reason. */
export function startValue(field: Field, journey: JourneyView): FieldValue {
  switch (field.kind) {
    case 'findings':
      return [];
    case 'items':
      return journey.clinical?.medicine ? [{ medicine: journey.clinical.medicine, dose: '', days: 28, controlled: 'no' }] : [];
    case 'day':
      return cityNow() + 3 * DAY_MS;
    case 'choice':
      return field.name === 'outcome' ? 'discharged' : '';
    case 'institution':
    case 'yesNo':
      return '';
    case 'text':
      return field.name === 'to' ? journey.person.name : '';
  }
}

interface FieldProps {
  readonly field: Field;
  readonly value: FieldValue | undefined;
  readonly problem?: string | undefined;
  readonly onChange: (value: FieldValue) => void;
}

export function FieldInput({ field, value, problem, onChange }: FieldProps) {
  const { word } = useWords();
  const id = useId();
  if (field.kind === 'yesNo') return <YesNo field={field} value={value} problem={problem} onChange={onChange} />;
  return (
    <div className="field">
      <label htmlFor={id}>{word('field', field.name)}</label>
      {problem && <p className="problem" id={`${id}-problem`}>{problem}</p>}
      <Control id={id} field={field} value={value} problem={problem} onChange={onChange} />
    </div>
  );
}

/** Neither is ticked before somebody has looked. */
function YesNo({ field, value, problem, onChange }: FieldProps) {
  const { t, word } = useWords();
  const id = useId();
  return (
    <fieldset className="field">
      <legend>{word('field', field.name)}</legend>
      {problem && <p className="problem">{problem}</p>}
      <div className="checks">{([true, false] as const).map((one) => <label key={String(one)} className="check"><input type="radio" name={id} checked={value === one} onChange={() => onChange(one)} />{t(one ? 'act.yes' : 'act.no')}</label>)}</div>
    </fieldset>
  );
}

function Control({ id, field, value, problem, onChange }: Omit<FieldProps, 'field'> & { readonly id: string; readonly field: Exclude<Field, { kind: 'yesNo' }> }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const common = { id, 'aria-invalid': problem !== undefined, ...(problem && { 'aria-describedby': `${id}-problem` }) };
  switch (field.kind) {
    case 'text':
      return field.long
        ? <textarea {...common} rows={4} value={String(value)} onChange={(event) => onChange(event.target.value)} />
        : <input {...common} value={String(value)} onChange={(event) => onChange(event.target.value)} />;
    case 'day':
      return <input {...common} type="date" value={dateOf(Number(value))} onChange={(event) => onChange(noonOf(event.target.value))} />;
    case 'choice':
    case 'institution': {
      const options = field.kind === 'choice'
        ? field.from.map((code) => ({ code, name: word(field.vocabulary, code) }))
        : (city.data?.institutions ?? []).map(({ code, name }) => ({ code, name: say(name) }));
      return (
        <select {...common} value={String(value)} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('act.choose')}</option>
          {options.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
        </select>
      );
    }
    case 'findings':
      return <FindingPicker id={id} chosen={value as readonly string[]} onChange={onChange} />;
    case 'items':
      return <ItemsInput id={id} items={value as readonly Item[]} onChange={onChange} />;
  }
}

/** Prescribed medicines, one per row. Controlled drugs are not offered: they are never prescribed at a distance. */
function ItemsInput({ id, items, onChange }: { readonly id: string; readonly items: readonly Item[]; readonly onChange: (items: readonly Item[]) => void }) {
  const { t } = useWords();
  const change = (index: number, part: Partial<Item>): void => onChange(items.map((item, at) => (at === index ? { ...item, ...part } : item)));
  return (
    <div id={id} className="items" role="group">
      {items.map((item, index) => (
        <div key={index} className="item">
          <input aria-label={t('item.medicine')} placeholder={t('item.medicine')} value={item.medicine} onChange={(event) => change(index, { medicine: event.target.value })} />
          <input aria-label={t('item.dose')} placeholder={t('item.dose')} value={item.dose} onChange={(event) => change(index, { dose: event.target.value })} />
          <input aria-label={t('item.days')} type="number" min={1} max={90} value={item.days} onChange={(event) => change(index, { days: event.target.valueAsNumber || 1 })} />
          <button type="button" className="plain" onClick={() => onChange(items.filter((_, at) => at !== index))}>{t('item.remove')}</button>
        </div>
      ))}
      <button type="button" onClick={() => onChange([...items, { medicine: '', dose: '', days: 28, controlled: 'no' }])}>{t('item.add')}</button>
      <p className="quiet">{t('item.controlled')}</p>
    </div>
  );
}

const dateOf = (instant: number): string => new Date(instant + SHANGHAI_MS).toISOString().slice(0, 10);
/** Noon of the day in the city: a day has no better instant. */
const noonOf = (date: string): number => Date.parse(`${date}T12:00:00+08:00`);
