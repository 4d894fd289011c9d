import type { QueryExecutorProvider } from 'kysely';
import type { Instant } from '../base/index.ts';

/**
 * Seats were given back: called in the transaction that gives them back, behind the locks of their sessions, before anybody else can ask.
 * Whoever waits for them is offered them first.
 */
export async function onFreed(_db: QueryExecutorProvider, _city: string, _slots: readonly string[], _at: Instant): Promise<void> {
  // Nobody waits yet.
}
