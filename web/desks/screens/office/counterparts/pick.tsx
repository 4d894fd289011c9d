import { useId, useState } from 'react';
import type { CounterpartsView } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useWords } from '../../../shell/language.tsx';

interface PickProps {
  readonly city: CityAnswer;
  readonly view: CounterpartsView;
  readonly towns: readonly string[];
  readonly onChoose: (towns: readonly string[]) => void;
  readonly onToggle: (town: string) => void;
}

const FOUND_MAX = 12;

/** Towns one by one, a district or a kept area at once; areas go across district lines. */
export function Pick({ city, view, towns, onChoose, onToggle }: PickProps) {
  const { t, say } = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const nameOf = (code: string): string => say(city.towns.find((town) => town.code === code)?.name) || code;
  const found = wanted === '' ? [] : city.towns.filter(({ code, name }) => !towns.includes(code) && [code, name.zh, name.en].some((text) => text.toLowerCase().includes(wanted))).slice(0, FOUND_MAX);
  return (
    <section className="counterparts-pick" aria-label={t('counterparts.pick')}>
      <h2>{t('counterparts.pick')}</h2>
      <div className="tools">
        <label htmlFor={id}>{t('counterparts.town')}</label>
        <input id={id} type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
        <select aria-label={t('counterparts.area')} value="" onChange={({ target: { value } }) => {
          const [kind, name = ''] = value.split(/:(.*)/s);
          onChoose(kind === 'area' ? (view.areas.find((area) => area.name === name)?.towns ?? []) : city.towns.filter(({ district }) => district === name).map(({ code }) => code));
        }}>
          <option value="">{t('counterparts.area')}</option>
          {view.areas.map(({ name, towns: kept }) => <option key={name} value={`area:${name}`}>{t('counterparts.area-of', { name, count: kept.length })}</option>)}
          {city.districts.map(({ code, name }) => <option key={code} value={`district:${code}`}>{say(name)}</option>)}
        </select>
      </div>
      {found.length > 0 && (
        <ul className="chips found-towns">
          {found.map(({ code }) => <li key={code}><button type="button" onClick={() => { onToggle(code); setTyped(''); }}>{nameOf(code)}</button></li>)}
        </ul>
      )}
      {wanted !== '' && found.length === 0 && <p className="quiet" role="status">{t('counterparts.town-none')}</p>}
      {towns.length > 0 && (
        <>
          <ul className="chips chosen-towns" aria-label={t('counterparts.chosen')}>
            {towns.map((town) => <li key={town}><button type="button" aria-label={t('counterparts.leave-out', { name: nameOf(town) })} onClick={() => onToggle(town)}>{nameOf(town)} ×</button></li>)}
          </ul>
          <p className="actions">
            <button type="button" onClick={() => onChoose([])}>{t('counterparts.none')}</button>
          </p>
          {view.editable.length > 0 && <Keep towns={towns} view={view} />}
        </>
      )}
    </section>
  );
}

/** What is chosen gets a name, or a name is not needed any more. */
function Keep({ towns, view }: { readonly towns: readonly string[]; readonly view: CounterpartsView }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const send = usePost('counterparts');
  const kept = view.areas.find((area) => area.towns.length === towns.length && area.towns.every((town) => towns.includes(town)));
  if (kept) {
    return (
      <p className="actions">
        <b>{kept.name}</b> <button type="button" disabled={send.busy} onClick={() => send.now('/api/counterparts/areas/remove', { name: kept.name })}>{t('counterparts.forget-area')}</button>
        {send.problem && <span className="problem" role="alert">{send.problem}</span>}
      </p>
    );
  }
  return (
    <details>
      <summary>{t('counterparts.keep-area')}</summary>
      <form className="tools" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') send.now('/api/counterparts/areas', { name: name.trim(), towns }, () => setName('')); }}>
        <label>{t('counterparts.area-name')} <input value={name} maxLength={60} onChange={({ target }) => setName(target.value)} /></label>
        <button type="submit" disabled={send.busy || name.trim() === ''}>{t('counterparts.keep')}</button>
        {send.problem && <span className="problem" role="alert">{send.problem}</span>}
      </form>
    </details>
  );
}
