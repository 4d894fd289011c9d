import { Tabs } from '@mantine/core';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useJourneys } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { QuickAction } from '../../journey/quick.tsx';
import { doubtOf, expectedAt } from '../../journey/when.ts';
import { HandOverTold } from '../../journey/hand-over.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { Refusals } from '../../refusals/cases.tsx';
import { useWords, type Words } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Arrivals, Gone } from '../../door/arrivals.tsx';
import { Identify } from '../../door/identify.tsx';
import Clinics from './clinics/index.tsx';
import { Consults } from './consults.tsx';
import { Series } from './series/index.tsx';
import { DutyLine } from './line/index.tsx';
import { OurServices } from './services.tsx';

/** The institution's duty desk: who comes now; our clinics and everybody booked in them; whose treatment comes again and again. */
export default function Ward() {
  const { t } = useWords();
  return (
    <Tabs defaultValue="now" className="tabbed" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="now">{t('ward.now')}</Tabs.Tab>
        <Tabs.Tab value="clinics">{t('clinics.title')}</Tabs.Tab>
        <Tabs.Tab value="series">{t('ward.series')}</Tabs.Tab>
        <Tabs.Tab value="refusals">{t('ward.refusals')}</Tabs.Tab>
        <Tabs.Tab value="consults">{t('ward.consults')}</Tabs.Tab>
        <Tabs.Tab value="line">{t('ward.line')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="now"><Now /></Tabs.Panel>
      <Tabs.Panel value="clinics"><Clinics /></Tabs.Panel>
      <Tabs.Panel value="series"><Series /></Tabs.Panel>
      <Tabs.Panel value="refusals"><Refusals /></Tabs.Panel>
      <Tabs.Panel value="consults"><Consults /></Tabs.Panel>
      <Tabs.Panel value="line"><DutyLine /></Tabs.Panel>
    </Tabs>
  );
}

/** Who comes, when, how ill, by which door; who is here; what we can take. */
function Now() {
  const asked = useJourneys();
  return <Asking asked={asked}>{({ journeys }) => <Board journeys={journeys} />}</Asking>;
}

function Board({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const words = useWords();
  const { t } = words;
  const { id, select, journey } = useSelection(journeys);
  const hands = journeys.filter(({ pathway }) => pathway !== 'remote');
  const coming = hands.filter(({ arrival }) => arrival?.receivedAt === undefined);
  const here = hands.filter(({ arrival }) => arrival?.receivedAt !== undefined && arrival.treatedAt === undefined);
  return (
    <Split
      list={
        <>
          <Arrivals onOpened={select} />
          <JourneyList
            name={t('ward.coming')} journeys={coming} selected={id} onSelect={select} empty={t('ward.coming-empty')}
            below={(one) => <Coming journey={one} words={words} />}
            beside={(one) => <QuickAction journey={one} types={['receivePatient']} />}
          />
          <Gone />
          <JourneyList name={t('ward.here')} journeys={here} selected={id} onSelect={select} empty={t('ward.here-empty')} keyboard={false} />
        </>
      }
      aside={<OurServices />}
      detail={journey && <JourneyWork journey={journey} primaryKey="r" onClose={() => select(undefined)}>{journey.arrival?.arrivedAt !== undefined && journey.mission?.times.aboard !== undefined && <HandOverTold arrival={journey.arrival} />}{journey.arrival?.receivedAt !== undefined && <Identify key={journey.id} journey={journey} />}</JourneyWork>}
    />
  );
}

/** When, which door, and what has to stand ready there. */
function Coming({ journey, words: { t, word } }: { readonly journey: JourneyView; readonly words: Words }) {
  const at = expectedAt(journey);
  const doubt = doubtOf(journey);
  const arrived = journey.arrival?.arrivedAt;
  const vehicle = journey.mission?.unit && !journey.mission.stoodDown ? journey.mission.unit : journey.out?.car;
  return (
    <>
      <b>{arrived !== undefined ? t('ward.at-door', { time: clockTime(arrived) }) : at === undefined ? t('ward.time-open') : t(doubt === undefined ? 'ward.expected' : doubt === 'estimated' ? 'ward.expected-about' : 'ward.expected-no-way', { time: clockTime(at) })}</b>
      {journey.greenChannel && <> · <b>{t('door.green')}</b></>}
      {' · '}{word('entry', journey.entry.via)}
      {journey.person.mobility && journey.person.mobility !== 'walks' && <> · {word('mobility', journey.person.mobility)}</>}
      {vehicle && <> · <span className="code">{vehicle}</span></>}
      {journey.cohort !== 'other' && <> · {word('cohort', journey.cohort)}</>}
    </>
  );
}
