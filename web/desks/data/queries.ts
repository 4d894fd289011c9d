import { useQuery } from '@tanstack/react-query';
import type { Consult } from '../../../src/consults/index.ts';
import type { Call, CallState } from '../../../src/hotline/index.ts';
import type { BrokenPromise } from '../../../src/journey/index.ts';
import type { DayListRow } from '../../../src/panels/index.ts';
import { get } from '../../shared/api.ts';
import type {
  Candidates, Cars, CityAnswer, DemoPerson, JourneyAnswer, Journeys, Me, PolicyAnswer, StatusAnswer, Units,
} from './contract.ts';

/** What every desk asks for. Keys begin with the kind of thing, so that a live change can name what has become old. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => get<Me>('/api/me'), staleTime: Infinity });
export const useCity = () => useQuery({ queryKey: ['city'], queryFn: () => get<CityAnswer>('/api/city'), staleTime: Infinity });
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
export const useCars = () => useQuery({ queryKey: ['cars'], queryFn: () => get<Cars>('/api/cars') });
export const useDemoPeople = () =>
  useQuery({ queryKey: ['demo-people'], queryFn: () => get<{ at: number; people: readonly DemoPerson[] }>('/api/demo/people'), staleTime: Infinity });

export interface ShownCall extends Call {
  readonly state: CallState;
}

/** Small lists of one desk each. Their words are the rooms' own. */
export const useCalls = () => useQuery({ queryKey: ['calls'], queryFn: () => get<{ at: number; calls: readonly ShownCall[] }>('/api/calls') });
export const useConsults = () => useQuery({ queryKey: ['consults'], queryFn: () => get<{ at: number; consults: readonly Consult[] }>('/api/consults') });
export const useDayList = () => useQuery({ queryKey: ['day-list'], queryFn: () => get<{ at: number; list: readonly DayListRow[] }>('/api/panels/day-list') });
export const usePromises = () => useQuery({
  queryKey: ['promises'], queryFn: () => get<{ at: number; broken: readonly BrokenPromise[] }>('/api/promises'), refetchInterval: 30_000,
});
export const usePolicies = () => useQuery({
  queryKey: ['policies'], queryFn: () => get<{ at: number; policies: readonly PolicyAnswer[] }>('/api/policies'), staleTime: Infinity,
});
