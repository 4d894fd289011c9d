import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CloudQueueView, FormularyView, PharmacyView, PrescriptionPreview } from '../../../../src/clinic/index.ts';
import { get, post } from '../../../shared/api.ts';

/** All of it is old by the same news, `clinic`. */
export const useQueue = () => useQuery({ queryKey: ['clinic', 'queue'], queryFn: () => get<CloudQueueView>('/api/cloud/queue') });
export const usePharmacy = () => useQuery({ queryKey: ['clinic', 'pharmacy'], queryFn: () => get<PharmacyView>('/api/pharmacy') });
/** A list of medicines is no news of anybody: it is asked for once for the same letters. */
export const useFormulary = (letters: string) => useQuery({
  queryKey: ['formulary', letters], queryFn: () => get<FormularyView>(`/api/formulary?q=${encodeURIComponent(letters)}`), enabled: letters.length > 0, staleTime: Infinity,
});
/** What rules and formulary say of an answer that is being written; the last word stays until the next is there. */
export const usePreview = (journey: string, facts: object | undefined) => useQuery({
  queryKey: ['preview', journey, facts], queryFn: () => post<PrescriptionPreview>('/api/cloud/preview', { journey, ...facts }),
  enabled: facts !== undefined, placeholderData: keepPreviousData, staleTime: 60_000,
});
