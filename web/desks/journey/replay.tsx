import { useState } from 'react';
import type { JourneyView, Replayed } from '../../../src/journey/index.ts';
import { joined, listed } from '../../shared/words.ts';
import { nameOf, useMe, usePolicies, useReplay } from '../data/queries.ts';
import { useWords, type Words } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { Empty, Failed, Loading } from '../shell/states.tsx';
import { shortVersion, within } from '../shell/say.ts';

/** "What would have happened under tomorrow's rule", for command centres: each decision beside the one another version would have made. */
export function Replay({ journey }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const role = me.data?.actor.role;
  if (role !== 'city' && role !== 'district') return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('replay.title')}</summary>
      {open && <UnderAnother journey={journey} />}
    </details>
  );
}

function UnderAnother({ journey }: { readonly journey: JourneyView }) {
  const { t, say, word } = useWords();
  const [name, setName] = useState('');
  const policies = usePolicies().data?.policies ?? [];
  const policy = policies.find((one) => nameOf(one) === name);
  const asked = useReplay(journey.id, policy);
  return (
    <>
      <label>
        {t('replay.under')}
        <select value={name} onChange={(event) => setName(event.target.value)}>
          <option value="">{t('act.choose')}</option>
          {policies.filter(({ state }) => state !== 'withdrawn').map((one) => (
            <option key={nameOf(one)} value={nameOf(one)}>{say(one.title)} · {t('policy.version', { version: shortVersion(one.version) })} · {word('policy-state', one.state)}</option>
          ))}
        </select>
      </label>
      {policy && (asked.data ? <Decisions decisions={asked.data.decisions} /> : asked.error ? <Failed error={asked.error} again={asked.refetch} /> : <Loading />)}
    </>
  );
}

function Decisions({ decisions }: { readonly decisions: readonly Replayed[] }) {
  const words = useWords();
  const { t, word } = words;
  if (decisions.length === 0) return <Empty>{t('replay.none')}</Empty>;
  return (
    <ol className="changes">
      {decisions.map(({ at, because, was, would, differences }, index) => (
        <li key={index}>
          <h3><time>{dayAndTime(at)}</time> {word('because', because)}</h3>
          {differences.length === 0 ? <p>{t('replay.same')}</p> : (
            <>
              <p>{t('replay.differs', { list: listed(...differences.map((one) => word('difference', one))) })}</p>
              <dl className="was-now">
                <div><dt>{t('replay.was')}</dt><dd>{inShort(words, was)}</dd></div>
                <div><dt>{t('replay.would')}</dt><dd>{inShort(words, would)}</dd></div>
              </dl>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A decision in one sentence: urgency, way, place, door, and the steps with their owners and deadlines. */
function inShort(words: Words, { acuity, pathway, transport, venueKind, entry, byAppointment, links }: Replayed['was']): string {
  const { t, word } = words;
  const steps = links.map(({ kind, owner, dueSeconds }) => t('replay.step', { step: word('link', kind), owner: word('role', owner), time: within(dueSeconds) }));
  return [
    word('acuity', acuity), word('pathway', pathway), word('transport', transport), word('venue', venueKind),
    ...(pathway === 'remote' ? [] : [word('entry', entry.via)]), ...(byAppointment ? [t('replay.by-appointment')] : []), joined('replay.then', steps),
  ].join(' · ');
}
