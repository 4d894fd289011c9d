import type { Text } from '../../src/base/index.ts';
import type { FreeSeatView } from '../../src/appointments/index.ts';

/** One house and clinic with its hours of one day, as a person chooses between them. */
export interface SeatGroup {
  readonly key: string;
  readonly institutionName: Text;
  readonly clinicName: string | undefined;
  readonly travelSeconds: number | undefined;
  readonly estimated: boolean;
  readonly stepFree: boolean | undefined;
  readonly languages: readonly string[];
  readonly seats: readonly FreeSeatView[];
}

/**
 * Nearest house first; a house whose way is not known comes last, because nobody can say that it is near. Within it the hours in order.
 * @param own the house somebody is booked at already: they know it, and it knows them
 */
export function grouped(seats: readonly FreeSeatView[], own?: string): readonly SeatGroup[] {
  const groups = new Map<string, FreeSeatView[]>();
  for (const seat of seats) {
    const key = `${seat.institution}/${seat.clinic}`;
    groups.set(key, [...(groups.get(key) ?? []), seat]);
  }
  const far = ({ travelSeconds, seats: [first] }: SeatGroup): number => (first!.institution === own ? -1 : travelSeconds ?? Infinity);
  return [...groups].map(([key, theirs]): SeatGroup => {
    const inOrder = [...theirs].sort((a, b) => a.startsAt - b.startsAt);
    const { institutionName, clinicName, travelSeconds, estimated = false, stepFree, languages = [] } = inOrder[0]!;
    return { key, institutionName, clinicName, travelSeconds, estimated, stepFree, languages, seats: inOrder };
  }).sort((a, b) => (far(a) === far(b) ? a.seats[0]!.startsAt - b.seats[0]!.startsAt : far(a) - far(b)));
}

/**
 * What to offer instead of a seat that has just gone: the nearest hour in the same house first, then the nearest hour anywhere.
 * Whoever has planned for one hour and one way loses least by it.
 */
export function insteadOf(lost: FreeSeatView, free: readonly FreeSeatView[], most: number): readonly FreeSeatView[] {
  const off = ({ startsAt }: FreeSeatView): number => Math.abs(startsAt - lost.startsAt);
  const elsewhere = (seat: FreeSeatView): number => Number(seat.institution !== lost.institution);
  return free.filter(({ slot }) => slot !== lost.slot).sort((a, b) => elsewhere(a) - elsewhere(b) || off(a) - off(b)).slice(0, most);
}
