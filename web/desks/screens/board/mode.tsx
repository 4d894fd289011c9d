import { useState, type ReactNode } from 'react';
import type { BoardView } from '../../../../src/dispatch/index.ts';
import { listed } from '../../../shared/words.ts';
import { usePost } from '../../data/post.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { useKey } from '../../shell/keys.ts';
import { useWords } from '../../shell/language.tsx';
import { dayAndTime } from '../../shell/now.ts';
import { Confirm } from './confirm.tsx';
import { driveTime } from './drive-time.tsx';
import { reasonOf, shortfallOf, type Names } from './notes.ts';

interface ModeProps {
  readonly board: BoardView;
  readonly mayDecide: boolean;
  /** What else stands at the head of the screen. */
  readonly children: ReactNode;
}

/** Who decides that a unit goes: said at the head of the screen, and with one press given back to people. */
export function ModeBar({ board: { mode, calls, units, travel }, mayDecide, children }: ModeProps) {
  const { t } = useWords();
  const posting = usePost('board');
  const [asking, setAsking] = useState(false);
  const isAutomatic = mode.mode === 'automatic';
  const giveBack = (): void => posting.now('/api/board/mode', { mode: 'recommended', reason: t('board.mode-back') });
  const press = (): void => { if (mayDecide && !posting.busy) { if (isAutomatic) giveBack(); else setAsking(true); } };
  useKey('a', press);
  const waiting = calls.filter(({ unit }) => unit === undefined);
  const none = waiting.filter(({ answer }) => answer?.unit === undefined).length;
  const free = units.filter(({ state }) => state === 'idle' || state === 'returning').length;
  return (
    <header className={`board-bar${isAutomatic ? ' automatic' : ''}`}>
      <p role="status">
        <b>{t(isAutomatic ? 'board.mode-automatic' : 'board.mode-recommended')}</b>{' '}
        {isAutomatic && <>{t('board.mode-since', { time: dayAndTime(mode.since), who: mode.by ?? '' })} {mode.reason}</>}
      </p>
      <p className="board-counts">
        <span>{t('board.count-waiting', { count: waiting.length })}</span>
        <span className={none > 0 ? 'strong' : ''}>{t('board.count-none', { count: none })}</span>
        <span>{t('board.count-free', { free, all: units.length })}</span>
        <span>{t(travel === 'roads' ? 'board.travel-roads' : 'board.travel-estimate')}</span>
      </p>
      {children}
      {mayDecide && (
        <button type="button" className={isAutomatic ? 'primary' : ''} disabled={posting.busy} onClick={press}>
          {t(isAutomatic ? 'board.mode-give-back' : 'board.mode-switch')} <kbd>A</kbd>
        </button>
      )}
      {posting.problem && <p role="alert" className="problem">{posting.problem}</p>}
      {asking && (
        <Confirm
          title={t('board.mode-confirm')} says={t('board.mode-happens', { count: waiting.length })} reasonLabel={t('board.mode-reason')}
          onDone={(answer) => {
            setAsking(false);
            if (answer) posting.now('/api/board/mode', { mode: 'automatic', reason: answer.reason });
          }}
        />
      )}
    </header>
  );
}

interface DoneProps {
  readonly board: BoardView;
  readonly names: Names;
  readonly maySend: boolean;
  readonly onSelect: (journey: string) => void;
}

/** What the board has sent by itself, each with the reasons it had then. */
export function DoneByItself({ board, names, maySend, onSelect }: DoneProps) {
  const words = useWords();
  const { t } = words;
  const { done } = board;
  if (done.length === 0) return null;
  return (
    <details className="done-list" open={board.mode.mode === 'automatic'}>
      <summary>{t('board.done')} <span className="count">{done.length}</span></summary>
      <ul className="plain-rows">
        {done.map(({ journey, at, unit, name, acuity, etaSeconds, reasons, shortfalls, takenFrom }) => {
          const from = takenFrom === undefined ? undefined : (names.ofJourney(takenFrom) ?? t('board.somebody'));
          const runs = board.calls.some((call) => call.journey === journey && call.unit === unit);
          return (
            <li key={`${journey}${at}`} className="done-row">
              <button type="button" className="row-open" onClick={() => onSelect(journey)}>
                <time>{dayAndTime(at)}</time> <span className="code">{unit}</span> → <AcuityMark acuity={acuity} compact /> <b>{name}</b> {driveTime(words, etaSeconds, board.travel)}{' '}
                <span className="quiet">
                  {listed(...reasons.map((note) => reasonOf(words, note, names)), ...shortfalls.map((note) => shortfallOf(words, note, names)), from && t('board.done-from', { name: from }))}
                </span>
              </button>
              {maySend && runs && <TakeBack journey={journey} unit={unit} name={name} />}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** The board would send the same unit again a second later: whoever takes one back decides by hand from then on. */
function TakeBack({ journey, unit, name }: { readonly journey: string; readonly unit: string; readonly name: string }) {
  const { t } = useWords();
  const posting = usePost('board', 'journeys', 'units');
  const standDown = (): void => posting.now(`/api/journeys/${encodeURIComponent(journey)}/stand-down-unit`, { reason: t('board.take-back-reason') });
  return (
    <span className="quick">
      <button
        type="button" disabled={posting.busy} aria-label={t('board.take-back-of', { unit, name })}
        onClick={() => posting.now('/api/board/mode', { mode: 'recommended', reason: t('board.take-back-of', { unit, name }) }, standDown)}
      >
        {t('board.take-back')}
      </button>
      {posting.problem && <span role="alert" className="problem">{posting.problem}</span>}
    </span>
  );
}
