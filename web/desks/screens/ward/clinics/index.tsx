import { useState } from 'react';
import { cityNow } from '../../../../shared/clock.ts';
import { cityDay } from '../../../../shared/time.ts';
import { AgeOf } from '../../../journey/countdown.tsx';
import { OwedBookings } from '../../../appointments/owed-bookings.tsx';
import { Waiting } from '../../../appointments/waiting.tsx';
import { BookFor } from '../../../requests/book-for.tsx';
import { useKey } from '../../../shell/keys.ts';
import { useWords } from '../../../shell/language.tsx';
import { Split } from '../../../shell/split.tsx';
import { Asking } from '../../../shell/states.tsx';
import { DayBoard } from './board.tsx';
import './clinics.css';
import { dateOf, dayOf, dayWithName, startOfCityDay } from './days.ts';
import { Publish } from './publish.tsx';
import { useClinicDay, useClinicWeek, useOurCode } from './queries.ts';
import { Session } from './session.tsx';
import { Week } from './week.tsx';

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** Our clinics: today's sessions and everybody in them, the week, who waits, and the rosters themselves. */
export default function Clinics() {
  const { t } = useWords();
  const institution = useOurCode();
  const today = cityDay(cityNow());
  const [day, setDay] = useState(today);
  const [view, setView] = useState<'day' | 'week'>('day');
  const [slot, setSlot] = useState<string>();
  const [booking, setBooking] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const asked = useClinicDay(institution, dateOf(day));
  const week = useClinicWeek(institution, WEEK.map((add) => dateOf(day + add)), view === 'week');
  const step = view === 'week' ? WEEK.length : 1;
  const go = (next: number): void => {
    setDay(next);
    setSlot(undefined);
  };
  useKey('h', () => go(day - step));
  useKey('l', () => go(day + step));
  useKey('t', () => go(cityDay(cityNow())));
  const turn = (): void => {
    setView(view === 'day' ? 'week' : 'day');
    setSlot(undefined);
  };
  useKey('w', turn);
  useKey('p', () => setPublishing(true));
  useKey('b', () => setBooking(true));
  const open = asked.data?.sessions.find((session) => session.slot === slot);
  return (
    <>
      <Split
        list={
          <>
            <p className="tools clinics-tools">
              <button type="button" aria-label={t('clinics.before')} onClick={() => go(day - step)}>‹</button>
              <input type="date" className="day-input" aria-label={t('clinics.day')} value={dateOf(day)} onChange={(event) => { const next = dayOf(event.target.value); if (next !== undefined) go(next); }} />
              <button type="button" aria-label={t('clinics.after')} onClick={() => go(day + step)}>›</button>
              <button type="button" aria-pressed={day === today} onClick={() => go(today)}>{t('clinics.today')} <kbd>T</kbd></button>
              <button type="button" aria-pressed={view === 'week'} onClick={turn}>{t('clinics.week')} <kbd>W</kbd></button>
              <button type="button" onClick={() => setBooking(true)}>{t('bookfor.open')} <kbd>B</kbd></button>
              <button type="button" className="primary" onClick={() => setPublishing(true)}>{t('clinics.publish')} <kbd>P</kbd></button>
            </p>
            <h2>{dayWithName(startOfCityDay(day))} {asked.data && <AgeOf at={asked.data.at} />}</h2>
            {view === 'week'
              ? <Week days={WEEK.map((add) => day + add)} sessions={week.map(({ data }) => data?.sessions)} onDay={(next) => { go(next); setView('day'); }} />
              : <Asking asked={asked}>{({ sessions }) => <DayBoard sessions={sessions} selected={slot} onSelect={(next) => { setSlot(next); setPublishing(false); }} />}</Asking>}
          </>
        }
        aside={<><OwedBookings /><Waiting institution={institution} /></>}
        detail={publishing ? <Publish institution={institution} onClose={() => setPublishing(false)} /> : open && <Session key={open.slot} session={open} onClose={() => setSlot(undefined)} />}
      />
      {booking && <BookFor institution={institution} onClose={() => setBooking(false)} />}
    </>
  );
}
