import '../../duty/duty.css';
import { useEffect, useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { usePost } from '../../data/post.ts';
import { useCalls, useJourneys, useMe } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { OwedBookings } from '../../appointments/owed-bookings.tsx';
import { Waiting } from '../../appointments/waiting.tsx';
import { BookFor } from '../../requests/book-for.tsx';
import { NewRequest } from '../../requests/new-request.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Calls } from './calls.tsx';
import { Current } from './current.tsx';
import { Booked, useFind } from './find.tsx';
import { ForThem } from './for-them.tsx';
import { ReadOut } from './read-out.tsx';
import { matching } from './search.ts';

/** One person with a headset: who rings, who is owed a call, and anybody's journey while they speak. */
export default function Hotline() {
  const asked = useJourneys('all');
  return <Asking asked={asked}>{({ journeys }) => <Work journeys={journeys} />}</Asking>;
}

function Work({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const me = useMe();
  const calls = useCalls();
  const [letters, setLetters] = useState('');
  const [writing, setWriting] = useState(false);
  const link = usePost('calls');
  const [booking, setBooking] = useState(false);
  useKey('c', () => setWriting(true));
  useKey('b', () => setBooking(true));
  const mine = calls.data?.calls.find(({ state, answered }) => state === 'answered' && answered?.by === me.data?.actor.id);
  // The caller's number finds them before anybody has typed.
  const wanted = letters || mine?.phone || '';
  const asked = useFind(wanted);
  const found = wanted === '' ? undefined : asked.data;
  // What is on this screen answers at once, the whole city a moment later.
  const near = wanted === '' ? journeys.filter(({ closed }) => !closed) : matching(journeys, wanted);
  const farther = (found?.journeys ?? []).filter(({ id }) => !journeys.some((other) => other.id === id));
  const shown = [...near, ...farther];
  // Open stays open, also what has been closed meanwhile or is not what was typed last.
  const { id, select, journey } = useSelection([...journeys, ...farther]);
  // What is opened while talking is what the call is about.
  const [about, setAbout] = useState<string>();
  const open = (next: string | undefined): void => {
    select(next);
    if (next !== undefined && mine && mine.journey !== next) link.now(`/api/calls/${mine.id}/link`, { journey: next });
  };
  useEffect(() => {
    if (mine?.journey !== undefined && mine.journey !== about) {
      setAbout(mine.journey);
      select(mine.journey);
    }
  }, [mine?.journey, about, select]);
  return (
    <>
      <Split
        list={
          <>
            {mine && <Current key={mine.id} call={mine} journey={journey} onHanded={select} />}
            <p className="tools">
              <input type="search" aria-label={t('hotline.search')} placeholder={t('hotline.search')} value={letters} onChange={(event) => setLetters(event.target.value)} />
              <button type="button" className={mine ? '' : 'primary'} onClick={() => setWriting(true)}>{t('new.open')} <kbd>C</kbd></button>
              <button type="button" onClick={() => setBooking(true)}>{t('bookfor.open')} <kbd>B</kbd></button>
            </p>
            {found && <Booked found={found} />}
            <JourneyList name={t(wanted ? 'hotline.found' : 'hotline.open')} journeys={shown} selected={id} onSelect={open} empty={t('hotline.found-empty')} />
          </>
        }
        aside={<><Asking asked={calls}>{(answer) => <Calls calls={answer.calls} mine={mine} />}</Asking><OwedBookings /><Waiting /></>}
        detail={journey && <><ReadOut journey={journey} /><ForThem key={journey.id} journey={journey} /><JourneyWork journey={journey} primaryKey="a" onClose={() => select(undefined)} /></>}
      />
      {booking && <BookFor phone={mine?.phone ?? ''} onClose={() => setBooking(false)} />}
      {writing && (
        <NewRequest
          phone={mine?.phone ?? ''}
          onClose={() => setWriting(false)}
          onSent={(sent) => {
            setWriting(false);
            open(sent.id);
          }}
        />
      )}
    </>
  );
}
