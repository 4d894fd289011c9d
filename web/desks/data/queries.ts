import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Call, CallState } from '../../../src/hotline/index.ts';
import type { BrokenPromise } from '../../../src/journey/index.ts';
import { get } from '../../shared/api.ts';
import type {
  Candidates, Cars, CityAnswer, DemoPerson, DiffAnswer, JourneyAnswer, Journeys, Me, PoliciesAnswer, PolicyTextAnswer, ReplayAnswer, RestrictionsAnswer, RoadLinesAnswer, RoadsAnswer, PublishedAnswer, StatusAnswer, StatusMattersAnswer, TrustAnswer, Units,
} from './contract.ts';

/** What every desk asks for. Keys begin with the kind of thing, so that a live change can name what has become old. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => get<Me>('/api/me'), staleTime: Infinity });
/** What a checkpoint keeps to read passes without a network, asked for once a minute on a poor line: what this phone has is not sent again, only that it is still the newest. */
export function useTrust() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['trust'], refetchInterval: 60_000, refetchIntervalInBackground: true,
    queryFn: async (): Promise<TrustAnswer> => {
      const kept = queries.getQueryData<TrustAnswer>(['trust']);
      const answer = await get<TrustAnswer | { readonly at: number; readonly same: true }>(`/api/passes/trust${kept?.version === undefined ? '' : `?have=${kept.version}`}`);
      return 'same' in answer ? { ...kept!, at: answer.at } : answer;
    },
  });
}
export const useCity = () => useQuery({ queryKey: ['city'], queryFn: () => get<CityAnswer>('/api/city'), staleTime: Infinity });
/** Under the same key as the status itself: whatever changes one may change the other. */
export const useStatusMatters = () => useQuery({ queryKey: ['status', 'matters'], queryFn: () => get<StatusMattersAnswer>('/api/status/matters') });
export const usePublished = () => useQuery({ queryKey: ['status', 'published'], queryFn: () => get<PublishedAnswer>('/api/status/published') });
export const useStatus = () => useQuery({ queryKey: ['status'], queryFn: () => get<StatusAnswer>('/api/status') });

export const useJourneys = (state: 'open' | 'closed' | 'all' = 'open') =>
  useQuery({ queryKey: ['journeys', state], queryFn: () => get<Journeys>(`/api/journeys?state=${state}&limit=200`) });

export const useJourney = (id: string) =>
  useQuery({ queryKey: ['journey', id], queryFn: () => get<JourneyAnswer>(`/api/journeys/${encodeURIComponent(id)}`) });

/** `version` is part of the key: other candidates fit a journey that has moved on. */
export const useCandidates = (id: string | undefined, version: number | undefined) =>
  useQuery({
    queryKey: ['candidates', id, version],
    queryFn: () => get<Candidates>(`/api/journeys/${encodeURIComponent(id ?? '')}/candidates`),
    enabled: id !== undefined,
  });

export const useUnits = () => useQuery({ queryKey: ['units'], queryFn: () => get<Units>('/api/units') });
/** What stands on the roads now, or is about to. */
export const useRestrictions = () => useQuery({ queryKey: ['restrictions'], queryFn: () => get<RestrictionsAnswer>('/api/restrictions') });
export const usePastRestrictions = () => useQuery({ queryKey: ['restrictions', 'past'], queryFn: () => get<RestrictionsAnswer>('/api/restrictions/past') });
/** An import is no news that anybody sends; whoever waits for it looks at the screen. */
const ROADS_EVERY_MS = 10_000;
export const useRoads = () => useQuery({ queryKey: ['roads'], queryFn: () => get<RoadsAnswer>('/api/roads'), refetchInterval: ROADS_EVERY_MS });
/** @param part of the map, as the query of the address; the lines before stay until the new ones are there */
export const useRoadLines = (part: string | undefined, importedAt: string | undefined) => useQuery({
  queryKey: ['roads', 'lines', part, importedAt], queryFn: () => get<RoadLinesAnswer>(`/api/roads/lines?${part}`),
  enabled: part !== undefined && importedAt !== undefined, staleTime: Infinity, placeholderData: keepPreviousData,
});
export const useCars = () => useQuery({ queryKey: ['cars'], queryFn: () => get<Cars>('/api/cars') });
export const useDemoPeople = () =>
  useQuery({ queryKey: ['demo-people'], queryFn: () => get<{ at: number; people: readonly DemoPerson[] }>('/api/demo/people'), staleTime: Infinity });

export interface ShownCall extends Call {
  readonly state: CallState;
}

/** Small lists of one desk each. Their words are the rooms' own. */
export const useCalls = () => useQuery({ queryKey: ['calls'], queryFn: () => get<{ at: number; calls: readonly ShownCall[] }>('/api/calls') });
export const usePromises = () => useQuery({
  queryKey: ['promises'], queryFn: () => get<{ at: number; broken: readonly BrokenPromise[] }>('/api/promises'), refetchInterval: 30_000,
});

/** `id@version`, as the server names one version of an announcement. */
export const nameOf = ({ id, version }: { readonly id: string; readonly version: string }): string => `${id}@${version}`;
export const addressOf = ({ id, version }: { readonly id: string; readonly version: string }): string =>
  `/api/policies/${encodeURIComponent(id)}/${encodeURIComponent(version)}`;

/** While something is being checked or open requests are asked again, more often: whoever waits for it looks at the screen. */
const BUSY_MS = 3_000;
export const usePolicies = () => useQuery({
  queryKey: ['policies'], queryFn: () => get<PoliciesAnswer>('/api/policies'),
  refetchInterval: ({ state: { data } }) =>
    (data?.unasked || data?.policies.some(({ state, checkStale, checkFailed }) => (state === 'draft' && !checkFailed) || checkStale) ? BUSY_MS : false),
});
/** The text as it was written never changes. */
export const usePolicyText = (address: string | undefined) => useQuery({
  queryKey: ['policy-text', address], queryFn: () => get<PolicyTextAnswer>(address ?? ''), enabled: address !== undefined, staleTime: Infinity,
});
/** Compared over every combination, in seconds and on the server: not asked again for a minute without news. */
const DIFF_STALE_MS = 60_000;
/** @param from without it: what `to` would replace */
export const useDiff = (from: string | undefined, to: string | undefined) => useQuery({
  queryKey: ['policies', 'diff', from, to],
  queryFn: () => get<DiffAnswer>(`/api/policies/diff?${new URLSearchParams({ ...(from !== undefined && { from }), to: to ?? '' })}`),
  enabled: to !== undefined, staleTime: DIFF_STALE_MS,
});
export const useReplay = (journey: string, policy: { readonly id: string; readonly version: string } | undefined) => useQuery({
  queryKey: ['journey', journey, 'replay', policy?.id, policy?.version],
  queryFn: () => get<ReplayAnswer>(`/api/journeys/${encodeURIComponent(journey)}/replay?${new URLSearchParams({ policy: policy?.id ?? '', version: policy?.version ?? '' })}`),
  enabled: policy !== undefined,
});
