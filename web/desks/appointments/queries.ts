import { useQuery } from '@tanstack/react-query';
import type { AppointmentView, WaitingListView } from '../../../src/appointments/index.ts';
import { get } from '../../shared/api.ts';

/** Keys begin with the kind that the server names when seats change. */
export const useWaiting = (institution?: string) => useQuery({
  queryKey: ['appointments', 'waiting', institution ?? ''], queryFn: () => get<WaitingListView>(`/api/waiting${institution === undefined ? '' : `?${new URLSearchParams({ institution })}`}`),
});
export const useOwedBookings = () => useQuery({ queryKey: ['appointments', 'owed'], queryFn: () => get<{ at: number; appointments: readonly AppointmentView[] }>('/api/appointments/owed') });
