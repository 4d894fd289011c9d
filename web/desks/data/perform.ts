import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Command, JourneyView } from '../../../src/journey/index.ts';
import { newIntent, post, type Intent } from '../../shared/api.ts';
import type { Journeys } from './contract.ts';

export interface Performing {
  readonly now: (command: Command) => void;
  readonly busy: boolean;
  /** The last refusal as a sentence a person can act on. */
  readonly problem: string | undefined;
}

/** Gives a command to one journey and shows what came of it without waiting for the next update. */
export function usePerform(journey: string): Performing {
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationKey: ['perform', journey],
    mutationFn: ({ command: { type, ...fields }, intent }: { readonly command: Command; readonly intent: Intent }) =>
      post<{ at: number; journey: JourneyView }>(`/api/journeys/${encodeURIComponent(journey)}/${kebab(type)}`, fields, { intent }),
    onSuccess: ({ journey: view }) => {
      queries.setQueriesData<Journeys>({ queryKey: ['journeys'] }, (list) => list && {
        ...list, journeys: list.journeys.map((other) => (other.id === view.id && other.version <= view.version ? view : other)),
      });
      void queries.invalidateQueries({ queryKey: ['journey', view.id] });
    },
    // Whoever was refused acted on an old picture: fetch the new one.
    onError: () => void queries.invalidateQueries({ queryKey: ['journeys'] }),
  });
  return {
    now: (command) => mutation.mutate({ command, intent: newIntent() }),
    busy: mutation.isPending,
    problem: mutation.error?.message,
  };
}

export function kebab(type: string): string {
  return type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
