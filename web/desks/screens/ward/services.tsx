import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { post } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import type { ServiceRow } from '../../data/contract.ts';
import { useCity, useMe, useStatus } from '../../data/queries.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';

/** What our house can take now, and how old that word is. A closure names who takes our patients meanwhile. */
export function OurServices() {
  const { t } = useWords();
  const me = useMe();
  const city = useCity();
  const status = useStatus();
  const code = me.data?.actor.scope.split(':')[1] ?? '';
  const ours = city.data?.institutions.find((one) => one.code === code);
  return (
    <section className="services">
      <h2>{t('ward.services')}</h2>
      <Asking asked={status}>
        {({ services }) => (
          <ul className="plain-rows">
            {(ours?.services ?? []).map((service) => (
              <Service key={service} row={services.find((row) => row.institution === code && row.service === service) ?? { institution: code, service, state: 'open' }} />
            ))}
          </ul>
        )}
      </Asking>
    </section>
  );
}

function Service({ row }: { readonly row: ServiceRow }) {
  const { t, word, say } = useWords();
  const [changing, setChanging] = useState(false);
  const city = useCity();
  const standIn = city.data?.institutions.find(({ code }) => code === row.standIn);
  return (
    <li className={`service service-${row.state}`}>
      <span className="service-name"><b>{word('service', row.service)}</b> {word('service-state', row.state)}</span>
      <span className="quiet">
        {row.reason && <>{word('closure', row.reason)} · </>}
        {row.until !== undefined && <>{t('ward.until', { time: dayAndTime(row.until) })} · </>}
        {standIn && <>{t('ward.stand-in', { name: say(standIn.name) })} · </>}
        {row.reportedAt === undefined ? t('ward.from-plan') : <AgeOf at={row.reportedAt} />}
      </span>
      {!changing && <button type="button" onClick={() => setChanging(true)}>{t('ward.change')}</button>}
      {changing && <ChangeForm row={row} onDone={() => setChanging(false)} />}
    </li>
  );
}

const REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'];
const HOUR_MS = 3_600_000;
/** The longest closure is counted by the server's clock; this machine's may be a moment ahead. */
const CLOCK_SLACK_MS = 60_000;

function ChangeForm({ row, onDone }: { readonly row: ServiceRow; readonly onDone: () => void }) {
  const { t, word, say } = useWords();
  const queries = useQueryClient();
  const city = useCity();
  const [state, setState] = useState<ServiceRow['state']>(row.state === 'open' ? 'closed' : 'open');
  const [reason, setReason] = useState('disinfection');
  const [hours, setHours] = useState(2);
  const [standIn, setStandIn] = useState('');
  const change = useMutation({
    mutationFn: () => post(`/api/institutions/${row.institution}/services/${row.service}/status`, {
      state, ...(state !== 'open' && { reason, until: cityNow() + hours * HOUR_MS - CLOCK_SLACK_MS, ...(standIn && { standIn }) }),
    }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['status'] });
      onDone();
    },
  });
  const others = (city.data?.institutions ?? []).filter(({ code, services }) => code !== row.institution && services.includes(row.service));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('ward.state')}
        <select value={state} onChange={(event) => setState(event.target.value as ServiceRow['state'])}>
          {['open', 'limited', 'closed'].map((one) => <option key={one} value={one}>{word('service-state', one)}</option>)}
        </select>
      </label>
      {state !== 'open' && (
        <>
          <label>{t('ward.reason')}
            <select value={reason} onChange={(event) => setReason(event.target.value)}>{REASONS.map((one) => <option key={one} value={one}>{word('closure', one)}</option>)}</select>
          </label>
          <label>{t('ward.hours')}<input type="number" min={1} max={48} value={hours} onChange={(event) => setHours(event.target.valueAsNumber || 1)} /></label>
          <label>{t('ward.who-takes')}
            <select value={standIn} onChange={(event) => setStandIn(event.target.value)} required={state === 'closed'}>
              <option value="">{t('act.choose')}</option>
              {others.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}
            </select>
          </label>
          {state === 'closed' && <p className="what-happens">{t('ward.closing-happens')}</p>}
        </>
      )}
      {change.error && <p role="alert" className="problem">{change.error.message}</p>}
      <div className="actions">
        <button type="submit" className="primary" disabled={change.isPending}>{t(change.isPending ? 'act.sending' : 'ward.save')}</button>
        <button type="button" onClick={onDone}>{t('act.cancel')}</button>
      </div>
    </form>
  );
}
