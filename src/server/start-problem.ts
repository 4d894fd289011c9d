/**
 * Something on this machine that keeps Greenlane from starting. The message is one sentence for the person at the
 * keyboard: what is wrong and what to do. It is printed alone, without a stack trace.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
