import type { WatchedCall } from '../../../../src/dispatch/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { spoken } from '../../journey/countdown.tsx';
import { ageOf } from '../../journey/line.tsx';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Waited } from './drive-time.tsx';

interface WatchedProps {
  readonly calls: readonly WatchedCall[];
  readonly selected: string | undefined;
  readonly onSelect: (journey: string) => void;
}

/** Emergencies in a special car first. Then who called 120 and needs no ambulance: ten calls for one trip in 2022. Each has a next step, somebody who has it, and a deadline. */
export function Watched({ calls, selected, onSelect }: WatchedProps) {
  const { t } = useWords();
  if (calls.length === 0) return null;
  return (
    <section className="queue" aria-label={t('board.watched')}>
      <h2>{t('board.watched')} <span className="count">{calls.length}</span></h2>
      <ul className="rows">
        {calls.map((call) => (
          <li key={call.journey} className={`row${call.journey === selected ? ' selected' : ''}`}>
            <button type="button" className="row-open" data-call={call.journey} aria-current={call.journey === selected} onClick={() => onSelect(call.journey)}>
              <Line call={call} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ call: { acuity, name, need, ageMonths, pathway, calledAt, step, owner, dueAt, missed, aboard } }: { readonly call: WatchedCall }) {
  const words = useWords();
  const { t, word, say } = words;
  const left = dueAt - useNow();
  const over = left < 0 || missed > 0;
  return (
    <span className="call-line">
      <AcuityMark acuity={acuity} compact />
      <span className="call-who"><b>{name}</b> {word('need', need)} {ageOf(words, ageMonths)}</span>
      <span className="call-wait">
        <Waited since={calledAt} />
        <span className="quiet">{t('board.due')}</span> <span className={`countdown${over ? ' countdown-over' : ''}`}>
          <time title={t('time.by', { time: clockTime(dueAt) })}>{left < 0 ? t('time.over', { time: spoken(words, left) }) : spoken(words, left)}</time>
        </span>
      </span>
      <span className="call-where">{word('pathway', pathway)} · <b>{word('link', step)}</b> · {word('role', owner.role)} {say(owner.name)}</span>
      {aboard && (
        <span className="call-short">
          {t('board.aboard', { car: aboard.car })} · {aboard.place && aboard.placeAt !== undefined
            ? t('board.aboard-at', { place: `${aboard.place.lat.toFixed(4)}, ${aboard.place.lon.toFixed(4)}`, time: clockTime(aboard.placeAt) }) : t('board.aboard-nowhere')}
        </span>
      )}
      {missed > 0 && <span className="call-short">{t('board.missed', { count: missed })}</span>}
    </span>
  );
}
