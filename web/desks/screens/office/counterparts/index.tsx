import { useState } from 'react';
import type { CounterpartsView, Service } from '../../../../../src/city/index.ts';
import { useCity } from '../../../data/queries.ts';
import type { CityAnswer } from '../../../data/contract.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking } from '../../../shell/states.tsx';
import { Answering } from './answering.tsx';
import { Change } from './change.tsx';
import { History } from './history.tsx';
import { Holes } from './holes.tsx';
import { CounterpartMap } from './map.tsx';
import { Pick } from './pick.tsx';
import { useCounterparts } from './queries.ts';
import { Table } from './table.tsx';

/** Who answers for whom: found by town or area, seen on the map, changed with what it does said before it is done. */
export function Counterparts() {
  const asked = useCounterparts();
  const city = useCity();
  return <Asking asked={city}>{(known) => <Asking asked={asked}>{(view) => <Work city={known} view={view} />}</Asking>}</Asking>;
}

function Work({ city, view }: { readonly city: CityAnswer; readonly view: CounterpartsView }) {
  const { t } = useWords();
  const [towns, setTowns] = useState<readonly string[]>([]);
  const [changing, setChanging] = useState<Service | 'all'>();
  const [done, setDone] = useState<{ readonly towns: number; readonly openRequests: number }>();
  const choose = (next: readonly string[]): void => {
    setTowns(next);
    setChanging(undefined);
    setDone(undefined);
  };
  const toggle = (town: string): void => choose(towns.includes(town) ? towns.filter((each) => each !== town) : [...towns, town]);
  const editable = new Set(view.editable);
  const may = towns.length > 0 && towns.every((town) => editable.has(town));
  return (
    <div className="roads counterparts">
      <div className="roads-work">
        <Holes city={city} />
        {view.last && <p className="quiet">{t('counterparts.last', { version: view.version, name: view.last.by.name, time: dayAndTime(view.last.at), why: view.last.why })}</p>}
        {view.problems.length > 0 && <div className="problem" role="alert"><p>{t('counterparts.standing-problems')}</p><ul>{view.problems.slice(0, 10).map(({ detail }) => <li key={detail}>{detail}</li>)}</ul></div>}
        <Pick city={city} view={view} towns={towns} onChoose={choose} onToggle={toggle} />
        {done && <p className="told-here" role="status">{t('counterparts.saved', done)}</p>}
        {towns.length > 0 && (changing !== undefined && may
          ? <Change key={`${changing} ${towns.join()}`} city={city} view={view} towns={towns} service={changing === 'all' ? undefined : changing} onCancel={() => setChanging(undefined)}
              onDone={(answer) => { setChanging(undefined); setDone({ towns: answer.towns.length, openRequests: answer.openRequests }); }} />
          : <Answering city={city} view={view} towns={towns} onChange={may ? (service) => { setDone(undefined); setChanging(service ?? 'all'); } : undefined} />)}
        {view.editable.length > 0 && <><History city={city} version={view.version} /><Table version={view.version} /></>}
      </div>
      <div className="roads-map"><CounterpartMap city={city} view={view} towns={towns} onToggle={toggle} /></div>
    </div>
  );
}
