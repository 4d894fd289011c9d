import { sql } from 'kysely';
import type { Instant } from '../base/index.ts';
import { differencesBetween, type Story } from '../journey/index.ts';
import { caseOf } from '../requests/index.ts';
import { decide, type CompiledPolicy } from '../policy/index.ts';
import type { House } from './house.ts';

export interface Reach {
  readonly open: number;
  readonly openTouched: number;
  /** Every request of this incident, open or closed: the day as it was recorded. */
  readonly recorded: number;
  readonly recordedTouched: number;
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
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; story: Pick<Story, 'request' | 'excluded'>; open: boolean }>`
      select id, jsonb_build_object('request', story -> 'request', 'excluded', story -> 'excluded') as story, state = 'open' as open from journey
      where city = ${city.id} and incident = ${incident.id} and id > ${after} order by id limit ${PAGE}`.execute(db);
    for (const { story, open: isOpen } of rows) {
      const touched = moments.some((at) => {
        const care = caseOf(story.request, at);
        const options = { city, excluded: story.excluded };
        return differencesBetween(decide(from, care, options), decide(to, care, options)).length > 0;
      });
      recorded += 1;
      if (isOpen) open += 1;
      if (touched) recordedTouched += 1;
      if (touched && isOpen) openTouched += 1;
    }
    if (rows.length < PAGE) return { open, openTouched, recorded, recordedTouched };
    after = rows.at(-1)!.id;
  }
}

/** A rule that begins tomorrow changes nothing now, and one that ends earlier nothing until then: so each such moment is tried. */
function momentsOf(now: Instant, ...policies: readonly CompiledPolicy[]): readonly Instant[] {
  const boundaries = policies.flatMap(({ coverage }) => (coverage ? [coverage.period.from, coverage.period.to ?? now] : []));
  return [...new Set([now, ...boundaries.filter((boundary) => boundary > now)])].sort((a, b) => a - b);
}
