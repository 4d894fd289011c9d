import { HOUR_MS, overlaps, within, type Instant, type Refusal } from '../base/index.ts';
import type { Specialty } from './consult.ts';

/** An expert of a municipal hospital is reachable: for these specialties, from then until then. */
export interface ExpertShift {
  readonly id: string;
  readonly hospital: string;
  readonly name: string;
  readonly phone: string;
  readonly specialties: readonly Specialty[];
  readonly from: Instant;
  readonly to: Instant;
  /** Comes in person when that is needed. */
  readonly onSite: boolean;
}

/** How an expert is, besides the roster. Key: `keyOf`. */
export interface ExpertLoad {
  /** Questions asked of them or taken by them that are not answered. */
  readonly open: number;
  readonly askedLastAt?: Instant;
  /** Asked to be left alone until then, or has just been out in the night. */
  readonly restingUntil?: Instant;
}

/** One expert of one house; two of the same name there have to be told apart in it. */
export const keyOf = ({ hospital, name }: Pick<ExpertShift, 'hospital' | 'name'>): string => `${hospital}/${name}`;

/** Longer is no shift anybody is good for at its end. Synthetic, as is the rest between two. */
export const SHIFT_HOURS_MAX = 24;
export const REST_HOURS_MIN = 8;
/** By themselves nobody is asked for more than this at once; the medical office may. Synthetic. */
export const OPEN_MAX = 3;
/** Back from a bedside: nobody is asked again at once. Synthetic. */
export const REST_AFTER_VISIT_MS = HOUR_MS;
/** A rest that somebody asks for: longer is an end of the shift. */
export const REST_ASKED_HOURS_MAX = 12;

/** What is wrong with one shift beside the others: all of it at once, each with the field to change. */
export function checkShift(shift: Omit<ExpertShift, 'id'>, others: readonly ExpertShift[], at: Instant): readonly Refusal[] {
  const found: Refusal[] = [];
  if (shift.to <= shift.from) found.push({ code: 'endsBeforeBegin', field: 'to' });
  else if (shift.to - shift.from > SHIFT_HOURS_MAX * HOUR_MS) found.push({ code: 'shiftTooLong', field: 'to', facts: { hoursMax: SHIFT_HOURS_MAX } });
  if (shift.to <= at) found.push({ code: 'shiftOver', field: 'to' });
  if (shift.specialties.length === 0) found.push({ code: 'specialtyMissing', field: 'specialties' });
  const own = others.filter((other) => keyOf(other) === keyOf(shift));
  const clash = own.find((other) => overlaps(other, shift));
  const near = own.find((other) => !overlaps(other, shift) && overlaps({ from: other.from - REST_HOURS_MIN * HOUR_MS, to: other.to + REST_HOURS_MIN * HOUR_MS }, shift));
  if (clash) found.push({ code: 'shiftOverlaps', field: 'from', facts: { name: clash.name, since: clash.from, until: clash.to } });
  else if (near) found.push({ code: 'restTooShort', field: 'from', facts: { name: near.name, hoursMin: REST_HOURS_MIN, since: near.from, until: near.to } });
  return found;
}

export type Roster = readonly ExpertShift[];

export const onShift = (roster: Roster, at: Instant): Roster => roster.filter((shift) => within(shift, at));

export const isResting = (load: ExpertLoad | undefined, at: Instant): boolean => load?.restingUntil !== undefined && load.restingUntil > at;
