import { useQuery } from '@tanstack/react-query';
import type { RefusalsAnswer } from '../../../src/reception/index.ts';
import { get } from '../../shared/api.ts';

export type RefusalsShown = 'open' | 'closed';
/** The key begins with the live kind, so that news of a case makes it old. */
export const useRefusals = (state: RefusalsShown) => useQuery({ queryKey: ['refusals', state], queryFn: () => get<RefusalsAnswer>(`/api/refusals?state=${state}`) });
