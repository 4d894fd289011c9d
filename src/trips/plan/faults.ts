import { LOAD_KINDS, type Load, type PlanProblem, type PlanStop } from './problem.ts';

/** What is wrong with a problem, by field; every fault at once. */
export interface Fault {
  /** `rides[3].pickUp.place` */
  readonly field: string;
  readonly code: 'notANumber' | 'negative' | 'noSuchPlace' | 'endsBeforeItBegins' | 'namedTwice' | 'noSuchCar' | 'noSuchRide' | 'tooFewEntries' | 'takesNoRoom' | 'notAboard';
}

/** Of the whole problem. */
export function faultsOf(problem: PlanProblem): readonly Fault[] {
  return [...faultsOfTables(problem), ...faultsOfLists(problem)];
}

/** Of the durations and the travel times. */
function faultsOfTables({ travel, decontaminationSeconds, longestLatenessSeconds }: PlanProblem): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [field, value] of Object.entries({ decontaminationSeconds, longestLatenessSeconds })) {
    if (Number.isNaN(value)) faults.push({ field, code: 'notANumber' });
    else if (value < 0) faults.push({ field, code: 'negative' });
  }
  for (const [field, table] of [['travel.seconds', travel.seconds], ['travel.meters', travel.meters]] as const) {
    if (!table) continue;
    if (table.length < travel.places ** 2) faults.push({ field, code: 'tooFewEntries' });
    if (table.some((value) => !Number.isFinite(value))) faults.push({ field, code: 'notANumber' });
    else if (table.some((value) => value < 0)) faults.push({ field, code: 'negative' });
  }
  return faults;
}

/** Of rides and cars alone: quick, for one more ride into a plan whose tables are known. */
export function faultsOfLists({ rides, cars, travel }: PlanProblem): readonly Fault[] {
  const faults: Fault[] = [];
  const complain = (field: string, code: Fault['code']): void => { faults.push({ field, code }); };
  const duration = (field: string, value: number): void => {
    if (Number.isNaN(value)) complain(field, 'notANumber');
    else if (value < 0) complain(field, 'negative');
  };
  const period = (field: string, from: number, to: number): void => {
    if (!Number.isFinite(from) || Number.isNaN(to)) complain(field, 'notANumber');
    else if (to < from) complain(field, 'endsBeforeItBegins');
  };
  const place = (field: string, value: number): void => {
    if (!Number.isInteger(value) || value < 0 || value >= travel.places) complain(field, 'noSuchPlace');
  };
  const room = (field: string, load: Load): void => LOAD_KINDS.forEach((kind) => duration(`${field}.${kind}`, load[kind]));
  const stop = (field: string, each: PlanStop): void => {
    place(`${field}.place`, each.place);
    period(`${field}.latestSeconds`, each.earliestSeconds, each.latestSeconds);
    duration(`${field}.serviceSeconds`, each.serviceSeconds);
  };
  const twice = (field: string, names: readonly string[]): void => {
    const seen = new Set<string>();
    names.forEach((name, index) => {
      if (seen.has(name)) complain(field.replace('#', String(index)), 'namedTwice');
      seen.add(name);
    });
  };

  twice('rides[#].ride', rides.map(({ ride }) => ride));
  twice('cars[#].car', cars.map(({ car }) => car));
  const carNames = new Set(cars.map(({ car }) => car));
  const rideOf = new Map(rides.map((ride) => [ride.ride, ride]));
  rides.forEach((ride, index) => {
    const field = `rides[${index}]`;
    stop(`${field}.pickUp`, ride.pickUp);
    stop(`${field}.dropOff`, ride.dropOff);
    room(`${field}.load`, ride.load);
    if (LOAD_KINDS.every((kind) => ride.load[kind] === 0)) complain(`${field}.load`, 'takesNoRoom');
    duration(`${field}.longestRideSeconds`, ride.longestRideSeconds);
    if (ride.aboard && !carNames.has(ride.aboard.car)) complain(`${field}.aboard.car`, 'noSuchCar');
  });
  cars.forEach((car, index) => {
    const field = `cars[${index}]`;
    place(`${field}.startPlace`, car.startPlace);
    place(`${field}.endPlace`, car.endPlace);
    period(`${field}.untilSeconds`, car.fromSeconds, car.untilSeconds);
    room(`${field}.capacity`, car.capacity);
    duration(`${field}.longestDutySeconds`, car.longestDutySeconds);
    const inside = new Set(rides.flatMap(({ ride, aboard }) => (aboard?.car === car.car ? [ride] : [])));
    car.next?.forEach(({ ride, kind }, n) => {
      if (!rideOf.has(ride)) complain(`${field}.next[${n}].ride`, 'noSuchRide');
      else if ((kind === 'dropOff') !== inside.has(ride)) complain(`${field}.next[${n}].kind`, 'notAboard');
      else if (kind === 'pickUp') inside.add(ride);
      else inside.delete(ride);
    });
  });
  return faults;
}
