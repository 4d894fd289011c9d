import { useEffect, useState } from 'react';
import type { Place } from '../../../../src/base/index.ts';
import { post } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';

const EVERY_MS = 15_000;
/** A place that is older says nothing about now. */
const FRESH_MS = 60_000;

let latest: { readonly place: Place; readonly accuracyMeters: number; readonly at: number } | undefined;

/** Where this phone is, if it has said so within the last minute; a press never waits for it. */
export function hereNow(): Promise<Place | undefined> {
  return Promise.resolve(latest && cityNow() - latest.at < FRESH_MS ? latest.place : undefined);
}

/** While there is somewhere to go and the driver has allowed it: where the vehicle is, every quarter minute, and nothing of it is kept here. */
export function Position({ path, moving }: { readonly path: string; readonly moving: boolean }) {
  const { t } = useWords();
  const [allowed, setAllowed] = useState<'ask' | 'yes' | 'no'>('ask');
  const [sentAt, setSentAt] = useState<number>();
  useEffect(() => {
    // Only what was allowed before goes on by itself; a question while driving is the worse error.
    void navigator.permissions?.query({ name: 'geolocation' }).then(({ state }) => setAllowed(state === 'granted' ? 'yes' : state === 'denied' ? 'no' : 'ask'), () => undefined);
  }, []);
  const running = moving && allowed === 'yes';
  useEffect(() => {
    if (!running || !navigator.geolocation) return;
    let lastAt = 0;
    const watch = navigator.geolocation.watchPosition(({ coords }) => {
      const at = cityNow();
      latest = { place: { lon: coords.longitude, lat: coords.latitude }, accuracyMeters: Math.round(coords.accuracy), at };
      if (at - lastAt < EVERY_MS) return;
      lastAt = at;
      post(path, { ...latest.place, at, accuracyMeters: latest.accuracyMeters }).then(() => setSentAt(at), () => undefined);
    }, ({ code }) => code === 1 && setAllowed('no'), { enableHighAccuracy: true, maximumAge: EVERY_MS });
    return () => navigator.geolocation.clearWatch(watch);
  }, [running, path]);
  return (
    <p className="quiet position">
      {allowed === 'no' && t('drive.position-no')}
      {allowed === 'ask' && <>{t('drive.position-ask')} <button type="button" onClick={() => setAllowed('yes')}>{t('drive.position-allow')}</button></>}
      {allowed === 'yes' && (running ? t('drive.position-on') : t('drive.position-rests'))}
      {running && sentAt !== undefined && <> {t('drive.position-sent', { time: clockTime(sentAt) })}</>}
    </p>
  );
}
