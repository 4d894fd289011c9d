import { sql } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { Story } from '../../journey/index.ts';
import { caseOf } from '../../requests/index.ts';
import { findDifferences, type CompiledPolicy } from '../../policy/index.ts';
import type { House } from '../house.ts';

export interface Reach {
  readonly open: number;
  readonly openTouched: number;
  /** Every request of this incident, open or closed: the day as it was recorded. */
  readonly recorded: number;
  readonly recordedTouched: number;
  /** Of the open and of all, by the key of the class in the diff. */
  readonly byClass: ReadonlyMap<string, { readonly open: number; readonly recorded: number }>;
}

/** Small, so that reading a page holds up nobody who asks at that moment. */
const PAGE = 200;

/**
 * How many requests would be treated differently under `to` than under `from`, at some moment from now on: now, or when one of
 * the two begins or ends. Every case is decided both ways; nothing of a person leaves, only the count.
 */
export async function reachOf(house: House, from: CompiledPolicy, to: CompiledPolicy): Promise<Reach> {
  const { db, city, incident, clock } = house;
  const moments = momentsOf(clock.now(), from, to);
  let [open, openTouched, recorded, recordedTouched] = [0, 0, 0, 0];
  const byClass = new Map<string, { open: number; recorded: number }>();
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; request: Story['request']; open: boolean }>`
      select id, story -> 'request' as request, state = 'open' as open from journey
      where city = ${city.id} and incident = ${incident.id} and id > ${after} order by id limit ${PAGE}`.execute(db);
    for (const { request, open: isOpen } of rows) {
      const keys = new Set(moments.flatMap((at) => findDifferences(from, to, caseOf(request, at), { city }) ?? []));
      recorded += 1;
      if (isOpen) open += 1;
      if (keys.size === 0) continue;
      recordedTouched += 1;
      if (isOpen) openTouched += 1;
      for (const key of keys) {
        const counted = byClass.get(key) ?? { open: 0, recorded: 0 };
        byClass.set(key, { open: counted.open + (isOpen ? 1 : 0), recorded: counted.recorded + 1 });
      }
    }
    if (rows.length < PAGE) return { open, openTouched, recorded, recordedTouched, byClass };
    after = rows.at(-1)!.id;
  }
}

/** A rule that begins tomorrow changes nothing now, and one that ends earlier nothing until then: so each such moment is tried. */
function momentsOf(now: Instant, ...policies: readonly CompiledPolicy[]): readonly Instant[] {
  const boundaries = policies.flatMap(({ coverage }) => (coverage ? [coverage.period.from, coverage.period.to ?? now] : []));
  return [...new Set([now, ...boundaries.filter((boundary) => boundary > now)])].sort((a, b) => a - b);
}
