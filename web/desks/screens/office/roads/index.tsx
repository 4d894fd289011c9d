import { useState } from 'react';
import type { RestrictionAnswer } from '../../../data/contract.ts';
import { useMe, useRestrictions } from '../../../data/queries.ts';
import { useWords } from '../../../shell/language.tsx';
import { dayAndTime } from '../../../shell/now.ts';
import { Asking } from '../../../shell/states.tsx';
import { newDraft, withPlace, type Draft } from './draft.ts';
import { Draw } from './draw.tsx';
import { RoadsMap } from './map.tsx';
import { Origin } from './origin.tsx';
import { Past, Standing } from './standing.tsx';

/** What was drawn last: since when it counts, and whether it met a road at all. */
interface Drawn {
  readonly restriction: RestrictionAnswer;
  readonly roadsMet: number | null;
}

/** What stands on the roads: seen on the map and in a list, drawn by either, ended by one press. */
export function Roads() {
  const asked = useRestrictions();
  return <Asking asked={asked}>{({ restrictions }) => <Work restrictions={restrictions} />}</Asking>;
}

function Work({ restrictions }: { readonly restrictions: readonly RestrictionAnswer[] }) {
  const { t } = useWords();
  const role = useMe().data?.actor.role;
  const [selected, select] = useState<string>();
  const [draft, setDraft] = useState<Draft>();
  const [drawn, setDrawn] = useState<Drawn>();
  const mayDraw = role === 'city' || role === 'district';
  const done = (answer: Drawn): void => {
    setDraft(undefined);
    setDrawn(answer);
    select(answer.restriction.id);
  };
  return (
    <div className="roads">
      <div className="roads-work">
        <Origin />
        {drawn && <Counts {...drawn} />}
        {draft ? <Draw draft={draft} onChange={setDraft} onDone={done} onCancel={() => setDraft(undefined)} />
          : mayDraw && <p><button type="button" className="primary" onClick={() => { setDrawn(undefined); setDraft(newDraft()); }}>{t('roads.draw')}</button></p>}
        <Standing restrictions={restrictions} selected={selected} mayEnd={mayDraw} onSelect={select} />
        <Past />
      </div>
      <div className="roads-map">
        <RoadsMap restrictions={restrictions} selected={selected} draft={draft} onSelect={select} onPoint={draft && ((place) => setDraft(withPlace(draft, place)))} />
      </div>
    </div>
  );
}

function Counts({ restriction, roadsMet }: Drawn) {
  const { t } = useWords();
  return (
    <div role="status" className="told-here">
      <p>{restriction.inForce ? t('roads.counts') : t('roads.counts-later', { time: dayAndTime(restriction.from) })} {roadsMet !== null && roadsMet > 0 && t('roads.met', { count: roadsMet })}</p>
      {roadsMet === 0 && <p className="problem">{t('roads.met-none')}</p>}
      {roadsMet === null && <p>{t('roads.met-unknown')}</p>}
    </div>
  );
}
