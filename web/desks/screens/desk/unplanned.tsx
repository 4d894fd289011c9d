import type { UnplannedView } from '../../../../src/trips/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Due } from '../../journey/due.tsx';

/** Who has no car, why, and what would help: a reason that nobody can act on is only an excuse. */
export function Unplanned({ unplanned, onSelect }: { readonly unplanned: readonly UnplannedView[]; readonly onSelect: (journey: string) => void }) {
  const { t, word } = useWords();
  if (unplanned.length === 0) return null;
  return (
    <section className="unplanned">
      <h3>{t('desk.unplanned')} <span className="count">{unplanned.length}</span></h3>
      <ul className="plain-rows">
        {[...unplanned].sort((a, b) => a.dueAt - b.dueAt).map((one) => (
          <li key={one.ride}>
            <button type="button" className="row-open" onClick={() => onSelect(one.journey)}>
              <b>{one.name || t('desk.somebody')}</b> {word('leg', one.leg)} · {t('desk.wants', { time: dayAndTime(one.pickUpAt) })} <Due at={one.dueAt} />
              <span className="why">{t(`desk.why.${one.reason}`, factsOf(one))} <span className="quiet">{t(`desk.help.${one.reason}`)}</span></span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf({ freeAt, onDutyFrom, onDutyTo }: UnplannedView): Readonly<Record<string, string>> {
  const time = (at: number | undefined): string => (at === undefined ? '–' : clockTime(at));
  return { time: time(freeAt), from: time(onDutyFrom), to: time(onDutyTo) };
}
