import { useEffect, useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import type { DoorAnswer } from '../../../../src/reception/index.ts';
import { useJourneys } from '../../data/queries.ts';
import { useDoor, useDoorPost, type Found } from '../../door/queries.ts';
import { NoLine } from '../../door/no-line.tsx';
import { UnknownPerson } from '../../door/unknown.tsx';
import { WayIn } from '../../door/way-in.tsx';
import { AcuityMark } from '../../journey/acuity.tsx';
import { ActionButtons } from '../../journey/actions.tsx';
import { CodeInput } from '../../shell/code-input.tsx';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';

/** So long after the last letter the house is asked who that is. */
const TYPED_MS = 250;

/**
 * The guard's answer in five seconds. It never says no: whoever is not on the list is looked at with three questions and has a way in, because turning
 * away somebody who needed care is the worse error.
 */
export default function Gate() {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [asking, setAsking] = useState(false);
  const find = useDoorPost<{ text: string }, Found>('/api/door/find');
  const { mutate, reset } = find;
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < 2) return reset();
    const timer = setTimeout(() => mutate({ text: wanted }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [wanted, mutate, reset]);
  if (asking) return <div className="gate"><UnknownPerson onClose={() => { setAsking(false); setText(''); }} /></div>;
  return (
    <div className="gate">
      <CodeInput label={t('gate.code')} hint={t('gate.code-hint')} value={text} onChange={setText} />
      <button type="button" className="wide" onClick={() => setAsking(true)}>{t('door.unknown')}</button>
      {wanted.length < 2 && <Coming />}
      {wanted.length >= 2 && find.data && <Answers found={find.data} onUnknown={() => setAsking(true)} />}
      <NoLine error={find.error} />
    </div>
  );
}

function Coming() {
  const { t } = useWords();
  const asked = useJourneys();
  return (
    <Asking asked={asked}>
      {({ journeys }) => {
        const coming = journeys.filter(({ arrival }) => arrival?.receivedAt === undefined);
        return (
          <section>
            <h2>{t('gate.expected')} <span className="count">{coming.length}</span></h2>
            {coming.length === 0 && <Empty>{t('gate.expected-empty')}</Empty>}
            <ul className="gate-list">{coming.slice(0, 20).map((journey) => <li key={journey.id}><Row journey={journey} /></li>)}</ul>
          </section>
        );
      }}
    </Asking>
  );
}

function Answers({ found: { found, expectedAt }, onUnknown }: { readonly found: Found; readonly onUnknown: () => void }) {
  const { t, say } = useWords();
  const door = useDoor();
  if (found.length === 1) return <One journey={found[0]!.journey} answer={found[0]!.answer} />;
  if (found.length > 1) return <ul className="gate-list" role="status">{found.map(({ journey, answer }) => <li key={journey.id}><One journey={journey} answer={answer} /></li>)}</ul>;
  return (
    <section className="answer answer-unknown" role="status">
      <p className="answer-word">{t('gate.unknown')}</p>
      {expectedAt && <p>{t('door.expected-at', { name: say(expectedAt.name) || expectedAt.code })}</p>}
      <p>{t('gate.unknown-do')}</p>
      {door.data?.doors.bufferZone && <p><b>{say(door.data.doors.bufferZone)}</b></p>}
      <button type="button" className="primary wide" onClick={onUnknown}>{t('door.unknown')}</button>
    </section>
  );
}

function One({ journey, answer }: { readonly journey: JourneyView; readonly answer: DoorAnswer }) {
  const door = useDoor();
  return <WayIn answer={answer} door={door.data?.doors[answer.via]}><Who journey={journey} /></WayIn>;
}

function Row({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  return (
    <section className="gate-one">
      <p className="answer-word">{t('gate.let-in', { door: word('door', journey.entry.via) })}</p>
      <Who journey={journey} />
    </section>
  );
}

function Who({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  return (
    <>
      <p><AcuityMark acuity={journey.acuity} /> {journey.person.name}{journey.person.mobility && ` · ${word('mobility', journey.person.mobility)}`}</p>
      {journey.greenChannel && <p><b>{t('gate.green')}</b></p>}
      <ActionButtons journey={{ ...journey, actions: journey.actions.filter(({ type }) => type === 'reportArrival') }} primaryOnly />
    </>
  );
}
