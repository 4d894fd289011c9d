import 'maplibre-gl/dist/maplibre-gl.css';
import '@fontsource/noto-sans-sc/400.css';
import type * as GeoJSON from 'geojson';
import { Map as CityMap, NavigationControl, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { language } from '../../../shared/words.ts';
import type { CityAnswer, UnitAnswer } from '../../data/contract.ts';
import { useCity } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';
import { addShapes } from './shapes.ts';
import { people, places, units, ways } from './features.ts';
import { styleOf } from './style.ts';

// Without it the worker is looked for beside the page and the map stays blank.
setWorkerUrl(workerUrl);

interface MapProps {
  readonly journeys: readonly JourneyView[];
  readonly selected: JourneyView | undefined;
  readonly units: readonly UnitAnswer[];
  readonly onSelect: (id: string) => void;
}

/** Where everything is, drawn from the city's own data: no map of a foreign server has to be reachable on the worst day. */
export default function BoardMap(props: MapProps) {
  const city = useCity();
  useWords();
  const theme = document.documentElement.dataset['theme'] ?? 'light';
  if (!city.data) return <div className="map" />;
  // Another language or theme is another map: its labels and colours are drawn once.
  return <Drawn key={`${language()}${theme}`} city={city.data} {...props} />;
}

function Drawn({ city, journeys, selected, units: fleet, onSelect }: MapProps & { readonly city: CityAnswer }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap>();
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    let made: CityMap | undefined;
    let dropped = false;
    void ready(city).then(() => {
      if (dropped || !box.current) return;
      made = new CityMap({
        container: box.current, style: styleOf(city), localIdeographFontFamily: '"Noto Sans SC", sans-serif', attributionControl: false,
        bounds: boundsOf(city), fitBoundsOptions: { padding: 24 }, dragRotate: false, pitchWithRotate: false,
      });
      made.addControl(new NavigationControl({ showCompass: false }));
      made.on('load', () => {
        addShapes(made!);
        setMap(made);
      });
      made.on('click', 'people', ({ features }) => {
        const id: unknown = features?.[0]?.properties['id'];
        if (typeof id === 'string') select.current(id);
      });
    });
    return () => {
      dropped = true;
      made?.remove();
    };
  }, [city]);

  useEffect(() => set(map, 'people', people(journeys, selected?.id)), [map, journeys, selected]);
  useEffect(() => set(map, 'units', units(fleet)), [map, fleet]);
  useEffect(() => set(map, 'ways', ways(selected)), [map, selected]);
  useEffect(() => set(map, 'places', places(city)), [map, city]);
  useEffect(() => {
    if (map && selected && !map.getBounds().contains(selected.point)) map.easeTo({ center: selected.point, animate: false });
  }, [map, selected]);

  return <div ref={box} className="map" role="region" aria-label={t('board.map')} />;
}

function set(map: CityMap | undefined, source: string, data: GeoJSON.FeatureCollection): void {
  map?.getSource<GeoJSONSource>(source)?.setData(data);
}

/** Labels drawn before their font is here stay empty for good. */
async function ready(city: CityAnswer): Promise<void> {
  const letters = [...city.institutions, ...city.districts].map(({ name }) => name.zh).join('');
  await document.fonts.load('400 16px "Noto Sans SC"', letters).catch(() => []);
}

/** Where the hospitals are, not the whole county: nine calls of ten come from there, and one can zoom out. */
function boundsOf({ institutions, bounds }: CityAnswer): [number, number, number, number] {
  if (institutions.length < 3) return [bounds.west, bounds.south, bounds.east, bounds.north];
  const at = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;
  const lons = institutions.map(({ place }) => place.lon);
  const lats = institutions.map(({ place }) => place.lat);
  return [at(lons, 0.15), at(lats, 0.15), at(lons, 0.85), at(lats, 0.85)];
}
