import { useState } from 'react';
import type { CarDayView, DayView } from '../../../../src/trips/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords, type Words } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { CarHead, CarPress } from './car-head.tsx';
import { barsOf, lanesOf, shareOf, type RideBar } from './chart.ts';

const HOUR_MS = 3_600_000;
/** What can still be changed takes the room; the rest of the day is one press away. */
const SPAN_MS = 8 * HOUR_MS;
const STEP_MS = 4 * HOUR_MS;
/** In a lane, of the height of one line. */
const LANE_EM = 2;

interface GanttProps {
  readonly day: DayView;
  readonly cars: readonly CarDayView[];
  readonly selected: string | undefined;
  readonly onSelect: (journey: string) => void;
}

/** Cars down, hours across. Late is a triangle and a number, cleaning is hatched: nothing is said by colour alone. */
export function Gantt({ day, cars, selected, onSelect }: GanttProps) {
  const { t } = useWords();
  const now = useNow();
  const [moved, setMoved] = useState(0);
  const [openCar, setOpenCar] = useState<string>();
  const around = Math.floor(now / HOUR_MS) * HOUR_MS - HOUR_MS + moved;
  const from = Math.max(day.from, Math.min(around, day.to - SPAN_MS));
  const to = from + SPAN_MS;
  const left = (instant: number): string => `${(shareOf(instant, from, to) * 100).toFixed(2)}%`;
  const wide = (a: number, b: number): string => `${((shareOf(b, from, to) - shareOf(a, from, to)) * 100).toFixed(2)}%`;
  const seen = (a: number, b: number): boolean => b > from && a < to;
  return (
    <div className="gantt">
      <p className="gantt-move">
        <button type="button" disabled={from <= day.from} onClick={() => setMoved(moved - STEP_MS)}>‹ {t('desk.earlier')}</button>
        <b>{clockTime(from)}–{to === day.to ? '24:00' : clockTime(to)}</b>
        <button type="button" disabled={to >= day.to} onClick={() => setMoved(moved + STEP_MS)}>{t('desk.later')} ›</button>
        {moved !== 0 && <button type="button" className="plain" onClick={() => setMoved(0)}>{t('desk.now')}</button>}
      </p>
      <div className="gantt-hours" aria-hidden="true">
        {[0, 2, 4, 6].map((hour) => <span key={hour} style={{ left: `${hour * 12.5}%` }}>{clockTime(from + hour * HOUR_MS)}</span>)}
      </div>
      <ul className="rows">
        {cars.map((car) => {
          const bars = barsOf(car);
          const lanes = lanesOf(bars.filter((bar) => seen(bar.from, bar.to)));
          return (
            <li key={car.car} className={`gantt-row car-${car.state}`}>
              <button type="button" className="car-open" aria-expanded={openCar === car.car} onClick={() => setOpenCar(openCar === car.car ? undefined : car.car)}><CarHead car={car} /></button>
              <div className="gantt-track" style={{ height: `${lanes * LANE_EM + 0.25}em` }}>
                <span className="gantt-off" style={{ left: 0, width: left(car.onDutyFrom) }} />
                <span className="gantt-off" style={{ left: left(car.onDutyTo), right: 0 }} />
                {car.cleaning.filter((time) => seen(time.from, time.to)).map((time) => (
                  <span key={time.from} className="gantt-cleaning" style={{ left: left(time.from), width: wide(time.from, time.to) }} role="img" aria-label={t('desk.cleaning', { from: clockTime(time.from), to: clockTime(time.to) })} title={t('desk.cleaning', { from: clockTime(time.from), to: clockTime(time.to) })} />
                ))}
                {now >= from && now <= to && <span className="gantt-now" style={{ left: left(now) }} />}
                {bars.filter((bar) => seen(bar.from, bar.to)).map((bar) => (
                  <Bar key={bar.key} bar={bar} selected={bar.journey === selected} onSelect={onSelect} style={{ left: left(bar.from), width: wide(bar.from, bar.to), top: `${bar.lane * LANE_EM + 0.1}em` }} />
                ))}
              </div>
              {openCar === car.car && <p className="car-press"><CarPress car={car} /></p>}
            </li>
          );
        })}
      </ul>
      <p className="gantt-legend" aria-hidden="true">
        <span className="bar-planned">{t('desk.is-planned')}</span> <span className="bar-running">{t('desk.is-running')}</span> <span className="bar-done">{t('desk.is-done')}</span>{' '}
        <span className="gantt-cleaning" /> {t('desk.is-cleaning')}
      </p>
    </div>
  );
}

interface BarProps {
  readonly bar: RideBar;
  readonly selected: boolean;
  readonly style: { readonly left: string; readonly width: string; readonly top: string };
  readonly onSelect: (journey: string) => void;
}

function Bar({ bar, selected, style, onSelect }: BarProps) {
  const words = useWords();
  const spoken = spokenBar(words, bar);
  return (
    <button type="button" className={`bar bar-${bar.state}${selected ? ' selected' : ''}`} title={spoken} aria-label={spoken} style={style} onClick={() => onSelect(bar.journey)}>
      {bar.lateMinutes > 0 && <b className="late">▲{bar.lateMinutes}</b>} <span>{bar.leg === 'out' ? '→' : '←'} {bar.name || words.word('cohort', bar.cohort)}</span>
    </button>
  );
}

export function spokenBar({ t, word, say }: Words, { name, leg, from, to, cohort, lateMinutes, fromName, toName, state }: RideBar): string {
  return [
    t(leg === 'out' ? 'desk.bar-out' : 'desk.bar-back', { name: name || t('desk.somebody'), from: clockTime(from), to: clockTime(to) }),
    [say(fromName), say(toName)].filter(Boolean).join(' → '), word('cohort', cohort), t(`desk.is-${state}`),
    lateMinutes > 0 && t('desk.late', { minutes: lateMinutes }),
  ].filter(Boolean).join(' · ');
}
