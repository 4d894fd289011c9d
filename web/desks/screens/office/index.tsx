import './office.css';
import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys, useMe } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { Locks } from '../../panels/locks.tsx';
import { Refusals } from '../../refusals/cases.tsx';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Closures } from './closures.tsx';
import { Counterparts } from './counterparts/index.tsx';
import { Experts } from './experts.tsx';
import { Lines } from './lines.tsx';
import { Load } from './load.tsx';
import { Passes } from '../../passes/office.tsx';
import { Policies } from './policies/index.tsx';
import { Promises } from './promises.tsx';
import { Roads } from './roads/index.tsx';
import { Series } from './series.tsx';
import { StatusMatters } from './status-matters.tsx';

/** The command centre: what is late, closed, promised and not kept, where the load is; and the policies, to be tried. */
export default function Office() {
  const { t } = useWords();
  const me = useMe();
  // A planner works on policies and has no business with anybody's journey.
  const plans = me.data?.actor.role === 'planner';
  const [opened, setOpened] = useState(plans);
  return (
    <Tabs defaultValue={plans ? 'policies' : 'now'} className="office" keepMounted={false} onChange={(tab) => setOpened(opened || tab === 'policies')}>
      <Tabs.List>
        {!plans && <Tabs.Tab value="now">{t('office.now')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="refusals">{t('office.refusals')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="load">{t('office.load')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="counterparts">{t('counterparts.tab')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="experts">{t('office.experts')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="lines">{t('office.lines')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="series">{t('office.series')}</Tabs.Tab>}
        {!plans && <Tabs.Tab value="passes">{t('office.passes')}</Tabs.Tab>}
        <Tabs.Tab value="roads">{t('office.roads')}</Tabs.Tab>
        <Tabs.Tab value="policies">{t('office.policies')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="now"><Now /></Tabs.Panel>
      <Tabs.Panel value="refusals"><Refusals /></Tabs.Panel>
      <Tabs.Panel value="load"><Load /></Tabs.Panel>
      <Tabs.Panel value="counterparts"><Counterparts /></Tabs.Panel>
      <Tabs.Panel value="experts"><Experts /></Tabs.Panel>
      <Tabs.Panel value="lines"><Lines /></Tabs.Panel>
      <Tabs.Panel value="series"><Series /></Tabs.Panel>
      <Tabs.Panel value="passes"><Passes /></Tabs.Panel>
      <Tabs.Panel value="roads"><Roads /></Tabs.Panel>
      {/* Once opened it is kept while something else is looked at: a draft half written is not lost. */}
      <Tabs.Panel value="policies" keepMounted>{opened && <Policies />}</Tabs.Panel>
    </Tabs>
  );
}

function Now() {
  const asked = useJourneys();
  return <Asking asked={asked}>{({ journeys }) => <Late journeys={journeys} />}</Asking>;
}

function Late({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const me = useMe();
  const { id, select, journey } = useSelection(journeys);
  const ours = journeys.filter(({ step }) => step?.owner.role === me.data?.actor.role);
  const late = journeys.filter(({ step }) => step !== undefined && step.missed.length > 0 && step.owner.role !== me.data?.actor.role);
  return (
    <Split
      list={
        <>
          {ours.length > 0 && <JourneyList name={t('office.ours')} journeys={ours} selected={id} onSelect={select} empty="" keyboard={false} />}
          <JourneyList name={t('office.late')} journeys={late} selected={id} onSelect={select} empty={t('office.late-empty')} />
        </>
      }
      aside={<><StatusMatters /><Promises onSelect={select} /><Closures /><Locks /></>}
      detail={journey && <JourneyWork journey={journey} primaryKey="a" onClose={() => select(undefined)} />}
    />
  );
}
