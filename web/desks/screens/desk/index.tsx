import { useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys, useMe } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { Locks } from '../../panels/locks.tsx';
import { OurGates } from '../../refusals/our-gates.tsx';
import { BookFor } from '../../requests/book-for.tsx';
import { NewRequest } from '../../requests/new-request.tsx';
import { QuickAction } from '../../journey/quick.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Day } from './day.tsx';
import './desk.css';
import { Knocks } from './knocks.tsx';
import { WhoIsOut } from './out.tsx';

/** The committee's desk: who waits for us, which car goes where today with whom, who is home again and who is not. */
export default function Desk() {
  const asked = useJourneys();
  return <Asking asked={asked}>{({ journeys }) => <Board journeys={journeys} />}</Asking>;
}

function Board({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const me = useMe();
  const { id, select, journey } = useSelection(journeys);
  const [writing, setWriting] = useState(false);
  const [booking, setBooking] = useState(false);
  useKey('c', () => setWriting(true));
  useKey('b', () => me.data?.actor.role === 'committee' && setBooking(true));
  const [kind, code] = me.data?.actor.scope.split(':') ?? [];
  const town = kind === 'town' ? code : undefined;
  const ours = (one: JourneyView): boolean => one.step !== undefined && one.step.owner.role === me.data?.actor.role;
  const list = (
    <>
      <p className="tools">
        <button type="button" onClick={() => setWriting(true)}>{t('new.open')} <kbd>C</kbd></button>
        {me.data?.actor.role === 'committee' && <button type="button" onClick={() => setBooking(true)}>{t('bookfor.open')} <kbd>B</kbd></button>}
      </p>
      <OurGates />
      <Knocks onSelect={select} />
      <JourneyList
        name={t('desk.ours')} journeys={journeys.filter(ours)} selected={id} onSelect={select} empty={t('desk.ours-empty')}
        beside={(one) => <QuickAction journey={one} types={['release', 'assignCar', 'confirmHome', 'deliver']} />}
      />
      <details className="others" open={!journeys.some(ours)}>
        <summary>{t('desk.others', { count: journeys.filter((one) => !ours(one)).length })}</summary>
        <JourneyList
          name={t('desk.others-title')} journeys={journeys.filter((one) => !ours(one))} selected={id} onSelect={select}
          empty={t('desk.others-empty')} keyboard={false}
        />
      </details>
    </>
  );
  return (
    <>
      <Split
        list={list}
        aside={<><Day town={town} selected={id} onSelect={select} /><WhoIsOut journeys={journeys} onSelect={select} /><Locks /></>}
        detail={journey && <JourneyWork journey={journey} primaryKey="a" onClose={() => select(undefined)} />}
      />
      {booking && <BookFor onClose={() => setBooking(false)} />}
      {writing && <NewRequest onClose={() => setWriting(false)} onSent={(sent) => { setWriting(false); select(sent.id); }} />}
    </>
  );
}
