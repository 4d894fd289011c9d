import { useState, type ReactNode } from 'react';
import type { BoardView, UnitView } from '../../../../src/dispatch/index.ts';
import { clockTime } from '../../../shared/time.ts';
import { usePost } from '../../data/post.ts';
import { AcuityMark } from '../../journey/acuity.tsx';
import { AgeOf } from '../../journey/countdown.tsx';
import { useWords } from '../../shell/language.tsx';
import { Confirm } from './confirm.tsx';
import type { Names } from './notes.ts';

interface UnitsProps {
  readonly board: BoardView;
  readonly names: Names;
  readonly mayDecide: boolean;
  readonly onSelect: (journey: string) => void;
}

/** Groups in the order of what needs a look: whom nobody hears of, who is out, who will be back, who stands free. */
const GROUPS = ['lostContact', 'out', 'decontaminating', 'outOfService', 'free'] as const;
type Group = (typeof GROUPS)[number];
/** Known and quiet: one look now and then is enough. */
const FOLDED: ReadonlySet<Group> = new Set(['outOfService', 'free']);

function groupOf({ state, lostContact }: UnitView): Group {
  if (lostContact) return 'lostContact';
  if (state === 'decontaminating' || state === 'outOfService') return state;
  return state === 'idle' || state === 'returning' ? 'free' : 'out';
}

/** Every unit with its state, how old its position is, and what will change it. The free ones are counted and folded. */
export function Units({ board, names, mayDecide, onSelect }: UnitsProps) {
  const { t, word } = useWords();
  const groups = Map.groupBy(board.units, groupOf);
  const free = groups.get('free') ?? [];
  return (
    <section className="units">
      <h2>
        {t('board.units')}{' '}
        <span className="count">{t('board.free', { free: free.length, all: board.units.length, advanced: free.filter(({ equipment }) => equipment === 'advanced').length })}</span>
      </h2>
      {GROUPS.map((group) => {
        const list = groups.get(group) ?? [];
        if (list.length === 0) return null;
        const rows = (): ReactNode => (
          <ul className="plain-rows">{list.map((unit) => <UnitRow key={unit.unit} unit={unit} board={board} names={names} mayDecide={mayDecide} onSelect={onSelect} />)}</ul>
        );
        return FOLDED.has(group)
          ? <Folded key={group} name={word('unit-group', group)} count={list.length}>{rows}</Folded>
          : <div key={group}><h3>{word('unit-group', group)} <span className="count">{list.length}</span></h3>{rows()}</div>;
      })}
    </section>
  );
}

/** Rows that nobody looks at are not drawn: a large city has a thousand units. */
function Folded({ name, count, children }: { readonly name: string; readonly count: number; readonly children: () => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{name} <span className="count">{count}</span></summary>
      {open && children()}
    </details>
  );
}

function UnitRow({ unit, board, names, mayDecide, onSelect }: UnitsProps & { readonly unit: UnitView }) {
  const { t, word, say } = useWords();
  const call = board.calls.find(({ journey }) => journey === unit.journey);
  const post = board.posts.find(({ code }) => code === unit.post);
  const facts: readonly ReactNode[] = [
    unit.state === 'outOfService' && unit.reason,
    unit.outUntil !== undefined && t('board.until', { time: clockTime(unit.outUntil) }),
    unit.readyAt !== undefined && t('board.ready-at', { time: clockTime(unit.readyAt) }),
    unit.shiftEndsAt !== undefined && t('board.shift-ends', { time: clockTime(unit.shiftEndsAt) }),
    post ? t('board.at-post', { post: say(post.name) }) : unit.journey === undefined && say(unit.stationName),
    word('equipment', unit.equipment),
    unit.negativePressure && t('vehicle.negative-pressure'),
  ].filter(Boolean);
  return (
    <li className="unit-row">
      <span className="unit-what">
        <span className="code">{unit.unit}</span> <b>{word('unit-state', unit.state)}</b>{' '}
        {unit.journey !== undefined && (
          <button type="button" className="plain inline" onClick={() => onSelect(unit.journey ?? '')}>
            {call && <AcuityMark acuity={call.acuity} compact />} {names.ofJourney(unit.journey) ?? t('board.its-patient')}
          </button>
        )}{' '}
        {unit.lostContact
          ? <strong className="lost">{t('board.lost-contact')} <AgeOf at={unit.placeAt} /></strong>
          : isOnTheRoad(unit) && <span className="quiet" title={t('board.position')}><span className="only-heard">{t('board.position')}</span> <AgeOf at={unit.placeAt} /></span>}{' '}
        <span className="quiet unit-facts">{facts.map((fact, index) => <span key={index}>{fact}</span>)}</span>
      </span>
      {mayDecide && unit.journey === undefined && <Service unit={unit} />}
    </li>
  );
}

const isOnTheRoad = ({ state }: UnitView): boolean => state === 'toPatient' || state === 'withPatient' || state === 'returning';

/** Taken out of service with a reason, and back with one press. */
function Service({ unit: { unit, state } }: { readonly unit: UnitView }) {
  const { t } = useWords();
  const posting = usePost('board', 'units');
  const [asking, setAsking] = useState(false);
  const path = `/api/units/${encodeURIComponent(unit)}/service`;
  const isOut = state === 'outOfService';
  const press = (): void => { if (isOut) posting.now(path, { state: 'inService' }); else setAsking(true); };
  return (
    <span className="unit-do">
      <button type="button" className="plain" disabled={posting.busy} aria-label={t(isOut ? 'board.back-of' : 'board.out-of', { unit })} onClick={press}>
        {t(isOut ? 'board.back' : 'board.out')}
      </button>
      {posting.problem && <span role="alert" className="problem">{posting.problem}</span>}
      {asking && (
        <Confirm
          title={t('board.out-of', { unit })} says={t('board.out-happens', { unit })} reasonLabel={t('board.out-reason')}
          onDone={(answer) => {
            setAsking(false);
            if (answer) posting.now(path, { state: 'outOfService', reason: answer.reason });
          }}
        />
      )}
    </span>
  );
}
