import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Profile } from '../../../../../src/city/index.ts';
import type { RestrictionDrawn } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useCity } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { bodyOf, KINDS, PASSAGES, problemsOf, SHAPES, TRAVELLERS, withKind, withoutLastPlace, withPlace, type Draft, type DraftProblem } from './draft.ts';
import { Preview } from './preview.tsx';

interface DrawProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: (answer: RestrictionDrawn) => void;
  readonly onCancel: () => void;
}

/** One form for the map and for hands that use none: what is pressed there stands here, and the other way round. */
export function Draw({ draft, onChange, onDone, onCancel }: DrawProps) {
  const { t, word } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [tried, setTried] = useState(false);
  const post = usePost<RestrictionDrawn>('restrictions');
  const problems = problemsOf(draft);
  const shown = tried ? problems : [];
  const change = (part: Partial<Draft>): void => onChange({ ...draft, ...part });
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problems.length === 0) return post.now('/api/restrictions', bodyOf(draft), onDone);
    // After the fields are marked.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form ref={form} className="roads-draw" onSubmit={submit} noValidate>
      <h2>{t('roads.draw')}</h2>
      <fieldset>
        <legend>{t('roads.what')}</legend>
        {KINDS.map((kind) => (
          <label key={kind} className="check">
            <input type="radio" name={`${id}kind`} checked={draft.kind === kind} onChange={() => onChange(withKind(draft, kind))} />
            <span><b>{word('restriction', kind)}</b> <span className="quiet">{t(`roads.kind-${kind}`)}</span></span>
          </label>
        ))}
      </fieldset>
      <Where draft={draft} shown={shown} onChange={onChange} />
      <fieldset>
        <legend>{t('roads.who')}</legend>
        {TRAVELLERS.map((profile) => <Passes key={profile} profile={profile} draft={draft} problem={problemText(t, shown, profile)} change={change} />)}
      </fieldset>
      <fieldset className="grid">
        <legend>{t('roads.when')}</legend>
        <Field says={t('roads.when-from')} problem={problemText(t, shown, 'from')}>{(props) => <input type="datetime-local" value={draft.from} onChange={({ target }) => change({ from: target.value })} {...props} />}</Field>
        <Field says={t('roads.when-until')} problem={problemText(t, shown, 'until')}>{(props) => <input type="datetime-local" value={draft.until} onChange={({ target }) => change({ until: target.value })} {...props} />}</Field>
        <Field says={t('roads.daily-from')} problem={problemText(t, shown, 'daily')}>{(props) => <input type="time" value={draft.dailyFrom} onChange={({ target }) => change({ dailyFrom: target.value })} {...props} />}</Field>
        <Field says={t('roads.daily-to')}>{(props) => <input type="time" value={draft.dailyTo} onChange={({ target }) => change({ dailyTo: target.value })} {...props} />}</Field>
      </fieldset>
      <Field says={t('roads.reason')}>{(props) => <input value={draft.reason} maxLength={300} onChange={({ target }) => change({ reason: target.value })} {...props} />}</Field>
      {problems.length === 0 && <Preview draft={draft} />}
      {post.problem && <div role="alert" className="problem"><p>{post.problem}</p><ul>{post.fields.map(({ field, detail }) => <li key={field}>{detail}</li>)}</ul></div>}
      <div className="actions">
        <button type="submit" className="primary" disabled={post.busy}>{post.busy ? t('act.sending') : t('roads.do-draw')}</button>
        <button type="button" onClick={onCancel}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}

