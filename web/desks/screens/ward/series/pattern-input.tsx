import { useId } from 'react';
import { dayOfWeek, type PatternDraft } from '../../../series/pattern.ts';
import { useWords } from '../../../shell/language.tsx';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Days of the week at one time, or every so many days. */
export function PatternInput({ draft, onChange }: { readonly draft: PatternDraft; readonly onChange: (draft: PatternDraft) => void }) {
  const { t, word } = useWords();
  const id = useId();
  const toggle = (day: number): void => onChange({ ...draft, days: draft.days.includes(day) ? draft.days.filter((each) => each !== day) : [...draft.days, day] });
  return (
    <fieldset>
      <legend>{t('series.pattern')}</legend>
      <div className="checks">
        {(['days', 'interval'] as const).map((kind) => <label key={kind} className="check"><input type="radio" name={id} checked={draft.kind === kind} onChange={() => onChange({ ...draft, kind })} />{word('series-pattern', kind)}</label>)}
      </div>
      {draft.kind === 'days' ? (
        <>
          <div className="checks">{WEEK.map((day) => <label key={day} className="check"><input type="checkbox" checked={draft.days.includes(day)} onChange={() => toggle(day)} />{dayOfWeek(day)}</label>)}</div>
          <label>{t('series.time')}<input type="time" value={draft.time} onChange={(event) => onChange({ ...draft, time: event.target.value })} /></label>
        </>
      ) : (
        <>
          <label>{t('series.interval')}<input type="number" min={1} max={60} value={draft.everyDays} onChange={(event) => onChange({ ...draft, everyDays: event.target.value })} /></label>
          <label>{t('series.first')}<input type="datetime-local" value={draft.firstAt} onChange={(event) => onChange({ ...draft, firstAt: event.target.value })} /></label>
        </>
      )}
    </fieldset>
  );
}
