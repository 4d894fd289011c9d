import { useQuery } from '@tanstack/react-query';
import type { CallFigures, DutyOverview, DutyView } from '../../../src/hotline/index.ts';
import { get } from '../../shared/api.ts';

/** Kept under `calls`, so that what changes a line makes all of it old. Responsibility also changes by the clock alone. */
const EVERY_MS = 30_000;
export const useDuty = (institution: string) => useQuery({
  queryKey: ['calls', 'duty', institution], queryFn: () => get<DutyView>(`/api/institutions/${encodeURIComponent(institution)}/duty`), refetchInterval: EVERY_MS,
});
export const useLines = () => useQuery({ queryKey: ['calls', 'lines'], queryFn: () => get<DutyOverview>('/api/duty'), refetchInterval: EVERY_MS });
export const useCallFigures = () => useQuery({ queryKey: ['calls', 'figures'], queryFn: () => get<CallFigures>('/api/calls/figures'), refetchInterval: EVERY_MS });
