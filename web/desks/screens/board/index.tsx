import type { JourneyView } from '../../../../src/journey/index.ts';
import type { UnitAnswer } from '../../data/contract.ts';
import { useJourneys, useUnits } from '../../data/queries.ts';
import { JourneyList } from '../../journey/list.tsx';
import { JourneyWork } from '../../journey/work.tsx';
import { useWords } from '../../shell/language.tsx';
import { Split, useSelection } from '../../shell/split.tsx';
import { Asking } from '../../shell/states.tsx';
import { BoardMap } from './map.tsx';
import { Units } from './units.tsx';

/** One and the same, so that nothing is drawn again for nothing. */
const NO_UNITS: readonly UnitAnswer[] = [];

/** The 120 board: who waits for a unit, which units there are, where everything is. One key sends. */
export default function Board() {
  const asked = useJourneys();
  return <Asking asked={asked}>{({ journeys }) => <Work journeys={journeys} />}</Asking>;
}

function Work({ journeys }: { readonly journeys: readonly JourneyView[] }) {
  const { t } = useWords();
  const units = useUnits();
  const emergencies = journeys.filter(({ mission, transport, step }) => mission !== undefined || transport === 'ambulance' || step?.owner.role === 'dispatcher');
  const waiting = emergencies.filter(({ step }) => step?.owner.role === 'dispatcher');
  const running = emergencies.filter((one) => !waiting.includes(one) && one.mission?.times.inService === undefined && one.arrival?.receivedAt === undefined);
  const { id, select, journey } = useSelection(journeys);
  return (
    <Split
      list={
        <>
          <JourneyList name={t('board.waiting')} journeys={waiting} selected={id} onSelect={select} empty={t('board.waiting-empty')} />
          <JourneyList name={t('board.running')} journeys={running} selected={id} onSelect={select} empty={t('board.running-empty')} keyboard={false} />
        </>
      }
      aside={
        <>
          <BoardMap journeys={emergencies} selected={journey} units={units.data?.units ?? NO_UNITS} onSelect={select} />
          <Asking asked={units}>{(answer) => <Units units={answer.units} journeys={journeys} onSelect={select} />}</Asking>
        </>
      }
      detail={journey && <JourneyWork journey={journey} primaryKey="s" onClose={() => select(undefined)} />}
    />
  );
}
