import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import type { Elsewhere } from '../panels/index.ts';
import type { House } from './house.ts';

/** What the clinic has dispensed to people and how their standing series are, for the teams that look after them. */
export async function elsewhereOf(_house: House, _db: Kysely<any>, _keys: readonly string[], _at: Instant): Promise<ReadonlyMap<string, Elsewhere>> {
  return new Map();
}
