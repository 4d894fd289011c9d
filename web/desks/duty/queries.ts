import { useQuery } from '@tanstack/react-query';
import type { CallFigures, DutyOverview, DutyView } from '../../../src/hotline/index.ts';
import { get } from '../../shared/api.ts';

/** A ward's own line is kept under `calls`: what changes it makes it old. Responsibility also changes by the clock alone. The city's overviews
 * are looked at by themselves: on the worst day a call rings somewhere each second. */
const EVERY_MS = 30_000;
export const useDuty = (institution: string) => useQuery({
  queryKey: ['calls', 'duty', institution], queryFn: () => get<DutyView>(`/api/institutions/${encodeURIComponent(institution)}/duty`), refetchInterval: EVERY_MS,
});
export const useLines = () => useQuery({ queryKey: ['lines'], queryFn: () => get<DutyOverview>('/api/duty'), refetchInterval: EVERY_MS });
export const useCallFigures = () => useQuery({ queryKey: ['call-figures'], queryFn: () => get<CallFigures>('/api/calls/figures'), refetchInterval: EVERY_MS });
