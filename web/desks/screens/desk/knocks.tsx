import { useState } from 'react';
import type { KnockView } from '../../../../src/panels/index.ts';
import { usePost } from '../../data/post.ts';
import { useMe } from '../../data/queries.ts';
import { Due } from '../../journey/due.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useKnocks } from '../../panels/queries.ts';
import { FindingPicker } from '../../requests/finding-picker.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';

/** At whose door somebody of us has to knock, and by when. Nobody there is no answer: the next knock stands here at once. */
export function Knocks({ onSelect }: { readonly onSelect: (journey: string) => void }) {
  const { t, word } = useWords();
  const asked = useKnocks();
  const all = asked.data?.knocks ?? [];
  const open = all.filter(({ done }) => !done);
  const done = all.filter((knock) => knock.done);
  if (all.length === 0) return null;
  return (
    <section className="knocks" aria-label={t('knock.title')}>
      <h2>{t('knock.title')} <span className="count">{open.length}</span></h2>
      <ul className="plain-rows">{open.map((knock) => <li key={knock.id}><Knock knock={knock} onSelect={onSelect} /></li>)}</ul>
      {done.length > 0 && (
        <details>
          <summary>{t('knock.done', { count: done.length })}</summary>
          <ul className="plain-rows">{done.map((knock) => <li key={knock.id}><b>{knock.name}</b> · {word('knock-found', knock.done!.found)} · {dayAndTime(knock.done!.at)} · {knock.done!.by}{knock.done!.note && ` · ${knock.done!.note}`}</li>)}</ul>
        </details>
      )}
    </section>
  );
}

function Knock({ knock, onSelect }: { readonly knock: KnockView; readonly onSelect: (journey: string) => void }) {
  const { t, word } = useWords();
  const role = useMe().data?.actor.role;
  const [care, setCare] = useState<readonly string[]>();
  const [note, setNote] = useState('');
  const told = usePost<{ journey?: string }>('panels', 'journeys');
  const found = (what: 'well' | 'needsCare' | 'notThere' | 'moved'): void => {
    if (what === 'needsCare' && care === undefined) return setCare([]);
    told.now(`/api/panels/knocks/${encodeURIComponent(knock.id)}/done`, { found: what, ...(note.trim() && { note: note.trim() }), ...(what === 'needsCare' && { findings: care }) }, ({ journey }) => journey && onSelect(journey));
  };
  return (
    <div className="knock">
      <p><b>{knock.name}</b> · {knock.address} {knock.phone && <Phone number={knock.phone} />} <Due at={knock.dueAt} /></p>
      <p className="quiet">{word('knock-why', knock.why)} · {[...knock.groups.map((group) => word('group', group)), ...knock.conditions.map((condition) => word('condition', condition))].join(' · ')} · {knock.team.name} {knock.team.phone && <Phone number={knock.team.phone} />}</p>
      {knock.told !== undefined && <p className="told">{t('knock.told', { who: word('role', knock.told.split(':')[0] ?? '') })}</p>}
      {role === 'committee' && (
        <>
          {care !== undefined && (
            <div className="inset">
              <label htmlFor={`knock-${knock.id}`}>{t('fact.findings')}</label>
              <FindingPicker id={`knock-${knock.id}`} chosen={care} onChange={setCare} />
            </div>
          )}
          <input aria-label={t('family.note-of', { name: knock.name })} placeholder={t('family.note')} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
          <div className="actions">
            {(care === undefined ? ['well', 'needsCare', 'notThere', 'moved'] as const : ['needsCare'] as const).map((what) => (
              <button key={what} type="button" className={care !== undefined ? 'primary' : ''} disabled={told.busy} aria-label={t('act.for', { verb: word('knock-found', what), name: knock.name })} onClick={() => found(what)}>
                {care === undefined ? word('knock-found', what) : t('knock.raise')}
              </button>
            ))}
            {care !== undefined && <button type="button" onClick={() => setCare(undefined)}>{t('act.cancel')}</button>}
          </div>
        </>
      )}
      {told.problem && <p role="alert" className="problem">{told.problem}</p>}
    </div>
  );
}
