import { useQuery } from '@tanstack/react-query';
import type { Text } from '../../../src/base/index.ts';
import type { Consult, ExpertShift, ExpertVisit } from '../../../src/consults/index.ts';
import { get } from '../../shared/api.ts';

export interface ExpertsAnswer {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly hoursRestMax: number;
  readonly hospitals: readonly { readonly code: string; readonly name: Text }[];
  readonly shifts: readonly (ExpertShift & { readonly open: number; readonly askedLastAt?: number; readonly restingUntil?: number })[];
}

interface PlaceAnswer { readonly code: string; readonly name: Text; readonly point: { readonly lon: number; readonly lat: number } }
export interface VisitAnswer extends Omit<ExpertVisit, 'hospital' | 'institution'> {
  readonly hospital?: PlaceAnswer;
  readonly institution?: PlaceAnswer;
  readonly owner?: { readonly role: string; readonly scope: string; readonly dueAt: number };
}

/** The prefix of all three keys is what a press and the live line name. */
export const useConsults = () => useQuery({ queryKey: ['consults'], queryFn: () => get<{ at: number; consults: readonly Consult[] }>('/api/consults') });
export const useExperts = () => useQuery({ queryKey: ['consults', 'experts'], queryFn: () => get<ExpertsAnswer>('/api/experts') });
export const useVisits = () => useQuery({ queryKey: ['consults', 'visits'], queryFn: () => get<{ at: number; visits: readonly VisitAnswer[] }>('/api/experts/visits'), refetchInterval: 60_000 });
export const usePass = (visit: string) => useQuery({
  queryKey: ['consults', 'pass', visit], queryFn: () => get<{ code: string; qrSvg: string; validFrom: number; validTo: number }>(`/api/experts/visits/${encodeURIComponent(visit)}/pass`), staleTime: Infinity,
});
