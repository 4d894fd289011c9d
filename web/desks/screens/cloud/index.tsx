import type { JourneyView } from '../../../../src/journey/index.ts';
import { useJourneys } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { QuickAction } from '../../journey/quick.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { Prescription } from './prescription.tsx';

/** The cloud clinic: the next patient with everything known, the answer, the medicine. */
export default function Cloud() {
  const asked = useJourneys();
  return <Asking asked={asked}>{({ journeys }) => <Board journeys={journeys} />}</Asking>;
}

function Board({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const remote = journeys.filter(({ pathway, visit }) => pathway === 'remote' || visit !== undefined);
  const waits = ({ actions }: JourneyView): boolean => actions.some(({ type }) => ['takeVisit', 'answerVisit', 'amendPrescription', 'checkPrescription', 'dispense', 'handToCourier'].includes(type));
  const { id, select, journey } = useSelection(remote);
  return (
    <Split
      list={
        <>
          <JourneyList
            name={t('cloud.waiting')} journeys={remote.filter(waits)} selected={id} onSelect={select} empty={t('cloud.waiting-empty')}
            beside={(one) => <QuickAction journey={one} types={['takeVisit', 'checkPrescription', 'dispense']} />}
          />
          <JourneyList name={t('cloud.others')} journeys={remote.filter((one) => !waits(one))} selected={id} onSelect={select} empty={t('cloud.others-empty')} keyboard={false} />
        </>
      }
      detail={journey && (
        <>
          {journey.visit && <Prescription visit={journey.visit} />}
          <JourneyWork journey={journey} primaryKey="t" onClose={() => select(undefined)} />
        </>
      )}
    />
  );
}
