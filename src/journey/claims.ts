import type { Instant } from '../base/index.ts';
import { carWindow, DECONTAMINATION_MS } from '../trips/index.ts';
import type { JourneyEvent, Story } from './story.ts';

/**
 * Scarce things an event takes or gives back. Whoever stores the event makes each claim with one conditional write backed
 * by a constraint; if it fails, somebody else was faster and nothing of the command is stored.
 */
export type Claim =
  | { readonly thing: 'unit'; readonly take: boolean; readonly unit: string; readonly mission: string }
  | { readonly thing: 'car'; readonly take: true; readonly car: string; readonly ride: string; readonly from: Instant; readonly to: Instant }
  | { readonly thing: 'car'; readonly take: false; readonly car: string; readonly ride: string; readonly freeFrom: Instant }
  | { readonly thing: 'slot'; readonly take: boolean; readonly slot: string; readonly booking: string };

/** `before` is the story the event happened to. */
export function claimOf(before: Story, event: JourneyEvent, at: Instant): Claim | undefined {
  switch (event.type) {
    case 'UnitSent':
      return { thing: 'unit', take: true, unit: event.unit, mission: event.mission };
    case 'MissionReported':
      return event.step === 'inService' ? { thing: 'unit', take: false, unit: event.unit, mission: event.mission } : undefined;
    case 'MissionStoodDown':
    case 'UnitDiverted':
      return event.unit ? { thing: 'unit', take: false, unit: event.unit, mission: event.mission } : undefined;
    case 'CarAssigned': {
      const ride = before[event.leg];
      return ride && { thing: 'car', take: true, car: event.car, ride: event.ride, ...carWindow(ride, at) };
    }
    case 'Received':
      // Until somebody has taken the person over by name the car stays theirs: a door can still refuse.
      return before.out?.car && !before.out.cancelled
        ? { thing: 'car', take: false, car: before.out.car, ride: before.out.ride, freeFrom: at + DECONTAMINATION_MS }
        : undefined;
    case 'RideReported':
      return event.step === 'arrived' && event.leg === 'back' ? { thing: 'car', take: false, car: event.car, ride: event.ride, freeFrom: at + DECONTAMINATION_MS } : undefined;
    case 'RideCancelled':
      return event.car ? { thing: 'car', take: false, car: event.car, ride: event.ride, freeFrom: at } : undefined;
    case 'SlotBooked':
      return { thing: 'slot', take: true, slot: event.slot.id, booking: event.booking };
    case 'BookingCancelled':
      return { thing: 'slot', take: false, slot: event.slot, booking: event.booking };
    default:
      return undefined;
  }
}
