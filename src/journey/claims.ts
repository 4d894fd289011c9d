import type { JourneyEvent } from './story.ts';

/**
 * Scarce things an event takes or gives back. Whoever stores the event makes each claim with one conditional write backed
 * by a constraint; if it fails, somebody else was faster and nothing of the command is stored. Cars are no claim: rides are stored with
 * their story, and the running plan of the district is what is changed by one at a time.
 */
export type Claim =
  | { readonly thing: 'unit'; readonly take: boolean; readonly unit: string; readonly mission: string }
  /** `missed`: nobody came in its time, so nobody else gets it either. */
  | { readonly thing: 'slot'; readonly take: boolean; readonly slot: string; readonly booking: string; readonly missed?: true }
  /** A booking that stood before the story: its seat is counted, and this story is the one that it belongs to. */
  | { readonly thing: 'booking'; readonly take: true; readonly booking: string }
  /** The same booking at another hour: the new seat taken and the old given back, or neither. */
  | { readonly thing: 'otherSlot'; readonly take: true; readonly booking: string; readonly from: string; readonly slot: string };

export function claimOf(event: JourneyEvent): Claim | undefined {
  switch (event.type) {
    case 'UnitSent':
      return { thing: 'unit', take: true, unit: event.unit, mission: event.mission };
    case 'MissionReported':
      return event.step === 'inService' ? { thing: 'unit', take: false, unit: event.unit, mission: event.mission } : undefined;
    case 'MissionStoodDown':
    case 'UnitDiverted':
      return event.unit ? { thing: 'unit', take: false, unit: event.unit, mission: event.mission } : undefined;
    case 'SlotBooked':
      return { thing: 'slot', take: true, slot: event.slot.id, booking: event.booking };
    case 'BookingCancelled':
      return { thing: 'slot', take: false, slot: event.slot, booking: event.booking, ...(event.reason === 'slotMissed' && { missed: true }) };
    case 'BookingAdopted':
      return { thing: 'booking', take: true, booking: event.booking };
    case 'BookingMoved':
      return { thing: 'otherSlot', take: true, booking: event.booking, from: event.from, slot: event.slot.id };
    default:
      return undefined;
  }
}
