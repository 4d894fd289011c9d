import type { JourneyView } from '../../../../src/journey/index.ts';
import type { UnitAnswer } from '../../data/contract.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { Empty } from '../../shell/states.tsx';

interface UnitsProps {
  readonly units: readonly UnitAnswer[];
  readonly journeys: readonly JourneyView[];
  readonly onSelect: (id: string) => void;
}

/** Every unit with its state and how old that is; those on a mission first, the free ones counted by what they carry. */
export function Units({ units, journeys, onSelect }: UnitsProps) {
  const { t, word, say } = useWords();
  const busy = units.filter(({ journey }) => journey !== undefined);
  const free = units.filter(({ journey }) => journey === undefined);
  const advanced = free.filter(({ equipment }) => equipment === 'advanced').length;
  return (
    <section className="units">
      <h2>{t('board.units')} <span className="count">{t('board.free', { free: free.length, all: units.length, advanced })}</span></h2>
      {busy.length === 0 && <Empty>{t('board.units-empty')}</Empty>}
      <ul className="plain-rows">
        {busy.map((unit) => {
          const journey = journeys.find(({ id }) => id === unit.journey);
          const [step, since] = lastStep(journey, unit);
          return (
            <li key={unit.id}>
              <button type="button" className="row-open" disabled={!journey} onClick={() => journey && onSelect(journey.id)}>
                <span className="code">{unit.id}</span> <b>{word('mission-step', step)}</b> <AgeOf at={since} />{' '}
                {journey && <><AcuityMark acuity={journey.acuity} compact /> {journey.person.name}</>}{' '}
                <span className="quiet">{word('equipment', unit.equipment)}{unit.negativePressure && ` · ${t('vehicle.negative-pressure')}`}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <details>
        <summary>{t('board.free-units', { free: free.length })}</summary>
        <ul className="plain-rows two">
          {free.map((unit) => (
            <li key={unit.id}>
              <span className="code">{unit.id}</span> {say(unit.stationName)}{' '}
              <span className="quiet">{word('equipment', unit.equipment)}{unit.negativePressure && ` · ${t('vehicle.negative-pressure')}`}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

/** The last thing the crew said, and when; a unit whose journey is not on this list was sent, and that is all we know. */
function lastStep(journey: JourneyView | undefined, unit: UnitAnswer): [string, number] {
  const last = Object.entries(journey?.mission?.times ?? {}).sort(([, a], [, b]) => b - a)[0];
  return last ?? ['sent', unit.since ?? 0];
}
