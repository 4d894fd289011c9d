import type * as GeoJSON from 'geojson';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { say } from '../../../shared/words.ts';
import type { CityAnswer, UnitAnswer } from '../../data/contract.ts';

interface Point {
  readonly lon: number;
  readonly lat: number;
}
const point = ({ lon, lat }: Point, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] },
});
const collection = (features: readonly GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: [...features] });

/** Institutions, town and district names: the ground one finds one's way by. */
export function places(city: CityAnswer): GeoJSON.FeatureCollection {
  return collection([
    ...city.institutions.map(({ place, name, services }) => point(place, { kind: 'institution', name: say(name), emergency: services.includes('emergency') })),
    ...city.towns.map(({ centre, name }) => point(centre, { kind: 'town', name: say(name) })),
    ...city.districts.flatMap(({ centre, name, code }) => {
      const at = centre ?? middle(city.towns.filter(({ district }) => district === code).map((town) => town.centre));
      return at ? [point(at, { kind: 'district', name: say(name) })] : [];
    }),
  ]);
}

/** People who wait or ride, each with the shape of their acuity. */
export function people(journeys: readonly JourneyView[], selected: string | undefined): GeoJSON.FeatureCollection {
  return collection(journeys.filter(({ holder }) => !holder.startsWith('institution:')).map((journey) =>
    point(journey.point, { id: journey.id, acuity: journey.acuity, name: journey.person.name, selected: journey.id === selected })));
}

/** Stations with how many units stand free there. */
export function units(fleet: readonly UnitAnswer[]): GeoJSON.FeatureCollection {
  const stations = Map.groupBy(fleet, ({ station }) => station);
  return collection([...stations.values()].map((list) =>
    point(list[0]!.point, { free: list.filter(({ journey }) => journey === undefined).length, all: list.length })));
}

/** The way of the open journey. A straight line on purpose: a drawn road would promise a route nobody has checked. */
export function ways(journey: JourneyView | undefined): GeoJSON.FeatureCollection {
  if (!journey?.institution) return collection([]);
  const { point: from, institution: { point: to } } = journey;
  return collection([{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [[from.lon, from.lat], [to.lon, to.lat]] } }]);
}

/** A net of tenths of a degree (about 9 × 11 km here), so that distances can be judged without a map behind. */
export function graticule({ bounds: { west, south, east, north } }: CityAnswer): GeoJSON.FeatureCollection {
  const step = 0.1;
  const lines: GeoJSON.Feature[] = [];
  const line = (coordinates: [number, number][]): void => void lines.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } });
  for (let lon = Math.floor(west / step) * step; lon <= east + step; lon += step) line([[lon, south - step], [lon, north + step]]);
  for (let lat = Math.floor(south / step) * step; lat <= north + step; lat += step) line([[west - step, lat], [east + step, lat]]);
  return collection(lines);
}

function middle(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { lon: mean(points.map(({ lon }) => lon)), lat: mean(points.map(({ lat }) => lat)) };
}
