const DAY_MS = 86_400_000;
const CITY_OFFSET_MS = 8 * 3_600_000;

/** Midnight of a city day, as an instant. */
export const startOf = (day: number): number => day * DAY_MS - CITY_OFFSET_MS;
/** The day of the month, without the word that some languages put behind it. */
export const dateNumber = (day: number): number => new Date(day * DAY_MS).getUTCDate();
