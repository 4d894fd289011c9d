import type { Command, JourneyView } from '../../../src/journey/index.ts';
import type { Candidates } from '../data/contract.ts';
import { useCandidates } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { Asking, Empty } from '../shell/states.tsx';
import { DriveTime } from './drive-time.tsx';

interface Candidate {
  readonly id: string;
  readonly etaSeconds: number;
  readonly estimated?: true | undefined;
  readonly noWayOpen?: true | undefined;
  readonly marks: readonly string[];
}

interface CandidatesProps {
  readonly journey: JourneyView;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Does this journey wait for a vehicle that somebody here may send? */
export function wantsVehicle({ actions }: JourneyView): 'unit' | 'car' | undefined {
  if (actions.some(({ type }) => type === 'sendUnit')) return 'unit';
  return actions.some(({ type }) => type === 'assignCar') ? 'car' : undefined;
}

/** The command with the vehicle that was chosen by hand; without a choice the server takes the best that is free then. */
export function withVehicle(command: Command, chosen: string | undefined): Command {
  if (chosen === undefined) return command;
  if (command.type === 'sendUnit') return { ...command, unit: chosen };
  return command.type === 'assignCar' ? { ...command, car: chosen } : command;
}

/** Who could go, best first, with what speaks for each. */
export function VehicleChoice({ journey, chosen, onChoose }: CandidatesProps) {
  const words = useWords();
  const { t } = words;
  const asked = useCandidates(journey.id, journey.version);
  return (
    <section className="candidates">
      <h3>{t('vehicle.title')}</h3>
      <Asking asked={asked}>
        {(answer) => {
          const candidates = candidatesOf(answer, words);
          if (candidates.length === 0) return <Empty>{t('vehicle.none')}</Empty>;
          return (
            <ul role="radiogroup" aria-label={t('vehicle.title')}>
              {candidates.slice(0, 6).map(({ id, etaSeconds, estimated, noWayOpen, marks }, index) => (
                <li key={id}>
                  <label className="candidate">
                    <input type="radio" name="vehicle" checked={chosen === id || (chosen === undefined && index === 0)} onChange={() => onChoose(id)} />
                    <span className="code">{id}</span>
                    <DriveTime seconds={etaSeconds} estimated={estimated} noWayOpen={noWayOpen} />
                    <span className="quiet">{marks.join(' · ')}</span>
                    {index === 0 && <span className="best">{t('vehicle.best')}</span>}
                  </label>
                </li>
              ))}
            </ul>
          );
        }}
      </Asking>
    </section>
  );
}

export function candidatesOf({ units = [], cars = [] }: Candidates, { t, word, say }: ReturnType<typeof useWords>): readonly Candidate[] {
  return [
    ...units.map(({ unit, etaSeconds, estimated, noWayOpen, equipment, negativePressure, stationName }) => ({
      id: unit, etaSeconds, estimated, noWayOpen,
      marks: [word('equipment', equipment), negativePressure ? t('vehicle.negative-pressure') : '', say(stationName)].filter(Boolean),
    })),
    ...cars.map(({ car, etaSeconds, estimated, noWayOpen, seats, wheelchair, stretcher }) => ({
      id: car, etaSeconds, estimated, noWayOpen,
      marks: [t('vehicle.seats', { seats }), wheelchair ? word('mobility', 'wheelchair') : '', stretcher ? word('mobility', 'stretcher') : ''].filter(Boolean),
    })),
  ];
}
