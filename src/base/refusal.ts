/**
 * A refusal is an answer, not an exception: a stable code that a program can act on, the field it is about where there is
 * one, and the facts that complete the sentence in `words/`.
 */
export interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** What else is wrong: everything is said at once. */
  readonly also?: readonly Refusal[];
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });

export function refuse(code: string, facts?: Refusal['facts'], field?: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, ...(field && { field }), ...(facts && { facts }) } };
}

/** Everything that is wrong, in one answer; undefined when nothing is. */
export function refuseAll([first, ...also]: readonly Refusal[]): { ok: false; refusal: Refusal } | undefined {
  return first && { ok: false, refusal: { ...first, ...(also.length > 0 && { also }) } };
}
