import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AppointmentView, WaitingView } from '../../../../src/appointments/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { newIntent, post } from '../../../shared/api.ts';
import { seatLine } from '../../../book/words.ts';
import { usePost } from '../../data/post.ts';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { OtherSeat } from './other-seat.tsx';

export interface Found {
  readonly at: number;
  readonly journeys: readonly JourneyView[];
  readonly appointments: readonly AppointmentView[];
  readonly waiting: readonly WaitingView[];
}

const SETTLED_MS = 250;

/** Asked of the whole city once the typing pauses; what was found stays until the next answer is there. */
export function useFind(words: string) {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [words]);
  const wanted = settled.trim();
  return useQuery({
    queryKey: ['journeys', 'find', wanted], queryFn: () => post<Found>('/api/calls/find', { words: wanted }, { intent: newIntent() }),
    enabled: wanted.length >= 2, placeholderData: (before) => before,
  });
}

/** Appointments and places in line of whoever is on the telephone, with all they could press themselves. */
export function Booked({ found: { appointments, waiting } }: { readonly found: Found }) {
  const { t } = useWords();
  if (appointments.length + waiting.length === 0) return null;
  return (
    <section aria-label={t('calls.booked')}>
      <h3>{t('calls.booked')} <span className="count">{appointments.length + waiting.length}</span></h3>
      <ul className="plain-rows">
        {appointments.map((one) => <Appointment key={one.id} appointment={one} />)}
        {waiting.map((one) => <Waits key={one.id} waiting={one} />)}
      </ul>
    </section>
  );
}

function Appointment({ appointment }: { readonly appointment: AppointmentView }) {
  const { t, word } = useWords();
  const change = usePost('journeys', 'appointments');
  const [doing, setDoing] = useState<'move' | 'cancel'>();
  const [reason, setReason] = useState('');
  const { id, person, service, actions, institutionName, clinicName, startsAt } = appointment;
  const done = (): void => setDoing(undefined);
  return (
    <li>
      <b>{person.name}</b> <Phone number={person.phone} /> · {word('service', service)} · {seatLine({ startsAt, institutionName, clinicName })}
      <span className="actions">
        {actions.includes('checkIn') && <button type="button" disabled={change.busy} onClick={() => change.now(`/api/appointments/${id}/check-in`, {})}>{t('calls.check-in')}</button>}
        {actions.includes('move') && <button type="button" aria-expanded={doing === 'move'} onClick={() => setDoing(doing === 'move' ? undefined : 'move')}>{t('calls.move')}</button>}
        {actions.includes('cancel') && <button type="button" className="grave" aria-expanded={doing === 'cancel'} onClick={() => setDoing(doing === 'cancel' ? undefined : 'cancel')}>{t('calls.cancel')}</button>}
      </span>
      {doing === 'move' && <OtherSeat wish={{ service, town: appointment.town, groups: person.groups }} busy={change.busy} onChoose={(slot) => change.now(`/api/appointments/${id}/move`, { slot }, done)} />}
      {doing === 'cancel' && (
        <form className="tools" onSubmit={(event) => { event.preventDefault(); change.now(`/api/appointments/${id}/cancel`, { reason: reason.trim() }, done); }}>
          <label>{t('calls.reason')} <input value={reason} onChange={(event) => setReason(event.target.value)} /></label>
          <button type="submit" className="grave" disabled={change.busy || reason.trim() === ''}>{t('calls.cancel')}</button>
        </form>
      )}
      {change.problem && <p role="alert" className="problem">{change.problem}</p>}
    </li>
  );
}

const WAITING_ACTIONS = ['accept', 'decline', 'leave'] as const;

function Waits({ waiting: { id, person, service, offer, actions } }: { readonly waiting: WaitingView }) {
  const { t, word } = useWords();
  const answer = usePost('journeys', 'appointments');
  return (
    <li>
      <b>{person.name}</b> <Phone number={person.phone} /> · {word('service', service)} · {offer ? <b>{t('calls.offered', { seat: seatLine(offer), time: dayAndTime(offer.until) })}</b> : t('calls.waits')}
      <span className="actions">
        {WAITING_ACTIONS.filter((name) => actions.includes(name)).map((name) => (
          <button key={name} type="button" className={name === 'accept' ? 'primary' : name === 'leave' ? 'grave' : ''} disabled={answer.busy} onClick={() => answer.now(`/api/waiting/${id}/${name}`, {})}>{t(`calls.${name}`)}</button>
        ))}
      </span>
      {answer.problem && <p role="alert" className="problem">{answer.problem}</p>}
    </li>
  );
}
