import type * as GeoJSON from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { JourneyView } from '../../../../src/journey/index.ts';
import type { UnitAnswer } from '../../data/contract.ts';
import { haloOf, MAP_FONT, type Colours } from '../../map/colours.ts';
import { collection, lineFeature, pointFeature } from '../../map/features.ts';
import { restrictionLayers } from '../../map/restrictions.ts';

/** What the board draws above the ground: sources `restrictions`, `ways`, `units`, `people`. */
export function boardLayers(colours: Colours): LayerSpecification[] {
  const { ink } = colours;
  return [
    ...restrictionLayers(colours),
    { id: 'ways', type: 'line', source: 'ways', paint: { 'line-color': ink, 'line-width': 2, 'line-dasharray': [2, 1.5] } },
    {
      id: 'units', type: 'symbol', source: 'units',
      layout: {
        'text-field': ['concat', ['to-string', ['get', 'free']], '/', ['to-string', ['get', 'all']]], 'text-font': MAP_FONT, 'text-size': 11,
        'text-anchor': 'left', 'text-offset': [0.8, -0.6],
      },
      paint: { 'text-color': ink, ...haloOf(colours) },
    },
    {
      id: 'people', type: 'symbol', source: 'people',
      layout: {
        'icon-image': ['concat', 'acuity-', ['get', 'acuity']], 'icon-allow-overlap': true, 'icon-size': ['case', ['get', 'selected'], 1.35, 0.9],
        'symbol-sort-key': ['match', ['get', 'acuity'], 'I', 4, 'II', 3, 'III', 2, 1],
      },
    },
  ];
}

/** People who wait or ride, each with the shape of their acuity. */
export function people(journeys: readonly JourneyView[], selected: string | undefined): GeoJSON.FeatureCollection {
  return collection(journeys.filter(({ holder }) => !holder.startsWith('institution:')).map((journey) =>
    pointFeature(journey.point, { id: journey.id, acuity: journey.acuity, name: journey.person.name, selected: journey.id === selected })));
}

/** Stations with how many units stand free there. */
export function units(fleet: readonly UnitAnswer[]): GeoJSON.FeatureCollection {
  const stations = Map.groupBy(fleet, ({ station }) => station);
  return collection([...stations.values()].map((list) =>
    pointFeature(list[0]!.point, { free: list.filter(({ journey }) => journey === undefined).length, all: list.length })));
}

/** The way of the open journey. A straight line on purpose: a drawn road would promise a route nobody has checked. */
export function ways(journey: JourneyView | undefined): GeoJSON.FeatureCollection {
  if (!journey?.institution) return collection([]);
  const { point: from, institution: { point: to } } = journey;
  return collection([lineFeature([[from.lon, from.lat], [to.lon, to.lat]])]);
}
