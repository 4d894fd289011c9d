import type { CloudVisitView } from '../../../../src/clinic/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { Due } from '../../journey/due.tsx';
import { ageOf } from '../../journey/line.tsx';
import { useWords } from '../../shell/language.tsx';

/** One who waits: how ill, what for, since when, and what they were promised. */
export function VisitRow({ visit }: { readonly visit: CloudVisitView }) {
  const words = useWords();
  const { t, word, say } = words;
  const { person, acuity, need, service, queuedAt, dueAt, promisedAt, medicine, medicineDaysLeft, complaint, inPerson, unanswered, worseAt, query } = visit;
  const due = promisedAt ?? dueAt;
  return (
    <span className="journey-line">
      <AcuityMark acuity={acuity} compact />
      <span className="journey-what"><b>{person.name}</b> <span>{[word('need', need), ageOf(words, person.ageMonths)].filter(Boolean).join(' · ')}</span></span>
      <span className="journey-due">{due !== undefined && visit.state === 'waiting' ? <Due at={due} /> : dueAt !== undefined && <Due at={dueAt} />}</span>
      <span className="journey-way">
        {[due !== undefined && visit.state === 'waiting' && t('cloud.promised-by', { time: clockTime(due) }), word('cloud-service', service), t('cloud.since', { time: clockTime(queuedAt) }), say(visit.town.name)].filter(Boolean).join(' · ')}
      </span>
      <span className="journey-step">
        {query ? <b>{t('cloud.asks', { by: query.by, medicine: query.medicine })} “{query.question}”</b>
          : <>{[medicine !== undefined && (medicineDaysLeft === undefined ? medicine : t('family.medicine-left', { medicine, days: medicineDaysLeft })), complaint].filter(Boolean).join(' · ')}</>}
        {inPerson && <b> {t('cloud.in-person', { kind: word('medicine-class', inPerson) })}</b>}
        {worseAt !== undefined && <b className="told"> ▲ {t('cloud.worse', { time: clockTime(worseAt) })}</b>}
        {unanswered && <b> ● {t('cloud.unanswered')}</b>}
      </span>
    </span>
  );
}
