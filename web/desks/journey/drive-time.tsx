import { useCity } from '../data/queries.ts';
import { useWords } from '../shell/language.tsx';

/** How long a drive takes, and how sure that is. */
export interface DriveTimeProps {
  readonly seconds: number;
  /** From the distance alone. */
  readonly estimated?: boolean | undefined;
  /** Every road is closed: the time is what it would take if somebody let them through. */
  readonly noWayOpen?: boolean | undefined;
}

/** Minutes; an estimate says so, and where no road is open it says whom to call: a guess that passes for a way is the worse mistake. */
export function DriveTime({ seconds, estimated, noWayOpen }: DriveTimeProps) {
  const { t } = useWords();
  const number = useCity().data?.phones.medicalLine.number ?? '';
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (noWayOpen) return <b className="problem">{t('drive.noWay', { minutes, number })}</b>;
  return <b>{t(estimated ? 'drive.about' : 'drive.minutes', { minutes })}</b>;
}
