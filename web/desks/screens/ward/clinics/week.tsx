import type { ClinicSessionView } from '../../../../../src/appointments/index.ts';
import { useWords } from '../../../shell/language.tsx';
import { useNow } from '../../../shell/now.ts';
import { Empty } from '../../../shell/states.tsx';
import { useClinicName } from './board.tsx';
import { shortDay, startOfCityDay } from './days.ts';
import { clinicRows, tally } from './rows.ts';

interface WeekProps {
  readonly days: readonly number[];
  /** The sessions of each of the days; absent while they are asked for. */
  readonly sessions: readonly (readonly ClinicSessionView[] | undefined)[];
  readonly onDay: (day: number) => void;
}

/** Seven days of every clinic: seats taken, and what is closed. A day is one press away. */
export function Week({ days, sessions, onDay }: WeekProps) {
  const { t } = useWords();
  const now = useNow();
  const nameOf = useClinicName();
  const rows = clinicRows(sessions.flatMap((each) => each ?? []));
  if (rows.length === 0) return <Empty>{t(sessions.includes(undefined) ? 'state.loading' : 'clinics.week-empty')}</Empty>;
  return (
    <div className="week" role="region" aria-label={t('clinics.week')} tabIndex={0}>
      <table>
        <thead>
          <tr><th scope="col">{t('clinics.clinic')}</th>{days.map((day) => <th key={day} scope="col"><button type="button" className="plain" onClick={() => onDay(day)}>{shortDay(startOfCityDay(day))}</button></th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{nameOf(row)}</th>
              {days.map((day, index) => <DayCell key={day} sessions={sessions[index]?.filter(({ service, clinic }) => service === row.service && clinic === row.clinic)} now={now} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayCell({ sessions, now }: { readonly sessions: readonly ClinicSessionView[] | undefined; readonly now: number }) {
  const { t } = useWords();
  if (sessions === undefined) return <td className="quiet">…</td>;
  if (sessions.length === 0) return <td className="quiet">–</td>;
  const { seats, taken, kept, closed } = tally(sessions, now);
  return (
    <td>
      <b>{taken}/{seats}</b>
      {kept > 0 && <span className="quiet"> {t('clinics.kept', { count: kept })}</span>}
      {closed > 0 && <span className="week-closed">{t('clinics.closed-count', { count: closed })}</span>}
    </td>
  );
}
