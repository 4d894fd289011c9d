import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import { newIntent, post } from '../../../shared/api.ts';
import { t } from '../../../shared/words.ts';
import { justChanged, shownNow, type Shown } from './fresh.ts';

/** A unit was taken from somebody less ill: who that is, until a dispatcher has seen what became of them. */
export interface TakenFrom {
  readonly unit: string;
  readonly journey: string;
  readonly name: string;
  readonly acuity: BoardCall['acuity'];
  /** Who has it now. */
  readonly goesTo: string;
}

export interface Sending {
  /** Sends the recommendation, or the unit that was chosen. */
  readonly send: (call: BoardCall, chosen?: string) => void;
  readonly isBusy: (journey: string) => boolean;
  readonly problem: (journey: string) => string | undefined;
  readonly taken: readonly TakenFrom[];
  readonly seen: (journey: string) => void;
}

/** One press sends; two presses for two calls do not wait for each other. */
export function useSending(board: BoardView): Sending {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [taken, setTaken] = useState<readonly TakenFrom[]>([]);
  const shown = useRef<Shown>(new Map());
  useEffect(() => { shown.current = shownNow(shown.current, board.calls, performance.now()); }, [board.calls]);

  const send = (call: BoardCall, chosen?: string): void => {
    const { journey, answer } = call;
    const unit = chosen ?? answer?.unit;
    if (unit === undefined || unit === call.unit || busy.has(journey)) return;
    if (chosen === undefined && justChanged(shown.current, journey, performance.now())) return setProblems((now) => ({ ...now, [journey]: t('board.just-changed') }));
    const from = unit === answer?.unit ? board.calls.find(({ mission }) => mission === answer.takenFrom) : undefined;
    setProblems(({ [journey]: _, ...rest }) => rest);
    setBusy((now) => new Set([...now, journey]));
    void post('/api/board/send', { journey, unit, ...(from && { takenFrom: from.journey }) }, { intent: newIntent() })
      .then(() => from && setTaken((now) => [{ unit, journey: from.journey, name: from.name, acuity: from.acuity, goesTo: call.name }, ...now]))
      .catch((problem: unknown) => setProblems((now) => ({ ...now, [journey]: problem instanceof Error ? problem.message : String(problem) })))
      // Sent or refused: the picture it was decided on is old.
      .then(() => Promise.all(['board', 'options', 'journeys', 'units'].map((key) => queries.invalidateQueries({ queryKey: [key] }))))
      .finally(() => setBusy((now) => new Set([...now].filter((one) => one !== journey))));
  };
  return {
    send, taken, isBusy: (journey) => busy.has(journey), problem: (journey) => problems[journey],
    seen: (journey) => setTaken((now) => now.filter((one) => one.journey !== journey)),
  };
}
