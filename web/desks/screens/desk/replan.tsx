import { useEffect, useState } from 'react';
import type { DayView } from '../../../../src/trips/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { useWords, type Words } from '../../shell/language.tsx';
import { changesBetween, type Change } from './changes.ts';

/** One press after any change: what has begun stays, the rest is planned anew, and whoever has another time is named. */
export function Replan({ day }: { readonly day: DayView }) {
  const words = useWords();
  const { t } = words;
  const [before, setBefore] = useState<DayView>();
  const [doneAt, setDoneAt] = useState<number>();
  const [changes, setChanges] = useState<readonly Change[]>();
  const plan = usePost<{ readonly at: number }>('day', 'journeys');
  const busy = plan.busy || day.planning;
  const press = (): void => {
    setBefore(day);
    setDoneAt(undefined);
    setChanges(undefined);
    plan.now('/api/day/replan', {}, ({ at }) => setDoneAt(at));
  };
  // Said once, of the first day that was read after the answer: an older one would say that nothing changed.
  useEffect(() => {
    if (!before || doneAt === undefined || day.at < doneAt) return;
    setChanges(changesBetween(before, day));
    setBefore(undefined);
  }, [before, doneAt, day]);
  return (
    <div className="replan">
      <button type="button" disabled={busy} onClick={press}>{busy ? t('desk.replanning') : t('desk.replan')}</button>
      {busy && <progress aria-label={t('desk.replanning')} />}
      <div role="status">
        {changes && (
          <>
            <p>{changes.length === 0 ? t('desk.replanned-same') : t('desk.replanned', { count: changes.length })} {day.unplanned.length > 0 && t('desk.replanned-without', { count: day.unplanned.length })}</p>
            <ul>{changes.map((change) => <li key={change.ride}>{spokenChange(words, change)}</li>)}</ul>
          </>
        )}
      </div>
      {plan.problem && <p role="alert" className="problem">{plan.problem}</p>}
    </div>
  );
}

function spokenChange({ t }: Words, { name: known, before, after }: Change): string {
  const name = known || t('desk.somebody');
  if (!after) return t('desk.moved-none', { name });
  const facts = { name, car: after.car, time: clockTime(after.at) };
  return before ? t('desk.moved', { ...facts, before: clockTime(before.at) }) : t('desk.moved-new', facts);
}
