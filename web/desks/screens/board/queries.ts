import { useQuery } from '@tanstack/react-query';
import type { BoardView } from '../../../../src/dispatch/index.ts';
import { get } from '../../../shared/api.ts';
import type { Candidates } from '../../data/contract.ts';

/** The way of one unit to one call. `line` is absent where no road is known. */
export interface RouteAnswer {
  readonly at: number;
  /** Null where every road is closed. */
  readonly seconds: number | null;
  readonly line?: readonly (readonly [lon: number, lat: number])[];
  readonly source: BoardView['travel'];
  readonly noWayOpen?: true;
}

/** The whole queue decided at once. */
export const useBoard = () => useQuery({ queryKey: ['board'], queryFn: () => get<BoardView>('/api/board') });

/** A line on a map may be half a minute old; the minutes stand beside it and are of now. */
const ROUTE_STALE_MS = 30_000;
export const useRoute = (journey: string | undefined, unit: string | undefined) => useQuery({
  queryKey: ['route', journey, unit], enabled: journey !== undefined && unit !== undefined, staleTime: ROUTE_STALE_MS,
  queryFn: () => get<RouteAnswer>(`/api/board/route?${new URLSearchParams({ journey: journey ?? '', unit: unit ?? '' })}`),
});

/** Every unit that could go to this call; other ones can as soon as anything on the board has changed. */
export const useUnitOptions = (journey: string, maySend: boolean) => useQuery({
  enabled: maySend, queryKey: ['options', journey], queryFn: () => get<Candidates>(`/api/journeys/${encodeURIComponent(journey)}/candidates`),
});
