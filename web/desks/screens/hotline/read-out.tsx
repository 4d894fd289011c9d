import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords, type Words } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';

/** What is read to the caller before they hang up: short sentences, in the order in which they are needed. */
export function ReadOut({ journey }: { readonly journey: JourneyView }) {
  const words = useWords();
  const lines = sentencesOf(words, journey);
  const said = journey.visit?.messages?.filter(({ from }) => from === 'doctor').slice(-3) ?? [];
  return (
    <section className="read-out" aria-label={words.t('calls.read')}>
      <h3>{words.t('calls.read')}</h3>
      {lines.map((line) => <p key={line}>{line}</p>)}
      {journey.visit?.advice && <p>{words.t('calls.read-advice', { text: journey.visit.advice })}</p>}
      {said.length > 0 && <ul className="said">{said.map((message) => <li key={message.at}><span className="quiet">{message.name} {clockTime(message.at)}</span> {message.text}</li>)}</ul>}
    </section>
  );
}

function sentencesOf({ t, say, word }: Words, journey: JourneyView): readonly string[] {
  const { mission, out, booking, institution, step, closed, visit, pathway, transport } = journey;
  if (closed) return [t('calls.read-closed', { outcome: word('outcome', closed.outcome) })];
  const place = institution ? say(institution.name) : '';
  const way = mission?.unit && !mission.stoodDown ? t('calls.read-unit', { unit: mission.unit })
    : transport === 'ambulance' ? t('calls.read-120')
      : out?.car && !out.cancelled ? t('calls.read-car', { car: out.car, time: clockTime(out.planned?.pickUpAt ?? out.pickUpAt) })
        : transport === 'specialCar' ? t('calls.read-car-soon') : undefined;
  return [
    ...(place && pathway !== 'remote' && transport !== 'ambulance' ? [booking && !booking.cancelled ? t('calls.read-booked', { place, time: dayAndTime(booking.slot.startsAt) }) : t('calls.read-place', { place })] : []),
    ...(pathway === 'remote' && visit?.answeredAt === undefined ? [visit?.promisedAt !== undefined ? t('calls.read-doctor', { time: dayAndTime(visit.promisedAt) }) : t('calls.read-doctor-soon')] : []),
    ...(way ? [way] : []),
    ...(step && !way ? [t('calls.read-step', { step: word('link', step.kind), role: word('role', step.owner.role), ...{ time: step.dueAt === undefined ? '' : dayAndTime(step.dueAt) } })] : []),
    t('calls.read-worse'), t('calls.read-id', { id: journey.id }),
  ];
}
