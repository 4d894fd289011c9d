import { language } from './words.ts';

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

/** Formats instants in the city's time and in the language of the reader. */
export const formatted = (options: Intl.DateTimeFormatOptions) => {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (instant: number): string => {
    const key = language();
    let formatter = made.get(key);
    if (!formatter) made.set(key, formatter = new Intl.DateTimeFormat(key, { timeZone: ZONE, ...options }));
    return formatter.format(instant);
  };
};

/** `08:30` in the city's time, wherever the phone believes to be. */
export const clockTime = formatted({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** `Fri 25 Nov` / `11月25日周五`. */
export const dayName = formatted({ weekday: 'short', day: 'numeric', month: 'short' });

/** The city's calendar day, as a number that grows by one each day. */
export function cityDay(instant: number): number {
  return Math.floor((instant + 8 * 3_600_000) / DAY_MS);
}

/** `08:30` today, with the day in front on any other day. */
export function clockOrDay(instant: number, now: number): string {
  return cityDay(instant) === cityDay(now) ? clockTime(instant) : `${dayName(instant)} ${clockTime(instant)}`;
}
