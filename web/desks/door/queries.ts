import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Text } from '../../../src/base/index.ts';
import type { JourneyView } from '../../../src/journey/index.ts';
import type { DoorAnswer } from '../../../src/reception/index.ts';
import { get, newIntent, post } from '../../shared/api.ts';

export interface DoorState {
  readonly at: number;
  readonly doors: Readonly<Partial<Record<DoorAnswer['via'], Text>>>;
  readonly gone: readonly { readonly journey: string; readonly at: number; readonly reason: string }[];
}
export interface Found {
  readonly found: readonly { readonly journey: JourneyView; readonly answer: DoorAnswer }[];
  readonly expectedAt?: { readonly code: string; readonly name?: Text };
}
export interface EntryAnswer { readonly answer: DoorAnswer; readonly acuity: string; readonly greenChannel: boolean; readonly door?: Text }
export interface OpenedAtDoor { readonly journey: JourneyView; readonly answer: DoorAnswer }

export const useDoor = () => useQuery({ queryKey: ['journeys', 'door'], queryFn: () => get<DoorState>('/api/door'), refetchInterval: 60_000 });

/** One question to the door; what it may change is asked for anew. */
export function useDoorPost<A, T>(path: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: A) => post<T>(path, body as object, { intent: newIntent() }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['journeys'] }),
  });
}
