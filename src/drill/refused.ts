import { metersBetween, type Instant } from '../base/index.ts';
import type { City, LiveStatus } from '../city/index.ts';
import type { Story } from '../journey/index.ts';
import { decide, TEST_STATES, type CompiledPolicy } from '../policy/index.ts';
import { evolveArrival, silentFrom, type Arrival, type ReceptionEvent, type RefusalSource } from '../reception/index.ts';
import { caseOf } from '../requests/index.ts';
import type { Journey } from './rehearsal.ts';

/** Every refusal of one journey as the service would open a case for it, in order: said at a door or a gate, or silence beyond the limit. */
export function refusalsOf({ entries }: Journey): readonly RefusalSource[] {
  const found: RefusalSource[] = [];
  let arrival: Arrival | undefined;
  let acuity = 'IV' as Story['decision']['acuity'];
  let seatAt: Instant | undefined;
  for (const { at, event } of entries) {
    const silent = arrival && silentFrom(arrival, acuity, seatAt);
    if (event.type === 'Received' && silent && silent.at < at) found.push(silent.source);
    // Said after silence it is the same refusal, and has a ground.
    if (event.type === 'RefusedAtDoor') found.push('report');
    if (event.type === 'RefusedAtGate') found.push('gate');
    if (event.type === 'RequestDecided') acuity = event.decision.acuity;
    if (event.type === 'SlotBooked' || event.type === 'BookingMoved') seatAt = event.slot.startsAt;
    if (event.type === 'BookingCancelled') seatAt = undefined;
    arrival = evolveArrival(arrival, event as ReceptionEvent, at) ?? (event.type === 'NoLongerExpected' ? undefined : arrival);
  }
  return found;
}

/** How far from home they were brought, as the crow flies, the farthest of all doors. */
export function farthestKm({ story, entries }: Journey, city: City): number | undefined {
  const home = story.request.point ?? city.towns.get(story.request.town)?.centre;
  const doors = entries.flatMap(({ event }) => (event.type === 'ArrivedAtDoor' || event.type === 'Received' ? (city.institutions.get(event.institution)?.place ?? []) : []));
  return home && doors.length > 0 ? Math.ceil(Math.max(...doors.map((door) => metersBetween(home, door))) / 1_000) : undefined;
}

/** The results of a test that would have led to another place, another vehicle or another acuity for the same person: for an emergency there is none. */
export function testsThatChoose({ story }: Journey, policy: CompiledPolicy, city: City, status: LiveStatus): readonly string[] {
  const decidedWith = (test?: (typeof TEST_STATES)[number]): string => {
    const { test: _known, ...care } = caseOf(story.request, story.request.receivedAt);
    const { acuity, transport, institution } = decide(policy, { ...care, ...(test && { test }) }, { city, status });
    return [acuity, transport, institution].join();
  };
  return TEST_STATES.filter((test) => decidedWith(test) !== decidedWith());
}
