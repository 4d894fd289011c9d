import type { ReactNode } from 'react';
import type { Prescription as Prescribed, Warning } from '../../../../src/clinic/index.ts';
import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';

/** What the doctor answered and prescribed. */
export function Prescription({ visit }: { readonly visit: NonNullable<JourneyView['visit']> }) {
  const { t } = useWords();
  if (visit.answeredAt === undefined) return null;
  return (
    <section className="prescription">
      <h3>{t('cloud.answer', { time: clockTime(visit.answeredAt) })}</h3>
      <p>{visit.advice}</p>
      {visit.amended && <p className="what-happens">{t('cloud.amended', { time: clockTime(visit.amended.at), reason: visit.amended.reason })}</p>}
      {visit.prescription && <><ItemTable items={visit.prescription.items} /><Warnings prescription={visit.prescription} /></>}
    </section>
  );
}

export function ItemTable({ items }: { readonly items: Prescribed['items'] }) {
  const { t } = useWords();
  return (
    <table>
      <thead><tr><th>{t('item.medicine')}</th><th>{t('item.dose')}</th><th className="number">{t('item.days')}</th><th className="number">{t('cloud.quantity')}</th></tr></thead>
      <tbody>{items.map(({ medicine, dose, days, quantity }, index) => <tr key={index}><td><b>{medicine}</b></td><td>{dose}</td><td className="number">{days}</td><td className="number">{quantity ?? '–'}</td></tr>)}</tbody>
    </table>
  );
}

/** What has to be looked at by a pharmacist, and what could not be checked: said, and never left out. */
export function Warnings({ prescription, beside }: { readonly prescription: Prescribed; readonly beside?: (warning: Warning) => ReactNode }) {
  const { t, word, say } = useWords();
  const { warnings = [], notChecked = [] } = prescription;
  return (
    <ul className="warnings">
      {warnings.map((warning) => (
        <li key={warning.id} className="warning">
          <span><b>⚠ {word('warning-kind', warning.kind)}</b> {warning.items.map((item) => prescription.items[item]?.medicine).filter(Boolean).join(' + ')}: {say(warning.text)}</span>
          {beside?.(warning)}
        </li>
      ))}
      {notChecked.length > 0 && <li className="warning-open">? {t('cloud.allergies-unchecked')}</li>}
    </ul>
  );
}
