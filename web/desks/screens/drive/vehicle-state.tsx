import { useState, type FormEvent } from 'react';
import { newItem, press, useOutbox } from '../../data/outbox.ts';
import { useWords } from '../../shell/language.tsx';
import { hereNow } from './position.tsx';

/** A car that stops for good: said once, and whoever waits for it gets another one. */
export function CarState({ actor, car, state }: { readonly actor: string; readonly car: string; readonly state: 'ready' | 'broken' | 'off' }) {
  const path = `/api/cars/${encodeURIComponent(car)}/state`;
  const said = useLastSaid(path)?.['state'] ?? state;
  const { t } = useWords();
  const say = async (next: 'ready' | 'broken', reason?: string): Promise<void> => {
    const here = await hereNow();
    await press({
      ...newItem(actor, next === 'broken' ? 'drive.broken-said' : said === 'off' ? 'drive.cleaned' : 'drive.repaired'), kind: 'command', path,
      body: { state: next, ...(reason && { reason }), ...here },
    });
  };
  if (said === 'broken') {
    return <section className="vehicle-state trouble"><h2>{t('drive.broken-now')}</h2><p>{t('drive.broken-now-do')}</p><button type="button" className="wide" onClick={() => void say('ready')}>{t('drive.repaired')}</button></section>;
  }
  if (said === 'off') {
    return <section className="vehicle-state trouble"><h2>{t('drive.off-now')}</h2><p>{t('drive.off-now-do')}</p><button type="button" className="wide" onClick={() => void say('ready')}>{t('drive.cleaned')}</button></section>;
  }
  return <SayWhy open={t('drive.broken')} says={t('drive.broken-says')} send={t('drive.broken-send')} onSend={(reason) => void say('broken', reason)} />;
}

/** A unit that cannot be sent, and one that can again. */
export function UnitState({ actor, unit, out }: { readonly actor: string; readonly unit: string; readonly out: boolean }) {
  const path = `/api/units/${encodeURIComponent(unit)}/service`;
  const said = useLastSaid(path)?.['state'];
  const { t } = useWords();
  const say = (state: 'outOfService' | 'inService', reason?: string): void => void press({
    ...newItem(actor, state === 'outOfService' ? 'drive.out-said' : 'drive.in-service'), kind: 'command', path, body: { state, ...(reason && { reason }) },
  });
  if (said === undefined ? out : said === 'outOfService') {
    return <section className="vehicle-state trouble"><h2>{t('drive.out-now')}</h2><button type="button" className="wide" onClick={() => say('inService')}>{t('drive.in-service')}</button></section>;
  }
  return <SayWhy open={t('drive.out')} says={t('drive.out-says')} send={t('drive.out-send')} onSend={(reason) => say('outOfService', reason)} />;
}

function useLastSaid(path: string): Readonly<Record<string, unknown>> | undefined {
  const last = useOutbox().findLast((item) => item.kind === 'command' && item.path === path && item.refusal === undefined);
  return last?.kind === 'command' ? { ...last.body } : undefined;
}

/** What cannot be taken back says first what will happen. */
function SayWhy({ open, says, send, onSend }: { readonly open: string; readonly says: string; readonly send: string; readonly onSend: (reason: string) => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim()) onSend(reason.trim());
  };
  return (
    <details className="vehicle-state">
      <summary>{open}</summary>
      <form className="change" onSubmit={submit}>
        <p className="what-happens">{says}</p>
        <label>{t('drive.reason')}<input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></label>
        <button type="submit" className="primary" disabled={reason.trim() === ''}>{send}</button>
      </form>
    </details>
  );
}
