import { useState, type FormEvent } from 'react';
import type { DutyView } from '../../../../../src/hotline/index.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';

const HOUR_MS = 3_600_000;
const ZONE_MS = 8 * HOUR_MS;
/** As the browser's own field writes it, in the city's time wherever the machine believes to be. */
const local = (instant: number): string => new Date(instant + ZONE_MS).toISOString().slice(0, 16);
const instantOf = (text: string): number => Date.parse(`${text}:00+08:00`);
const FIELDS = ['dutyPerson', 'phone', 'secondPerson', 'secondPhone', 'takesOverFrom'] as const;

/** One shift. It opens on the first hole, so that the next press closes it. */
export function ShiftForm({ duty, gap }: { readonly duty: DutyView; readonly gap: { readonly from: number; readonly to: number } | undefined }) {
  const { t } = useWords();
  const save = usePost<DutyView>('calls');
  const begin = gap?.from ?? duty.shifts.at(-1)?.to ?? duty.at;
  const [from, setFrom] = useState(local(begin));
  const [to, setTo] = useState(local(Math.min(gap?.to ?? Infinity, begin + 12 * HOUR_MS)));
  const [text, setText] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = Object.fromEntries(FIELDS.flatMap((name) => (text[name]?.trim() ? [[name, text[name].trim()]] : [])));
    save.now(`/api/institutions/${duty.institution}/duty`, { from: instantOf(from), to: instantOf(to), ...given }, (answer) => {
      const next = answer.gaps[0];
      setText({});
      if (next) {
        setFrom(local(next.from));
        setTo(local(Math.min(next.to, next.from + 12 * HOUR_MS)));
      }
    });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('duty.add')}>
      <fieldset className="grid">
        <legend>{t('duty.add')}</legend>
        <label className="field">{t('duty.from')}<input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
        <label className="field">{t('duty.to')}<input type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} /></label>
        {FIELDS.map((name) => (
          <label key={name} className="field">{t(`duty.field-${name}`)}
            <input type={name.toLowerCase().endsWith('phone') ? 'tel' : 'text'} value={text[name] ?? ''} onChange={(event) => setText({ ...text, [name]: event.target.value })} />
          </label>
        ))}
      </fieldset>
      {save.problem && <div role="alert" className="problem"><p>{save.problem}</p>{save.fields.length > 1 && <ul>{save.fields.map(({ field, detail }, index) => <li key={index}>{detail || field}</li>)}</ul>}</div>}
      <div className="actions"><button type="submit" className="primary" disabled={save.busy}>{t('duty.save')}</button></div>
    </form>
  );
}
