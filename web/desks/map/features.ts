import type * as GeoJSON from 'geojson';
import type { Place } from '../../../src/base/index.ts';

/** Pieces every layer is made of. */
export const pointFeature = ({ lon, lat }: Place, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] },
});
export const lineFeature = (coordinates: readonly (readonly [number, number])[], properties: GeoJSON.GeoJsonProperties = {}): GeoJSON.Feature => ({
  type: 'Feature', properties, geometry: { type: 'LineString', coordinates: coordinates.map(([lon, lat]) => [lon, lat]) },
});
/** @param ring corners in order; the first is not repeated */
export const areaFeature = (ring: readonly Place[], properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)].map(({ lon, lat }) => [lon, lat])] },
});
export const collection = (features: readonly GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: [...features] });
