import { useQuery } from '@tanstack/react-query';
import type { DayListView, KnockView, LockView, Team } from '../../../src/panels/index.ts';
import { get } from '../../shared/api.ts';

/** What family-doctor teams and committees ask for; all of it is old by the same news, `panels`. */
export const useDayList = (team?: string) => useQuery({ queryKey: ['panels', 'day-list', team], queryFn: () => get<DayListView>(`/api/panels/day-list${team ? `?team=${encodeURIComponent(team)}` : ''}`) });
export const useTeams = () => useQuery({ queryKey: ['panels', 'teams'], queryFn: () => get<{ at: number; teams: readonly Team[] }>('/api/panels/teams') });
export const useKnocks = () => useQuery({ queryKey: ['panels', 'knocks'], queryFn: () => get<{ at: number; knocks: readonly KnockView[] }>('/api/panels/knocks') });
export const useLocks = () => useQuery({ queryKey: ['panels', 'locks'], queryFn: () => get<{ at: number; locks: readonly LockView[] }>('/api/areas/locks') });
