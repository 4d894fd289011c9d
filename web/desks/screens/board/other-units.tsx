import { clockTime } from '../../../shared/time.ts';
import type { BoardView } from '../../../../src/dispatch/index.ts';
import { useKey } from '../../shell/keys.ts';
import { useWords, type Words } from '../../shell/language.tsx';
import { Empty } from '../../shell/states.tsx';
import type { Against, Choice } from './choices.ts';
import { driveTime } from './drive-time.tsx';

interface OtherProps {
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose: (unit: string) => void;
  readonly travel: BoardView['travel'];
}

const SHOWN = 9;

/** Every unit that could go, with its minutes and what speaks against it. A digit chooses; the same key as ever sends. */
export function OtherUnits({ choices, chosen, onChoose, travel }: OtherProps) {
  const words = useWords();
  const { t, word } = words;
  const shown = choices.slice(0, SHOWN);
  const choose = (index: number): void => { if (shown[index]) onChoose(shown[index].unit); };
  for (let digit = 1; digit <= SHOWN; digit++) useKey(String(digit), () => choose(digit - 1));
  return (
    <section className="candidates">
      <h3>{t('vehicle.title')}</h3>
      {shown.length === 0 && <Empty>{t('vehicle.none')}</Empty>}
      <div role="radiogroup" aria-label={t('vehicle.title')}>
        {shown.map(({ unit, etaSeconds, recommended, equipment, negativePressure, against }, index) => (
          <label key={unit} className="candidate">
              <input type="radio" name="unit" checked={chosen === undefined ? recommended : chosen === unit} onChange={() => onChoose(unit)} />
              <kbd>{index + 1}</kbd> <span className="code">{unit}</span>
              <b>{driveTime(words, etaSeconds, travel)}</b>
              <span className="quiet">
                {equipment && word('equipment', equipment)}{negativePressure && ` · ${t('vehicle.negative-pressure')}`}
              </span>
              {recommended ? <span className="best">{t('vehicle.best')}</span> : <span>{against.map((one) => said(words, one)).join(' · ')}</span>}
            </label>
        ))}
      </div>
    </section>
  );
}

function said({ t }: Words, against: Against): string {
  switch (against.code) {
    case 'later': return t('board.against-later', { minutes: against.minutes });
    case 'neededBy': return t('board.against-needed', { name: against.name });
    case 'shiftEnds': return t('board.against-shift', { time: clockTime(against.at) });
    case 'noWayOpen': return t('board.against-no-way');
    case 'lostContact': return t('board.lost-contact');
    case 'keptForEmergencies': return t('board.against-kept');
    case 'basic': return t('board.against-basic');
  }
}
