import { useState } from 'react';
import type { ServiceRow } from '../../data/contract.ts';
import { usePost } from '../../data/post.ts';
import { useCity, useMe, useStatus } from '../../data/queries.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';
import { ChangeService } from './service-change.tsx';
import { ServicePlaces } from './service-places.tsx';

/** What our house can take now, and how old that word is. One tap says that nothing has changed. */
export function OurServices() {
  const { t } = useWords();
  const me = useMe();
  const status = useStatus();
  const send = usePost('status');
  const code = me.data?.actor.scope.split(':')[1] ?? '';
  return (
    <section className="services">
      <h2>{t('ward.services')}</h2>
      <Asking asked={status}>
        {({ services }) => {
          const ours = services.filter(({ institution }) => institution === code);
          const unknown = ours.filter(({ state }) => state === 'unknown');
          return (
            <>
              {unknown.length > 0 && <p role="status" className="note">{t('ward.unknown', { count: unknown.length })}</p>}
              <p className="actions">
                <button type="button" className={unknown.length > 0 ? 'primary' : ''} disabled={send.busy || code === ''} onClick={() => send.now(`/api/institutions/${code}/as-before`, {})}>{t('ward.as-before')}</button>
              </p>
              {send.problem && <p role="alert" className="problem">{send.problem}</p>}
              <ul className="plain-rows">{ours.map((row) => <Service key={row.service} row={row} />)}</ul>
            </>
          );
        }}
      </Asking>
    </section>
  );
}

function Service({ row }: { readonly row: ServiceRow }) {
  const { t, word, say } = useWords();
  const [changing, setChanging] = useState<'state' | 'places'>();
  const city = useCity();
  const standIn = city.data?.institutions.find(({ code }) => code === row.standIn);
  const done = (): void => setChanging(undefined);
  return (
    <li className={`service service-${row.state}`}>
      <span className="service-name"><b>{word('service', row.service)}</b> {word('service-state', row.state)}</span>
      <span className="quiet">
        {row.state === 'unknown' && row.lastSaid && <>{t('ward.last-said', { state: word('service-state', row.lastSaid) })} · </>}
        {row.reason && <>{word('closure', row.reason)} · </>}
        {row.until !== undefined && <>{t('ward.until', { time: dayAndTime(row.until) })} · </>}
        {standIn && <>{t('ward.stand-in', { name: say(standIn.name) })} · </>}
        {row.saidBy === 'files' ? t('ward.from-plan') : <AgeOf at={row.saidAt} />}
        {row.places && <> · {t('ward.places', { free: row.places.free, capacity: row.places.capacity })}{row.places.beyond > 0 && <> · <b>{t('ward.beyond', { count: row.places.beyond })}</b></>}</>}
      </span>
      {row.closingAsked && <span className="quiet"><b>{t('ward.closing-asked', { time: dayAndTime(row.closingAsked.until) })}</b></span>}
      {changing === undefined && (
        <span className="service-acts">
          <button type="button" onClick={() => setChanging('state')}>{t('ward.change')}</button>
          <button type="button" onClick={() => setChanging('places')}>{t('ward.places-button')}</button>
        </span>
      )}
      {changing === 'state' && <ChangeService row={row} onDone={done} />}
      {(changing === 'places' || row.places?.said !== undefined) && <ServicePlaces row={row} stating={changing === 'places'} onDone={done} />}
    </li>
  );
}
