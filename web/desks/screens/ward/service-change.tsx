import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { get } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import type { ServiceRow } from '../../data/contract.ts';
import { usePost } from '../../data/post.ts';
import { useCity } from '../../data/queries.ts';
import { useWords } from '../../shell/language.tsx';

const REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'];
const STATES = ['open', 'limited', 'closed'] as const;
const HOUR_MS = 3_600_000;
/** The longest closure is counted by the server's clock; this machine's may be a moment ahead. */
const CLOCK_SLACK_MS = 60_000;

interface Depending {
  readonly journeys: number;
  readonly bookings: number;
  readonly series: number;
}

/** How a service stands from now on. A closure says before it is sent what will happen, and to how many. */
export function ChangeService({ row, onDone }: { readonly row: ServiceRow; readonly onDone: () => void }) {
  const { t, word, say } = useWords();
  const city = useCity();
  const send = usePost('status');
  const [state, setState] = useState<(typeof STATES)[number]>(row.state === 'open' || row.state === 'unknown' ? 'closed' : 'open');
  const [reason, setReason] = useState('disinfection');
  const [hours, setHours] = useState(2);
  const [standIn, setStandIn] = useState('');
  const address = `/api/institutions/${row.institution}/services/${row.service}`;
  const depending = useQuery({ queryKey: ['status', 'depending', row.institution, row.service], queryFn: () => get<Depending>(`${address}/depending`), enabled: state === 'closed' });
  const others = (city.data?.institutions ?? []).filter(({ code, services }) => code !== row.institution && services.includes(row.service));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.now(`${address}/status`, { state, ...(state !== 'open' && { reason, until: cityNow() + hours * HOUR_MS - CLOCK_SLACK_MS, ...(standIn && { standIn }) }) }, onDone);
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('ward.state')}
        <select value={state} onChange={(event) => setState(event.target.value as typeof state)}>
          {STATES.map((one) => <option key={one} value={one}>{word('service-state', one)}</option>)}
        </select>
      </label>
      {state !== 'open' && (
        <>
          <label>{t('ward.reason')}
            <select value={reason} onChange={(event) => setReason(event.target.value)}>{REASONS.map((one) => <option key={one} value={one}>{word('closure', one)}</option>)}</select>
          </label>
          <label>{t('ward.hours')}<input type="number" min={1} max={336} value={hours} onChange={(event) => setHours(event.target.valueAsNumber || 1)} /></label>
          <label>{t('ward.who-takes')}
            <select value={standIn} onChange={(event) => setStandIn(event.target.value)} required={state === 'closed'}>
              <option value="">{t('act.choose')}</option>
              {others.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}
            </select>
          </label>
          {state === 'closed' && (
            <div className="what-happens">
              {depending.data && <p><b>{t('ward.closing-whom', { journeys: depending.data.journeys, bookings: depending.data.bookings, series: depending.data.series })}</b></p>}
              <p>{t('ward.closing-happens')}</p>
              <p>{t('ward.closing-second')}</p>
            </div>
          )}
        </>
      )}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={send.busy}>{t(send.busy ? 'act.sending' : 'ward.save')}</button>
        <button type="button" onClick={onDone}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
