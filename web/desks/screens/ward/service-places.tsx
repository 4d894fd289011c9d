import { useState, type FormEvent } from 'react';
import type { ServiceRow } from '../../data/contract.ts';
import { usePost } from '../../data/post.ts';
import { useWords } from '../../shell/language.tsx';

const PLACES_MAX = 10_000;

/** Places by number; and where our number differs from the count, both, until we say which holds. */
export function ServicePlaces({ row: { institution, service, places }, stating, onDone }: { readonly row: ServiceRow; readonly stating: boolean; readonly onDone: () => void }) {
  const { t } = useWords();
  const send = usePost('status');
  const [capacity, setCapacity] = useState(places?.capacity ?? 0);
  const [free, setFree] = useState(places?.free ?? 0);
  const address = `/api/institutions/${institution}/services/${service}/places`;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(address, { capacity, free }, onDone);
  };
  return (
    <>
      {places?.said !== undefined && (
        <div className="note change">
          <p>{t('ward.places-differ', { said: places.said, counted: places.free })}</p>
          <p className="actions">
            <button type="button" disabled={send.busy} onClick={() => send.now(`${address}/settle`, { which: 'said' })}>{t('ward.places-said', { count: places.said })}</button>
            <button type="button" disabled={send.busy} onClick={() => send.now(`${address}/settle`, { which: 'counted' })}>{t('ward.places-counted', { count: places.free })}</button>
          </p>
        </div>
      )}
      {stating && (
        <form className="change" onSubmit={submit}>
          <label>{t('ward.capacity')}<input type="number" inputMode="numeric" min={0} max={PLACES_MAX} required value={capacity} onChange={(event) => setCapacity(event.target.valueAsNumber || 0)} /></label>
          <label>{t('ward.free')}
            <span className="stepper">
              <button type="button" aria-label={t('ward.one-fewer')} disabled={free <= 0} onClick={() => setFree(free - 1)}>−</button>
              <input type="number" inputMode="numeric" min={0} max={capacity} required value={free} onChange={(event) => setFree(event.target.valueAsNumber || 0)} />
              <button type="button" aria-label={t('ward.one-more')} disabled={free >= capacity} onClick={() => setFree(free + 1)}>+</button>
            </span>
          </label>
          <div className="actions">
            <button type="submit" className="primary" disabled={send.busy}>{t(send.busy ? 'act.sending' : 'ward.places-save')}</button>
            <button type="button" onClick={onDone}>{t('act.cancel')}</button>
          </div>
        </form>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </>
  );
}
