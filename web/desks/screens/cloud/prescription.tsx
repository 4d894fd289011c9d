import type { JourneyView } from '../../../../src/journey/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { useWords } from '../../shell/language.tsx';

/** What the doctor answered and prescribed: what the pharmacist reads before anything leaves the shelf. */
export function Prescription({ visit }: { readonly visit: NonNullable<JourneyView['visit']> }) {
  const { t } = useWords();
  if (visit.answeredAt === undefined) return null;
  return (
    <section className="prescription">
      <h3>{t('cloud.answer', { time: clockTime(visit.answeredAt) })}</h3>
      <p>{visit.advice}</p>
      {visit.prescription && (
        <table>
          <thead><tr><th>{t('item.medicine')}</th><th>{t('item.dose')}</th><th>{t('item.days')}</th></tr></thead>
          <tbody>
            {visit.prescription.items.map(({ medicine, dose, days }) => <tr key={medicine}><td>{medicine}</td><td>{dose}</td><td>{days}</td></tr>)}
          </tbody>
        </table>
      )}
    </section>
  );
}
