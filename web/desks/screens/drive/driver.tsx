import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { REFUSAL_GROUNDS } from '../../../../src/reception/index.ts';
import type { DriverDay, DriverReport } from '../../../../src/trips/index.ts';
import { GATE_GROUNDS } from '../../../../src/trips/ride.ts';
import { get } from '../../../shared/api.ts';
import { clockTime } from '../../../shared/time.ts';
import { Visits } from '../../consults/visits.tsx';
import { newItem, press, useOutbox } from '../../data/outbox.ts';
import { AgeOf } from '../../journey/countdown.tsx';
import { Phone } from '../../journey/panel.tsx';
import { useWords } from '../../shell/language.tsx';
import { useNow } from '../../shell/now.ts';
import { Asking } from '../../shell/states.tsx';
import { AskGround } from './ask-ground.tsx';
import { hereNow, Position } from './position.tsx';
import { aboardNow, tapOf, toDo, withReports, type OpenStop } from './taps.ts';
import { CarState } from './vehicle-state.tsx';

/** Without news for that long the day is asked for anew: a change may have been missed. */
const REFRESH_MS = 30_000;

export function Driver({ actor, car }: { readonly actor: string; readonly car: string }) {
  const asked = useQuery({ queryKey: ['my-rides', car], queryFn: () => get<DriverDay>('/api/my-rides'), refetchInterval: REFRESH_MS });
  const reports = useOutbox().flatMap((item) => (item.kind === 'ride' && item.actor === actor && item.refusal === undefined ? [item.report] : []));
  return (
    <>
      <Visits />
      <Asking asked={asked}>{(day) => <Day day={day} stops={withReports(day.stops, reports)} actor={actor} />}</Asking>
      <CarState actor={actor} car={car} state={asked.data?.state ?? 'ready'} />
      <Position path={`/api/cars/${encodeURIComponent(car)}/position`} moving={(asked.data?.stops ?? []).some(({ doneAt }) => doneAt === undefined)} />
    </>
  );
}

function Day({ day, stops, actor }: { readonly day: DriverDay; readonly stops: readonly OpenStop[]; readonly actor: string }) {
  const { t, say } = useWords();
  const [next, ...later] = toDo(stops);
  const done = stops.filter(({ doneAt }) => doneAt !== undefined);
  const aboard = aboardNow(stops);
  return (
    <>
      {aboard.length > 0 && <p className="aboard" role="status">{t('drive.aboard', { names: aboard.map(({ person }) => person.name).join(' · ') })}</p>}
      {aboard.map(({ ride, emergency, person }) => emergency && <p key={ride} className="aboard emergency" role="alert">{t('drive.emergency', { name: person.name, place: say(emergency) })}</p>)}
      {next ? <Stop stop={next} actor={actor} /> : <div className="state"><h2>{t('drive.empty')}</h2><p>{t('drive.empty-do')}</p></div>}
      {later.length > 0 && (
        <section className="later">
          <h2>{t('drive.later', { count: later.length })}</h2>
          <ol className="plain-rows">{later.map((stop) => <li key={keyOf(stop)}><LaterStop stop={stop} actor={actor} /></li>)}</ol>
        </section>
      )}
      {done.length > 0 && (
        <details className="later">
          <summary>{t('drive.done', { count: done.length })}</summary>
          <ol className="plain-rows">{done.map((stop) => <li key={keyOf(stop)}><LineOf stop={stop} /></li>)}</ol>
        </details>
      )}
      <p className="quiet">{t('drive.as-of')} <AgeOf at={day.at} /></p>
    </>
  );
}

const keyOf = ({ ride, leg, kind }: OpenStop): string => `${ride}/${leg}/${kind}`;

function LineOf({ stop }: { readonly stop: OpenStop }) {
  const { t, say } = useWords();
  return (
    <span className="later-line">
      <time>{clockTime(stop.doneAt ?? stop.at)}</time> <b>{t(stop.kind === 'pickUp' ? 'drive.pick-up' : 'drive.drop-off', { name: stop.person.name })}</b>{' '}
      <span className="quiet">{say(stop.placeName)}</span>
    </span>
  );
}

/** The order is a plan and streets are not: another stop can be done first. */
function LaterStop({ stop, actor }: { readonly stop: OpenStop; readonly actor: string }) {
  const [open, setOpen] = useState(false);
  const { t } = useWords();
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><LineOf stop={stop} /></summary>
      {open && (tapOf(stop) === undefined && stop.kind === 'dropOff' ? <p>{t('drive.not-aboard-yet')}</p> : <Stop stop={stop} actor={actor} />)}
    </details>
  );
}

