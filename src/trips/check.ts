import type { Plan, PlannedRoute, PlannedStop } from './plan/plan.ts';
import { LOAD_KINDS, needsDecontamination, type PlanCar, type PlanProblem, type PlanRide } from './plan/problem.ts';

/** Rounding of times: far below what anybody notices, far above what adding up seconds loses. */
const TOLERANCE_SECONDS = 1e-4;

/** Every way in which a plan can break a promise. */
export const VIOLATIONS = [
  'carUnknown', 'carTwice', 'rideUnknown', 'rideForgotten', 'rideTwice', 'plannedAndUnplanned', 'notPickedUp', 'notDroppedOff',
  'notAboard', 'headingElsewhere', 'tooManyAboard', 'cohortsTogether', 'notDecontaminated', 'notThereYet', 'beforeWindow', 'tooLate',
  'rideTooLong', 'leavesTooEarly', 'returnsTooLate', 'dutyTooLong', 'latenessMisstated', 'distanceMisstated', 'notANumber',
] as const;
export type ViolationCode = (typeof VIOLATIONS)[number];

export interface Violation {
  readonly code: ViolationCode;
  readonly car?: string;
  readonly ride?: string;
  /** By how many seconds, places or metres, where that can be said. */
  readonly by?: number;
}

/**
 * The judge of plans. It believes nothing that the planner computed: it drives every route at the times the plan names, through the
 * problem's own tables, and names every promise that is not kept. It shares no code with the search.
 * @returns nothing when the plan may be driven
 */
export function checkPlan(problem: PlanProblem, plan: Plan): readonly Violation[] {
  const violations: Violation[] = [];
  const judged = new Judgement(problem, (violation) => { violations.push(violation); });
  for (const route of plan.routes) judged.drive(route);
  judged.callEverybody(plan);
  const lateness = plan.latenessSeconds - judged.latenessSeconds;
  if (Number.isNaN(lateness) || Number.isNaN(plan.distance - judged.distance)) violations.push({ code: 'notANumber' });
  if (Math.abs(lateness) > TOLERANCE_SECONDS * (1 + problem.rides.length)) violations.push({ code: 'latenessMisstated', by: lateness });
  const distance = plan.distance - judged.distance;
  if (Math.abs(distance) > 1e-6 * (1 + judged.distance)) violations.push({ code: 'distanceMisstated', by: distance });
  return violations;
}

class Judgement {
  latenessSeconds = 0;
  distance = 0;
  readonly #problem: PlanProblem;
  readonly #complain: (violation: Violation) => void;
  readonly #rides: ReadonlyMap<string, PlanRide>;
  readonly #driven = new Set<string>();
  /** Stops made so far, as `kind ride`. */
  readonly #made = new Set<string>();

  constructor(problem: PlanProblem, complain: (violation: Violation) => void) {
    this.#problem = problem;
    this.#complain = complain;
    this.#rides = new Map(problem.rides.map((ride) => [ride.ride, ride]));
  }

