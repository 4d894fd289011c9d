import { useState } from 'react';
import type { CloudPromiseView, CloudQueueView, CloudService, CloudVisitView } from '../../../../src/clinic/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { NewRows } from '../../journey/new-rows.tsx';
import { leave, letGo, touch } from '../../shell/hold.ts';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';
import { useSteady } from '../../shell/use-steady.ts';
import { useQueue } from './queries.ts';
import { VisitRow } from './visit-row.tsx';
import { Visit } from './visit.tsx';

export function Doctor() {
  const asked = useQueue();
  return <Asking asked={asked}>{(queue) => <Desk queue={queue} />}</Asking>;
}

/** The queue on the left, one person with everything known in the middle, the conversation and the answer on the right. */
function Desk({ queue }: { readonly queue: CloudQueueView }) {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  return (
    <div className={`clinic${open === undefined ? '' : ' clinic-open'}`}>
      <div className="clinic-queue">
        <Next services={queue.services} waiting={queue.waiting.length} onTaken={setOpen} />
        <Visits name={t('cloud.mine')} visits={queue.mine} open={open} onOpen={setOpen} empty={t('cloud.mine-empty')} keyboard />
        {queue.queried.length > 0 && <Visits name={t('cloud.queried')} visits={queue.queried} open={open} onOpen={setOpen} empty="" />}
        <Visits name={t('cloud.waiting')} visits={queue.waiting} open={open} onOpen={setOpen} empty={t('cloud.waiting-empty')} />
        <p className="quiet"><AgeOf at={queue.at} /></p>
      </div>
      {open === undefined ? <div className="clinic-nobody"><Empty>{t('cloud.nobody-open')}</Empty></div> : <Visit key={open} id={open} taking={[...queue.mine, ...queue.queried].find(({ journey }) => journey === open)?.taking ?? []} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

/** One key takes whoever can least wait. Two doctors who press at once get two people. */
function Next({ services, waiting, onTaken }: { readonly services: readonly CloudPromiseView[]; readonly waiting: number; readonly onTaken: (journey: string) => void }) {
  const { t, word } = useWords();
  const [service, setService] = useState<CloudService>();
  const take = usePost<{ journey: { readonly id: string } | null }>('clinic', 'journeys');
  const next = (): void => take.now('/api/cloud/next', service === undefined ? {} : { service }, ({ journey }) => {
    if (journey) onTaken(journey.id);
  });
  useKey('t', () => !take.busy && waiting > 0 && next());
  const busy = services.filter((one) => one.waiting > 0);
  return (
    <div className="clinic-next">
      <button type="button" className="primary" disabled={take.busy || waiting === 0} onClick={next}>{take.busy ? t('act.sending') : t('cloud.next')} <kbd>T</kbd></button>
      <label className="only-heard" htmlFor="cloud-service">{t('cloud.service')}</label>
      <select id="cloud-service" className="inline" value={service ?? ''} onChange={(event) => setService((event.target.value || undefined) as CloudService | undefined)}>
        <option value="">{t('cloud.all-services')}</option>
        {services.map((one) => <option key={one.service} value={one.service}>{word('cloud-service', one.service)}</option>)}
      </select>
      {take.problem && <p role="alert" className="problem">{take.problem}</p>}
      {busy.length > 0 && (
        <p className="quiet">{busy.map((one) => t('cloud.promised', { service: word('cloud-service', one.service), waiting: one.waiting, time: clockTime(one.promisedAt) })).join(' · ')}</p>
      )}
    </div>
  );
}

interface VisitsProps {
  readonly name: string;
  readonly visits: readonly CloudVisitView[];
  readonly open: string | undefined;
  readonly onOpen: (journey: string) => void;
  readonly empty: string;
  readonly keyboard?: true;
}

function Visits({ name, visits, open, onOpen, empty, keyboard }: VisitsProps) {
  const shown = useSteady(visits, idOf);
  const move = (by: number): void => {
    const here = shown.rows.findIndex(({ item }) => item.journey === open);
    const next = shown.rows[Math.min(shown.rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    if (next) onOpen(next.item.journey);
  };
  useKey(keyboard && 'j', () => move(1));
  useKey(keyboard && 'k', () => move(-1));
  useKey(keyboard && 'n', letGo);
  return (
    <section className="queue" aria-label={name} onPointerMove={touch} onPointerLeave={leave} onFocus={touch}>
      <h2>{name} <span className="count">{visits.length}</span></h2>
      <NewRows count={shown.waiting.length} worst={shown.waiting[0]?.acuity} showsKey={keyboard === true} />
      {shown.rows.length === 0 && <Empty>{empty}</Empty>}
      <ul className="rows">
        {shown.rows.map(({ item, gone }) => (
          <li key={item.journey} className={`row${gone ? ' gone' : ''}${item.journey === open ? ' selected' : ''}`}>
            <button type="button" className="row-open" aria-current={item.journey === open} disabled={gone} onClick={() => onOpen(item.journey)}><VisitRow visit={item} /></button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const idOf = ({ journey }: CloudVisitView): string => journey;
