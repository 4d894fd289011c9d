import { useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { ActionButtons } from '../../journey/actions.tsx';
import { useWords } from '../../shell/language.tsx';
import { CodeInput } from '../../shell/code-input.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

/**
 * The guard's answer in five seconds. It never says no: whoever is not on the list goes to the triage desk, because turning
 * away somebody who needed care is the worse error.
 */
export default function Gate() {
  const asked = useJourneys();
  const { t } = useWords();
  const [code, setCode] = useState('');
  return (
    <div className="gate">
      <CodeInput label={t('gate.code')} hint={t('gate.code-hint')} value={code} onChange={setCode} />
      <Asking asked={asked}>{({ journeys }) => <Answer code={code} journeys={journeys.filter(({ arrival }) => arrival?.receivedAt === undefined)} />}</Asking>
    </div>
  );
}

function Answer({ code, journeys }: { readonly code: string; readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const wanted = code.trim().toLowerCase();
  if (wanted === '') {
    return (
      <section>
        <h2>{t('gate.expected')} <span className="count">{journeys.length}</span></h2>
        {journeys.length === 0 && <Empty>{t('gate.expected-empty')}</Empty>}
        <ul className="gate-list">{journeys.slice(0, 20).map((journey) => <li key={journey.id}><LetIn journey={journey} /></li>)}</ul>
      </section>
    );
  }
  const found = journeys.filter(({ id, person, pass, mission, out }) =>
    [id, person.name, pass?.code, mission?.unit, out?.car].some((text) => text?.toLowerCase().includes(wanted)));
  if (found.length === 0) {
    return (
      <section className="answer answer-unknown" role="status">
        <p className="answer-word">{t('gate.unknown')}</p>
        <p>{t('gate.unknown-do')}</p>
      </section>
    );
  }
  return <ul className="gate-list" role="status">{found.slice(0, 5).map((journey) => <li key={journey.id}><LetIn journey={journey} big={found.length === 1} /></li>)}</ul>;
}

function LetIn({ journey, big = false }: { readonly journey: JourneyView; readonly big?: boolean }) {
  const { t, word } = useWords();
  return (
    <section className={big ? 'answer answer-yes' : 'gate-one'}>
      <p className="answer-word">{t('gate.let-in')}: {word('door', journey.entry.via)}</p>
      <p><AcuityMark acuity={journey.acuity} /> {journey.person.name}{journey.person.mobility && ` · ${word('mobility', journey.person.mobility)}`}</p>
      {journey.greenChannel && <p><b>{t('gate.green')}</b></p>}
      <ActionButtons journey={{ ...journey, actions: journey.actions.filter(({ type }) => type === 'reportArrival') }} primaryOnly />
    </section>
  );
}
