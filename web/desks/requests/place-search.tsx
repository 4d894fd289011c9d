import { useDebouncedValue } from '@mantine/hooks';
import type * as GeoJSON from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import { lazy, Suspense, useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { Place } from '../../../src/base/index.ts';
import type { FoundPlace } from '../../../src/city/index.ts';
import { useCity } from '../data/queries.ts';
import type { Colours } from '../map/colours.ts';
import { collection, pointFeature } from '../map/features.ts';
import { useWords } from '../shell/language.tsx';
import { Loading } from '../shell/states.tsx';
import { foundAt, NOWHERE, townAt, type Draft } from './draft.ts';
import { LETTERS_LEAST, usePlaces } from './places.ts';

const CityMap = lazy(() => import('../map/city-map.tsx'));
const TYPING_MS = 150;

interface SearchProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

/** The caller's place by address, compound or institution, or by pointing on the map; with its gate, whom the crew will need. */
export function PlaceSearch({ draft, change }: SearchProps) {
  const { t } = useWords();
  const [pointing, setPointing] = useState(false);
  return (
    <div className="field wide place-search">
      <Letters change={change} />
      <p className="place-tools">
        {draft.point && <PointNow draft={draft} change={change} />}
        <button type="button" className="plain" aria-expanded={pointing} onClick={() => setPointing(!pointing)}>{t(pointing ? 'new.hide-map' : 'new.show-map')}</button>
      </p>
      {pointing && <Suspense fallback={<Loading />}><PointOnMap draft={draft} change={change} /></Suspense>}
    </div>
  );
}

function Letters({ change }: Pick<SearchProps, 'change'>) {
  const { t, word, say } = useWords();
  const id = useId();
  const [letters, setLetters] = useState('');
  const [wanted] = useDebouncedValue(letters.trim(), TYPING_MS);
  const asked = usePlaces(wanted);
  const towns = useCity().data?.towns ?? [];
  const found = wanted.length < LETTERS_LEAST || letters.trim().length < LETTERS_LEAST ? [] : (asked.data?.places ?? []);
  const choose = (place: FoundPlace): void => {
    setLetters('');
    change(foundAt(place, say(place.name), letters));
  };
  // Enter in the search takes the first place and never sends the form half written.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (found[0]) choose(found[0]);
  };
  return (
    <>
      <label htmlFor={id}>{t('new.find-place')}</label>
      <input id={id} type="search" autoComplete="off" placeholder={t('pick.search')} value={letters} onChange={(event) => setLetters(event.target.value)} onKeyDown={onKeyDown} />
      <div role="status" className="only-heard">{found.length > 0 && t('new.found', { count: found.length })}</div>
      {found.length > 0 && (
        <ul className="plain-rows found">
          {found.map((place) => (
            <li key={`${place.kind}${place.code}`}>
              <button type="button" className="row-open" onClick={() => choose(place)}>
                <b>{say(place.name)}</b> <span className="quiet">{word('place-kind', place.kind)} · {say(towns.find(({ code }) => code === place.town)?.name)} {place.address}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {wanted.length >= LETTERS_LEAST && asked.data && !asked.isFetching && found.length === 0 && letters !== '' && <p className="quiet">{t('new.no-place')}</p>}
    </>
  );
}

function PointNow({ draft: { point, pointName, gate }, change }: SearchProps) {
  const { t, word } = useWords();
  if (!point) return null;
  return (
    <span>
      {pointName ? t('new.point-of', { name: pointName }) : t('new.point-at', { lat: point.lat.toFixed(4), lon: point.lon.toFixed(4) })}
      {gate && <> · <b>{t('new.gate')}</b> {word('gate-role', gate.role)} <a className="phone" href={`tel:${gate.phone}`}>{gate.phone}</a></>}{' '}
      <button type="button" className="plain" onClick={() => change(NOWHERE)}>{t('new.point-remove')}</button>
    </span>
  );
}

const layers = ({ ink, paper }: Colours): LayerSpecification[] => [
  { id: 'gate', type: 'circle', source: 'gate', paint: { 'circle-radius': 5, 'circle-color': paper, 'circle-stroke-color': ink, 'circle-stroke-width': 2 } },
  { id: 'point', type: 'circle', source: 'point', paint: { 'circle-radius': 8, 'circle-color': ink, 'circle-stroke-color': paper, 'circle-stroke-width': 3 } },
];

function PointOnMap({ draft: { point, town, gate }, change }: SearchProps) {
  const { t } = useWords();
  const towns = useCity().data?.towns ?? [];
  const data = useMemo((): Record<string, GeoJSON.FeatureCollection> => ({
    point: collection(point ? [pointFeature(point, {})] : []), gate: collection(gate ? [pointFeature(gate.place, {})] : []),
  }), [point, gate]);
  const centre = towns.find(({ code }) => code === town)?.centre;
  const onPoint = (place: Place): void => {
    const near = town || townAt(place, towns);
    change({ ...NOWHERE, point: place, ...(near && { town: near }) });
  };
  return (
    <>
      <p className="quiet">{t('new.map-how')}</p>
      <CityMap label={t('new.show-map')} layers={layers} data={data} onPoint={onPoint} see={point ?? centre} />
    </>
  );
}
