/**
 * Time as the whole house knows it.
 *
 * An `Instant` is milliseconds since the Unix epoch, UTC. A duration carries its unit in its name (`dueSeconds`,
 * `waitMinutes`). Nothing below floor 6 asks the operating system what time it is: the instant comes in with the command.
 */
export type Instant = number;

/** Half-open: `from` belongs to the window, `to` does not. An open end is `undefined`. */
export interface Window {
  readonly from: Instant;
  readonly to?: Instant;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** China has kept one zone without summer time since 1991, so the offset is a constant and not a lookup. */
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

const ISO_INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an ISO 8601 instant. Without an offset it is local time in Asia/Shanghai, and `24:00` is the next day's `00:00`,
 * as announcements write it. Anything else (13th month, 25:00, words) is `undefined`: a wrong time must never be guessed.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO_INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone] = match;
  const endOfDay = hour === '24' && Number(minute) === 0 && Number(second) === 0 && Number(fraction) === 0;
  if ((Number(hour) > 23 && !endOfDay) || Number(minute) > 59 || Number(second) > 59) return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const calendar = new Date(midnight);
  if (calendar.getUTCMonth() !== Number(month) - 1 || calendar.getUTCDate() !== Number(day)) return undefined;
  const local =
    midnight + Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS +
    Math.trunc(Number(`0.${fraction}`) * SECOND_MS);
  if (zone === 'Z') return local;
  if (zone === undefined) return local - SHANGHAI_OFFSET_MS;
  const sign = zone.startsWith('-') ? -1 : 1;
  const [zoneHours, zoneMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (zoneHours > 14 || zoneMinutes > 59) return undefined;
  return local - sign * (zoneHours * HOUR_MS + zoneMinutes * MINUTE_MS);
}

/** `2022-11-25T08:30:00+08:00`: the way people in the city read it. */
export function formatInstant(instant: Instant): string {
  return `${new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** `08:30` in the city's time. */
export function clockTime(instant: Instant): string {
  return new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
}

/** Day of the week in the city: 1 Monday … 7 Sunday. */
export function weekday(instant: Instant): number {
  return new Date(instant + SHANGHAI_OFFSET_MS).getUTCDay() || 7;
}

/** The city's midnight that begins the day of `instant`. */
export function startOfDay(instant: Instant): Instant {
  return Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS - SHANGHAI_OFFSET_MS;
}

export function within(window: Window, instant: Instant): boolean {
  return instant >= window.from && (window.to === undefined || instant < window.to);
}

export function overlaps(a: Window, b: Window): boolean {
  return a.from < (b.to ?? Infinity) && b.from < (a.to ?? Infinity);
}
