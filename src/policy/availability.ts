import type { Plan } from './plan.ts';
import type { Outcome } from './settle.ts';

/** What can be had at the moment somebody asks. */
export interface Availability {
  /** The service of the venue chosen: `closed` everywhere while its stand-ins are open, or `none` of them at all. */
  readonly service: 'open' | 'limited' | 'closed' | 'none';
  readonly slot: boolean;
  readonly car: boolean;
  readonly unit: boolean;
}

const YES_OR_NO = [true, false] as const;

/** All 32; the first is the one in which everything can be had. */
export const AVAILABILITIES: readonly Availability[] = (['open', 'limited', 'closed', 'none'] as const).flatMap((service) =>
  YES_OR_NO.flatMap((slot) => YES_OR_NO.flatMap((car) => YES_OR_NO.map((unit) => ({ service, slot, car, unit })))));

/**
 * The plan that holds then, by the rules `decide` goes by: the first venue and the first way there that can be had; a search
 * where no venue can; and the last way there where none can, because somebody has to bring the person.
 */
function planWhen({ venues, transports, plan }: Outcome, { service, slot, car, unit }: Availability): Plan {
  const free = transports.findIndex((transport) => (transport !== 'specialCar' || car) && (transport !== 'ambulance' || unit));
  const way = free < 0 ? transports.length - 1 : free;
  for (const venue of venues.keys()) {
    if (service === 'none' || (service === 'closed' && venue === 0)) continue;
    const planned = plan(venue, way, false);
    if (slot || !planned.byAppointment) return planned;
  }
  return plan(0, way, true);
}

/** The plan under each of the 32, in their order. */
export function plansOf(outcome: Outcome): readonly Plan[] {
  let plans = PLANS.get(outcome);
  if (!plans) PLANS.set(outcome, (plans = AVAILABILITIES.map((availability) => planWhen(outcome, availability))));
  return plans;
}

const PLANS = new WeakMap<Outcome, readonly Plan[]>();
