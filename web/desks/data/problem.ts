import type { Posting } from './post.ts';

/** A refusal in one line: the sentence, then each field that was named. */
export function problemOf({ problem, fields }: Pick<Posting<unknown>, 'problem' | 'fields'>): string {
  return [problem, ...fields.map(({ detail }) => detail)].filter(Boolean).join(' ');
}
