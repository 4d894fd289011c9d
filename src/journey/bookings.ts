import { DIALYSIS_SAFE_GAP_MS, type AppointmentCommand, type Booking, type MoveReason } from '../appointments/index.ts';
import type { Refusal } from '../base/index.ts';
import type { CareRequest } from '../requests/index.ts';
import { bookingHolds } from './chain.ts';
import { cancelRide, decideAgain, giveEverythingBack, giveSeatBack, plan, withdrawPass } from './step.ts';
import { holder, isAtHome, openLink, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/** A booking that stood before the request that brings its person there. */
export type StandingBooking = Omit<Booking, 'cancelled'>;

export function withBooking(request: CareRequest, { slot: { institution, service } }: StandingBooking): CareRequest {
  return { ...request, booked: { institution, service } };
}

/** The seat becomes the story's; where policy cannot send them there it is free for others at once, and the ordinary search goes on. */
export function adoptBooking(telling: Telling, { id, slot, bookedAt, series }: StandingBooking): void {
  telling.tell({ type: 'BookingAdopted', booking: id, slot, bookedAt, ...(series !== undefined && { series }) });
  if (!bookingHolds(telling.story)) giveSeatBack(telling, 'placeChanged');
}

/**
 * Another hour, here or elsewhere. The old seat is given back by taking the new one, never before; car and pass were made for the old hour
 * and are made again. Nobody but a clinician lets a person go beyond the safe gap: a later hour than that is refused, also to the person.
 */
export function moveBooking(telling: Telling, { slot: wanted, reason }: Extract<AppointmentCommand, { type: 'moveBooking' }>): Refusal | undefined {
  const { story, world } = telling;
  const { booking } = story;
  if (!booking || booking.cancelled || !bookingHeld(story)) return { code: 'noBooking' };
  if (hasSetOut(story)) return { code: 'personIsAway', facts: { holder: holder(story) } };
  const slot = world.free.slots.find(({ id }) => id === wanted);
  if (!slot || slot.startsAt <= telling.at) return { code: 'slotTaken', field: 'slot', facts: { slot: wanted } };
  if (slot.service !== booking.slot.service) return { code: 'otherService', field: 'slot', facts: { service: booking.slot.service } };
  const latest = latestStart(story);
  if (reason === 'personAsked' && slot.startsAt > latest && slot.startsAt > booking.slot.startsAt) return { code: 'beyondSafeGap', field: 'slot', facts: { until: latest } };

  telling.running = openLink(story);
  telling.tell({ type: 'BookingMoved', booking: booking.id, from: booking.slot.id, slot, reason });
  remakeTheWay(telling);
  if (slot.institution !== booking.slot.institution || story.decision.institution !== slot.institution) {
    decideAgain(telling, 'appointmentMoved');
    // The seat is somewhere the person cannot be sent: nothing has changed, and whoever moved them hears it.
    return telling.story.decision.institution === slot.institution ? undefined : { code: 'placeDoesNotFit', field: 'slot' };
  }
  const { arrival } = telling.story;
  // Warned for the old hour: the ward makes ready for the new one.
  if (arrival) telling.tell({ type: 'Expected', institution: arrival.institution, acuity: arrival.acuity, entry: arrival.entry, at: slot.startsAt });
  plan(telling);
  return undefined;
}

/** The institution takes the hour back and nobody has named another: policy is asked again, and the search for a seat goes on. */
export function loseBooking(telling: Telling, reason: MoveReason): Refusal | undefined {
  const { story } = telling;
  if (!story.booking || story.booking.cancelled) return { code: 'noBooking' };
  if (hasSetOut(story)) return { code: 'personIsAway', facts: { holder: holder(story) } };
  telling.running = openLink(story);
  giveEverythingBack(telling, reason);
  decideAgain(telling, 'appointmentLost');
  return undefined;
}

/** Also when its unit has closed and policy, asked for another reason, already names another place. */
const bookingHeld = ({ booking }: Story): boolean => booking !== undefined && !booking.cancelled;

const hasSetOut = (story: Story): boolean => !isAtHome(story) || story.arrival?.receivedAt !== undefined;

function latestStart({ booking, request: { lastSessionAt } }: Story): number {
  return booking?.slot.service === 'haemodialysis' && lastSessionAt !== undefined ? lastSessionAt + DIALYSIS_SAFE_GAP_MS : Infinity;
}

function remakeTheWay(telling: Telling): void {
  for (const ride of [telling.story.out, telling.story.back]) {
    if (ride && ride.times.aboard === undefined) cancelRide(telling, ride, 'hourChanged');
  }
  withdrawPass(telling, 'hourChanged');
}
