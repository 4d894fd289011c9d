import '../passes/passes.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Text } from '../../../src/base/index.ts';
import type { JourneyView } from '../../../src/journey/index.ts';
import { get } from '../../shared/api.ts';
import { clockTime, dayName } from '../../shared/time.ts';
import { useMe } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';
import { Asking } from '../shell/states.tsx';

interface PassAnswer {
  readonly code: string;
  readonly qrSvg: string;
  readonly fromTown?: Text;
  readonly toInstitution?: Text;
  readonly validFrom: number;
  readonly validTo: number;
  readonly companion?: { readonly name: string; readonly qrSvg: string };
}

const PRINTS: ReadonlySet<string> = new Set(['committee', 'hotline', 'district']);
/** On paper there is no today: the day is always said. */
const onPaper = (instant: number): string => `${dayName(instant)} ${clockTime(instant)}`;

/** For somebody without a phone of their own: their pass on paper, to be read where there is no network. Nothing of their illness is on the sheet. */
export function PassSheet({ journey: { id, pass, person } }: { readonly journey: JourneyView }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const [open, setOpen] = useState(false);
  if (!pass || pass.revoked || !me || !PRINTS.has(me.actor.role)) return null;
  return (
    <p className="actions">
      <button type="button" onClick={() => setOpen(true)}>{t('pass-sheet.open')}</button>
      {open && createPortal(<Sheet id={id} code={pass.code} name={person.name} onClose={() => setOpen(false)} />, document.body)}
    </p>
  );
}

function Sheet({ id, code, name, onClose }: { readonly id: string; readonly code: string; readonly name: string; readonly onClose: () => void }) {
  const { t, say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const asked = useQuery({ queryKey: ['pass', id, code], queryFn: () => get<PassAnswer>(`/api/journeys/${encodeURIComponent(id)}/pass`) });
  return (
    <dialog ref={dialog} className="dialog pass-sheet" aria-label={t('pass-sheet.title')} onCancel={onClose}>
      <h2>{t('pass-sheet.title')}</h2>
      <Asking asked={asked}>
        {(shown) => (
          <ul className="pass-cards">
            {[{ name, qrSvg: shown.qrSvg }, ...(shown.companion ? [shown.companion] : [])].map((one) => (
              <li key={one.name} className="pass-card">
                <img alt={t('pass-sheet.qr', { name: one.name })} src={`data:image/svg+xml;utf8,${encodeURIComponent(one.qrSvg)}`} />
                <p><b>{one.name}</b><br />{shown.fromTown && shown.toInstitution && <>{t('checkpoint.way', { from: say(shown.fromTown), to: say(shown.toInstitution) })}<br /></>}{onPaper(shown.validFrom)}–{onPaper(shown.validTo)}<br /><span className="code pass-code">{shown.code}</span></p>
              </li>
            ))}
          </ul>
        )}
      </Asking>
      <p className="actions"><button type="button" className="primary" disabled={!asked.data} onClick={() => print()}>{t('pass-sheet.print')}</button><button type="button" onClick={onClose}>{t('pass-sheet.back')}</button></p>
    </dialog>
  );
}
