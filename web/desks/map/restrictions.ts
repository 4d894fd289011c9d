import type * as GeoJSON from 'geojson';
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import type { Place } from '../../../src/base/index.ts';
import type { RestrictionAnswer } from '../data/contract.ts';
import type { Colours } from './colours.ts';
import { areaFeature, collection } from './features.ts';

/** What stands on the roads. One that is still to come is drawn thinner. */
export function restrictionFeatures(restrictions: readonly RestrictionAnswer[], selected?: string): GeoJSON.FeatureCollection {
  return collection(restrictions.map(({ id, kind, area, inForce }) => areaFeature(ringOf(area), { id, kind, inForce, selected: id === selected })));
}

/** Pattern and outline say what it is: hatched is closed, long dashes are guarded edges, dots are a single guarded point. */
export function restrictionLayers({ ink, focus }: Colours): LayerSpecification[] {
  const width: ['case', ...unknown[]] = ['case', ['get', 'selected'], 5, ['get', 'inForce'], 3, 1.2];
  const colour: ['case', ...unknown[]] = ['case', ['get', 'selected'], focus, ink];
  const edge = (id: string, kinds: readonly string[], dashes?: number[]): LayerSpecification => ({
    id, type: 'line', source: 'restrictions', filter: ['in', ['get', 'kind'], ['literal', [...kinds]]],
    paint: { 'line-color': colour as never, 'line-width': width as never, ...(dashes && { 'line-dasharray': dashes }) },
  });
  return [
    // Also what a finger or a pointer meets: an outline alone is too thin to hit.
    { id: 'restrictions', type: 'fill', source: 'restrictions', paint: { 'fill-color': ink, 'fill-opacity': 0.07 } },
    { id: 'restriction-closed', type: 'fill', source: 'restrictions', filter: ['==', ['get', 'kind'], 'closure'], paint: { 'fill-pattern': 'hatch' } },
    edge('restriction-closure', ['closure']),
    edge('restriction-cordon', ['cordon'], [3, 1.5]),
    edge('restriction-guards', ['checkpoint', 'gate'], [0.6, 0.8]),
  ];
}

/** The pattern of a closure; before the layers above are drawn. */
export function addHatch(map: MapLibre, { ink }: Colours): void {
  const side = 12;
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
  }
  pen.stroke();
  map.addImage('hatch', pen.getImageData(0, 0, side, side), { pixelRatio: 2 });
}

const CORNERS = 40;
const METERS_PER_DEGREE = 111_195;

/** A circle as a ring, for a map that knows only corners. */
export function ringOf(area: RestrictionAnswer['area']): readonly Place[] {
  if ('ring' in area) return area.ring;
  const { centre, radiusMeters } = area;
  const high = radiusMeters / METERS_PER_DEGREE;
  const wide = high / Math.cos((centre.lat * Math.PI) / 180);
  return Array.from({ length: CORNERS }, (_, index) => {
    const turn = (index / CORNERS) * 2 * Math.PI;
    return { lon: centre.lon + wide * Math.cos(turn), lat: centre.lat + high * Math.sin(turn) };
  });
}
