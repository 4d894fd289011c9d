import { useQuery } from '@tanstack/react-query';
import type { FoundPlace } from '../../../src/city/index.ts';
import { get } from '../../shared/api.ts';

/** One letter finds half of the city. */
export const LETTERS_LEAST = 2;
export const usePlaces = (letters: string) => useQuery({
  queryKey: ['places', letters], queryFn: () => get<{ readonly at: number; readonly places: readonly FoundPlace[] }>(`/api/places?${new URLSearchParams({ q: letters })}`),
  enabled: letters.length >= LETTERS_LEAST, staleTime: Infinity, placeholderData: (before) => before,
});
