import { lazy, Suspense, useMemo } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import type { UnitAnswer } from '../../data/contract.ts';
import { useRestrictions } from '../../data/queries.ts';
import { addAcuityMarks } from '../../map/acuity-marks.ts';
import { Legend, useGroundLegend } from '../../map/legend.tsx';
import { restrictionFeatures } from '../../map/restrictions.ts';
import { useWords } from '../../shell/language.tsx';
import { Loading } from '../../shell/states.tsx';
import { boardLayers, people, units, ways } from './features.ts';

const CityMap = lazy(() => import('../../map/city-map.tsx'));

interface MapProps {
  readonly journeys: readonly JourneyView[];
  readonly selected: JourneyView | undefined;
  readonly units: readonly UnitAnswer[];
  readonly onSelect: (id: string) => void;
}

/** Where everybody is, who comes, and what stands on the roads. */
export function BoardMap({ journeys, selected, units: fleet, onSelect }: MapProps) {
  const { t } = useWords();
  const restrictions = useRestrictions().data?.restrictions;
  const legend = useGroundLegend();
  const data = useMemo(() => ({
    restrictions: restrictionFeatures(restrictions ?? []), ways: ways(selected), units: units(fleet), people: people(journeys, selected?.id),
  }), [restrictions, selected, fleet, journeys]);
  return (
    <>
      <Suspense fallback={<Loading />}>
        <CityMap label={t('board.map')} layers={boardLayers} data={data} marks={addAcuityMarks} pressable={['people']} onPress={onSelect} see={selected?.point} />
      </Suspense>
      <Legend rows={legend} />
    </>
  );
}
