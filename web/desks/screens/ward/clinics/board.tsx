import { useRef } from 'react';
import type { ClinicSessionView } from '../../../../../src/appointments/index.ts';
import { clockTime } from '../../../../shared/time.ts';
import { useKey } from '../../../shell/keys.ts';
import { useWords } from '../../../shell/language.tsx';
import { useNow } from '../../../shell/now.ts';
import { Empty } from '../../../shell/states.tsx';
import { clinicRows, keptNow, tally, type ClinicRow } from './rows.ts';

interface BoardProps {
  readonly sessions: readonly ClinicSessionView[];
  readonly selected: string | undefined;
  readonly onSelect: (slot: string) => void;
}

/** A day of every clinic: one line each, its sessions in order. j and k go through them; what is over stays readable and quiet. */
export function DayBoard({ sessions, selected, onSelect }: BoardProps) {
  const { t } = useWords();
  const board = useRef<HTMLDivElement>(null);
  const rows = clinicRows(sessions);
  const order = rows.flatMap((row) => row.sessions);
  const move = (by: number): void => {
    const here = order.findIndex(({ slot }) => slot === selected);
    const next = order[Math.min(order.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
    if (!next) return;
    onSelect(next.slot);
    board.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(next.slot)}"]`)?.focus();
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  if (rows.length === 0) return <Empty>{t('clinics.day-empty')}</Empty>;
  return <div ref={board} className="clinic-board">{rows.map((row) => <Clinic key={row.key} row={row} selected={selected} onSelect={onSelect} />)}</div>;
}

export function useClinicName(): (row: Pick<ClinicRow, 'service' | 'clinicName'>) => string {
  const { word } = useWords();
  return ({ service, clinicName }) => (clinicName ? `${word('service', service)} · ${clinicName}` : word('service', service));
}

function Clinic({ row, selected, onSelect }: { readonly row: ClinicRow } & Pick<BoardProps, 'selected' | 'onSelect'>) {
  const { t } = useWords();
  const now = useNow();
  const name = useClinicName()(row);
  const { seats, taken, kept, closed } = tally(row.sessions, now);
  return (
    <div className="clinic-line">
      <h3>{name}</h3>
      <p className="quiet">
        {t('clinics.tally', { taken, seats })}
        {kept > 0 && <> · {t('clinics.kept', { count: kept })}</>}
        {closed > 0 && <> · {t('clinics.closed-count', { count: closed })}</>}
      </p>
      <ol className="sessions">
        {row.sessions.map((session) => <li key={session.slot}><Session session={session} now={now} selected={session.slot === selected} onSelect={onSelect} /></li>)}
      </ol>
    </div>
  );
}

/** Time, seats taken of seats, and a bar of them; closed is struck and hatched, so that nothing is said by shade alone. */
function Session({ session, now, selected, onSelect }: { readonly session: ClinicSessionView; readonly now: number; readonly selected: boolean; readonly onSelect: (slot: string) => void }) {
  const { t } = useWords();
  const { slot, startsAt, endsAt, seats, taken, closed, booked } = session;
  const kept = keptNow(session, now);
  const here = booked.filter(({ state }) => state === 'checkedIn').length;
  const kind = closed ? 'session-closed' : endsAt <= now ? 'session-over' : taken >= seats ? 'session-full' : 'session-open';
  return (
    <button
      type="button" data-slot={slot} className={`session ${kind}`} aria-pressed={selected} onClick={() => onSelect(slot)}
      aria-label={[clockTime(startsAt), closed ? t('clinics.closed') : t('clinics.tally', { taken, seats }), here > 0 && t('clinics.here-count', { count: here })].filter(Boolean).join(', ')}
    >
      <span className="session-time">{clockTime(startsAt)}</span>
      <span className="session-seats">{closed ? t('clinics.closed') : `${taken}/${seats}`}{!closed && kept > 0 && ` +${kept}`}</span>
      <span className="session-bar" aria-hidden="true"><i data-fill={Math.round((10 * taken) / Math.max(1, seats))} /></span>
      {here > 0 && <span className="session-here">{t('clinics.here-count', { count: here })}</span>}
    </button>
  );
}
