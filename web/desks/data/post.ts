import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newIntent, post, Problem, type FieldProblem, type Intent } from '../../shared/api.ts';

export interface Posting<T> {
  readonly now: (path: string, body: object, then?: (answer: T) => void) => void;
  readonly busy: boolean;
  readonly problem: string | undefined;
  /** What is wrong field by field, where the server says so. */
  readonly fields: readonly FieldProblem[];
  /** Forgets the last refusal. */
  readonly clear: () => void;
}

/** Sends what was pressed, once, and asks again for what it may have changed. */
export function usePost<T>(...changes: readonly string[]): Posting<T> {
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ path, body, intent }: { path: string; body: object; intent: Intent; then?: ((answer: T) => void) | undefined }) => post<T>(path, body, { intent }),
    onSuccess: (answer, { then }) => then?.(answer),
    onSettled: () => changes.forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  return {
    now: (path, body, then) => mutation.mutate({ path, body, intent: newIntent(), then }),
    busy: mutation.isPending,
    problem: mutation.error?.message,
    fields: mutation.error instanceof Problem ? mutation.error.fields : [],
    clear: mutation.reset,
  };
}
