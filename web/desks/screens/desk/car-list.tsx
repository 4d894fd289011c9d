import type { CarDayView, StopView } from '../../../../src/trips/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';
import { CarHead, CarPress } from './car-head.tsx';

interface CarListsProps {
  readonly cars: readonly CarDayView[];
  /** Whose cars lie open; those of other towns are one press away. */
  readonly town: string | undefined;
  readonly onSelect: (journey: string) => void;
}

/** The same day as text: for a phone, for a screen reader, and for whoever reads faster than they look. */
export function CarLists({ cars, town, onSelect }: CarListsProps) {
  const { t, word } = useWords();
  return (
    <>
      {cars.map((car) => {
        const done = car.stops.filter(({ doneAt }) => doneAt !== undefined);
        const open = car.stops.filter(({ doneAt }) => doneAt === undefined);
        const rows = (stops: readonly StopView[]) => (
          <ol className="plain-rows">{stops.map((stop) => <li key={`${stop.ride}${stop.kind}`}><Stop stop={stop} onSelect={onSelect} /></li>)}</ol>
        );
        return (
          <details key={car.car} className={`car-list car-${car.state}`} open={town === undefined || car.town === town}>
            <summary><CarHead car={car} /> <span className="quiet">{open[0] ? `${clockTime(open[0].at)} ${word('cohort', open[0].cohort)}` : t('desk.car-free')}</span></summary>
            {rows(open)}
            {done.length > 0 && <details><summary>{t('drive.done', { count: done.length })}</summary>{rows(done)}</details>}
            <p className="car-press"><CarPress car={car} /></p>
          </details>
        );
      })}
    </>
  );
}

const LATE_SECONDS = 300;

function Stop({ stop, onSelect }: { readonly stop: StopView; readonly onSelect: (journey: string) => void }) {
  const { t, say, word } = useWords();
  const name = stop.name || t('desk.somebody');
  return (
    <button type="button" className={`row-open stop-row${stop.doneAt === undefined ? '' : ' stop-done'}`} onClick={() => onSelect(stop.journey)}>
      <time>{clockTime(stop.doneAt ?? stop.at)}</time>{' '}
      <span>{stop.doneAt !== undefined && <span aria-hidden="true">✓ </span>}<b>{t(stop.kind === 'pickUp' ? 'drive.pick-up' : 'drive.drop-off', { name })}</b>{' '}
        <span className="quiet">{say(stop.placeName)} · {word('cohort', stop.cohort)}</span>
        {stop.lateSeconds > LATE_SECONDS && <b className="late"> ▲ {t('desk.late', { minutes: Math.round(stop.lateSeconds / 60) })}</b>}
      </span>
    </button>
  );
}
