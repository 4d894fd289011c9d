import type { CallCount, CallFigures } from '../../../src/hotline/index.ts';
import { clockTime } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** The published aim: 95 of 100 within ten seconds. Below it a cell is marked, and by how far. */
const heatOf = ({ rang, within10s }: CallCount): number => {
  const share = within10s / rang;
  return share >= 0.95 ? 0 : share >= 0.8 ? 1 : share >= 0.5 ? 2 : 3;
};
const percent = (part: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * part) / of)}%`);
const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`);

/** How well the lines answer: first in numbers, then line by line and hour by hour. */
export function CallHeat({ figures }: { readonly figures: CallFigures }) {
  const { t, say } = useWords();
  const { all, lines, to } = figures;
  const last = Math.floor(to / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: HOURS }, (_, index) => last - (HOURS - 1 - index) * HOUR_MS);
  return (
    <section aria-label={t('calls.figures')}>
      <h2>{t('calls.figures')}</h2>
      <dl className="call-figures">
        {([['rang', all.rang], ['within10s', percent(all.within10s, all.rang)], ['abandoned', all.abandoned], ['owed', all.owed], ['median', seconds(all.medianMs)], ['p95', seconds(all.p95Ms)]] as const).map(([name, value]) => (
          <div key={name}><dt>{t(`calls.figure-${name}`)}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      {lines.length === 0 ? <p className="quiet">{t('calls.figures-empty')}</p> : (
        <div className="heat-wrap" tabIndex={0} role="group" aria-label={t('calls.heat')}>
          <table className="heat">
            <caption className="quiet">{t('calls.heat')}</caption>
            <thead><tr><th scope="col">{t('lines.title')}</th>{hours.map((hour) => <th key={hour} scope="col">{clockTime(hour).slice(0, 2)}</th>)}<th scope="col">{t('calls.figure-within10s')}</th><th scope="col">{t('calls.figure-p95')}</th></tr></thead>
            <tbody>
              {[...lines].sort((a, b) => b.rang - b.within10s - (a.rang - a.within10s)).map((line) => (
                <tr key={line.line}>
                  <th scope="row">{say(line.name)}</th>
                  {hours.map((hour) => {
                    const count = line.hours.find((each) => each.hour === hour);
                    if (!count) return <td key={hour} className="none"><span aria-hidden="true">·</span></td>;
                    const what = t('calls.heat-cell', { time: clockTime(hour), rang: count.rang, within: count.within10s, abandoned: count.abandoned, owed: count.owed });
                    return <td key={hour} className={`heat-${heatOf(count)}`} title={what}><span aria-hidden="true">{count.rang}</span><span className="only-heard">{what}</span></td>;
                  })}
                  <td>{percent(line.within10s, line.rang)}</td><td>{seconds(line.p95Ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
