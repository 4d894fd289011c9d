import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { CityAnswer } from '../../data/contract.ts';
import { graticule } from './features.ts';

const EMPTY: GeoJSONSourceSpecification = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
const FONT = ['Noto Sans SC'];

/** Ink on paper, in the page's own colours; colour is left to acuity. */
export function styleOf(city: CityAnswer): StyleSpecification {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(`--${name}`).trim();
  const [paper, ink, quiet, line] = [colour('paper-sunken'), colour('ink'), colour('ink-quiet'), colour('line')];
  const halo = { 'text-halo-color': paper, 'text-halo-width': 1.5 };
  return {
    version: 8,
    sources: {
      net: { type: 'geojson', data: graticule(city) }, places: EMPTY, units: EMPTY, ways: EMPTY, people: EMPTY,
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': paper } },
      { id: 'net', type: 'line', source: 'net', paint: { 'line-color': line, 'line-width': 0.7 } },
      {
        id: 'towns', type: 'symbol', source: 'places', minzoom: 11.5, filter: ['==', ['get', 'kind'], 'town'],
        layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11 }, paint: { 'text-color': quiet, ...halo },
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
        layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11.5, 'text-anchor': 'top', 'text-offset': [0, 0.6], 'text-max-width': 9 },
        paint: { 'text-color': ink, ...halo },
      },
      { id: 'ways', type: 'line', source: 'ways', paint: { 'line-color': ink, 'line-width': 2, 'line-dasharray': [2, 1.5] } },
      {
        id: 'units', type: 'symbol', source: 'units',
        layout: {
          'text-field': ['concat', ['to-string', ['get', 'free']], '/', ['to-string', ['get', 'all']]], 'text-font': FONT, 'text-size': 11,
          'text-anchor': 'left', 'text-offset': [0.8, -0.6],
        },
        paint: { 'text-color': ink, ...halo },
      },
      {
        id: 'districts', type: 'symbol', source: 'places', maxzoom: 12.5, filter: ['==', ['get', 'kind'], 'district'],
        layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 15, 'text-letter-spacing': 0.08, 'text-max-width': 8 },
        paint: { 'text-color': quiet, ...halo },
      },
      {
        id: 'people', type: 'symbol', source: 'people',
        layout: {
          'icon-image': ['concat', 'acuity-', ['get', 'acuity']], 'icon-allow-overlap': true, 'icon-size': ['case', ['get', 'selected'], 1.35, 0.9],
          'symbol-sort-key': ['match', ['get', 'acuity'], 'I', 4, 'II', 3, 'III', 2, 1],
        },
      },
    ],
  };
}
