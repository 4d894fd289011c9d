import { DAY_MS, MINUTE_MS, SECOND_MS, startOfDay, type Instant, type Place } from '../base/index.ts';
import { districtsFrom, type City } from '../city/index.ts';
import { dayRideOf, hasEnded, openLink, type Story } from '../journey/index.ts';
import {
  DECONTAMINATION_MS, faultName, placeRide,
  type Cohort, type DayCar, type DayRide, type Leg, type Moved, type Planned, type Ride, type RideStep, type TripDay,
} from '../trips/index.ts';
import { ESTIMATED, type RehearsedTravel } from './roads.ts';

/** A neighbour who had nothing is not rung again within this; synthetic. On a full day every look would otherwise ask the whole city. */
const ASKED_AGAIN_MS = 15 * MINUTE_MS;

/** A journey of the rehearsal: its story as it is now. */
export interface Driven {
  readonly story: Story;
}

/** A place in the running plan of a district: the ride's own, and who moves for it. */
export interface Placed<J extends Driven> {
  readonly planned: Planned;
  readonly moved: readonly (Moved & { readonly journey: J })[];
  /** What the independent judge has against it, in the words of a log. */
  readonly faults: readonly string[];
}

interface Running<J extends Driven> {
  readonly journey: J;
  readonly leg: Leg;
}

/** Where a car was last seen, and who was in it before it was cleaned. */
interface Seen {
  readonly place: Place;
  readonly at: Instant;
  /** Who was inside last, and until when. */
  readonly last?: { readonly cohort: Cohort; readonly at: Instant };
}

/**
 * The special cars of the rehearsed city: every district's running plan, by `trips/day` as the committees' desks have it; and what
 * drivers really do with it, one stop after the other.
 */
export class CarDesk<J extends Driven> {
  readonly #city: City;
  readonly #travel: RehearsedTravel;
  /** Rides that are not over and have a car, by the district of the car. */
  readonly #rides = new Map<string, Map<string, Running<J>>>();
  readonly #districtOf = new Map<string, string>();
  readonly #seen = new Map<string, Seen>();
  /** Other districts that had no place for such a ride, until they are asked again. */
  readonly #nothingUntil = new Map<string, Instant>();

  constructor(city: City, travel: RehearsedTravel = ESTIMATED) {
    this.#city = city;
    this.#travel = travel;
  }

  /** Both rides of a journey as they are after an event. */
  follow(journey: J, at: Instant): void {
    for (const ride of [journey.story.out, journey.story.back]) if (ride) this.#followRide(journey, ride, at);
  }

