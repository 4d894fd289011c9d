import { useState } from 'react';
import { cityNow } from '../../../../shared/clock.ts';
import type { RestrictionAnswer } from '../../../data/contract.ts';
import { usePost } from '../../../data/post.ts';
import { useCity, usePastRestrictions } from '../../../data/queries.ts';
import { AgeOf } from '../../../journey/countdown.tsx';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking, Empty } from '../../../shell/states.tsx';
import { TRAVELLERS } from './draft.ts';

interface StandingProps {
  readonly restrictions: readonly RestrictionAnswer[];
  readonly selected: string | undefined;
  readonly mayEnd: boolean;
  readonly onSelect: (id: string | undefined) => void;
}

/** Everything that stands or is to come, with what the map says of it: whoever sees no map misses nothing. */
export function Standing({ restrictions, selected, mayEnd, onSelect }: StandingProps) {
  const { t } = useWords();
  return (
    <section className="out">
      <h2>{t('roads.standing')} <span className="count">{restrictions.length}</span></h2>
      {restrictions.length === 0 && <Empty>{t('roads.standing-empty')}</Empty>}
      <ul className="plain-rows">
        {restrictions.map((one) => (
          <li key={one.id} className={one.id === selected ? 'restriction selected' : 'restriction'}>
            <button type="button" className="row-open" aria-pressed={one.id === selected} onClick={() => onSelect(one.id === selected ? undefined : one.id)}><Says restriction={one} /></button>
            {mayEnd && <End id={one.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Says({ restriction }: { readonly restriction: RestrictionAnswer }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const { kind, reason, inForce, from, drawnAt, until, daily, endedAt, district, passage } = restriction;
  const since = Math.max(from, drawnAt);
  const now = cityNow();
  const over = endedAt ?? (until !== null && until <= now ? until : undefined);
  const name = say(city.data?.districts.find(({ code }) => code === district)?.name) || district;
  const lets = TRAVELLERS.map((profile) => {
    const passes = passage[profile];
    const how = typeof passes === 'string' ? word('passage', passes) : t('roads.waits', { minutes: Math.round(passes.delaySeconds / 6) / 10 });
    return t('roads.lets', { who: word('traveller', profile), how });
  });
  return (
    <span>
      <b>{word('restriction', kind)}</b> {name}{reason && <> · {reason}</>}
      <br />
      {over !== undefined ? t('roads.ended', { from: dayAndTime(since), time: dayAndTime(over) })
        : inForce ? <>{t('roads.since', { time: dayAndTime(since) })} (<AgeOf at={since} />)</>
        : since > now ? t('roads.from', { time: dayAndTime(from) }) : t('roads.pauses')}
      {over === undefined && until !== null && <> · {t('ward.until', { time: dayAndTime(until) })}</>}
      {daily && <> · {t('roads.daily', daily)}</>}
      <br />
      <span className="quiet">{lets.join(' · ')}</span>
    </span>
  );
}

/** It no longer counts at once, so it is asked for twice and says what follows. */
function End({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [sure, setSure] = useState(false);
  const post = usePost('restrictions');
  if (!sure) return <button type="button" onClick={() => setSure(true)}>{t('roads.end')}</button>;
  return (
    <div className="end-sure">
      <p className="what-happens">{t('roads.end-happens')}</p>
      {post.problem && <p className="problem" role="alert">{post.problem}</p>}
      <div className="actions">
        <button type="button" className="primary" autoFocus disabled={post.busy} onClick={() => post.now(`/api/restrictions/${encodeURIComponent(id)}/end`, {})}>{t('roads.end-now')}</button>
        <button type="button" onClick={() => setSure(false)}>{t('roads.end-not')}</button>
      </div>
    </div>
  );
}

/** What stood there: for whoever asks afterwards why somebody was sent the long way. */
export function Past() {
  const { t } = useWords();
  const asked = usePastRestrictions();
  return (
    <details className="out">
      <summary>{t('roads.past')}</summary>
      <Asking asked={asked}>
        {({ restrictions }) => restrictions.length === 0 ? <Empty>{t('roads.past-empty')}</Empty> : (
          <ul className="plain-rows">{restrictions.map((one) => <li key={one.id}><Says restriction={one} /></li>)}</ul>
        )}
      </Asking>
    </details>
  );
}
