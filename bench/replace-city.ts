import { UNREACHABLE, type ChairCohort, type Displaced, type OfferedSeats, type ReplaceProblem } from '../src/appointments/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant, seededChance, startOfDay } from '../src/base/index.ts';

export interface CitySize {
  readonly patients: number;
  readonly units: number;
  readonly seed: number;
  /** Of the seats that are free, how many are wanted: near 1 it is a city at its limit. */
  readonly load: number;
  readonly days: number;
}

const SHIFTS_MINUTES = [420, 750, 1_080];
const TOWNS = 120;
const LEAD_MS = 2 * HOUR_MS;

/**
 * Patients of units that closed at 22:00 on a Monday, and a city of dialysis units with chairs left: made up, but shaped like one. Units and
 * people are dense in the middle, the long gap of a week ends where it ends, and nine of a hundred are contacts or positive.
 */
export function dialysisCity({ patients, units: count, seed, load, days }: CitySize): ReplaceProblem {
  const chance = seededChance(seed);
  const at = parseInstant('2022-11-21 22:00')!;
  const spot = (): readonly [number, number] => [(chance.next() + chance.next() - 1) * 25, (chance.next() + chance.next() - 1) * 25];
  const closedCount = Math.max(1, Math.round(patients / 300));
  const units = Array.from({ length: count }, (_, unit) => `U${String(unit + 1).padStart(2, '0')}`);
  const places = units.map(spot);
  const towns = Array.from({ length: TOWNS }, spot);
  const closed = Array.from({ length: closedCount }, (_, unit) => ({ name: `X${unit + 1}`, place: spot(), half: unit % 3 === 0 ? units[unit % count] : undefined }));
  const seconds = new Uint32Array(TOWNS * count);
  towns.forEach(([x, y], town) => places.forEach(([u, v], unit) => {
    seconds[town * count + unit] = chance.next() < 0.002 ? UNREACHABLE : Math.round(240 + Math.hypot(x - u, y - v) * 130);
  }));
  const midnight = startOfDay(at);
  const until = midnight + (days + 1) * DAY_MS;
  const displaced = Array.from({ length: patients }, (_, patient): Displaced => {
    const home = closed[patient % closedCount]!;
    const near = [...towns.keys()].sort((a, b) => distance(towns[a]!, home.place) - distance(towns[b]!, home.place));
    const roll = chance.next();
    const shift = chance.pick(SHIFTS_MINUTES) * MINUTE_MS;
    // Monday, Wednesday, Friday or Tuesday, Thursday, Saturday; the run begins on a Monday night.
    const offsets = (chance.next() < 0.5 ? [0, 2, 4] : [1, 3, 5]).flatMap((day) => [-7, 0, 7, 14].map((week) => midnight + (day + week) * DAY_MS + shift)).sort((a, b) => a - b);
    const counterparts = [...units.keys()].sort((a, b) => distance(places[a]!, home.place) - distance(places[b]!, home.place)).slice(0, 2).map((unit) => units[unit]!);
    return {
      series: `S${String(patient + 1).padStart(5, '0')}`, cohort: roll < 0.06 ? 'contact' : roll < 0.09 ? 'positive' : 'other', origin: near[Math.min(TOWNS - 1, Math.floor(chance.exponential(8)))]!,
      institution: home.half ?? home.name, counterparts, safeGapHours: 72, previousAt: offsets.findLast((start) => start <= at)!,
      sessions: offsets.filter((start) => start > at && start < until), nextAt: offsets.find((start) => start >= until)!,
    };
  });
  const sessions = displaced.reduce((sum, { sessions: own }) => sum + own.length, 0);
  const shifts = days * SHIFTS_MINUTES.length;
  const chairs = sessions / load / (count * shifts);
  const seats = units.flatMap((institution) => Array.from({ length: days }, (_, day) => SHIFTS_MINUTES.flatMap((minutes): OfferedSeats[] => {
    const startsAt = midnight + (day + 1) * DAY_MS + minutes * MINUTE_MS;
    const row = (cohort: ChairCohort | null, left: number): OfferedSeats => ({
      slot: `${institution}/haemodialysis/${startsAt}${cohort === 'other' ? '' : `/${cohort ?? 'whole'}`}`, institution, startsAt, endsAt: startsAt + 4 * HOUR_MS, cohort, seats: left,
    });
    const left = (mean: number): number => Math.round(mean * (0.4 + 1.2 * chance.next()));
    const apart = Number(institution.slice(1)) % 8 === 0;
    return [row('other', left(chairs)), ...(apart ? [row('contact', left(chairs * 0.6)), row('positive', left(chairs * 0.4))] : []), ...(Number(institution.slice(1)) % 10 === 5 && minutes === 1_080 ? [row(null, left(chairs * 0.5))] : [])];
  })).flat());
  return { at, service: 'haemodialysis', earliestAt: at + LEAD_MS, displaced, units, seats, travel: { origins: TOWNS, seconds } };
}

const distance = ([x, y]: readonly [number, number], [u, v]: readonly [number, number]): number => Math.hypot(x - u, y - v);
