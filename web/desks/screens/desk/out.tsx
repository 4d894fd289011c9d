import { cityDay } from '../../../shared/time.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { AgeOf } from '../../journey/countdown.tsx';
import { holderOf } from '../../journey/line.tsx';
import { isAway } from '../../journey/when.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime, useNow } from '../../shell/now.ts';
import { Empty } from '../../shell/states.tsx';

/** Who left home and is not back: nobody taken out may be forgotten. */
export function WhoIsOut({ journeys, onSelect }: { readonly journeys: readonly JourneyView[]; readonly onSelect: (id: string) => void }) {
  const words = useWords();
  const out = journeys.filter(isAway).sort((a, b) => (a.custody[1]?.since ?? 0) - (b.custody[1]?.since ?? 0));
  return (
    <section className="out">
      <h2>{words.t('desk.out')} <span className="count">{out.length}</span></h2>
      {out.length === 0 && <Empty>{words.t('desk.out-empty')}</Empty>}
      <ul className="plain-rows">
        {out.map((journey) => (
          <li key={journey.id}>
            <button type="button" className="row-open" onClick={() => onSelect(journey.id)}>
              <AcuityMark acuity={journey.acuity} compact /> <b>{journey.person.name}</b>{' '}
              <span>{holderOf(words, journey.holder, journey)}</span>{' '}
              <AgeOf at={journey.custody.at(-1)?.since ?? journey.receivedAt} />
            </button>
          </li>
        ))}
      </ul>
      <HomeToday />
    </section>
  );
}

/** Who was away and is home again today: what a family asks first. */
function HomeToday() {
  const { t } = useWords();
  const closed = useJourneys('closed');
  const now = useNow();
  const home = (closed.data?.journeys ?? []).filter(({ closed: end }) => end?.outcome === 'home' && cityDay(end.at) === cityDay(now));
  return (
    <details>
      <summary>{t('desk.home-today', { count: home.length })}</summary>
      <ul className="plain-rows">{home.map(({ id, person, closed: end }) => <li key={id}><b>{person.name}</b> {dayAndTime(end!.at)}</li>)}</ul>
    </details>
  );
}
