import type { ScheduleChangeView } from '../../../../../src/appointments/index.ts';
import { useWords } from '../../../shell/language.tsx';

interface OutcomeProps {
  readonly change: ScheduleChangeView;
  /** Whether somebody has said that the built-in sessions may go; absent where that is not asked. */
  readonly confirmed?: boolean;
  readonly onConfirm?: (confirmed: boolean) => void;
}

/** What a change does to people, before it is done or after. */
export function Outcome({ change, confirmed = false, onConfirm }: OutcomeProps) {
  const { t, word } = useWords();
  const { slots, people, dryRun, replaces = [] } = change;
  const names = [...new Set(replaces.map(({ service }) => word('service', service)))].join(', ');
  return (
    <div className="outcome" role="status">
      <p><b>{t(people === 0 ? 'clinics.touches-nobody' : dryRun ? 'clinics.would-touch' : 'clinics.touches', { count: people })}</b></p>
      <p className="quiet">{t(dryRun ? 'clinics.would-slots' : 'clinics.slots', { added: slots.added, changed: slots.changed, closed: slots.closed })}</p>
      {replaces.length > 0 && <p><b>{t('clinics.replaces', { service: names, count: replaces.reduce((sum, { sessions }) => sum + sessions, 0) })}</b></p>}
      {replaces.length > 0 && dryRun && onConfirm && (
        <label className="check"><input type="checkbox" checked={confirmed} onChange={(event) => onConfirm(event.target.checked)} /> {t('clinics.replaces-yes', { service: names })}</label>
      )}
    </div>
  );
}

/** Nothing may be published that closes sessions nobody has looked at. */
export const isConfirmed = (looked: ScheduleChangeView | undefined, confirmed: boolean): boolean => confirmed || !looked?.replaces?.length;

/** What the address of a dry run or of the publishing itself ends with. */
export const queryFor = (dryRun: boolean, confirmed: boolean): string => (dryRun ? '?dryRun=true' : confirmed ? '?confirmReplaces=true' : '');
