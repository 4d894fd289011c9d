import type { LayerSpecification } from 'maplibre-gl';
import { lazy, Suspense, useMemo } from 'react';
import type { CounterpartsView } from '../../../../../src/city/index.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import type { Colours } from '../../../map/colours.ts';
import { collection, lineFeature, pointFeature } from '../../../map/features.ts';
import { useWords } from '../../../shell/language.tsx';
import { Loading } from '../../../shell/states.tsx';
import { holdsAt } from './queries.ts';

const CityMap = lazy(() => import('../../../map/city-map.tsx'));

interface MapProps {
  readonly city: CityAnswer;
  readonly view: CounterpartsView;
  readonly towns: readonly string[];
  readonly onToggle: (town: string) => void;
}

/** Towns as dots that can be pressed, and from those chosen a line to each institution that answers for everything. */
export function CounterpartMap({ city, view, towns, onToggle }: MapProps) {
  const { t } = useWords();
  const data = useMemo(() => {
    const chosen = new Set(towns);
    const placeOf = new Map(city.institutions.map(({ code, place }) => [code, place]));
    const lines = view.rows.filter((row) => chosen.has(row.town) && row.service === undefined && holdsAt(row, view.at)).flatMap(({ town, institutions }) => {
      const from = city.towns.find(({ code }) => code === town)?.centre;
      return institutions.flatMap((code, index) => {
        const to = placeOf.get(code);
        return from && to ? [lineFeature([[from.lon, from.lat], [to.lon, to.lat]], { first: index === 0 })] : [];
      });
    });
    return { answers: collection(lines), 'town-dots': collection(city.towns.map(({ code, centre }) => pointFeature(centre, { id: code, chosen: chosen.has(code) }))) };
  }, [city, view, towns]);
  const see = useMemo(() => {
    const codes = new Set([...towns, ...view.rows.filter(({ town, service }) => service === undefined && towns.includes(town)).flatMap(({ institutions }) => institutions)]);
    return towns.length === 0 ? [] : [...city.towns.filter(({ code }) => codes.has(code)).map(({ centre }) => centre), ...city.institutions.filter(({ code }) => codes.has(code)).map(({ place }) => place)];
  }, [city, view, towns]);
  return (
    <>
      <p className="quiet">{t('counterparts.map-hint')}</p>
      <Suspense fallback={<Loading />}>
        <CityMap label={t('counterparts.map')} layers={layers} data={data} pressable={['town-dots']} onPress={onToggle} see={see.length > 0 ? see : undefined} />
      </Suspense>
    </>
  );
}

function layers({ ink, paper, focus, quiet }: Colours): LayerSpecification[] {
  return [
    { id: 'answers', type: 'line', source: 'answers', paint: { 'line-color': focus, 'line-width': ['case', ['get', 'first'], 3, 1.5] } },
    { id: 'town-dots', type: 'circle', source: 'town-dots', paint: { 'circle-radius': ['case', ['get', 'chosen'], 7, 4], 'circle-color': ['case', ['get', 'chosen'], focus, paper], 'circle-stroke-color': ['case', ['get', 'chosen'], ink, quiet], 'circle-stroke-width': 1.5 } },
  ];
}
