import 'maplibre-gl/dist/maplibre-gl.css';
import '@fontsource/noto-sans-sc/400.css';
import type * as GeoJSON from 'geojson';
import { Map as MapLibre, NavigationControl, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type SourceSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import type { Place } from '../../../src/base/index.ts';
import { language } from '../../shared/words.ts';
import type { CityAnswer } from '../data/contract.ts';
import { useCity, useRoadLines, useRoads } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { useTheme } from '../shell/theme.ts';
import { coloursNow, type Colours } from './colours.ts';
import { boundsOf, groundLayers, groundSources, roadFeatures } from './ground.ts';
import { addHatch } from './restrictions.ts';

// Without it the worker is looked for beside the page and the map stays blank.
setWorkerUrl(workerUrl);

export interface CityMapProps {
  /** What a screen reader calls it. Whatever the map does, a list beside it does too. */
  readonly label: string;
  /** The screen's own layers above the ground, each with a source of `data`; fixed as long as the map is drawn. */
  readonly layers: (colours: Colours) => readonly LayerSpecification[];
  /** What is drawn, by source. The same object is not drawn again. */
  readonly data: Readonly<Record<string, GeoJSON.FeatureCollection>>;
  /** Marks that the layers name; `hatch` and the ground's own are there. */
  readonly marks?: (map: MapLibre, colours: Colours) => void;
  /** Pressed on a feature of one of these layers: its `id`. */
  readonly pressable?: readonly string[];
  readonly onPress?: (id: string, layer: string) => void;
  /** Pressed anywhere else, to draw or to point. */
  readonly onPoint?: (place: Place) => void;
  /** A place is brought into view when it is not; of several the map shows all, from near by. */
  readonly see?: Place | readonly Place[] | undefined;
}

/** The city, drawn from its own data: no map of a foreign server has to be reachable on the worst day. Fetched only where it is shown. */
export default function CityMap(props: CityMapProps) {
  const city = useCity();
  useWords();
  const theme = useTheme();
  if (!city.data) return <div className="map" />;
  // Another language or theme is another map: its labels and colours are drawn once.
  return <Drawn key={`${language()}${theme}`} city={city.data} {...props} />;
}

const NOTHING: SourceSpecification = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };

function Drawn({ city, label, layers, data, marks, pressable = [], onPress, onPoint, see }: CityMapProps & { readonly city: CityAnswer }) {
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre>();
  const [part, setPart] = useState<string>();
  const roads = useRoads().data;
  const lines = useRoadLines(part, roads?.travel === 'roads' ? roads.importedAt : undefined).data;
  // What a press does may change without the map being drawn again.
  const now = useRef({ onPress, onPoint });
  now.current = { onPress, onPoint };
  const fixed = useRef({ layers, marks, pressable, sources: Object.keys(data) });

  useEffect(() => {
    let made: MapLibre | undefined;
    let dropped = false;
    void ready(city).then(() => {
      if (dropped || !box.current) return;
      const colours = coloursNow();
      const own = fixed.current.layers(colours);
      made = new MapLibre({
        container: box.current, localIdeographFontFamily: '"Noto Sans SC", sans-serif', attributionControl: false,
        style: {
          version: 8, sources: { ...groundSources(city), ...Object.fromEntries(fixed.current.sources.map((name) => [name, NOTHING])) },
          layers: groundLayers(colours),
        },
        bounds: boundsOf(city), fitBoundsOptions: { padding: 24 }, dragRotate: false, pitchWithRotate: false,
      });
      made.addControl(new NavigationControl({ showCompass: false }));
      made.on('load', () => {
        addHatch(made!, colours);
        fixed.current.marks?.(made!, colours);
        // What stands on the roads never hides a hospital.
        for (const layer of own) made!.addLayer(layer, 'source' in layer && layer.source === 'restrictions' ? 'towns' : undefined);
        setMap(made);
        setPart(partOf(made!));
      });
      made.on('moveend', () => setPart(partOf(made!)));
      made.on('click', ({ point, lngLat }) => {
        const [met] = made!.queryRenderedFeatures(point, { layers: fixed.current.pressable.filter((id) => made!.getLayer(id)) });
        const id: unknown = met?.properties['id'];
        if (typeof id === 'string' && now.current.onPress) now.current.onPress(id, met!.layer.id);
        else now.current.onPoint?.({ lon: lngLat.lng, lat: lngLat.lat });
      });
    });
    return () => {
      dropped = true;
      made?.remove();
    };
  }, [city]);

  useEffect(() => {
    for (const [source, drawn] of Object.entries(data)) map?.getSource<GeoJSONSource>(source)?.setData(drawn);
  }, [map, data]);
  useEffect(() => {
    if (lines) map?.getSource<GeoJSONSource>('roads')?.setData(roadFeatures(lines));
  }, [map, lines]);
  useEffect(() => {
    if (!map || !see) return;
    if ('lon' in see) {
      if (!map.getBounds().contains(see)) map.easeTo({ center: see, animate: false });
      return;
    }
    const [lons, lats] = [see.map(({ lon }) => lon), see.map(({ lat }) => lat)];
    map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: 80, maxZoom: 14.5, animate: false });
  }, [map, see]);

  // The map writes its own classes on the box; the one around it is ours.
  return <div className={onPoint ? 'map map-pointing' : 'map'} role="region" aria-label={label}><div ref={box} className="map-box" /></div>;
}

/** What is looked at, in steps of about 100 m: a small move asks for nothing new. */
function partOf(map: MapLibre): string {
  const bounds = map.getBounds();
  const sides = { west: Math.floor(bounds.getWest() * 1e3) / 1e3, south: Math.floor(bounds.getSouth() * 1e3) / 1e3, east: Math.ceil(bounds.getEast() * 1e3) / 1e3, north: Math.ceil(bounds.getNorth() * 1e3) / 1e3 };
  return new URLSearchParams(Object.entries(sides).map(([side, degrees]) => [side, `${degrees}`])).toString();
}

/** Labels drawn before their font is here stay empty for good. */
async function ready(city: CityAnswer): Promise<void> {
  const letters = [...city.institutions, ...city.districts].map(({ name }) => name.zh).join('');
  await document.fonts.load('400 16px "Noto Sans SC"', letters).catch(() => []);
}
