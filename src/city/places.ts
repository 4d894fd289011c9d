import type { Instant } from '../base/index.ts';
import type { Service } from './city.ts';

/**
 * Places of one service: what the house said, and what was counted on from there. `free` is counted; `said` stands beside it while the
 * house says another number than was counted and nobody has said which of the two holds.
 */
export interface Places {
  readonly institution: string;
  readonly service: Service;
  readonly capacity: number;
  /** Never below nought. */
  readonly free: number;
  /** Taken in although none was free: an emergency is received all the same, and this is how many of them there are. */
  readonly beyond: number;
  readonly said?: number;
  readonly saidAt: Instant;
  readonly saidBy: string;
}

/** Services whose admissions lie in beds of their own; everybody else who is admitted lies on a ward. */
const OWN_BEDS: ReadonlySet<string> = new Set<Service>(['severeIllness', 'obstetrics', 'paediatrics']);

/** Where somebody lies who is admitted through this service. */
export function bedsOf(service: string | undefined): Service {
  return service !== undefined && OWN_BEDS.has(service) ? (service as Service) : 'inpatient';
}

type Count = Pick<Places, 'capacity' | 'free' | 'beyond'>;

/** One more lies there: never refused, so that no count ever stands between a person and a bed. */
export function admitted({ capacity, free, beyond }: Count): Count {
  return free > 0 ? { capacity, free: free - 1, beyond } : { capacity, free, beyond: beyond + 1 };
}

/** One fewer: whoever lay beyond the places goes off that count first. */
export function discharged({ capacity, free, beyond }: Count): Count {
  return beyond > 0 ? { capacity, free, beyond: beyond - 1 } : { capacity, free: Math.min(capacity, free + 1), beyond };
}

/** The house says a number. The first one holds; one that differs from the count stands beside it until the house says which. */
export function stated(before: Places | undefined, says: { readonly capacity: number; readonly free: number }): Count & { readonly said?: number } {
  if (!before || says.free === before.free) return { ...says, beyond: says.free > 0 ? 0 : (before?.beyond ?? 0) };
  // Fewer beds than were counted free: the count cannot hold, whatever the house says later.
  const free = Math.min(before.free, says.capacity);
  return { capacity: says.capacity, free, beyond: before.beyond, ...(free !== says.free && { said: says.free }) };
}
