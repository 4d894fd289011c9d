import type { ReplacementView } from '../../../src/appointments/index.ts';
import { useCity } from '../data/queries.ts';
import { AgeOf } from '../journey/countdown.tsx';
import { useWords, type Words } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Empty } from '../shell/states.tsx';
import { missingOf } from './near-gap.tsx';
import { Owed } from './owed.tsx';

/** Who has no seat yet, by name: what is missing, who answers for it, how long is left. This list comes before every figure. */
export function Unplaced({ runs }: { readonly runs: readonly ReplacementView[] }) {
  const words = useWords();
  const { t, say } = words;
  const city = useCity();
  const waiting = runs.flatMap(({ unplaced }) => unplaced).sort((a, b) => a.owed.dueAt - b.owed.dueAt);
  return (
    <section className={waiting.length > 0 ? 'incidents' : ''} aria-label={t('series.unplaced')}>
      <h2>{t('series.unplaced')} <span className="count">{waiting.length}</span></h2>
      {waiting.length === 0 && <Empty>{t('series.unplaced-empty')}</Empty>}
      <ul className="plain-rows">
        {waiting.map((one) => (
          <li key={`${one.series}${one.startsAt}`}>
            <b>{one.name}</b> <span className="quiet">{say(city.data?.towns.find(({ code }) => code === one.town)?.name) || one.town}</span> · {t('series.session-at', { time: dayAndTime(one.startsAt) })}
            <br />{missingOf(words, one.missing)}{one.gapEndsAt !== undefined && <> · {t('series.gap-ends', { time: dayAndTime(one.gapEndsAt) })}</>}
            <br /><Owed owed={one.owed} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was done when a unit closed: how many were placed and where, how near the gap the worst comes, how sure the plan is. */
export function Runs({ runs }: { readonly runs: readonly ReplacementView[] }) {
  const words = useWords();
  const { t, word, say } = words;
  const city = useCity();
  return (
    <section className="out" aria-label={t('series.runs')}>
      <h2>{t('series.runs')}</h2>
      {runs.length === 0 && <Empty>{t('series.runs-empty')}</Empty>}
      <ul className="plain-rows runs">
        {runs.map((run) => (
          <li key={run.id} aria-busy={run.state === 'running'}>
            <p><b>{say(city.data?.institutions.find(({ code }) => code === run.institution)?.name) || run.institution}</b> · {word('service', run.service)}{run.until !== undefined && ` · ${t('series.closed-until', { time: dayAndTime(run.until) })}`} · <AgeOf at={run.at} /></p>
            {run.state === 'running' && <p role="status">{t('series.running')} <progress /></p>}
            {run.state === 'failed' && <p className="problem">{t('series.failed')}</p>}
            {run.state === 'done' && (
              <>
                <p>{t('series.placed', { placed: run.placed, sessions: run.sessions, patients: run.patients })}</p>
                <dl className="figures">
                  <Figure name={t('series.same-unit')} value={run.sameUnit} />
                  <Figure name={t('series.counterpart')} value={run.counterpart} />
                  <Figure name={t('series.elsewhere')} value={run.elsewhere} />
                  {run.worstGapHours !== undefined && <Figure name={t('series.worst-gap')} value={t('series.hours', { hours: Math.round(run.worstGapHours * 10) / 10 })} />}
                </dl>
                <p className="quiet">{sureness(words, run)}{run.tookMs !== undefined && ` ${t('series.took', { seconds: (run.tookMs / 1000).toFixed(1) })}`}</p>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const Figure = ({ name, value }: { readonly name: string; readonly value: string | number }) => <div><dt>{name}</dt><dd>{value}</dd></div>;

/** A number without its meaning would be read as a mark out of a hundred. */
function sureness({ t }: Words, { optimalityGap }: ReplacementView): string {
  if (optimalityGap === undefined) return t('series.gap-unproven');
  return optimalityGap < 0.0005 ? t('series.gap-best') : t('series.gap-near', { percent: (optimalityGap * 100).toFixed(1) });
}
