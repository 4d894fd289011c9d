import type { PolicyAnswer } from '../../../data/contract.ts';
import { nameOf } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { useNow } from '../../../shell/now.ts';
import { dayOfMonth, periodOf, shortVersion } from './say.ts';
import { barOf, marksOf, placeOf, spanOf, type Span } from './timeline.ts';

interface TimelineProps {
  readonly policies: readonly PolicyAnswer[];
  readonly shown: string | undefined;
  readonly onPick: (name: string) => void;
}

const MARKS_MOST = 5;
/** The line of now moves once a minute at most: nobody reads seconds on a picture of days. */
const MINUTE_MS = 60_000;

/** Every version as a bar over the days: solid in force, outlined waiting, dashed written, hatched ended. Each is a button. */
export function Timeline({ policies, shown, onPick }: TimelineProps) {
  const { t, say, word } = useWords();
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const span = spanOf(policies.map(({ period }) => period), now);
  return (
    <div className="periods">
      <div className="period-scale" aria-hidden="true">
        {marksOf(span, MARKS_MOST).map((mark) => <span key={mark} style={{ left: `${placeOf(span, mark)}%` }}>{dayOfMonth(mark, span)}</span>)}
      </div>
      <ol>
        {policies.map((policy) => {
          const name = nameOf(policy);
          return (
            <li key={name}>
              <button type="button" className="period" aria-pressed={name === shown} onClick={() => onPick(name)}>
                <span className="period-name">{say(policy.title)}</span>
                <span className="period-state"><StateMark state={policy.state} /> {word('policy-state', policy.state)} · {t('policy.version', { version: shortVersion(policy.version) })}</span>
                <span className="quiet">{periodOf(policy.period)}</span>
                <Track span={span} now={now} policy={policy} />
              </button>
            </li>
          );
        })}
      </ol>
      <p className="quiet period-legend"><span className="now-mark" aria-hidden="true" /> {t('policy.now-line')}</p>
    </div>
  );
}

function Track({ span, now, policy }: { readonly span: Span; readonly now: number; readonly policy: PolicyAnswer }) {
  const { left, width } = barOf(span, policy.period);
  return (
    <span className="period-track" aria-hidden="true">
      <span className={`period-bar period-${policy.state}${policy.period.to === undefined ? ' period-open' : ''}`} style={{ left: `${left}%`, width: `${width}%` }} />
      <span className="period-now" style={{ left: `${placeOf(span, now)}%` }} />
    </span>
  );
}

/** The bar's own pattern beside the word, so that neither colour nor pattern stands alone. */
export function StateMark({ state }: Pick<PolicyAnswer, 'state'>) {
  return <span className={`state-mark period-${state}`} aria-hidden="true" />;
}
