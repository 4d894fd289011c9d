import { useState } from 'react';
import type { MedicineLeft } from '../../../../src/clinic/index.ts';
import type { Command, JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePerform } from '../../data/perform.ts';
import { useJourney, useMe } from '../../data/queries.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Countdown } from '../../journey/countdown.tsx';
import { ActionDialog } from '../../journey/dialog.tsx';
import { whatOf } from '../../journey/line.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking } from '../../shell/states.tsx';
import { Amend } from './amend.tsx';
import { AnswerForm } from './answer.tsx';
import { Chat } from './chat.tsx';
import { Heard, Known } from './known.tsx';
import { offers } from './offers.ts';
import { Prescription } from './prescription.tsx';

interface VisitProps {
  readonly id: string;
  readonly taking: readonly MedicineLeft[];
  readonly onClose: () => void;
}

/** One person at a distance: everything known in one column, what is said and done in the other. */
export function Visit({ id, taking, onClose }: VisitProps) {
  const asked = useJourney(id);
  return <Asking asked={asked}>{({ journey }) => <Open journey={journey} taking={taking} onClose={onClose} />}</Asking>;
}

function Open({ journey, taking, onClose }: { readonly journey: JourneyView; readonly taking: readonly MedicineLeft[]; readonly onClose: () => void }) {
  const words = useWords();
  const { t, word, say } = words;
  const { visit, step, closed } = journey;
  const me = useMe().data?.actor.id;
  const mine = visit?.doctor !== undefined && visit.doctor === me;
  return (
    <>
      <article className="clinic-known panel" aria-label={t('journey.of', { name: journey.person.name })}>
        <header className="panel-head">
          <button type="button" className="plain panel-back" onClick={onClose}>{t('journey.back')}</button>
          <AcuityMark acuity={journey.acuity} />
          <h2>{journey.person.name}</h2>
          <p>{whatOf(words, journey)}</p>
        </header>
        <Heard journey={journey} />
        {step && <section className="panel-now"><p><b>{word('link', step.kind)}</b> · {word('role', step.owner.role)} · {say(step.owner.name)}</p><Countdown link={step} /></section>}
        {closed && <section className="panel-now"><p><b>{word('outcome', closed.outcome)}</b> {clockTime(closed.at)}</p></section>}
        <Known journey={journey} taking={taking} />
      </article>
      <div className="clinic-work">
        <Take journey={journey} />
        {mine && visit.inPerson && <InPerson journey={journey} kind={visit.inPerson} />}
        {visit && <Chat journey={journey} mine={mine} />}
        {visit?.prescription && <Prescription visit={visit} />}
        {mine && visit.query && offers(journey, 'amendPrescription') && <Amend journey={journey} />}
        {mine && offers(journey, 'answerVisit') && <AnswerForm journey={journey} />}
        {mine && <SendOn journey={journey} />}
      </div>
    </>
  );
}

/** One whom the queue offers but nobody has taken yet. */
function Take({ journey }: { readonly journey: JourneyView }) {
  const { word, t } = useWords();
  const perform = usePerform(journey.id);
  if (!offers(journey, 'takeVisit')) return null;
  return (
    <p className="actions">
      <button type="button" className="primary" disabled={perform.busy} onClick={() => perform.now({ type: 'takeVisit' })}>{perform.busy ? t('act.sending') : word('do', 'takeVisit')}</button>
      {perform.problem && <span role="alert" className="problem">{perform.problem}</span>}
    </p>
  );
}

/** What is never prescribed at a distance has its own way in one tap: a window, in person, with everything known. */
function InPerson({ journey, kind }: { readonly journey: JourneyView; readonly kind: string }) {
  const { t, word } = useWords();
  const perform = usePerform(journey.id);
  const command = journey.actions.find(({ type }) => type === 'sendOn');
  return (
    <>
      <p className="what-happens">{t('cloud.in-person-say', { kind: word('medicine-class', kind) })}</p>
      {command && <p className="actions"><button type="button" className="primary" disabled={perform.busy} onClick={() => perform.now(command)}>{perform.busy ? t('act.sending') : t('cloud.to-window')}</button></p>}
      {perform.problem && <p role="alert" className="problem">{perform.problem}</p>}
    </>
  );
}

/** To a pathway that has what is needed, with a reason; everything known goes with them, nobody asks them again. */
function SendOn({ journey }: { readonly journey: JourneyView }) {
  const { t, word } = useWords();
  const perform = usePerform(journey.id);
  const [asking, setAsking] = useState<Command>();
  const others = journey.actions.filter(({ type }) => type === 'sendOn' || type === 'reportWorse' || type === 'downTriage' || type === 'returnVisit');
  useKey('s', () => setAsking(others.find(({ type }) => type === 'sendOn')));
  if (others.length === 0) return null;
  return (
    <div className="actions">
      {others.map((command) => (
        <button key={command.type} type="button" className={command.type === 'sendOn' ? 'grave' : ''} disabled={perform.busy} onClick={() => (command.type === 'returnVisit' ? perform.now(command) : setAsking(command))}>
          {word('do', command.type)}{command.type === 'sendOn' && <kbd>S</kbd>}
        </button>
      ))}
      {perform.problem && <p role="alert" className="problem">{perform.problem}</p>}
      {asking && <ActionDialog command={asking} journey={journey} title={word('do', asking.type)} onDone={(complete) => { setAsking(undefined); if (complete) perform.now(complete); }} />}
      {perform.busy && <span role="status">{t('act.sending')}</span>}
    </div>
  );
}
