import { useState } from 'react';
import type { PharmacyRowView, PharmacyView } from '../../../../src/clinic/index.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { AgeOf } from '../../journey/countdown.tsx';
import { Due } from '../../journey/due.tsx';
import { leave, touch } from '../../shell/hold.ts';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { Asking, Empty } from '../../shell/states.tsx';
import { useSteady } from '../../shell/use-steady.ts';
import { PharmacyCase } from './pharmacy-case.tsx';
import { usePharmacy } from './queries.ts';

/** In the order in which a prescription goes: nothing is handed out that nobody has checked. */
const STAGES = ['toCheck', 'queried', 'toDispense', 'toHandOver', 'onTheWay'] as const satisfies readonly (keyof PharmacyView)[];

export function Pharmacist() {
  const asked = usePharmacy();
  return <Asking asked={asked}>{(pharmacy) => <Desk pharmacy={pharmacy} />}</Asking>;
}

function Desk({ pharmacy }: { readonly pharmacy: PharmacyView }) {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  const [last, setLast] = useState<PharmacyRowView>();
  const all = STAGES.flatMap((stage) => pharmacy[stage]);
  const row = all.find(({ journey }) => journey === open);
  // It stays open when it leaves the list: closing it by itself would look like a mistake of one's own.
  if (row && row !== last) setLast(row);
  const shown = row ?? (last?.journey === open ? last : undefined);
  const move = (by: number): void => {
    const here = all.findIndex(({ journey }) => journey === open);
    const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    if (next) setOpen(next.journey);
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  return (
    <div className={`clinic pharmacy${open === undefined ? '' : ' clinic-open'}`}>
      <div className="clinic-queue">
        {STAGES.map((stage) => <Stage key={stage} stage={stage} rows={pharmacy[stage]} open={open} onOpen={setOpen} />)}
        <p className="quiet"><AgeOf at={pharmacy.at} /></p>
      </div>
      {shown === undefined ? <div className="clinic-nobody"><Empty>{t('pharmacy.nobody-open')}</Empty></div>
        : <PharmacyCase key={shown.journey} row={shown} gone={row === undefined} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function Stage({ stage, rows, open, onOpen }: { readonly stage: (typeof STAGES)[number]; readonly rows: readonly PharmacyRowView[]; readonly open: string | undefined; readonly onOpen: (journey: string) => void }) {
  const { t, word, say } = useWords();
  const shown = useSteady(rows, idOf);
  return (
    <section className="queue" aria-label={word('pharmacy-stage', stage)} onPointerMove={touch} onPointerLeave={leave} onFocus={touch}>
      <h2>{word('pharmacy-stage', stage)} <span className="count">{rows.length}</span></h2>
      {shown.rows.length === 0 && <Empty>{t('pharmacy.stage-empty')}</Empty>}
      <ul className="rows">
        {shown.rows.map(({ item, gone }) => (
          <li key={item.journey} className={`row${gone ? ' gone' : ''}${item.journey === open ? ' selected' : ''}`}>
            <button type="button" className="row-open" disabled={gone} aria-current={item.journey === open} onClick={() => onOpen(item.journey)}>
              <span className="journey-line">
                <AcuityMark acuity={item.acuity} compact />
                <span className="journey-what"><b>{item.person.name}</b></span>
                <span className="journey-due">{item.dueAt !== undefined && <Due at={item.dueAt} />}</span>
                <span className="journey-way">{say(item.town.name)} · {item.prescription.items.map(({ medicine }) => medicine).join(', ')}</span>
                <span className="journey-step">
                  {item.medicineDaysLeft !== undefined && <b>{t('pharmacy.days-left', { days: item.medicineDaysLeft })} </b>}
                  {(item.prescription.warnings?.length ?? 0) > 0 && stage === 'toCheck' && <b>⚠ {item.prescription.warnings!.length} </b>}
                  {item.prescription.coldChain && <span>❄ {t('cloud.cold')} </span>}
                  {item.query && <span>{t('pharmacy.asked', { name: item.prescriber })}</span>}
                  {item.handedOver && <span>{t('pharmacy.carried-by', { courier: item.handedOver.courier })}</span>}
                  {(item.spoiled ?? 0) > 0 && <b className="told">{t('pharmacy.spoiled')}</b>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const idOf = ({ journey }: PharmacyRowView): string => journey;
