/** One decision for a large city on its worst hour, everywhere at random: what `assign` takes for it. */
import { MINUTE_MS, seededChance, type Chance, type Place } from '../src/base/index.ts';
import { assign, type Board, type UnitState } from '../src/dispatch/index.ts';
import { ACUITIES } from '../src/triage/index.ts';

const NOW = Date.UTC(2022, 3, 5, 2);
const [CALLS, UNITS, POSTS, NEIGHBOURHOODS] = [500, 1_000, 175, 230];
/** Half of the units stand or drive home, every tenth is on its way to somebody. */
const STATES: readonly UnitState[] = ['idle', 'idle', 'idle', 'returning', 'returning', 'toPatient', 'withPatient', 'withPatient', 'withPatient', 'decontaminating'];
const DISTRICTS = Array.from({ length: 16 }, (_, index) => `D${index}`);
const ROUNDS = 9;

/** Straight line at 30 km/h: a travel time has to come from somewhere, and here it is not what is measured. */
const travel = (from: Place, to: Place): number => (Math.hypot((from.lon - to.lon) * 95_000, (from.lat - to.lat) * 111_000) * 1.3) / 8.3;

function largeBoard(chance: Chance): Board {
  const place = (): Place => ({ lon: 121.2 + chance.next() / 2, lat: 31 + chance.next() / 2 });
  const units = Array.from({ length: UNITS }, (_, index) => ({
    unit: `U${index}`, state: chance.pick(STATES), place: place(), placeAt: NOW, equipment: chance.pick(['advanced', 'basic'] as const),
    negativePressure: chance.next() < 0.4, readyAt: NOW + 10 * MINUTE_MS, post: `P${index % POSTS}`, district: chance.pick(DISTRICTS),
  }));
  const moving = units.filter(({ state }) => state === 'toPatient');
  return {
    now: NOW, travel, units,
    calls: Array.from({ length: CALLS }, (_, index) => ({
      mission: `M${index}`, acuity: chance.pick(ACUITIES), place: place(), askedAt: NOW - chance.below(180) * MINUTE_MS, rideSeconds: 600, district: chance.pick(DISTRICTS),
      ...(moving[index] && { unit: moving[index].unit }),
    })),
    posts: Array.from({ length: POSTS }, (_, index) => ({ code: `P${index}`, place: place() })),
    demand: Array.from({ length: NEIGHBOURHOODS }, () => ({ place: place(), perHour: 0.4 })),
  };
}

/** @returns one figure a round, the first ones included: a board that opens in the morning has no time to warm up */
export function decisionMilliseconds(): readonly number[] {
  const chance = seededChance(20_220_405);
  return Array.from({ length: ROUNDS }, () => {
    const board = largeBoard(chance);
    const start = performance.now();
    assign(board);
    return performance.now() - start;
  });
}
