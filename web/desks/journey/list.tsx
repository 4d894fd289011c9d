import { useRef, type ReactNode } from 'react';
import type { JourneyView } from '../../../src/journey/index.ts';
import { leave, letGo, touch } from '../shell/hold.ts';
import { useKey } from '../shell/keys.ts';
import { Empty } from '../shell/states.tsx';
import { useSteady } from '../shell/use-steady.ts';
import { JourneyLine } from './line.tsx';
import { NewRows } from './new-rows.tsx';

interface ListProps {
  readonly name: string;
  readonly journeys: readonly JourneyView[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly empty: string;
  /** What stands on the row beside the line: one button at most. */
  readonly beside?: (journey: JourneyView) => ReactNode;
  /** What this screen has to know beyond the line. */
  readonly below?: (journey: JourneyView) => ReactNode;
  /** j, k and n work one list on a screen; a second one leaves them alone. */
  readonly keyboard?: boolean;
}

/** Journeys by urgency. It never moves under the cursor: what is new waits outside and says so. j, k and Enter work it. */
export function JourneyList({ name, journeys, selected, onSelect, empty, beside, below, keyboard = true }: ListProps) {
  const shown = useSteady(journeys, idOf);
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number): void => {
    if (shown.rows.length === 0) return;
    const now = shown.rows.findIndex(({ item }) => item.id === selected);
    const next = shown.rows[Math.min(shown.rows.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
    if (!next) return;
    touch();
    onSelect(next.item.id);
    list.current?.querySelector<HTMLElement>(`[data-journey="${CSS.escape(next.item.id)}"]`)?.focus();
  };
  useKey(keyboard ? 'j' : undefined, () => move(1));
  useKey(keyboard ? 'k' : undefined, () => move(-1));
  useKey(keyboard ? 'n' : undefined, letGo);
  const worst = shown.waiting[0];

  return (
    <section className="queue" aria-label={name} onPointerMove={touch} onPointerLeave={leave} onFocus={touch}>
      <h2>{name} <span className="count">{journeys.length}</span></h2>
      <NewRows count={shown.waiting.length} worst={worst?.acuity} />
      {shown.rows.length === 0 && <Empty>{empty}</Empty>}
      <ul ref={list} className="rows">
        {shown.rows.map(({ item, gone }) => (
          <li key={item.id} className={`row${gone ? ' gone' : ''}${item.id === selected ? ' selected' : ''}`}>
            <button type="button" className="row-open" data-journey={item.id} aria-current={item.id === selected} disabled={gone} onClick={() => onSelect(item.id)}>
              <JourneyLine journey={item} />
              {below && <span className="row-below">{below(item)}</span>}
            </button>
            {!gone && beside?.(item)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const idOf = ({ id }: JourneyView): string => id;
