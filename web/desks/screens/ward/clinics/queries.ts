import { useQueries, useQuery } from '@tanstack/react-query';
import type { ClinicDayView, SchedulesView } from '../../../../../src/appointments/index.ts';
import { get } from '../../../../shared/api.ts';
import { useMe } from '../../../data/queries.ts';

/** Keys begin with the kind that the server names when seats change. */
const day = (institution: string, date: string) => ({
  queryKey: ['appointments', 'clinic-day', institution, date],
  queryFn: () => get<ClinicDayView>(`/api/clinic-day?${new URLSearchParams({ institution, date })}`),
});

export const useClinicDay = (institution: string, date: string) => useQuery(day(institution, date));
export const useClinicWeek = (institution: string, dates: readonly string[], wanted: boolean) =>
  useQueries({ queries: dates.map((date) => ({ ...day(institution, date), enabled: wanted })) });
export const useSchedules = (institution: string) => useQuery({
  queryKey: ['appointments', 'schedules', institution], queryFn: () => get<SchedulesView>(`/api/schedules?${new URLSearchParams({ institution })}`),
});

/** The institution whose desk this is. */
export function useOurCode(): string {
  return useMe().data?.actor.scope.split(':')[1] ?? '';
}
