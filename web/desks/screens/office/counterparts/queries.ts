import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Counterpart, CounterpartChangeView, CounterpartHistoryView, CounterpartHolesView, CounterpartsOfView, CounterpartsView } from '../../../../../src/city/index.ts';
import { get, post } from '../../../../shared/api.ts';

/** Keys begin with what the server's news are called. */
export const useCounterparts = () => useQuery({ queryKey: ['counterparts'], queryFn: () => get<CounterpartsView>('/api/counterparts') });
export const useHistory = () => useQuery({ queryKey: ['counterparts', 'history'], queryFn: () => get<CounterpartHistoryView>('/api/counterparts/history') });
export const useHoles = () => useQuery({ queryKey: ['holes'], queryFn: () => get<CounterpartHolesView>('/api/counterparts/holes') });

export const useAnswering = (towns: readonly string[]) => useQuery({
  queryKey: ['counterparts', 'of', towns.join()], queryFn: () => get<CounterpartsOfView>(`/api/counterparts/of?towns=${towns.join()}`), enabled: towns.length > 0, placeholderData: keepPreviousData,
});

/** What a change would do. @param body as text, so that the same question is not asked twice */
export const usePreview = (body: string | undefined) => useQuery({
  queryKey: ['counterparts', 'preview', body], queryFn: () => post<CounterpartChangeView>('/api/counterparts/preview', JSON.parse(body ?? '{}')), enabled: body !== undefined, retry: false,
});

export const holdsAt = ({ period }: Pick<Counterpart, 'period'>, at: number): boolean => period === undefined || (period.from <= at && (period.to === undefined || at < period.to));
