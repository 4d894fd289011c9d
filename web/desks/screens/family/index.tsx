import './family.css';
import { Tabs } from '@mantine/core';
import { useJourneys } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { Locks } from '../../panels/locks.tsx';
import { useDayList } from '../../panels/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Import } from './import.tsx';
import { Questions } from './questions.tsx';
import { Today } from './today.tsx';

/** The family-doctor team: whom to call today, who changes teams, the list of the register, areas that are locked. */
export default function Family() {
  const { t } = useWords();
  const list = useDayList();
  const asked = (list.data?.transfers.length ?? 0) + (list.data?.questions.length ?? 0);
  return (
    <Tabs defaultValue="today" className="tabbed" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="today">{t('family.today-tab')}</Tabs.Tab>
        <Tabs.Tab value="questions">{t('family.questions')} {asked > 0 && <span className="count">{asked}</span>}</Tabs.Tab>
        <Tabs.Tab value="locks">{t('lock.areas')}</Tabs.Tab>
        <Tabs.Tab value="import">{t('family.import')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="today"><Calls /></Tabs.Panel>
      <Tabs.Panel value="questions"><Questions /></Tabs.Panel>
      <Tabs.Panel value="locks"><div className="page"><Locks /></div></Tabs.Panel>
      <Tabs.Panel value="import"><Import /></Tabs.Panel>
    </Tabs>
  );
}

function Calls() {
  const { t } = useWords();
  const journeys = useJourneys();
  const open = journeys.data?.journeys ?? [];
  const { id, select, journey } = useSelection(open);
  return (
    <Split
      list={<Today onRaised={select} />}
      aside={<JourneyList name={t('family.under-way')} journeys={open} selected={id} onSelect={select} empty={t('family.under-way-empty')} keyboard={false} />}
      detail={journey && <JourneyWork journey={journey} primaryKey="a" onClose={() => select(undefined)} />}
    />
  );
}
