import { useState } from 'react';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { usePost } from '../../data/post.ts';
import { useCity, useJourney, type ShownCall } from '../../data/queries.ts';
import { spoken } from '../../journey/countdown.tsx';
import { Phone } from '../../journey/panel.tsx';
import { findingName } from '../../requests/finding-picker.tsx';
import { useWords } from '../../shell/language.tsx';
import { useKey } from '../../shell/keys.ts';
import { useNow } from '../../shell/now.ts';

/** What is heard in the first seconds of a call; each is one press to 120. */
const SIGNS = ['unresponsive', 'notBreathing', 'airwayBlocked', 'chestPain', 'strokeSigns', 'majorBleeding', 'convulsion', 'severeBreathlessness', 'birthImminent', 'overdose'];

interface CurrentProps {
  readonly call: ShownCall;
  /** Whoever is spoken of, when they have been found. */
  readonly journey: JourneyView | undefined;
  readonly onHanded: (journey: string) => void;
}

/** The call one is in: who, for how long, and 120 one press away. */
export function Current({ call, journey, onHanded }: CurrentProps) {
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const end = usePost('calls');
  const [handing, setHanding] = useState(false);
  useKey('1', () => setHanding(true));
  return (
    <section className="current-call" aria-label={t('calls.current')}>
      <p>
        <time className="countdown call-time">{spoken(words, now - (call.answered?.at ?? now))}</time> <b>{call.callerName ?? t('hotline.caller')}</b> {call.phone ? <Phone number={call.phone} /> : t('calls.withheld')}
      </p>
      {journey && <p>{t('calls.about', { name: journey.person.name })} <span className="code">{journey.id}</span></p>}
      {call.handedTo120
        ? <Took journey={call.handedTo120.journey} at={call.handedTo120.at} />
        : handing && <HandTo120 call={call} journey={journey} onHanded={onHanded} onClose={() => setHanding(false)} />}
      <p className="actions">
        {!call.handedTo120 && !handing && <button type="button" className="primary" onClick={() => setHanding(true)}>{t('calls.to-120')} <kbd>1</kbd></button>}
        <button type="button" disabled={end.busy} onClick={() => end.now(`/api/calls/${call.id}/end`, {})}>{t('hotline.end')}</button>
        {end.problem && <span role="alert" className="problem">{end.problem}</span>}
      </p>
    </section>
  );
}

function HandTo120({ call, journey, onHanded, onClose }: CurrentProps & { readonly onClose: () => void }) {
  const words = useWords();
  const { t, say } = words;
  const city = useCity();
  const send = usePost<{ journey: JourneyView }>('calls', 'journeys');
  const [town, setTown] = useState('');
  const [address, setAddress] = useState('');
  const [phone, setPhone] = useState(call.phone);
  const ready = journey !== undefined || (town !== '' && address.trim() !== '' && phone.trim() !== '');
  const hand = (findings: readonly string[]): void => {
    const what = journey ? { journey: journey.id } : { care: { person: { name: call.callerName ?? t('hotline.caller'), phone: phone.trim() }, town, address: address.trim(), need: 'emergency' } };
    send.now(`/api/calls/${call.id}/hand-to-120`, { ...what, findings }, (answer) => onHanded(answer.journey.id));
  };
  return (
    <div role="group" aria-label={t('calls.to-120')}>
      {!journey && (
        <p className="tools">
          <select aria-label={t('calls.town')} value={town} onChange={(event) => setTown(event.target.value)}>
            <option value="">{t('calls.town')}</option>
            {city.data?.towns.map((one) => <option key={one.code} value={one.code}>{say(one.name)}</option>)}
          </select>
          {!call.phone && <input type="tel" aria-label={t('hotline.number')} placeholder={t('hotline.number')} value={phone} onChange={(event) => setPhone(event.target.value)} />}
          <input aria-label={t('calls.address')} placeholder={t('calls.address')} value={address} onChange={(event) => setAddress(event.target.value)} />
        </p>
      )}
      <p>{t('calls.danger')}</p>
      <div className="danger-signs">
        {SIGNS.map((code) => <button key={code} type="button" disabled={!ready || send.busy} onClick={() => hand([code])}>{findingName(words, code)}</button>)}
        <button type="button" className="primary" disabled={!ready || send.busy} onClick={() => hand([])}>{t('calls.danger-other')}</button>
        <button type="button" className="plain" onClick={onClose}>{t('act.cancel')}</button>
      </div>
      {send.problem && <p role="alert" className="problem">{send.problem}</p>}
    </div>
  );
}

/** Whoever handed it over sees who took it, without asking. */
function Took({ journey: id, at }: { readonly journey: string; readonly at: number }) {
  const words = useWords();
  const { t } = words;
  const now = useNow();
  const asked = useJourney(id);
  const { journey, timeline } = asked.data ?? {};
  const sent = timeline?.findLast(({ type }) => type === 'UnitSent');
  if (!journey?.mission?.unit || !sent) return <p role="status"><b>{t('calls.handed', { time: spoken(words, now - at) })}</b></p>;
  return <p role="status"><b>{t('calls.taken', { name: sent.by.name, unit: journey.mission.unit })}</b>{journey.mission.etaSeconds !== undefined && <> {t('calls.comes', { minutes: Math.max(1, Math.round(journey.mission.etaSeconds / 60)) })}</>}</p>;
}