function Stop({ stop, actor }: { readonly stop: OpenStop; readonly actor: string }) {
  const { t, say, word } = useWords();
  const now = useNow();
  const late = Math.floor((now - stop.at) / 60_000);
  return (
    <article className="stop" aria-label={t(stop.kind === 'pickUp' ? 'drive.pick-up' : 'drive.drop-off', { name: stop.person.name })}>
      <p className="stop-kind"><b>{t(stop.kind === 'pickUp' ? 'drive.fetch' : 'drive.bring')}</b> <span><time>{clockTime(stop.at)}</time>{late >= 1 && <b className="late"> ▲ {t('drive.late', { minutes: late })}</b>}</span></p>
      <p className="stop-address">{stop.address ?? say(stop.placeName)}</p>
      {stop.address && <p className="stop-door">{say(stop.placeName)}</p>}
      <p className="stop-person">
        <b>{stop.person.name}</b> · {word('cohort', stop.cohort)}
        {stop.wheelchair && ` · ${t('drive.wheelchair')}`}{stop.stretcher && ` · ${t('drive.stretcher')}`}
        {stop.seats > 1 && ` · ${t('drive.seats', { count: stop.seats })}`}
        {stop.companion && ` · ${t('drive.companion')}`}
      </p>
      <p className="stop-calls">
        {stop.person.phone && <Phone number={stop.person.phone} label={t('drive.call-person')} />}
        {stop.gate?.phone && <Phone number={stop.gate.phone} label={t('drive.call-gate')} />}
        {stop.gate?.place && <span>{t('drive.gate-at', { place: stop.gate.place })}</span>}
      </p>
      <Taps stop={stop} actor={actor} />
    </article>
  );
}

/** Three presses for each person: at the door, aboard and it is them, handed over to somebody. */
function Taps({ stop, actor }: { readonly stop: OpenStop; readonly actor: string }) {
  const { t } = useWords();
  const [asking, setAsking] = useState<'who' | 'refused'>();
  const tap = tapOf(stop);
  const { name } = stop.person;
  const report = async (more: Partial<DriverReport>, what: string): Promise<void> => {
    setAsking(undefined);
    if (!tap) return;
    const item = newItem(actor, what, name);
    const point = await hereNow();
    await press({
      ...item, kind: 'ride', report: { key: item.key, journey: stop.journey, leg: stop.leg, step: tap, at: item.at, ...(point && { point }), ...more },
    });
  };
  /** At a gate at home the car keeps the person; at a hospital's door they are found another place. */
  const refused = (ground: string): void => {
    if (stop.leg === 'back') return void report({ refusedAtGate: ground }, 'drive.refused-said');
    setAsking(undefined);
    void press({
      ...newItem(actor, 'drive.refused-said', name), kind: 'command', journey: stop.journey,
      path: `/api/journeys/${encodeURIComponent(stop.journey)}/report-refusal`, body: { ground },
    });
  };
  if (!tap) return <p>{t('drive.not-aboard-yet')}</p>;
  return (
    <div className="actions taps">
      {stop.trouble && <p className="trouble" role="status">{t(stop.trouble === 'wrongPerson' ? 'drive.said-wrong' : 'drive.said-refused', { time: clockTime(stop.troubleAt ?? 0) })}</p>}
      {tap === 'atDoor' && <Tap main onPress={() => report({}, 'drive.at-door')}>{t('drive.at-door')}</Tap>}
      {tap === 'aboard' && (
        <>
          <p className="ask-name">{t('drive.ask-name')}</p>
          <Tap main onPress={() => report({}, 'drive.aboard-said')}>{t('drive.is-them', { name })}</Tap>
          <Tap onPress={() => report({ wrongPerson: true }, 'drive.wrong-person')}>{t('drive.wrong-person')}</Tap>
        </>
      )}
      {tap === 'arrived' && asking === undefined && (
        <>
          <Tap main onPress={() => report({ who: t(stop.leg === 'out' ? 'drive.who-desk' : 'drive.who-home') }, 'drive.handed-over')}>
            {t(stop.leg === 'out' ? 'drive.handed-desk' : 'drive.handed-home')}
          </Tap>
          <Tap onPress={() => setAsking('who')}>{t('drive.handed-other')}</Tap>
          <Tap onPress={() => setAsking('refused')}>{t(stop.leg === 'back' ? 'drive.refused-gate' : 'drive.refused-hospital')}</Tap>
        </>
      )}
      {asking === 'who' && <AskWho onWho={(who) => void report({ who }, 'drive.handed-over')} onCancel={() => setAsking(undefined)} />}
      {asking === 'refused' && <AskGround grounds={stop.leg === 'back' ? GATE_GROUNDS : REFUSAL_GROUNDS} onGround={refused} onCancel={() => setAsking(undefined)} />}
    </div>
  );
}

function Tap({ main = false, onPress, children }: { readonly main?: boolean; readonly onPress: () => void; readonly children: string }) {
  return <button type="button" className={main ? 'primary' : 'tap'} onClick={onPress}>{children}</button>;
}

function AskWho({ onWho, onCancel }: { readonly onWho: (who: string) => void; readonly onCancel: () => void }) {
  const { t } = useWords();
  const [who, setWho] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (who.trim()) onWho(who.trim());
  };
  return (
    <form className="change" onSubmit={submit}>
      <label>{t('drive.who')}<input value={who} autoFocus maxLength={80} onChange={(event) => setWho(event.target.value)} /></label>
      <button type="submit" className="primary" disabled={who.trim() === ''}>{t('drive.handed-over')}</button>
      <button type="button" onClick={onCancel}>{t('act.cancel')}</button>
    </form>
  );
}
