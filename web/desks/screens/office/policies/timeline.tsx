import type { PolicyAnswer } from '../../../data/contract.ts';
import { nameOf } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { useNow } from '../../../shell/now.ts';
import { dayOfMonth, periodOf, shortVersion } from '../../../shell/say.ts';
import { barOf, marksOf, placeOf, spanOf, type Span } from './timeline.ts';

interface TimelineProps {
  readonly policies: readonly PolicyAnswer[];
  readonly shown: string | undefined;
  readonly onPick: (name: string) => void;
}

const MARKS_MOST = 5;
/** The line of now moves once a minute at most: nobody reads seconds on a picture of days. */
const MINUTE_MS = 60_000;

/**
 * Every version as a bar over the days: solid in force, outlined waiting, dashed written, hatched ended. Each is a button. What is
 * over stands folded below, on the same days.
 */
export function Timeline({ policies, shown, onPick }: TimelineProps) {
  const { t } = useWords();
  const now = Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
  const span = spanOf(policies.map(({ period }) => period), now);
  const over = policies.filter(({ state }) => state === 'ended' || state === 'withdrawn');
  const rows = (list: readonly PolicyAnswer[]) => (
    <ol>{list.map((policy) => <li key={nameOf(policy)}><Row policy={policy} span={span} now={now} pressed={nameOf(policy) === shown} onPick={onPick} /></li>)}</ol>
  );
  return (
    <div className="periods">
      <div className="period-scale" aria-hidden="true">
        {marksOf(span, MARKS_MOST).map((mark) => <span key={mark} style={{ left: `${placeOf(span, mark)}%` }}>{dayOfMonth(mark, span.to - span.from)}</span>)}
      </div>
      {rows(policies.filter((policy) => !over.includes(policy)))}
      {over.length > 0 && (
        <details open={over.some((policy) => nameOf(policy) === shown) || undefined}>
          <summary>{t('policy.over-count', { count: over.length })}</summary>
          {rows(over)}
        </details>
      )}
      <p className="quiet period-legend"><span className="now-mark" aria-hidden="true" /> {t('policy.now-line')}</p>
    </div>
  );
}

export const barIdOf = (name: string): string => `period-${name}`;

interface RowProps extends Pick<TimelineProps, 'onPick'> {
  readonly policy: PolicyAnswer;
  readonly span: Span;
  readonly now: number;
  readonly pressed: boolean;
}

function Row({ policy, span, now, pressed, onPick }: RowProps) {
  const { t, say, word } = useWords();
  return (
    <button type="button" id={barIdOf(nameOf(policy))} className="period" aria-pressed={pressed} onClick={() => onPick(nameOf(policy))}>
      <span className="period-name">{say(policy.title)}</span>
      <span className="period-state"><StateMark state={policy.state} /> {word('policy-state', policy.state)} · {t('policy.version', { version: shortVersion(policy.version) })}</span>
      <span className="quiet">{periodOf(policy.period)}</span>
      <Track span={span} now={now} policy={policy} />
    </button>
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
