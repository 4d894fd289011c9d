import type { DayView } from '../../../../src/trips/index.ts';

/** Somebody whose car or time is another one than before. */
export interface Change {
  readonly ride: string;
  readonly name: string;
  readonly before?: PickUp;
  readonly after?: PickUp;
}
interface PickUp {
  readonly car: string;
  readonly at: number;
}

/** Up to that the person's promise holds; nobody is rung for it. */
const WORTH_MS = 5 * 60_000;

/** What came of planning anew, person by person. Whoever is in a car already is not told anything. */
export function changesBetween(before: DayView, after: DayView): readonly Change[] {
  const [old, now] = [pickUpsOf(before), pickUpsOf(after)];
  const named = new Map([...before.unplanned, ...after.unplanned].map(({ ride, name }) => [ride, name]));
  const rides = [...new Set([...old.keys(), ...now.keys()])];
  return rides.flatMap((ride): readonly Change[] => {
    const [was, is] = [old.get(ride), now.get(ride)];
    if (was && is && was.car === is.car && Math.abs(was.at - is.at) <= WORTH_MS) return [];
    // Gone from the day without having lost its car: somebody arrived, or cancelled.
    if (!is && !after.unplanned.some((one) => one.ride === ride)) return [];
    return [{ ride, name: is?.name ?? was?.name ?? named.get(ride) ?? '', ...(was && { before: was }), ...(is && { after: is }) }];
  });
}

function pickUpsOf({ cars }: DayView): ReadonlyMap<string, PickUp & { readonly name: string }> {
  return new Map(cars.flatMap(({ car, stops }) => stops
    .filter(({ kind, doneAt }) => kind === 'pickUp' && doneAt === undefined)
    .map(({ ride, at, name }) => [ride, { car, at, name }] as const)));
}
