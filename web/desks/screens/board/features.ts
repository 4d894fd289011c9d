import type * as GeoJSON from 'geojson';
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import type { BoardView, UnitView } from '../../../../src/dispatch/index.ts';
import type { RouteAnswer } from './queries.ts';
import { addAcuityMarks } from '../../map/acuity-marks.ts';
import { haloOf, MAP_FONT, type Colours } from '../../map/colours.ts';
import { collection, lineFeature, pointFeature } from '../../map/features.ts';
import { restrictionLayers } from '../../map/restrictions.ts';

/** How a unit stands on the map: four shapes in ink, told apart without colour. */
export type UnitMark = 'free' | 'out' | 'lost' | 'away';

export function unitMark({ state, lostContact }: Pick<UnitView, 'state' | 'lostContact'>): UnitMark {
  if (lostContact) return 'lost';
  if (state === 'idle' || state === 'returning') return 'free';
  return state === 'toPatient' || state === 'withPatient' ? 'out' : 'away';
}

/** What the board draws above the ground: sources `restrictions`, `posts`, `ways`, `units`, `people`. */
export function boardLayers(colours: Colours): LayerSpecification[] {
  const { ink, quiet, paper } = colours;
  const halo = haloOf(colours);
  return [
    ...restrictionLayers(colours),
    { id: 'posts', type: 'circle', source: 'posts', paint: { 'circle-radius': 3, 'circle-color': paper, 'circle-stroke-color': quiet, 'circle-stroke-width': 1 } },
    { id: 'way-known', type: 'line', source: 'ways', filter: ['get', 'known'], layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ink, 'line-width': 4, 'line-opacity': 0.75 } },
    { id: 'way-estimate', type: 'line', source: 'ways', filter: ['!', ['get', 'known']], paint: { 'line-color': ink, 'line-width': 2.5, 'line-dasharray': [2, 1.5] } },
    {
      id: 'units', type: 'symbol', source: 'units',
      layout: {
        'icon-image': ['concat', 'unit-', ['get', 'mark']], 'icon-allow-overlap': true, 'icon-size': ['case', ['get', 'selected'], 1.4, 1],
        'symbol-sort-key': ['match', ['get', 'mark'], 'lost', 3, 'out', 2, 1],
      },
    },
    {
      id: 'unit-names', type: 'symbol', source: 'units', minzoom: 10.5,
      layout: { 'text-field': ['get', 'label'], 'text-font': MAP_FONT, 'text-size': 10.5, 'text-anchor': 'left', 'text-offset': [0.8, 0], 'text-optional': true },
      paint: { 'text-color': ink, ...halo },
    },
    {
      id: 'people', type: 'symbol', source: 'people',
      layout: {
        'icon-image': ['concat', 'acuity-', ['get', 'acuity']], 'icon-allow-overlap': true, 'icon-size': ['case', ['get', 'selected'], 1.5, ['get', 'waits'], 1, 0.65],
        'symbol-sort-key': ['match', ['get', 'acuity'], 'I', 4, 'II', 3, 'III', 2, 1],
      },
    },
  ];
}

/** People whom nobody has reached, each with the shape of their acuity; smaller once a unit is on its way. */
export function people({ calls }: Pick<BoardView, 'calls'>, selected: string | undefined): GeoJSON.FeatureCollection {
  return collection(calls.map(({ journey, acuity, name, place, unit }) =>
    pointFeature(place, { id: journey, acuity, name, waits: unit === undefined, selected: journey === selected })));
}

/** Where standby points are. */
export function posts({ posts: list }: Pick<BoardView, 'posts'>): GeoJSON.FeatureCollection {
  return collection(list.map(({ code, place }) => pointFeature(place, { id: code })));
}

/**
 * Units where they were last heard of. Those that stand at one place are one mark with their number, or a station with ten would
 * be ten names on one spot; one on the road has its own, with how old its place is.
 * @param age says an age in words
 */
export function units({ units: fleet, at }: Pick<BoardView, 'units' | 'at'>, selected: string | undefined, age: (ms: number) => string): GeoJSON.FeatureCollection {
  const spots = Map.groupBy(fleet, (unit) => {
    const mark = unitMark(unit);
    return mark === 'free' ? `${mark} ${unit.place.lon.toFixed(4)} ${unit.place.lat.toFixed(4)}` : unit.unit;
  });
  return collection([...spots.values()].map((list) => {
    const [first] = list as [UnitView];
    const mark = unitMark(first);
    const old = mark === 'out' || mark === 'lost' ? ` ${age(at - first.placeAt)}` : '';
    return pointFeature(first.place, {
      id: first.journey ?? '', mark, label: list.length > 1 ? `× ${list.length}` : `${first.unit}${old}`,
      selected: list.some(({ unit }) => unit === selected),
    });
  }));
}

/** The way of the unit to the open call: on roads as it would be driven, else a straight dashed line that promises no road. */
export function ways(route: RouteAnswer | undefined, from: UnitView | undefined, to: { readonly lon: number; readonly lat: number } | undefined): GeoJSON.FeatureCollection {
  if (route?.line && route.line.length > 1) return collection([lineFeature(route.line, { known: route.source === 'roads' && !route.noWayOpen })]);
  if (!from || !to) return collection([]);
  return collection([lineFeature([[from.place.lon, from.place.lat], [to.lon, to.lat]], { known: false })]);
}

const SIDE = 16;
const SCALE = 3;
const MARKS: Readonly<Record<UnitMark, { readonly path: string; readonly filled: boolean }>> = {
  free: { path: 'M2 4h12v8H2z', filled: false },
  out: { path: 'M2 4h8l4 4-4 4H2z', filled: true },
  lost: { path: 'M2 4h8l4 4-4 4H2zM2 2l12 12M14 2 2 14', filled: false },
  away: { path: 'M2 4h12v8H2zM2 12 14 4', filled: false },
};
export const markPath = (mark: UnitMark): (typeof MARKS)[UnitMark] => MARKS[mark];

/** Marks of people and units, drawn once in the colours of the page. */
export function addBoardMarks(map: MapLibre, { ink, paper }: Colours): void {
  addAcuityMarks(map);
  for (const [mark, { path, filled }] of Object.entries(MARKS)) {
    const canvas = Object.assign(document.createElement('canvas'), { width: SIDE * SCALE, height: SIDE * SCALE });
    const pen = canvas.getContext('2d');
    if (!pen) continue;
    pen.scale(SCALE, SCALE);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.6;
    pen.fillStyle = filled ? ink : paper;
    const shape = new Path2D(path);
    pen.fill(shape);
    pen.stroke(shape);
    map.addImage(`unit-${mark}`, pen.getImageData(0, 0, SIDE * SCALE, SIDE * SCALE), { pixelRatio: SCALE });
  }
}
