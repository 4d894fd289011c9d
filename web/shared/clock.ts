/**
 * The city's clock. Phones are often minutes wrong, and an exercise runs on a day of its own, so a page counts from the
 * server's `at` and never from its own clock alone.
 */
let offsetMs = 0;

/** @param at `at` of an answer that has just arrived, in epoch milliseconds. */
export function setClock(at: number): void {
  offsetMs = at - Date.now();
}

/** Epoch milliseconds on the city's clock; this device's own until a first answer has come. */
export function cityNow(): number {
  return Date.now() + offsetMs;
}
