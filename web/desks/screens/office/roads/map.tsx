import type * as GeoJSON from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { lazy, Suspense, useMemo } from 'react';
import type { Place } from '../../../../../src/base/index.ts';
import type { RestrictionAnswer } from '../../../data/contract.ts';
import type { Colours } from '../../../map/colours.ts';
import { areaFeature, collection, lineFeature, pointFeature } from '../../../map/features.ts';
import { Legend, useGroundLegend } from '../../../map/legend.tsx';
import { restrictionFeatures, restrictionLayers, ringOf } from '../../../map/restrictions.ts';
import { useWords } from '../../../shell/language.tsx';
import { Loading } from '../../../shell/states.tsx';
import { alongside, placesOf, type Draft } from './draft.ts';

const CityMap = lazy(() => import('../../../map/city-map.tsx'));

interface RoadsMapProps {
  readonly restrictions: readonly RestrictionAnswer[];
  readonly selected: string | undefined;
  readonly draft: Draft | undefined;
  readonly onSelect: (id: string) => void;
  /** There while something is being drawn: a press is a corner then. */
  readonly onPoint: ((place: Place) => void) | undefined;
}

export function RoadsMap({ restrictions, selected, draft, onSelect, onPoint }: RoadsMapProps) {
  const { t } = useWords();
  const legend = useGroundLegend();
  const data = useMemo(() => ({ restrictions: restrictionFeatures(restrictions, selected), draft: draftFeatures(draft) }), [restrictions, selected, draft]);
  const chosen = restrictions.find(({ id }) => id === selected);
  const see = useMemo(() => chosen && ringOf(chosen.area), [chosen]);
  return (
    <>
      {draft && <p className="quiet">{t(draft.shape === 'spot' ? 'roads.press-spot' : 'roads.press-corner')}</p>}
      <Suspense fallback={<Loading />}>
        <CityMap
          label={t('roads.map')} layers={layers} data={data} pressable={['restrictions']} see={see}
          {...(onPoint ? { onPoint } : { onPress: onSelect })}
        />
      </Suspense>
      <Legend rows={legend} />
    </>
  );
}

function layers(colours: Colours): LayerSpecification[] {
  const { focus, paper } = colours;
  return [
    ...restrictionLayers(colours),
    { id: 'draft-area', type: 'fill', source: 'draft', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': focus, 'fill-opacity': 0.15 } },
    { id: 'draft-edge', type: 'line', source: 'draft', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': focus, 'line-width': 3 } },
    {
      id: 'draft-corners', type: 'circle', source: 'draft', filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-color': paper, 'circle-radius': 5, 'circle-stroke-color': focus, 'circle-stroke-width': 3 },
    },
  ];
}

function draftFeatures(draft: Draft | undefined): GeoJSON.FeatureCollection {
  if (!draft) return collection([]);
  const { read } = placesOf(draft);
  const corners = read.map((place) => pointFeature(place, {}));
  const [first] = read;
  const radiusMeters = Number(draft.radiusMeters);
  if (draft.shape === 'spot') return collection([...(first && radiusMeters > 0 ? [areaFeature(ringOf({ centre: first, radiusMeters }), {})] : []), ...corners]);
  const outline = read.length < 2 ? [] : draft.shape === 'line' ? [areaFeature(alongside(read), {})]
    : read.length === 2 ? [lineFeature(read.map(({ lon, lat }) => [lon, lat] as const))] : [areaFeature(read, {})];
  return collection([...outline, ...corners]);
}
