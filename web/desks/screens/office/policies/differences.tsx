import { useState } from 'react';
import type { DiffAnswer, DiffClassAnswer, PolicyAnswer } from '../../../data/contract.ts';
import { nameOf, useDiff } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { count, shortVersion } from '../../../shell/say.ts';
import { Empty, Failed } from '../../../shell/states.tsx';

const STANDING_RULES = 'standing-rules';
/** As many as can be read at once; the rest is one press away. */
const AT_ONCE = 12;
const ALTERNATIVES_AT_ONCE = 4;

/** Who is treated differently under this version, against what it would replace or any other. */
export function Differences({ policy, policies }: { readonly policy: PolicyAnswer; readonly policies: readonly PolicyAnswer[] }) {
  const { t, say, word } = useWords();
  // What is adopted replaces itself; the question about it is what it changes against a day without announcement.
  const adopted = policy.state === 'adopted' || policy.state === 'inForce';
  const [from, setFrom] = useState(adopted ? STANDING_RULES : '');
  const asked = useDiff(from || undefined, nameOf(policy));
  const others = policies.filter((other) => nameOf(other) !== nameOf(policy));
  return (
    <section>
      <label className="search">
        {t('policy.compare-with')}
        <select value={from} onChange={(event) => setFrom(event.target.value)}>
          {!adopted && <option value="">{t('policy.compare-replaced')}</option>}
          <option value={STANDING_RULES}>{t('policy.standing-rules')}</option>
          {others.map((other) => (
            <option key={nameOf(other)} value={nameOf(other)}>{say(other.title)} · {t('policy.version', { version: shortVersion(other.version) })} · {word('policy-state', other.state)}</option>
          ))}
        </select>
      </label>
      {asked.data ? <Changes diff={asked.data} /> : asked.error ? <Failed error={asked.error} again={asked.refetch} /> : <Comparing />}
    </section>
  );
}

function Comparing() {
  const { t } = useWords();
  return <div className="checking" role="status"><p>{t('policy.comparing')}</p><progress aria-label={t('policy.comparing-short')} /></div>;
}

function Changes({ diff }: { readonly diff: DiffAnswer }) {
  const { t, say } = useWords();
  // Against a day without announcement everything is where only one of them holds, and that is what is asked.
  const folded = [diff.first.id, diff.second.id].includes(STANDING_RULES) ? [] : diff.coverage.map(({ where }) => where as string);
  const [aside, classes] = [true, false].map((isAside) => diff.classes.filter(({ where }) => folded.includes(where) === isAside)) as [DiffClassAnswer[], DiffClassAnswer[]];
  return (
    <>
      <Reach diff={diff} />
      {diff.coverage.map(({ where, text }) => (folded.includes(where)
        ? <details key={where}><summary>{say(text)}</summary><ChangeList changes={aside.filter((one) => one.where === where)} /></details>
        : <p key={where}>{say(text)}</p>))}
      {diff.demands.length > 0 && (
        <section>
          <h3>{t('policy.demands-differ')}</h3>
          <ul className="changes">{diff.demands.map(({ what, was, now }) => <li key={what.en}><h4>{say(what)}</h4><WasNow was={say(was)} now={say(now)} /></li>)}</ul>
        </section>
      )}
      {diff.classes.length === 0 && <Empty>{t('policy.same', { count: count(diff.combinations) })}</Empty>}
      <ChangeList changes={classes} />
      {diff.toldOtherwise.length > 0 && (
        <details>
          <summary>{t('policy.told-otherwise', { count: diff.toldOtherwise.length })}</summary>
          <ol className="changes">{diff.toldOtherwise.map((one) => <li key={one.key}><Who of={one} /><WasNow was={say(one.was)} now={say(one.now)} /></li>)}</ol>
        </details>
      )}
    </>
  );
}

function ChangeList({ changes }: { readonly changes: readonly DiffClassAnswer[] }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  // Who waits for care now comes first; then how many it could be.
  const sorted = [...changes].sort((a, b) => b.openRequests - a.openRequests || b.recordedRequests - a.recordedRequests || b.combinations - a.combinations);
  const shown = all ? sorted : sorted.slice(0, AT_ONCE);
  return (
    <>
      <ol className="changes">{shown.map((one) => <ChangeItem key={one.key} change={one} />)}</ol>
      {sorted.length > shown.length && <button type="button" onClick={() => setAll(true)}>{t('policy.show-all', { count: sorted.length })}</button>}
    </>
  );
}

/** How many requests it touches: those who wait now, and of everybody who has asked in this period. */
export function Reach({ diff }: { readonly diff: DiffAnswer }) {
  const { t } = useWords();
  return (
    <p className="reach" role="status">
      <b>{t('policy.reach-open', { touched: count(diff.openRequests), all: count(diff.openTotal) })}</b>{' '}
      {t('policy.reach-recorded', { touched: count(diff.recordedRequests), all: count(diff.recordedTotal) })}{' '}
      <span className="quiet">{t('policy.reach-combinations', { different: count(diff.different), all: count(diff.combinations) })}</span>
    </p>
  );
}

function ChangeItem({ change }: { readonly change: DiffClassAnswer }) {
  const { t, say } = useWords();
  const { was, now, combinations, example, openRequests, recordedRequests } = change;
  return (
    <li>
      <Who of={change} />
      <WasNow was={say(was)} now={say(now)} />
      <p className="quiet">
        {t('policy.example')} {say(example)} · {t('policy.combinations', { count: count(combinations) })} · {t('policy.requests', { open: count(openRequests), recorded: count(recordedRequests) })}
      </p>
    </li>
  );
}

function Who({ of: { who, alternatives } }: { readonly of: Pick<DiffClassAnswer, 'who' | 'alternatives'> }) {
  const { t, say } = useWords();
  if (alternatives.length < 2) return <h3>{say(who)}</h3>;
  return <><h3>{t('policy.any-of')}</h3><Alternatives texts={alternatives.map(say)} /></>;
}

function Alternatives({ texts }: { readonly texts: readonly string[] }) {
  const { t } = useWords();
  const rest = texts.slice(ALTERNATIVES_AT_ONCE);
  const items = (list: readonly string[]) => <ul>{list.map((text) => <li key={text}>{text}</li>)}</ul>;
  return (
    <>
      {items(texts.slice(0, ALTERNATIVES_AT_ONCE))}
      {rest.length > 0 && <details><summary>{t('policy.more', { count: rest.length })}</summary>{items(rest)}</details>}
    </>
  );
}

function WasNow({ was, now }: { readonly was: string; readonly now: string }) {
  const { t } = useWords();
  return <dl className="was-now"><div><dt>{t('policy.was')}</dt><dd>{was}</dd></div><div><dt>{t('policy.now')}</dt><dd>{now}</dd></div></dl>;
}
