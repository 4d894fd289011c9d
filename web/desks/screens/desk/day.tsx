import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DayView } from '../../../../src/trips/index.ts';
import { get } from '../../../shared/api.ts';
import { clockTime } from '../../../shared/time.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';
import { CarLists } from './car-list.tsx';
import { Gantt } from './gantt.tsx';
import { Incidents } from './incidents.tsx';
import { Replan } from './replan.tsx';
import { Unplanned } from './unplanned.tsx';

interface DayProps {
  /** The town whose cars come first; a district has none. */
  readonly town: string | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (journey: string) => void;
}

export const useDay = () => useQuery({ queryKey: ['day'], queryFn: () => get<DayView>('/api/day'), refetchInterval: 60_000 });

/** Today's special cars: which goes where with whom, who has none and why, what went wrong on the way. */
export function Day(props: DayProps) {
  const asked = useDay();
  return <Asking asked={asked}>{(day) => <Plan day={day} {...props} />}</Asking>;
}

function Plan({ day, town, selected, onSelect }: DayProps & { readonly day: DayView }) {
  const { t } = useWords();
  const [shape, setShape] = useState<'chart' | 'list'>(() => (matchMedia('(max-width: 60rem)').matches ? 'list' : 'chart'));
  const cars = [...day.cars].sort((a, b) => Number(b.town === town) - Number(a.town === town) || Number(b.stops.length > 0) - Number(a.stops.length > 0));
  return (
    <section className="day" aria-label={t('desk.trips')}>
      <header className="day-head">
        <h2>{t('desk.trips')} <span className="count">{t('desk.cars', { cars: day.cars.length, rides: new Set(day.cars.flatMap(({ stops }) => stops.map(({ ride }) => ride))).size })}</span></h2>
        <span className="day-shape">
          <button type="button" aria-pressed={shape === 'chart'} onClick={() => setShape('chart')}>{t('desk.as-chart')}</button>
          <button type="button" aria-pressed={shape === 'list'} onClick={() => setShape('list')}>{t('desk.as-list')}</button>
        </span>
      </header>
      <Replan day={day} />
      <Incidents incidents={day.incidents} onSelect={onSelect} />
      <Unplanned unplanned={day.unplanned} onSelect={onSelect} />
      {cars.length === 0 && <Empty>{t('desk.trips-empty')}</Empty>}
      {cars.length > 0 && (shape === 'chart'
        ? <Gantt day={day} cars={cars} selected={selected} onSelect={onSelect} />
        : <CarLists cars={cars} town={town} onSelect={onSelect} />)}
      <p className="quiet">
        {t(day.travel === 'roads' ? 'desk.times-roads' : 'desk.times-estimate')}{' '}
        {day.planned && t('desk.planned-at', { time: clockTime(day.planned.at), who: day.planned.by })} <AgeOf at={day.at} />
      </p>
    </section>
  );
}
