import type { DutyView, Shift } from '../../../src/hotline/index.ts';
import { cityDay, clockTime, dayName } from '../../shared/time.ts';
import { useWords } from '../shell/language.tsx';
import { useNow } from '../shell/now.ts';

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
const DAYS = 7;
const MARKS = [0, 6, 12, 18, 24];

interface WeekProps {
  readonly duty: DutyView;
  readonly chosen?: string | undefined;
  readonly onChoose?: (shift: Shift) => void;
  /** A gap that is pressed is filled. */
  readonly onFill?: (gap: { readonly from: number; readonly to: number }) => void;
}

/** Seven days, midnight to midnight: who answers when, and the holes in sight. */
export function Week({ duty, chosen, onChoose, onFill }: WeekProps) {
  const { t } = useWords();
  const now = useNow();
  const first = cityDay(duty.at) * DAY_MS - ZONE_MS;
  return (
    <>
      <ol className="week" aria-label={t('duty.week')}>
        {Array.from({ length: DAYS }, (_, day) => {
          const window = { from: first + day * DAY_MS, to: first + (day + 1) * DAY_MS };
          const inside = (part: { from: number; to: number }): boolean => part.from < window.to && part.to > window.from;
          const place = ({ from, to }: { from: number; to: number }) => ({
            insetInlineStart: `${((Math.max(from, window.from) - window.from) / DAY_MS) * 100}%`,
            width: `${((Math.min(to, window.to) - Math.max(from, window.from)) / DAY_MS) * 100}%`,
          });
          return (
            <li key={day}>
              <span className="week-day">{dayName(window.from + DAY_MS / 2)}</span>
              <span className="week-track">
                {duty.shifts.map((shift) => ({ shift, part: { from: shift.answersFrom, to: shift.to } })).filter(({ part }) => inside(part)).map(({ shift, part }) => (
                  <button
                    key={shift.id} type="button" className={`week-part${shift.id === duty.answers?.id ? ' now' : ''}${shift.to <= duty.at ? ' over' : ''}`} style={place(part)} aria-pressed={chosen === shift.id}
                    aria-label={t('duty.shift-is', { name: shift.dutyPerson, from: clockTime(shift.answersFrom), to: clockTime(shift.to) })} title={`${shift.dutyPerson} ${shift.phone}${shift.secondPerson ? ` · ${shift.secondPerson} ${shift.secondPhone}` : ''}`}
                    onClick={() => onChoose?.(shift)}
                  >
                    {shift.dutyPerson}<br /><span className="quiet">{clockTime(shift.answersFrom)}–{clockTime(shift.to)}</span>
                  </button>
                ))}
                {duty.gaps.filter(inside).map((gap) => (
                  <button key={`gap${gap.from}`} type="button" className="week-part gap" style={place(gap)} aria-label={t('duty.gap-is', { from: `${dayName(gap.from)} ${clockTime(gap.from)}`, to: `${dayName(gap.to)} ${clockTime(gap.to)}` })} onClick={() => onFill?.(gap)}>
                    {t('duty.gap')}
                  </button>
                ))}
                {now >= window.from && now < window.to && <span className="week-now" style={{ insetInlineStart: `${((now - window.from) / DAY_MS) * 100}%` }} />}
              </span>
            </li>
          );
        })}
        <li aria-hidden="true"><span /><span className="week-hours">{MARKS.map((hour) => <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>{String(hour).padStart(2, '0')}</span>)}</span></li>
      </ol>
    </>
  );
}
