import { useQuery } from '@tanstack/react-query';
import type { ReplacementView, SeriesView } from '../../../src/appointments/index.ts';
import { get } from '../../shared/api.ts';

/** Both are old by the same news, `series`; a run that goes on is looked at while somebody waits for it. */
const RUNNING_MS = 3_000;

export const useSeries = () => useQuery({ queryKey: ['series'], queryFn: () => get<{ at: number; series: readonly SeriesView[] }>('/api/series') });
export const useReplacements = () => useQuery({
  queryKey: ['series', 'replacements'], queryFn: () => get<{ at: number; replacements: readonly ReplacementView[] }>('/api/replacements'),
  refetchInterval: ({ state: { data } }) => (data?.replacements.some(({ state }) => state === 'running') ? RUNNING_MS : false),
});
