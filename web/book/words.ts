import { clockTime, dayName } from '../shared/time.ts';
import { listed, say, t } from '../shared/words.ts';
import type { Text } from '../../src/base/index.ts';

interface Somewhere { readonly institutionName: Text; readonly clinicName?: string | undefined }

/** `Thu 24 Nov 08:30`: a day is always said, because an hour alone is taken for today. */
export function whenOf(startsAt: number): string {
  return `${dayName(startsAt)} ${clockTime(startsAt)}`;
}

/** House and clinic. */
export function placeOf({ institutionName, clinicName }: Somewhere): string {
  return listed(say(institutionName), clinicName);
}

export function seatLine(seat: Somewhere & { readonly startsAt: number }): string {
  return t('book.seat', { when: whenOf(seat.startsAt), where: placeOf(seat) });
}

/** The way there in minutes, said to be estimated where it is. */
export function wayOf({ travelSeconds, estimated }: { readonly travelSeconds: number | undefined; readonly estimated: boolean }): string {
  if (travelSeconds === undefined) return t('book.way.unknown');
  return t(estimated ? 'book.way.about' : 'book.way', { minutes: Math.max(1, Math.round(travelSeconds / 60)) });
}
