import type { WaitingView } from '../../../src/appointments/index.ts';
import { clockTime } from '../../shared/time.ts';
import { usePost } from '../data/post.ts';
import { problemOf } from '../data/problem.ts';
import { AcuityMark } from '../journey/acuity.tsx';
import { AgeOf } from '../journey/countdown.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime, useNow } from '../shell/now.ts';
import { Asking, Empty } from '../shell/states.tsx';
import { useWaiting } from './queries.ts';

/** Who waits for a seat, of one institution or of everything this desk answers for: first whoever has to be rung now, because an offer runs out, then in the order of need. */
export function Waiting({ institution }: { readonly institution?: string }) {
  const { t } = useWords();
  const asked = useWaiting(institution);
  return (
    <section aria-label={t('clinics.waiting')}>
      <h2>{t('clinics.waiting')} <span className="count">{asked.data?.waiting.length ?? ''}</span></h2>
      <Asking asked={asked}>
        {({ waiting }) => (waiting.length === 0 ? <Empty>{t('clinics.waiting-empty')}</Empty> : <ul className="plain-rows">{waiting.map((one) => <One key={one.id} one={one} />)}</ul>)}
      </Asking>
    </section>
  );
}

/** One person in line. An offer is answered in one press while they are on the telephone. */
function One({ one }: { readonly one: WaitingView }) {
  const { t, word } = useWords();
  const now = useNow();
  const post = usePost('appointments');
  const { id, person, service, acuity, joinedAt, displaced, green, offer, callThem, actions, callOnly } = one;
  const act = (what: 'accept' | 'decline'): void => post.now(`/api/waiting/${encodeURIComponent(id)}/${what}`, {});
  const left = offer ? Math.max(0, offer.until - now) : 0;
  return (
    <li className={callThem ? 'waiting-one call-them' : 'waiting-one'}>
      <p>
        <AcuityMark acuity={acuity} compact /> <b>{person.name}</b> <a className="phone" href={`tel:${person.phone}`}>{person.phone}</a>{' '}
        <span className="quiet">{[word('service', service), displaced && t('clinics.displaced'), green && t('clinics.green'), callOnly && t('clinics.call-only')].filter(Boolean).join(' · ')} · <AgeOf at={joinedAt} /></span>
      </p>
      {offer && (
        <p>
          {callThem && <b className="call-now">{t('clinics.call-them')} </b>}
          {t('clinics.offered', { time: dayAndTime(offer.startsAt), until: clockTime(offer.until) })}{' '}
          <span className="countdown countdown-short"><time>{Math.floor(left / 60_000)}:{String(Math.floor(left / 1_000) % 60).padStart(2, '0')}</time></span>
        </p>
      )}
      {offer && (
        <span className="actions">
          {actions.includes('accept') && <button type="button" disabled={post.busy} aria-label={t('act.for', { verb: t('clinics.takes-it'), name: person.name })} onClick={() => act('accept')}>{t('clinics.takes-it')}</button>}
          {actions.includes('decline') && <button type="button" className="plain" disabled={post.busy} aria-label={t('act.for', { verb: t('clinics.declines'), name: person.name })} onClick={() => act('decline')}>{t('clinics.declines')}</button>}
        </span>
      )}
      {post.problem && <p role="alert" className="problem">{problemOf(post)}</p>}
    </li>
  );
}
