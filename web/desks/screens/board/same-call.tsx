import { useState, type ReactNode } from 'react';
import type { BoardCall, PerhapsSame } from '../../../../src/dispatch/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { joined } from '../../../shared/words.ts';
import { usePost } from '../../data/post.ts';
import { useJourney } from '../../data/queries.ts';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';
import { Confirm } from './confirm.tsx';

/** Two calls that may be about one person, side by side. A person decides; the software never merges. */
export function SameCall({ journey, hints, maySend }: { readonly journey: JourneyView; readonly hints: readonly PerhapsSame[]; readonly maySend: boolean }) {
  return hints.map((hint) => <Pair key={hint.journey} journey={journey} hint={hint} maySend={maySend} />);
}

function Pair({ journey, hint, maySend }: { readonly journey: JourneyView; readonly hint: PerhapsSame; readonly maySend: boolean }) {
  const { t, word } = useWords();
  const asked = useJourney(hint.journey);
  return (
    <section className="same-call">
      <h3>{t('board.same-title')}</h3>
      <p>{joined('form.listed', hint.why.map((one) => word('perhaps-same', one)))} · {t('board.same-apart', { meters: hint.meters, minutes: Math.round(hint.apartSeconds / 60) })}</p>
      <Asking asked={asked}>{(answer) => <SideBySide mine={journey} other={answer.journey} maySend={maySend} />}</Asking>
    </section>
  );
}

function SideBySide({ mine, other, maySend }: { readonly mine: JourneyView; readonly other: JourneyView; readonly maySend: boolean }) {
  const { t, word, say } = useWords();
  const posting = usePost('board', 'journeys', 'journey');
  const [asking, setAsking] = useState(false);
  // The later call joins the earlier one: that is where time has been counted from.
  const [goes, stays] = mine.receivedAt >= other.receivedAt ? [mine, other] : [other, mine];
  const address = (id: string): string => `/api/journeys/${encodeURIComponent(id)}`;
  const rows: readonly (readonly [string, (one: JourneyView) => ReactNode])[] = [
    [t('new-field.name'), ({ person }) => person.name],
    [t('fact.phone'), ({ person: { phone } }) => phone && <Phone number={phone} />],
    [t('fact.address'), ({ town, address: at }) => `${say(town.name)} ${at ?? ''}`],
    [t('board.called-at'), ({ receivedAt }) => dayAndTime(receivedAt)],
    [t('board.urgency'), ({ acuity }) => word('acuity', acuity)],
    [t('fact.complaint'), ({ clinical }) => clinical?.complaint],
    [t('fact.unit'), ({ mission }) => (mission?.stoodDown ? undefined : mission?.unit)],
  ];
  return (
    <>
      <table>
        <thead><tr><td /><th scope="col">{t('board.this-call')}</th><th scope="col">{t('board.other-call')}</th></tr></thead>
        <tbody>{rows.map(([name, of]) => <tr key={name}><th scope="row">{name}</th><td>{of(mine)}</td><td>{of(other)}</td></tr>)}</tbody>
      </table>
      {maySend && <div className="actions">
        <button type="button" className="grave" disabled={posting.busy} onClick={() => setAsking(true)}>{t('board.same-yes')}</button>
        <button type="button" disabled={posting.busy} onClick={() => posting.now(`${address(mine.id)}/keep-apart`, { other: other.id })}>{t('board.same-no')}</button>
        {posting.problem && <p role="alert" className="problem">{posting.problem}</p>}
      </div>}
      {asking && (
        <Confirm
          title={t('board.same-yes')}
          says={t('board.same-happens', { goes: goes.person.name, goesAt: dayAndTime(goes.receivedAt), stays: stays.person.name, staysAt: dayAndTime(stays.receivedAt) })}
          onDone={(answer) => {
            setAsking(false);
            if (answer) posting.now(`${address(goes.id)}/join-call`, { into: stays.id });
          }}
        />
      )}
    </>
  );
}

/** Crews that are close by already, and defibrillators a neighbour can fetch: minutes before the unit is there. */
export function NearBy({ nearby }: Pick<BoardCall, 'nearby'>) {
  const { t, say } = useWords();
  if (nearby.length === 0) return null;
  return (
    <section className="near-by">
      <h3>{t('board.nearby')}</h3>
      <ul className="notes">
        {nearby.map((one) => (
          <li key={one.kind === 'crew' ? one.unit : say(one.name)}>
            {one.kind === 'crew' ? t('board.near-crew-do', { unit: one.unit, meters: one.meters }) : t('board.near-defibrillator-do', { name: say(one.name), meters: one.meters })}
          </li>
        ))}
      </ul>
    </section>
  );
}
