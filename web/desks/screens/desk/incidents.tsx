import { useState, type FormEvent } from 'react';
import type { CustodyIncidentView } from '../../../../src/trips/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { useMe } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { Due } from '../../journey/due.tsx';

/** Breaks in the chain from door to door: each has an owner and a deadline, and ends when somebody says what was done. */
export function Incidents({ incidents, onSelect }: { readonly incidents: readonly CustodyIncidentView[]; readonly onSelect: (journey: string) => void }) {
  const { t } = useWords();
  if (incidents.length === 0) return null;
  return (
    <section className="incidents">
      <h3>{t('desk.incidents')} <span className="count">{incidents.length}</span></h3>
      <ul className="plain-rows">{[...incidents].sort((a, b) => a.dueAt - b.dueAt).map((one) => <li key={one.id}><Incident incident={one} onSelect={onSelect} /></li>)}</ul>
    </section>
  );
}

function Incident({ incident, onSelect }: { readonly incident: CustodyIncidentView; readonly onSelect: (journey: string) => void }) {
  const { t, word } = useWords();
  const role = useMe().data?.actor.role;
  const settle = usePost('day', 'journeys');
  const [what, setWhat] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (what.trim()) settle.now(`/api/incidents/${encodeURIComponent(incident.id)}/settle`, { what: what.trim() });
  };
  return (
    <>
      <button type="button" className="row-open" onClick={() => onSelect(incident.journey)}>
        <b>✕ {t(`desk.fault.${incident.fault}`)}</b> · <span className="code">{incident.car}</span> · {clockTime(incident.at)} · {word('role', incident.owner.split('@')[0] ?? '')} <Due at={incident.dueAt} />
      </button>
      {role !== 'committee' && <details>
        <summary>{t('desk.settle')}</summary>
        <form className="change" onSubmit={submit}>
          <label>{t('desk.settle-what')}<input value={what} maxLength={300} onChange={(event) => setWhat(event.target.value)} /></label>
          {settle.problem && <p role="alert" className="problem">{settle.problem}</p>}
          <button type="submit" disabled={settle.busy || what.trim() === ''}>{settle.busy ? t('act.sending') : t('desk.settle-done')}</button>
        </form>
      </details>}
    </>
  );
}
