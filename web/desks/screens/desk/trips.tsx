import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useCars, useMe } from '../../data/queries.ts';
import { barsOf, type Bar } from '../../journey/when.ts';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Empty } from '../../shell/states.tsx';

const HOUR_MS = 3_600_000;
/** From an hour ago to seven hours ahead: what can still be changed takes the room. */
const SPAN_MS = 8 * HOUR_MS;

/** Cars down, hours across: which car is where, and where a ride still fits. Each bar ends when the car is clean again. */
export function Trips({ journeys, onSelect }: { readonly journeys: readonly JourneyView[]; readonly onSelect: (id: string) => void }) {
  const { t } = useWords();
  const cars = useCars();
  const now = useNow();
  const from = Math.floor(now / HOUR_MS) * HOUR_MS - HOUR_MS;
  const bars = barsOf(journeys).filter((bar) => bar.to > from && bar.from < from + SPAN_MS);
  const me = useMe();
  const own = (cars.data?.cars ?? []).filter(({ town }) => me.data?.actor.scope === `town:${town}`);
  // The district's other cars can be sent too; they are shown when they are.
  const names = [...new Set([...own.map(({ id }) => id), ...bars.map(({ car }) => car)])];
  const share = (instant: number): string => `${(Math.max(0, Math.min(1, (instant - from) / SPAN_MS)) * 100).toFixed(2)}%`;
  return (
    <section className="trips">
      <h2>{t('desk.trips')}</h2>
      {names.length === 0 && <Empty>{t('desk.trips-empty')}</Empty>}
      {names.length > 0 && (
        <div className="gantt">
          <div className="gantt-hours" aria-hidden="true">
            {[0, 2, 4, 6].map((hour) => <span key={hour} style={{ left: `${hour * 12.5}%` }}>{clockTime(from + hour * HOUR_MS)}</span>)}
          </div>
          {names.map((car) => (
            <div key={car} className="gantt-row">
              <span className="code">{car}</span>
              <div className="gantt-track">
                <span className="gantt-now" style={{ left: share(now) }} />
                {bars.filter((bar) => bar.car === car).map((bar) => (
                  <button
                    key={`${bar.journey}${bar.leg}`} type="button" className={`bar bar-${bar.state}`} title={spokenBar(bar, t)}
                    style={{ left: share(bar.from), width: `calc(${share(bar.to)} - ${share(bar.from)})` }} onClick={() => onSelect(bar.journey)}
                  >
                    <span aria-hidden="true">{bar.leg === 'out' ? '→' : '←'}</span> {bar.label}<span className="only-heard">{spokenBar(bar, t)}</span>
                  </button>
                ))}
              </div>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}

function spokenBar(bar: Bar, t: ReturnType<typeof useWords>['t']): string {
  return t(bar.leg === 'out' ? 'desk.bar-out' : 'desk.bar-back', { name: bar.label, car: bar.car, from: clockTime(bar.from), to: clockTime(bar.to) });
}