function Where({ draft, shown, onChange }: { readonly draft: Draft; readonly shown: readonly DraftProblem[]; readonly onChange: (draft: Draft) => void }) {
  const { t, word, say } = useWords();
  const city = useCity().data;
  const known = [...(city?.institutions ?? []).map(({ name, place }) => ({ name, place })), ...(city?.towns ?? []).map(({ name, centre }) => ({ name, place: centre }))];
  return (
    <fieldset>
      <legend>{t('roads.where')}</legend>
      <div className="checks">
        {SHAPES.map((shape) => (
          <label key={shape} className="check"><input type="radio" checked={draft.shape === shape} onChange={() => onChange({ ...draft, shape })} /> {word('road-shape', shape)}</label>
        ))}
      </div>
      <Field says={t('roads.places')} problem={problemText(t, shown, 'places')}>
        {(props) => <textarea rows={draft.shape === 'spot' ? 1 : 4} className="code" spellCheck={false} value={draft.places} onChange={({ target }) => onChange({ ...draft, places: target.value })} {...props} />}
      </Field>
      <div className="tools">
        <select aria-label={t('roads.known')} value="" onChange={({ target }) => { const place = known[Number(target.value)]?.place; if (place) onChange(withPlace(draft, place)); }}>
          <option value="">{t('roads.known')}</option>
          {known.map(({ name }, index) => <option key={index} value={index}>{say(name)}</option>)}
        </select>
        <button type="button" disabled={draft.places.trim() === ''} onClick={() => onChange(withoutLastPlace(draft))}>{t('roads.undo')}</button>
      </div>
      {draft.shape === 'spot' && (
        <Field says={t('roads.radius')} problem={problemText(t, shown, 'radiusMeters')}>{(props) => <input inputMode="numeric" value={draft.radiusMeters} onChange={({ target }) => onChange({ ...draft, radiusMeters: target.value })} {...props} />}</Field>
      )}
    </fieldset>
  );
}

function Passes({ profile, draft, problem, change }: { readonly profile: Profile; readonly draft: Draft; readonly problem: string | undefined; readonly change: (part: Partial<Draft>) => void }) {
  const { t, word } = useWords();
  const id = useId();
  const { way, minutes } = draft.passage[profile];
  const set = (part: Partial<{ way: typeof way; minutes: string }>): void => change({ passage: { ...draft.passage, [profile]: { way, minutes, ...part } } });
  // A closed road lets somebody through or it does not; a delay belongs to guards.
  const ways = draft.kind === 'closure' ? PASSAGES.filter((one) => one !== 'delayed') : PASSAGES;
  return (
    <div className="passes" role="group" aria-labelledby={id}>
      <span id={id}>{word('traveller', profile)}</span>
      <select aria-labelledby={id} value={way} onChange={({ target }) => set({ way: target.value as typeof way })}>
        {ways.map((one) => <option key={one} value={one}>{word('passage', one)}</option>)}
      </select>
      {way === 'delayed' && draft.kind !== 'closure' && (
        <label className="minutes"><input inputMode="decimal" aria-label={`${word('traveller', profile)}: ${t('roads.minutes')}`} aria-invalid={problem !== undefined} value={minutes} onChange={({ target }) => set({ minutes: target.value })} /> {t('roads.minutes')}</label>
      )}
      {problem && <span className="problem">{problem}</span>}
    </div>
  );
}

interface FieldProps {
  readonly says: string;
  readonly problem?: string | undefined;
  readonly children: (props: { readonly id: string; readonly 'aria-invalid': boolean; readonly 'aria-describedby'?: string }) => ReactNode;
}
function Field({ says, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{says}</label>
      {children({ id, 'aria-invalid': problem !== undefined, ...(problem !== undefined && { 'aria-describedby': `${id}problem` }) })}
      {problem !== undefined && <p id={`${id}problem`} className="problem">{problem}</p>}
    </div>
  );
}

function problemText(t: ReturnType<typeof useWords>['t'], problems: readonly DraftProblem[], field: DraftProblem['field']): string | undefined {
  const problem = problems.find((one) => one.field === field);
  if (!problem) return undefined;
  return t(`roads.wrong-${problem.code}`, problem.code === 'unreadable' ? { lines: problem.lines } : {});
}
