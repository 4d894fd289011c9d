import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { get } from '../../shared/api.ts';
import { cityNow } from '../../shared/clock.ts';
import { listen, type LiveEvent } from '../../shared/live.ts';
import type { JourneyAnswer, Journeys } from './contract.ts';
import { renewing } from './renew.ts';

export interface LineNow {
  /** City clock; undefined while the line is up. */
  readonly downSince: number | undefined;
}
let line: LineNow = { downSince: undefined };
const listeners = new Set<() => void>();

export function useLine(): LineNow {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => line);
}

/** Changes of a quarter second are fetched together; more than a handful of journeys: the whole list at once. */
const GATHER_MS = 250;
const HANDFUL = 5;

/** What has become old by a change that has another name, or by more than one. */
const ASKED_FOR: Readonly<Record<string, readonly string[]>> = { policyDrafts: ['policies'], board: ['board', 'options'], positions: ['board'], day: ['day', 'my-rides'], status: ['status', 'holes'] };

/** Keeps everything a desk shows up to date; after a break in the line everything is asked for again. */
export function useLiveUpdates(signedIn: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    const renew = renewing((kind) => queries.invalidateQueries({ queryKey: [kind] }));
    const gathered = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const ids = [...gathered];
      gathered.clear();
      void refresh(queries, ids);
    };
    const stop = listen({
      onEvent: (event) => {
        const id = journeyOf(event);
        if (id === undefined) return (ASKED_FOR[event.type] ?? [event.type]).forEach((kind) => void renew(kind));
        gathered.add(id);
        timer ??= setTimeout(flush, GATHER_MS);
      },
      onLine: (now) => {
        line = { downSince: now.state === 'down' ? now.lastHeardAt + cityNow() - Date.now() : undefined };
        for (const listener of listeners) listener();
        if (now.state === 'up') void queries.invalidateQueries();
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queries, signedIn]);
}

function journeyOf({ type, data }: LiveEvent): string | undefined {
  const named = typeof data === 'object' && data !== null && 'journey' in data ? data.journey : undefined;
  return type === 'change' && typeof named === 'string' ? named : undefined;
}

/** A journey that is in the list is renewed in its place; one that is not may belong there now. */
async function refresh(queries: QueryClient, ids: readonly string[]): Promise<void> {
  const lists = queries.getQueriesData<Journeys>({ queryKey: ['journeys'] });
  const known = (id: string): boolean => lists.some(([, list]) => list?.journeys.some((journey) => journey.id === id));
  for (const id of ids) void queries.invalidateQueries({ queryKey: ['journey', id] });
  // A seat follows its request: who is here and who has gone shows at the clinic as well.
  void queries.invalidateQueries({ queryKey: ['appointments', 'clinic-day'] });
  if (ids.length > HANDFUL || !ids.every(known)) return queries.invalidateQueries({ queryKey: ['journeys'] });
  const answers = await Promise.allSettled(ids.map((id) => get<JourneyAnswer>(`/api/journeys/${encodeURIComponent(id)}`)));
  // Out of our scope, or closed and gone from an open list: the list knows.
  if (answers.some((answer) => answer.status === 'rejected' || answer.value.journey.closed)) return queries.invalidateQueries({ queryKey: ['journeys'] });
  const fresh = new Map(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [[answer.value.journey.id, answer.value] as const] : [])));
  queries.setQueriesData<Journeys>({ queryKey: ['journeys'] }, (list) => list && {
    ...list,
    journeys: list.journeys.map((journey) => {
      const renewed = fresh.get(journey.id)?.journey;
      return renewed && renewed.version >= journey.version ? renewed : journey;
    }),
  });
}
