import type * as GeoJSON from 'geojson';
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import { say } from '../../shared/words.ts';
import type { CityAnswer, RoadLinesAnswer } from '../data/contract.ts';
import { haloOf, MAP_FONT, type Colours } from './colours.ts';
import { collection, lineFeature, pointFeature } from './features.ts';

/** What every map of the city lies on: its roads where it has them, a net to judge distances by, institutions, and the names one finds one's way by. */
export function groundSources(city: CityAnswer): Record<string, SourceSpecification> {
  return { net: { type: 'geojson', data: graticule(city) }, roads: { type: 'geojson', data: collection([]) }, places: { type: 'geojson', data: places(city) } };
}

export function groundLayers(colours: Colours): LayerSpecification[] {
  const { paper, ink, quiet, line, strong } = colours;
  const halo = haloOf(colours);
  return [
    { id: 'paper', type: 'background', paint: { 'background-color': paper } },
    { id: 'net', type: 'line', source: 'net', paint: { 'line-color': line, 'line-width': 0.7 } },
    ...ROADS.map(([width, pixels]): LayerSpecification => ({
      id: `roads-${width}`, type: 'line', source: 'roads', filter: ['==', ['get', 'width'], width], layout: { 'line-join': 'round' },
      paint: { 'line-color': width === 'broad' ? strong : line, 'line-width': pixels },
    })),
    {
      id: 'towns', type: 'symbol', source: 'places', minzoom: 11.5, filter: ['==', ['get', 'kind'], 'town'],
      layout: { 'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 11 }, paint: { 'text-color': quiet, ...halo },
    },
    {
      id: 'institutions', type: 'circle', source: 'places', filter: ['==', ['get', 'kind'], 'institution'],
      paint: {
        'circle-radius': ['case', ['get', 'emergency'], 5, 3.5], 'circle-color': paper, 'circle-stroke-color': ink,
        'circle-stroke-width': ['case', ['get', 'emergency'], 2.5, 1.5],
      },
    },
    {
      id: 'institution-names', type: 'symbol', source: 'places', minzoom: 10.8, filter: ['==', ['get', 'kind'], 'institution'],
      layout: { 'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 11.5, 'text-anchor': 'top', 'text-offset': [0, 0.6], 'text-max-width': 9 },
      paint: { 'text-color': ink, ...halo },
    },
    {
      id: 'districts', type: 'symbol', source: 'places', maxzoom: 12.5, filter: ['==', ['get', 'kind'], 'district'],
      layout: { 'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 15, 'text-letter-spacing': 0.08, 'text-max-width': 8 },
      paint: { 'text-color': quiet, ...halo },
    },
  ];
}

/** From thin to thick, so that the thick lie above. */
const ROADS = [['street', 0.8], ['middle', 1.4], ['broad', 1.6]] as const;

export function roadFeatures(roads: RoadLinesAnswer): GeoJSON.FeatureCollection {
  return collection(ROADS.map(([width]) => ({
    type: 'Feature', properties: { width }, geometry: { type: 'MultiLineString', coordinates: roads[width].map(pairs) },
  })));
}

function pairs(flat: readonly number[]): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index]!, flat[2 * index + 1]!]);
}

function places(city: CityAnswer): GeoJSON.FeatureCollection {
  return collection([
    ...city.institutions.map(({ place, name, services }) => pointFeature(place, { kind: 'institution', name: say(name), emergency: services.includes('emergency') })),
    ...city.towns.map(({ centre, name }) => pointFeature(centre, { kind: 'town', name: say(name) })),
    ...city.districts.flatMap(({ centre, name, code }) => {
      const at = centre ?? middle(city.towns.filter(({ district }) => district === code).map((town) => town.centre));
      return at ? [pointFeature(at, { kind: 'district', name: say(name) })] : [];
    }),
  ]);
}

/** A net of tenths of a degree (about 9 × 11 km here), so that distances can be judged without a map behind. */
function graticule({ bounds: { west, south, east, north } }: CityAnswer): GeoJSON.FeatureCollection {
  const step = 0.1;
  const lines: GeoJSON.Feature[] = [];
  for (let lon = Math.floor(west / step) * step; lon <= east + step; lon += step) lines.push(lineFeature([[lon, south - step], [lon, north + step]]));
  for (let lat = Math.floor(south / step) * step; lat <= north + step; lat += step) lines.push(lineFeature([[west - step, lat], [east + step, lat]]));
  return collection(lines);
}

/** So few are seen together. */
const FEW = 10;

/** Where the hospitals are, not the whole county: nine calls of ten come from there, and one can zoom out. */
export function boundsOf({ institutions, bounds }: CityAnswer): [number, number, number, number] {
  if (institutions.length < 3) return [bounds.west, bounds.south, bounds.east, bounds.north];
  const [low, high] = institutions.length < FEW ? [0, 1] : [0.15, 0.85];
  const at = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;
  const lons = institutions.map(({ place }) => place.lon);
  const lats = institutions.map(({ place }) => place.lat);
  return [at(lons, low), at(lats, low), at(lons, high), at(lats, high)];
}

interface Point {
  readonly lon: number;
  readonly lat: number;
}
function middle(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { lon: mean(points.map(({ lon }) => lon)), lat: mean(points.map(({ lat }) => lat)) };
}
