import './refusals.css';
import { useMe } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { Case } from './case.tsx';
import { useRefusals } from './queries.ts';

/** Somebody stands before a gate of ours: nothing is shown while nobody does. */
export function OurGates() {
  const me = useMe();
  return me.data?.actor.role === 'committee' ? <Open /> : null;
}

function Open() {
  const { t } = useWords();
  const open = useRefusals('open').data?.refusals ?? [];
  if (open.length === 0) return null;
  return (
    <section className="our-gates" aria-label={t('refusal.our-gates')}>
      <h2>{t('refusal.our-gates')}</h2>
      <ul className="plain-rows">{open.map((refusal) => <li key={refusal.id}><Case refusal={refusal} /></li>)}</ul>
    </section>
  );
}