  /** Its place in the running plan of the nearest district that has one; a car of another district only when somebody is late already. */
  place(journey: J, leg: Leg, at: Instant): Placed<J> | undefined {
    const ride = journey.story[leg];
    const dayRide = ride && dayRideOf(journey.story, ride, this.#city);
    if (!dayRide) return undefined;
    const [own, ...others] = this.#districtsFor(journey.story);
    for (const district of [own!, ...others]) {
      const asked = `${district} ${ride.cohort} ${ride.seats} ${ride.wheelchair} ${ride.stretcher}`;
      if (district !== own && at < (this.#nothingUntil.get(asked) ?? -Infinity)) continue;
      const placed = placeRide(this.#day(district, at), dayRide);
      if (!placed.ok) {
        this.#nothingUntil.set(asked, at + ASKED_AGAIN_MS);
        continue;
      }
      const { faults, moved, planned } = placed.value;
      const running = this.#rides.get(district)!;
      return {
        planned, faults: faults.map(faultName),
        moved: moved.map((change) => ({ ...change, journey: running.get(change.ride)!.journey })),
      };
    }
    return undefined;
  }

  /** When the driver can do this step: a car stands at one door at a time, drives from one to the next, and is cleaned between cohorts. */
  earliest({ story }: J, leg: Leg, step: RideStep, at: Instant): Instant {
    const ride = story[leg];
    if (!ride?.car || !ride.planned || step === 'aboard') return at;
    const own = dayRideOf(story, ride, this.#city)!;
    const before = this.#stopBefore(ride, step);
    if (before !== undefined) return Math.max(at + 60 * SECOND_MS, before);
    const seen = this.#seen.get(ride.car);
    const to = step === 'atDoor' ? own.from : own.to;
    const from = seen?.place ?? this.#home(ride.car);
    const clean = step === 'atDoor' && seen ? cleanFrom(seen, ride.cohort) : -Infinity;
    const there = Math.max(clean, seen?.at ?? -Infinity) + Math.ceil(this.#travel.drive(from, to, at, 'permitCar')) * SECOND_MS;
    return Math.max(at, there, step === 'atDoor' ? ride.planned.pickUpAt : 0);
  }

  /** What must never be seen in a car: two cohorts, or one after another without cleaning between them. */
  contact({ story }: J, leg: Leg, at: Instant): string | undefined {
    const ride = story[leg]!;
    const inside = [...this.#others(ride)].find((other) => other.times.aboard !== undefined && other.times.arrived === undefined && other.cohort !== ride.cohort);
    if (inside) return `${ride.cohort} gets in with ${inside.cohort} in ${ride.car}`;
    const seen = this.#seen.get(ride.car!);
    return seen && at < cleanFrom(seen, ride.cohort) ? `${ride.cohort} gets in after ${seen.last!.cohort}, ${ride.car} was not cleaned` : undefined;
  }

  /** The car stands here now; `cohort` once somebody of it was inside. */
  #see(car: string, place: Place, at: Instant, cohort?: Cohort): void {
    const last = cohort ? { cohort, at } : this.#seen.get(car)?.last;
    this.#seen.set(car, { place, at, ...(last && { last }) });
  }

  #followRide(journey: J, ride: Ride, at: Instant): void {
    const district = ride.car === undefined ? undefined : this.#city.towns.get(this.#city.cars.get(ride.car)!.town)?.district;
    const known = this.#districtOf.get(ride.ride);
    const over = ride.cancelled || hasEnded(journey.story, ride);
    if (known !== undefined && (over || known !== district)) {
      this.#rides.get(known)!.delete(ride.ride);
      this.#districtOf.delete(ride.ride);
    }
    const own = dayRideOf(journey.story, ride, this.#city);
    if (own && ride.car !== undefined) {
      if (ride.times.arrived === at) this.#see(ride.car, own.to, at, ride.cohort);
      else if (ride.times.aboard === at) this.#see(ride.car, own.from, at, ride.cohort);
      else if (ride.times.atDoor === at) this.#see(ride.car, own.from, at);
    }
    if (over || district === undefined) return;
    let running = this.#rides.get(district);
    if (!running) this.#rides.set(district, (running = new Map()));
    running.set(ride.ride, { journey, leg: ride.leg });
    this.#districtOf.set(ride.ride, district);
  }

  #day(district: string, at: Instant): TripDay {
    const rides = [...(this.#rides.get(district) ?? [])].flatMap(([, { journey, leg }]): readonly DayRide[] => {
      const ride = dayRideOf(journey.story, journey.story[leg]!, this.#city);
      return ride ? [ride] : [];
    });
    const onDutyFrom = startOfDay(at);
    const cars = [...this.#city.cars.values()].flatMap(({ id, town, seats, wheelchair, stretcher }): readonly DayCar[] => {
      const home = this.#city.towns.get(town);
      if (home?.district !== district) return [];
      const seen = this.#seen.get(id);
      const dirty = seen?.last !== undefined && at < seen.last.at + DECONTAMINATION_MS;
      return [{
        car: id, town, home: home.centre, place: seen?.place ?? home.centre, placeAt: seen?.at ?? at, onDutyFrom, onDutyTo: onDutyFrom + 2 * DAY_MS, state: 'ready',
        capacity: { seats, wheelchairs: Number(wheelchair), stretchers: Number(stretcher) }, ...(dirty && { cohortBefore: seen.last!.cohort }),
      }];
    });
    return { at, rides, cars, travel: (from, to, when) => this.#travel.drive(from, to, when, 'permitCar') };
  }

  /** The stop of somebody else that this car makes first, if there is one: when it is planned. */
  #stopBefore(ride: Ride, step: RideStep): Instant | undefined {
    const mine = step === 'atDoor' ? ride.planned!.pickUpAt : ride.planned!.arriveAt;
    const stands = [...this.#others(ride)].find((other) => other.times.atDoor !== undefined && other.times.aboard === undefined);
    if (stands) return stands.planned!.pickUpAt;
    for (const other of this.#others(ride)) {
      const { times, planned } = other;
      if (times.aboard === undefined && planned!.pickUpAt < mine) return planned!.pickUpAt;
      if (times.aboard !== undefined && times.arrived === undefined && planned!.arriveAt < mine) return planned!.arriveAt;
    }
    return undefined;
  }

  /** Rides of the same car whose driver is to do something now. */
  *#others(ride: Ride): Iterable<Ride> {
    const district = this.#districtOf.get(ride.ride);
    for (const [name, { journey, leg }] of this.#rides.get(district ?? '') ?? []) {
      const other = journey.story[leg]!;
      if (name !== ride.ride && other.car === ride.car && DRIVEN.has(openLink(journey.story)?.kind ?? '')) yield other;
    }
  }

  #home(car: string): Place {
    return this.#city.towns.get(this.#city.cars.get(car)!.town)!.centre;
  }

  #districtsFor(story: Story): readonly string[] {
    const isLate = (openLink(story)?.missed.length ?? 0) > 0;
    return isLate ? districtsFrom(this.#city, story.request.town) : [this.#city.towns.get(story.request.town)!.district];
  }
}

/** When somebody of this cohort may get in. */
function cleanFrom({ last }: Seen, cohort: Cohort): Instant {
  return last === undefined || last.cohort === cohort ? -Infinity : last.at + DECONTAMINATION_MS;
}

const DRIVEN: ReadonlySet<string> = new Set(['pickUp', 'travel', 'returnPickUp', 'returnTravel', 'receive']);