  drive({ car: name, leavesAtSeconds, stops, returnsAtSeconds }: PlannedRoute): void {
    const { rides, cars } = this.#problem;
    const car = cars.find(({ car: other }) => other === name);
    if (!car) return this.#complain({ code: 'carUnknown', car: name });
    if (this.#driven.has(name)) this.#complain({ code: 'carTwice', car: name });
    this.#driven.add(name);
    const begun = this.#finishBegun(car);
    const elsewhere = car.next?.find(({ ride, kind }, n) => stops[n]?.ride !== ride || stops[n].kind !== kind);
    if (elsewhere) this.#complain({ code: 'headingElsewhere', car: name, ride: elsewhere.ride });
    this.#atMost('leavesTooEarly', car.fromSeconds, leavesAtSeconds, { car: name });

    const aboard = rides.filter((ride) => ride.aboard?.car === name);
    const leftAt = new Map(aboard.map(({ ride, aboard: since }) => [ride, since!.sinceSeconds]));
    let [place, free, before] = [car.startPlace, leavesAtSeconds, aboard[0]?.cohort ?? car.cohortBefore];
    this.#judgeLoad(car, aboard, { car: name });
    for (const other of aboard) if (other.cohort !== aboard[0]!.cohort) this.#complain({ code: 'cohortsTogether', car: name, ride: other.ride });
    for (const stop of stops) {
      const ride = this.#rides.get(stop.ride);
      if (!ride) {
        this.#complain({ code: 'rideUnknown', car: name, ride: stop.ride });
        continue;
      }
      const named = { car: name, ride: ride.ride };
      const where = ride[stop.kind];
      const arrives = free + this.#seconds(place, where.place);
      const cleaning = stop.kind === 'pickUp' && before !== undefined && needsDecontamination(before, ride.cohort) ? this.#problem.decontaminationSeconds : 0;
      if (stop.beginsAtSeconds < arrives - TOLERANCE_SECONDS) this.#complain({ ...named, code: 'notThereYet', by: arrives - stop.beginsAtSeconds });
      else this.#atMost('notDecontaminated', arrives + cleaning, stop.beginsAtSeconds, named);
      this.#keepWindow(car, stop, ride, begun.has(ride.ride));
      if (this.#made.has(`${stop.kind} ${ride.ride}`)) this.#complain({ ...named, code: 'rideTwice' });
      this.#made.add(`${stop.kind} ${ride.ride}`);
      if (stop.kind === 'pickUp') {
        if (ride.aboard) this.#complain({ ...named, code: 'rideTwice' });
        for (const other of aboard) if (other.cohort !== ride.cohort) this.#complain({ ...named, code: 'cohortsTogether' });
        aboard.push(ride);
        leftAt.set(ride.ride, stop.beginsAtSeconds + where.serviceSeconds);
        this.#judgeLoad(car, aboard, named);
      } else if (!aboard.includes(ride)) this.#complain({ ...named, code: 'notAboard' });
      else {
        aboard.splice(aboard.indexOf(ride), 1);
        const longest = Math.max(ride.longestRideSeconds, begun.get(ride.ride) ?? 0);
        this.#atMost('rideTooLong', stop.beginsAtSeconds - leftAt.get(ride.ride)!, longest, named);
      }
      this.distance += this.#meters(place, where.place);
      [place, free, before] = [where.place, stop.beginsAtSeconds + where.serviceSeconds, ride.cohort];
    }
    for (const { ride } of aboard) this.#complain({ code: 'notDroppedOff', car: name, ride });
    this.distance += this.#meters(place, car.endPlace);
    this.#atMost('notThereYet', free + this.#seconds(place, car.endPlace), returnsAtSeconds, { car: name });
    const finished = begun.get('')!;
    this.#atMost('returnsTooLate', returnsAtSeconds, Math.max(car.untilSeconds, finished), { car: name });
    this.#atMost('dutyTooLong', returnsAtSeconds - leavesAtSeconds, Math.max(car.longestDutySeconds, finished - car.fromSeconds), { car: name });
  }

  /** Nobody is forgotten, and nobody is both driven and left behind. */
  callEverybody({ unplanned }: Plan): void {
    const behind = unplanned.map(({ ride }) => ride);
    behind.forEach((ride, index) => {
      if (!this.#rides.has(ride)) this.#complain({ code: 'rideUnknown', ride });
      if (behind.indexOf(ride) !== index) this.#complain({ code: 'rideTwice', ride });
    });
    for (const { ride, aboard } of this.#problem.rides) {
      const isPickedUp = aboard !== undefined || this.#made.has(`pickUp ${ride}`);
      const isDroppedOff = this.#made.has(`dropOff ${ride}`);
      if (behind.includes(ride)) {
        if (isPickedUp || isDroppedOff) this.#complain({ code: 'plannedAndUnplanned', ride });
      } else if (!isPickedUp && !isDroppedOff) this.#complain({ code: 'rideForgotten', ride });
      else if (!isPickedUp) this.#complain({ code: 'notPickedUp', ride });
      else if (!isDroppedOff) this.#complain({ code: 'notDroppedOff', ride });
    }
  }

  #keepWindow({ car }: PlanCar, { kind, beginsAtSeconds }: PlannedStop, { ride, [kind]: where }: PlanRide, isBegun: boolean): void {
    this.#atMost('beforeWindow', where.earliestSeconds, beginsAtSeconds, { car, ride });
    const late = Math.max(0, beginsAtSeconds - where.latestSeconds);
    this.latenessSeconds += late;
    if (!isBegun) this.#atMost('tooLate', late, this.#problem.longestLatenessSeconds, { car, ride });
  }

  /**
   * What a car has begun is finished, however late it has become: the longest ride of each begun rider, and under '' when the car is back,
   * when it does nothing else, in the order of PlanCar.next and PlanProblem.rides.
   */
  #finishBegun(car: PlanCar): ReadonlyMap<string, number> {
    const next = car.next?.flatMap(({ ride, kind }) => ({ ride: this.#rides.get(ride)!, kind })).filter(({ ride }) => ride) ?? [];
    const aboard = this.#problem.rides.filter((ride) => ride.aboard?.car === car.car);
    const leftAt = new Map(aboard.map(({ ride, aboard: since }) => [ride, since!.sinceSeconds]));
    const finished = new Map<string, number>();
    let [place, free] = [car.startPlace, car.fromSeconds];
    let before = aboard[0]?.cohort ?? car.cohortBefore;
    const go = (ride: PlanRide, kind: 'pickUp' | 'dropOff'): void => {
      const where = ride[kind];
      const cleaning = kind === 'pickUp' && before !== undefined && needsDecontamination(before, ride.cohort) ? this.#problem.decontaminationSeconds : 0;
      const begins = Math.max(where.earliestSeconds, free + cleaning + this.#seconds(place, where.place));
      [place, free, before] = [where.place, begins + where.serviceSeconds, ride.cohort];
      if (kind === 'pickUp') leftAt.set(ride.ride, free);
      else finished.set(ride.ride, begins - leftAt.get(ride.ride)!);
    };
    for (const { ride, kind } of next) go(ride, kind);
    const inside = this.#problem.rides.filter((ride) => aboard.includes(ride) || next.some((stop) => stop.ride === ride));
    for (const ride of inside) if (!finished.has(ride.ride)) go(ride, 'dropOff');
    return finished.set('', finished.size === 0 ? -Infinity : free + this.#seconds(place, car.endPlace));
  }

  #judgeLoad({ capacity }: PlanCar, aboard: readonly PlanRide[], named: { readonly car: string; readonly ride?: string }): void {
    for (const kind of LOAD_KINDS) this.#atMost('tooManyAboard', aboard.reduce((sum, { load }) => sum + load[kind], 0), capacity[kind], named);
  }

  #atMost(code: ViolationCode, value: number, limit: number, named: { readonly car: string; readonly ride?: string }): void {
    // Nothing is true of what is not a number: without this line every promise would count as kept.
    if (Number.isNaN(value) || Number.isNaN(limit)) this.#complain({ ...named, code: 'notANumber' });
    else if (value > limit + TOLERANCE_SECONDS) this.#complain({ ...named, code, by: value - limit });
  }

  #seconds(from: number, to: number): number {
    return this.#problem.travel.seconds[from * this.#problem.travel.places + to]!;
  }

  #meters(from: number, to: number): number {
    const { places, seconds, meters = seconds } = this.#problem.travel;
    return meters[from * places + to]!;
  }
}
