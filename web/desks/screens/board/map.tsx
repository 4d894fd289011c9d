import { lazy, Suspense, useMemo } from 'react';
import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import type { RouteAnswer } from './queries.ts';
import { useRestrictions } from '../../data/queries.ts';
import { ACUITY_SHAPES } from '../../journey/shapes.ts';
import { Legend, useGroundLegend } from '../../map/legend.tsx';
import { restrictionFeatures } from '../../map/restrictions.ts';
import { useWords } from '../../shell/language.tsx';
import { Loading } from '../../shell/states.tsx';
import { addBoardMarks, boardLayers, markPath, people, posts, units, ways, type UnitMark } from './features.ts';
import { minutesOf } from './notes.ts';

const CityMap = lazy(() => import('../../map/city-map.tsx'));

interface MapProps {
  readonly board: BoardView;
  readonly call: BoardCall | undefined;
  /** The unit that would go, or is on its way. */
  readonly unit: string | undefined;
  readonly route: RouteAnswer | undefined;
  readonly onSelect: (journey: string) => void;
}

/** Where everybody is, who comes by which way, and what stands on the roads. */
export function BoardMap({ board, call, unit, route, onSelect }: MapProps) {
  const { t } = useWords();
  const restrictions = useRestrictions().data?.restrictions;
  const ground = useGroundLegend();
  const data = useMemo(() => ({
    restrictions: restrictionFeatures(restrictions ?? []), posts: posts(board),
    ways: ways(route, board.units.find((one) => one.unit === unit), call?.place),
    units: units(board, unit, (ms) => t('time.minutes', { minutes: minutesOf(ms / 1000) })), people: people(board, call?.journey),
  }), [restrictions, board, call, unit, route, t]);
  return (
    <>
      <Suspense fallback={<Loading />}>
        <CityMap
          label={t('board.map')} layers={boardLayers} data={data} marks={addBoardMarks} pressable={['people', 'units']} see={call?.place}
          onPress={(id) => id !== '' && onSelect(id)}
        />
      </Suspense>
      <Legend rows={[
        { mark: <path d={ACUITY_SHAPES.I} transform="scale(0.65) translate(6 0)" fill="currentColor" />, says: t('board.legend-call') },
        ...(['free', 'out', 'lost', 'away'] as const).map((mark) => ({ mark: <Mark mark={mark} />, says: t(`board.legend-${mark}`) })),
        { mark: <circle cx="12" cy="8" r="3" fill="none" stroke="currentColor" />, says: t('board.legend-post') },
        { mark: <path d="M2 8h20" stroke="currentColor" strokeWidth="4" opacity="0.75" />, says: t('board.legend-way') },
        { mark: <path d="M2 8h20" stroke="currentColor" strokeWidth="2.5" strokeDasharray="5 4" />, says: t('board.legend-way-estimate') },
        ...ground,
      ]} />
    </>
  );
}

function Mark({ mark }: { readonly mark: UnitMark }) {
  const { path, filled } = markPath(mark);
  return <path d={path} transform="translate(4 0)" stroke="currentColor" strokeWidth="1.4" fill={filled ? 'currentColor' : 'none'} />;
}
