import { HOUR_MS, seededChance, type Chance, type Place } from '../../src/base/index.ts';
import { estimateSeconds } from '../../src/city/index.ts';
import {
  answerOf, breakDownCar, COHORTS, dayJob, judge, offer, routesOf, withMoved, type DayRide, type TripDay,
} from '../../src/trips/index.ts';
import { planOnThread } from '../../src/server/rides/day-thread.ts';
import { median } from '../figures.ts';

const SIZES = [
  { name: 'a town\'s day', rides: 120, cars: 12, secondsMax: 2 },
  { name: 'a district\'s day', rides: 1_000, cars: 80, secondsMax: 30 },
];
const OFFER_MS_MAX = 100;
const BEGINS = Date.UTC(2022, 10, 24, 22);

/** Orders one by one into a day that runs, as desks approve them; then the whole day anew, and a car that breaks down. @returns whether all was sound and in time */
export async function measureRunningDays(): Promise<boolean> {
  let isSound = true;
  for (const size of SIZES) isSound = (await measure(size)) && isSound;
  return isSound;
}

async function measure({ name, rides, cars, secondsMax }: (typeof SIZES)[number]): Promise<boolean> {
  const chance = seededChance(20_221_125);
  let day = emptyDay(chance, cars);
  let refused = 0;
  let violations = 0;
  const times = syntheticRides(chance, rides).map((ride) => {
    const start = performance.now();
    const answer = offer(day, ride);
    const ms = performance.now() - start;
    day = { ...day, rides: [...day.rides, ride] };
    if (!answer.ok) refused += 1;
    else {
      violations += judge(day, answer.value.routes, answer.value.routes.map(({ car }) => car)).length;
      day = withMoved(day, answer.value.moved);
    }
    return ms;
  });
  console.log(`\n${name} as it runs: ${rides} orders one by one, ${cars} cars`);
  console.log(`  one order: median ${median(times).toFixed(1)} ms, worst ${Math.max(...times).toFixed(0)} ms (under ${OFFER_MS_MAX} wanted); ${refused} refused, ${routesOf(day).length} cars`);

  const begin = performance.now();
  const job = dayJob(day);
  const made = performance.now();
  const again = answerOf(day, job, await planOnThread(job));
  const seconds = (performance.now() - begin) / 1_000;
  violations += judge(day, again.routes).length;
  console.log(`  the whole day anew: ${seconds.toFixed(1)} s (under ${secondsMax} wanted), ${Math.round(made - begin)} ms of it where others wait; ${again.moved.filter(({ told }) => told).length} people called, ${again.routes.length} cars`);

  const first = routesOf(day)[0]!.car;
  const broke = performance.now();
  const answer = breakDownCar(day, first, { place: day.cars[0]!.place, at: day.at });
  const [moved, behind] = answer.ok ? [answer.value.moved.length, answer.value.unplanned.length] : [0, -1];
  console.log(`  a car breaks down: ${Math.round(performance.now() - broke)} ms, ${moved} rides change, ${behind} left behind; the judge names ${violations} violations in all`);
  return violations === 0 && answer.ok && median(times) < OFFER_MS_MAX && seconds < secondsMax;
}

const KILOMETERS = 10;
const place = (chance: Chance): Place => ({ lon: 113.6 + (chance.next() * KILOMETERS) / 91, lat: 34.7 + (chance.next() * KILOMETERS) / 111 });

function emptyDay(chance: Chance, cars: number): TripDay {
  const towns = Array.from({ length: Math.max(1, Math.round(cars / 8)) }, () => place(chance));
  return {
    at: BEGINS, rides: [], travel: (from, to, at) => estimateSeconds(from, to, at, 'permitCar'),
    cars: Array.from({ length: cars }, (_, index) => {
      const home = towns[index % towns.length]!;
      return {
        car: `C${index}`, town: `T${index % towns.length}`, home, place: home, placeAt: BEGINS, onDutyFrom: BEGINS, onDutyTo: BEGINS + 14 * HOUR_MS,
        capacity: { seats: 4, wheelchairs: index % 2, stretchers: Number(index % 4 === 0) }, state: 'ready' as const,
      };
    }),
  };
}

function syntheticRides(chance: Chance, count: number): readonly DayRide[] {
  const institutions = Array.from({ length: 12 }, () => place(chance));
  return Array.from({ length: count }, (_, index): DayRide => {
    const [home, institution] = [place(chance), chance.pick(institutions)];
    const [from, to] = index % 2 === 0 ? [home, institution] : [institution, home];
    const draw = chance.next();
    return {
      order: {
        ride: `R${index}`, leg: index % 2 === 0 ? 'out' : 'back', town: 'T0', institution: 'H', pickUpAt: BEGINS + HOUR_MS + chance.next() * 11 * HOUR_MS,
        travelSeconds: estimateSeconds(from, to, BEGINS, 'permitCar'), cohort: chance.next() < 0.7 ? 'other' : chance.pick(COHORTS),
        seats: 1 + Number(chance.next() < 0.3), wheelchair: draw < 0.07, stretcher: draw > 0.97,
      },
      from, to,
    };
  });
}
