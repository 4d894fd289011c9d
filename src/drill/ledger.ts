import { sessionsOf, sessionStarts, slotId, type BookableService, type Slot } from '../appointments/index.ts';
import type { Instant, Window } from '../base/index.ts';
import type { City } from '../city/index.ts';
import type { Claim } from '../journey/index.ts';

type Bounded = Window & { to: Instant };

/** A claim that somebody else had already: in one rehearsed thread that is a fault of the software, never bad luck. */
export interface FailedClaim {
  readonly claim: Claim;
  readonly heldBy: string;
}

/** Units and seats of the rehearsed city, with the claims of the server's tables: taken once, given back once. Cars are shared by plan (`car-desk.ts`). */
export class Ledger {
  readonly #city: City;
  readonly #units = new Map<string, string>();
  readonly #seats = new Map<string, number>();
  readonly #bookings = new Set<string>();
  readonly #full: ReadonlySet<string>;

  /** `full`: `institution/service` that has no seat left in this rehearsal. */
  constructor(city: City, full: ReadonlySet<string> = new Set()) {
    this.#city = city;
    this.#full = full;
  }

  hasUnit(unit: string): boolean {
    return !this.#units.has(unit);
  }

  /** The earliest slot with a seat left that starts in the window: nobody is offered a later one while it stands. */
  freeSlot(institution: string, service: BookableService, window: Bounded): Slot | undefined {
    const seats = this.#city.institutions.get(institution)?.services.get(service)?.seatsPerSlot ?? 0;
    if (seats === 0 || this.#full.has(`${institution}/${service}`)) return undefined;
    for (const startsAt of sessionStarts(service, window.from, window.to)) {
      const id = slotId(institution, service, startsAt);
      const endsAt = startsAt + sessionsOf(service).lengthMs;
      if ((this.#seats.get(id) ?? 0) < seats) return { id, institution, service, startsAt, endsAt };
    }
    return undefined;
  }

  /** That very slot, as long as a seat is left in it. */
  slotNamed(id: string): Slot | undefined {
    const [institution = '', service = '', startsAt = ''] = id.split('/');
    const from = Number(startsAt);
    const slot = this.freeSlot(institution, service as BookableService, { from, to: from + 1 });
    return slot?.id === id ? slot : undefined;
  }

  /** All of them or none, in the order given. */
  make(claims: readonly Claim[]): FailedClaim | undefined {
    for (const claim of claims) {
      const heldBy = this.#holderOf(claim);
      if (heldBy !== undefined) return { claim, heldBy };
      this.#write(claim);
    }
    return undefined;
  }

  #holderOf(claim: Claim): string | undefined {
    if (!claim.take) return undefined;
    switch (claim.thing) {
      case 'unit':
        return this.#units.get(claim.unit);
      // It stood before the story, and its seat with it.
      case 'booking':
        return undefined;
      case 'slot':
      case 'otherSlot': {
        const [institution = '', service = ''] = claim.slot.split('/');
        const seats = this.#city.institutions.get(institution)?.services.get(service as BookableService)?.seatsPerSlot ?? 0;
        return (this.#seats.get(claim.slot) ?? 0) < seats ? undefined : `${seats} others`;
      }
    }
  }

  #write(claim: Claim): void {
    switch (claim.thing) {
      case 'unit':
        if (claim.take) this.#units.set(claim.unit, claim.mission);
        else if (this.#units.get(claim.unit) === claim.mission) this.#units.delete(claim.unit);
        return;
      case 'slot':
        if (claim.take === this.#bookings.has(claim.booking)) return;
        this.#seats.set(claim.slot, (this.#seats.get(claim.slot) ?? 0) + (claim.take ? 1 : -1));
        if (claim.take) this.#bookings.add(claim.booking);
        else this.#bookings.delete(claim.booking);
        return;
      case 'booking':
        this.#bookings.add(claim.booking);
        return;
      case 'otherSlot':
        this.#seats.set(claim.slot, (this.#seats.get(claim.slot) ?? 0) + 1);
        this.#seats.set(claim.from, (this.#seats.get(claim.from) ?? 0) - 1);
        return;
    }
  }
}
