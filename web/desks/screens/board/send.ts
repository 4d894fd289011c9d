import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { BoardCall, BoardView } from '../../../../src/dispatch/index.ts';
import { newIntent, post } from '../../../shared/api.ts';
import { t } from '../../../shared/words.ts';

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

/** An answer that changed within the last half second is not what was read when the key was pressed. */
const READ_MS = 500;

/** One press sends; two presses for two calls do not wait for each other. */
export function useSending(board: BoardView): Sending {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [taken, setTaken] = useState<readonly TakenFrom[]>([]);
  const isFresh = useFreshAnswers(board);

  const send = (call: BoardCall, chosen?: string): void => {
    const { journey, answer } = call;
    const unit = chosen ?? answer?.unit;
    if (unit === undefined || unit === call.unit || busy.has(journey)) return;
    if (chosen === undefined && isFresh(journey)) return setProblems((now) => ({ ...now, [journey]: t('board.just-changed') }));
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

/** Whether the answer of a call has just become another one. A first answer is none: it was not there to be misread. */
function useFreshAnswers({ calls }: BoardView): (journey: string) => boolean {
  const known = useRef(new Map<string, { readonly answer: string; readonly at: number }>());
  useEffect(() => {
    known.current = new Map(calls.map(({ journey, answer }) => {
      const now = `${answer?.unit} ${answer?.takenFrom}`;
      const before = known.current.get(journey);
      return [journey, before?.answer === now ? before : { answer: now, at: before ? performance.now() : -READ_MS }];
    }));
  }, [calls]);
  return (journey) => performance.now() - (known.current.get(journey)?.at ?? -READ_MS) < READ_MS;
}
