import { useId, useState } from 'react';
import { usePost } from '../data/post.ts';
import { useCars, useMe } from '../data/queries.ts';
import { Due } from '../journey/due.tsx';
import { Phone } from '../journey/panel.tsx';
import { useWords } from '../shell/language.tsx';
import { dayAndTime } from '../shell/now.ts';
import { usePass, useVisits, type VisitAnswer } from './queries.ts';

/** Experts who are on their way, at a bedside, or wait for a car; whoever owes the next step sees its deadline. */
export function Visits() {
  const { t } = useWords();
  const asked = useVisits();
  const open = (asked.data?.visits ?? []).filter(({ returnedAt, calledOff }) => returnedAt === undefined && calledOff === undefined);
  if (open.length === 0) return null;
  return (
    <section aria-label={t('expert-visit.title')}>
      <h2>{t('expert-visit.title')}</h2>
      <ul className="plain-rows">{open.map((visit) => <li key={visit.id}><Visit visit={visit} /></li>)}</ul>
    </section>
  );
}

const STATE = (visit: VisitAnswer): string => (visit.arrivedAt !== undefined ? 'arrived' : visit.leftAt !== undefined ? 'left' : visit.car !== undefined || visit.ownWay ? 'ready' : 'wantsCar');

function Visit({ visit }: { readonly visit: VisitAnswer }) {
  const { t, word, say } = useWords();
  const me = useMe();
  const send = usePost('consults', 'cars', 'day');
  const [pass, setPass] = useState(false);
  const { role, id } = me.data?.actor ?? {};
  const mine = role === 'expert' && visit.expert === id;
  const to = `/api/experts/visits/${encodeURIComponent(visit.id)}`;
  const next = visit.arrivedAt !== undefined ? 'returned' : visit.leftAt !== undefined ? 'arrived' : 'left';
  const maySay = (mine || role === 'driver') && (next !== 'left' || visit.car !== undefined || visit.ownWay);
  return (
    <div className="stop">
      <p className="stop-kind"><b>{visit.name}</b>{visit.owner && <span>{word('role', visit.owner.role)} <Due at={visit.owner.dueAt} /></span>}</p>
      <p>{say(visit.hospital?.name)} → {say(visit.institution?.name)} · {t('expert-visit.leaves', { time: dayAndTime(visit.leavesAt) })} · {word('expert-visit-state', STATE(visit))}{visit.car && <> · <span className="code">{visit.car}</span></>}{visit.phone && <> · <Phone number={visit.phone} /></>}</p>
      {visit.leftAt === undefined && (role === 'district' || role === 'city') && <Lend visit={visit} onLend={(car) => send.now(`${to}/car`, { car })} busy={send.busy} />}
      <p className="actions">
        {maySay && <button type="button" className="primary" disabled={send.busy} onClick={() => send.now(`${to}/step`, { step: next })}>{t(`expert-visit.${next}`)}</button>}
        {mine && <button type="button" aria-expanded={pass} onClick={() => setPass(!pass)}>{t('expert-visit.pass')}</button>}
        {visit.arrivedAt === undefined && role !== 'driver' && <button type="button" className="plain" disabled={send.busy} onClick={() => send.now(`${to}/call-off`, { reason: t('expert-visit.called-off-reason') })}>{t('expert-visit.call-off')}</button>}
      </p>
      {pass && <Pass visit={visit.id} />}
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </div>
  );
}

function Lend({ visit, onLend, busy }: { readonly visit: VisitAnswer; readonly onLend: (car: string) => void; readonly busy: boolean }) {
  const { t } = useWords();
  const id = useId();
  const cars = useCars();
  const [car, setCar] = useState('');
  return (
    <p className="actions">
      <label htmlFor={id}>{t('expert-visit.car')}</label>
      <select id={id} className="inline" value={car} onChange={(event) => setCar(event.target.value)}><option value="" />{(cars.data?.cars ?? []).map((each) => <option key={each.id} value={each.id}>{each.id}</option>)}</select>
      <button type="button" disabled={busy || car === '' || car === visit.car} onClick={() => onLend(car)}>{t('expert-visit.lend')}</button>
      <span className="what-happens">{t('expert-visit.lend-happens')}</span>
    </p>
  );
}

function Pass({ visit }: { readonly visit: string }) {
  const { t } = useWords();
  const asked = usePass(visit);
  if (!asked.data) return <p className="quiet">{t('state.loading')}</p>;
  const { code, qrSvg, validTo } = asked.data;
  return (
    <figure className="pass">
      <img alt={t('expert-visit.pass-code', { code })} src={`data:image/svg+xml;utf8,${encodeURIComponent(qrSvg)}`} />
      <figcaption><span className="code">{code}</span> · {t('expert-visit.pass-until', { time: dayAndTime(validTo) })}</figcaption>
    </figure>
  );
}
