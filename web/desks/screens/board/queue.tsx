import type { ReactNode } from 'react';
import type { BoardCall } from '../../../../src/dispatch/index.ts';
import { NewRows } from '../../journey/new-rows.tsx';
import { leave, letGo, touch } from '../../shell/hold.ts';
import { useKey } from '../../shell/keys.ts';
import { Empty } from '../../shell/states.tsx';
import { useSteady } from '../../shell/use-steady.ts';

interface QueueProps {
  readonly name: string;
  readonly empty: string;
  readonly calls: readonly BoardCall[];
  readonly selected: string | undefined;
  readonly onSelect: (journey: string) => void;
  readonly line: (call: BoardCall) => ReactNode;
  /** What became of a call that has left this list while somebody pointed at it. */
  readonly gone: (call: BoardCall) => string;
  /** One button at most. */
  readonly beside?: (call: BoardCall) => ReactNode;
  /** `n` is said once on the screen. */
  readonly showsKey?: boolean;
}

const idOf = ({ journey }: BoardCall): string => journey;

/** Calls in the server's order. Rows keep their places while somebody points at one: what is new waits outside and says so. */
export function Queue({ name, empty, calls, selected, onSelect, line, gone: became, beside, showsKey = false }: QueueProps) {
  const { rows, waiting } = useSteady(calls, idOf);
  const [worst] = waiting;
  return (
    <section className="queue" aria-label={name} onPointerMove={touch} onPointerLeave={leave} onFocus={touch}>
      <h2>{name} <span className="count">{calls.length}</span></h2>
      <NewRows count={waiting.length} worst={worst?.acuity} showsKey={showsKey} />
      {rows.length === 0 && <Empty>{empty}</Empty>}
      <ul className="rows">
        {rows.map(({ item, gone }) => (
          <li key={item.journey} className={`row${gone ? ' gone left' : ''}${item.journey === selected ? ' selected' : ''}`}>
            <button type="button" className="row-open" data-call={item.journey} aria-current={item.journey === selected} onClick={() => onSelect(item.journey)}>
              {line(item)}
              {gone && <span className="call-left">{became(item)}</span>}
            </button>
            {!gone && beside?.(item)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** j and k go through every call on the screen, from one list into the next. */
export function useCallKeys(selected: string | undefined, onSelect: (journey: string) => void): void {
  const move = (by: number): void => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-call]')];
    if (rows.length === 0) return;
    const now = rows.findIndex((row) => row.dataset['call'] === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
    if (!next) return;
    touch();
    next.focus();
    onSelect(next.dataset['call'] ?? '');
  };
  useKey('j', () => move(1));
  useKey('k', () => move(-1));
  useKey('n', letGo);
}
