import type { ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { useWords } from '../../../shell/language.tsx';

/** What a change does to people, before it is done or after. */
export function Outcome({ change }: { readonly change: ScheduleChangeView }) {
  const { t } = useWords();
  const { slots, people, dryRun } = change;
  return (
    <div className="outcome" role="status">
      <p><b>{t(people === 0 ? 'clinics.touches-nobody' : dryRun ? 'clinics.would-touch' : 'clinics.touches', { count: people })}</b></p>
      <p className="quiet">{t(dryRun ? 'clinics.would-slots' : 'clinics.slots', { added: slots.added, changed: slots.changed, closed: slots.closed })}</p>
    </div>
  );
}
