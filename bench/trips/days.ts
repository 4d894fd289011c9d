import { seededChance, type Chance } from '../../src/base/index.ts';
import { checkPlan, COHORTS, insertRide, planRides, type Cohort, type PlanCar, type PlanProblem, type PlanRide, type Replanned } from '../../src/trips/index.ts';
import { median } from '../figures.ts';
import { solveFor } from './solve.ts';

const MINUTE = 60;
const HOUR = 3_600;
/** Door to door by day, and streets instead of straight lines: synthetic, as in city/travel. */
const METERS_PER_SECOND = 24 / 3.6;
const DETOUR = 1.32;
const INSERTIONS = 20;

interface Size { readonly name: string; readonly rides: number; readonly cars: number; readonly kilometers: number; readonly seconds: number }
const DAYS: readonly Size[] = [
  { name: 'a town\'s day', rides: 120, cars: 12, kilometers: 8, seconds: 2 },
  { name: 'a district\'s day', rides: 1_000, cars: 80, kilometers: 12, seconds: 30 },
];
const INSERTION_MS_MAX = 100;

/** @returns whether every plan was sound and no order took too long */
export function measureDays(): boolean {
  return DAYS.map(measureDay).every((isSound) => isSound);
}

function measureDay({ name, rides, cars, kilometers, seconds }: Size): boolean {
  const chance = seededChance(20_221_125);
  const whole = syntheticDay(chance, rides + INSERTIONS, cars, kilometers);
  const known = { ...whole, rides: whole.rides.slice(0, rides) };
  const quick = performance.now();
  const first = planRides(known, { seed: 1, trials: 0 });
  const quickMs = performance.now() - quick;
  const plan = solveFor(known, seconds, 1);
  let now: Replanned = { problem: known, plan };
  let violations = checkPlan(known, plan).length;
  const times = whole.rides.slice(rides).map((ride) => {
    const start = performance.now();
    const answer = insertRide(now.problem, now.plan, ride);
    const ms = performance.now() - start;
    if (!answer.ok) throw new Error(answer.refusal.code);
    now = answer.value;
    violations += checkPlan(now.problem, now.plan).length;
    return ms;
  });
  const say = ({ unplanned, latenessSeconds, routes, distance }: typeof plan): string =>
    `${unplanned.length} left behind, ${Math.round(latenessSeconds / MINUTE)} min late, ${routes.length} cars, ${Math.round(distance / 1_000)} km`;
  console.log(`\n${name}: ${rides} rides of ${COHORTS.length} cohorts, ${cars} cars`);
  console.log(`  first plan in ${Math.round(quickMs)} ms: ${say(first)}`);
  console.log(`  after ${seconds} s: ${say(plan)}; the judge names ${violations} violations`);
  console.log(`  one more order into the running plan: median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms (under ${INSERTION_MS_MAX} wanted)`);
  return violations === 0 && median(times) < INSERTION_MS_MAX;
}

const COHORT_SHARES: readonly (readonly [Cohort, number])[] = [['other', 0.7], ['fever', 0.82], ['contact', 0.9], ['positive', 0.96], ['immunocompromised', 1]];

/** Half of the rides bring people to appointments, half take them home; cohorts, wheelchairs and stretchers as a restricted day may have them. */
function syntheticDay(chance: Chance, rides: number, cars: number, kilometers: number): PlanProblem {
  const institutions = 12;
  const homes = rides;
  const depots = Math.max(1, Math.round(cars / 8));
  const points = Array.from({ length: institutions + depots + homes }, () => [chance.next() * kilometers * 1_000, chance.next() * kilometers * 1_000] as const);
  const places = points.length;
  const meters = Float64Array.from({ length: places ** 2 }, (_, at) => {
    const [a, b] = [points[Math.floor(at / places)]!, points[at % places]!];
    return Math.round(Math.hypot(a[0] - b[0], a[1] - b[1]) * DETOUR);
  });
  const seconds = meters.map((each) => Math.ceil(each / METERS_PER_SECOND));
  return {
    rides: Array.from({ length: rides }, (_, index) => syntheticRide(chance, index, institutions + depots + index, chance.below(institutions))),
    cars: Array.from({ length: cars }, (_, index) => syntheticCar(index, institutions + (index % depots))),
    travel: { places, seconds, meters },
    decontaminationSeconds: 30 * MINUTE, longestLatenessSeconds: HOUR, fewestCars: true,
  };
}

function syntheticRide(chance: Chance, index: number, home: number, institution: number): PlanRide {
  const careAt = 8 * HOUR + chance.below(16) * 30 * MINUTE;
  const isOut = index % 2 === 0;
  const draw = chance.next();
  const wheels = chance.next();
  const stop = (place: number, from: number, to: number, minutes: number) => ({ place, earliestSeconds: from, latestSeconds: to, serviceSeconds: minutes * MINUTE });
  return {
    ride: `R${index + 1}`,
    cohort: COHORT_SHARES.find(([, upTo]) => draw < upTo)![0],
    load: { seats: wheels < 0.1 ? 0 : 1 + Number(chance.next() < 0.3), wheelchairs: Number(wheels < 0.07), stretchers: Number(wheels >= 0.07 && wheels < 0.1) },
    pickUp: isOut ? stop(home, careAt - 90 * MINUTE, careAt, 5) : stop(institution, careAt, careAt + HOUR, 3),
    dropOff: isOut ? stop(institution, careAt - 40 * MINUTE, careAt, 3) : stop(home, careAt, careAt + 2 * HOUR, 5),
    longestRideSeconds: HOUR,
  };
}

function syntheticCar(index: number, depot: number): PlanCar {
  return {
    car: `C${index + 1}`, startPlace: depot, endPlace: depot, fromSeconds: 6 * HOUR, untilSeconds: 20 * HOUR,
    capacity: { seats: 4, wheelchairs: index % 2, stretchers: Number(index % 4 === 0) }, longestDutySeconds: 12 * HOUR,
  };
}
