import { HOUR_MS, MINUTE_MS, SECOND_MS, type Chance, type Instant, type Place } from '../../src/base/index.ts';
import { COHORTS, offer, routesOf, withMoved, wishOf, type DayCar, type DayRide, type TripDay } from '../../src/trips/index.ts';

const MIDNIGHT = Date.UTC(2022, 10, 24, 16);
export const DAY_BEGINS = MIDNIGHT + 7 * HOUR_MS;

/** Streets as a grid of minutes; here and there no road leads. */
const place = (chance: Chance): Place => ({ lon: 113 + chance.below(25) / 1_000, lat: 34 + chance.below(25) / 1_000 });
const minutes = (from: Place, to: Place): number => Math.round(1_000 * (Math.abs(from.lon - to.lon) + Math.abs(from.lat - to.lat)));
const travel = (from: Place, to: Place): number => (from.lon === 113 && to.lat === 34 ? Infinity : 60 * minutes(from, to) + 0.4);

/** A morning at seven: cars of two towns stand at home, nobody has ordered anything. */
export function emptyDay(chance: Chance, cars: number): TripDay {
  return {
    at: DAY_BEGINS, travel, rides: [],
    cars: Array.from({ length: cars }, (_, index): DayCar => {
      const home = place(chance);
      const from = DAY_BEGINS + (chance.below(3) - 1) * HOUR_MS;
      return {
        car: `C${index}`, town: `town${index % 2}`, home, place: home, placeAt: DAY_BEGINS, onDutyFrom: from, onDutyTo: from + (6 + chance.below(6)) * HOUR_MS,
        capacity: { seats: 2 + chance.below(3), wheelchairs: chance.below(2), stretchers: Number(chance.next() < 0.3) }, state: 'ready',
      };
    }),
  };
}

export function someRide(chance: Chance, name: string, at: Instant): DayRide {
  const [from, to] = [place(chance), place(chance)];
  const draw = chance.next();
  const leg = chance.next() < 0.5 ? 'out' : 'back';
  return {
    order: {
      ride: name, leg, town: `town${chance.below(2)}`, institution: 'H1', pickUpAt: at + chance.below(6 * 60) * MINUTE_MS, travelSeconds: 60 * minutes(from, to),
      cohort: chance.next() < 0.6 ? 'other' : chance.pick(COHORTS), seats: 1 + chance.below(2), wheelchair: draw < 0.1, stretcher: draw > 0.95,
      ...(leg === 'back' && chance.next() < 0.3 && { expected: true as const }),
    },
    from, to,
  };
}

/** So many orders, one after the other, as desks approve them; whom nobody can drive stays in the day without a car. */
export function offered(day: TripDay, chance: Chance, rides: number): TripDay {
  let now = day;
  for (let n = 0; n < rides; n += 1) {
    const ride = someRide(chance, `R${now.rides.length}`, day.at);
    const answer = offer(now, ride);
    now = { ...now, rides: [...now.rides, ride] };
    if (answer.ok) now = withMoved(now, answer.value.moved);
  }
  return now;
}

/** What the drivers report until then: most are on time, some are far behind, some stand at a door, and of some nothing is heard. */
export function passed(day: TripDay, until: Instant, chance: Chance): TripDay {
  const rides = new Map(day.rides.map((ride) => [ride.order.ride, ride]));
  const routes = new Map(routesOf(day).map((route) => [route.car, route.stops]));
  const cars = day.cars.map((car): DayCar => {
    const behind = chance.next() < 0.6 ? 0 : chance.below(50) * MINUTE_MS;
    let now = car;
    for (const { ride: name, kind, at } of routes.get(car.car) ?? []) {
      const ride = rides.get(name)!;
      const wish = wishOf(ride.order);
      if (at + behind > until) {
        if (kind !== 'pickUp' || chance.next() > 0.2 || now.placeAt + SECOND_MS * travel(now.place, ride.from) > until) break;
        rides.set(name, { ...ride, atDoorAt: until });
        now = { ...now, place: ride.from, placeAt: until };
        break;
      }
      if (kind === 'pickUp') {
        const aboardAt = at + behind + wish.pickUpSeconds * SECOND_MS;
        rides.set(name, { ...ride, aboardAt });
        now = { ...now, place: ride.from, placeAt: aboardAt };
      } else {
        rides.delete(name);
        now = { ...now, place: ride.to, placeAt: at + behind + wish.dropOffSeconds * SECOND_MS };
      }
      now = { ...now, cohortBefore: ride.order.cohort };
    }
    return { ...now, placeAt: Math.min(now.placeAt, until) };
  });
  return { ...day, at: until, rides: [...rides.values()], cars };
}
