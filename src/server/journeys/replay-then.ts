import type { Instant } from '../../base/index.ts';
import type { City, TravelTables } from '../../city/index.ts';
import type { Happened, World } from '../../journey/index.ts';
import { asIfInForce, decide, type CompiledPolicy } from '../../policy/index.ts';
import type { TravelBoard } from '../travel/board.ts';

/** How far everything was at each decision of a journey; undefined without roads. */
export type TravelThen = (at: Instant) => TravelTables | undefined;

export async function travelThen(travel: TravelBoard, events: readonly Happened[]): Promise<TravelThen> {
  const tables = new Map<Instant, TravelTables | undefined>();
  for (const { at, data } of events) if (data.type === 'RequestDecided' && !tables.has(at)) tables.set(at, await travel.tablesAt(at));
  return (at) => tables.get(at);
}

/** What another policy would have decided of what was known then, with the roads as they stood then. */
export function decideThen(policy: CompiledPolicy, city: City, then: TravelThen): World['decide'] {
  return (care, excluded) => {
    const travel = care.instant === undefined ? undefined : then(care.instant);
    return decide(policy, asIfInForce(policy, care), { city, excluded, ...(travel && { travel }) });
  };
}
