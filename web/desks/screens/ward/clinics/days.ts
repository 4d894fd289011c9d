import { formatted } from '../../../../shared/time.ts';

const DAY_MS = 86_400_000;
const CITY_OFFSET_MS = 8 * 3_600_000;

/** Midnight of a city day. */
export const startOfCityDay = (day: number): number => day * DAY_MS - CITY_OFFSET_MS;
/** `2022-11-25`, as addresses and date fields write a city day. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** @returns the city day of `2022-11-25`, or nothing for half a date */
export function dayOf(date: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at / DAY_MS;
}
/** An hour of the city's clock on a day: `08:30`. */
export function instantOn(date: string, hour: string): number {
  return Date.parse(`${date}T${hour}:00+08:00`);
}
export const dayWithName = formatted({ weekday: 'long', day: 'numeric', month: 'short' });
export const shortDay = formatted({ weekday: 'short', day: 'numeric' });
