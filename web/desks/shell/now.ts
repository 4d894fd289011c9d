import { useSyncExternalStore } from 'react';
import { cityNow } from '../../shared/clock.ts';
import { clockOrDay } from '../../shared/time.ts';

/** One tick a second for the whole page: every countdown turns at the same moment, and one timer is enough. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  for (const listener of listeners) listener();
}

/** Asked anew at each drawing: the first answer of the server moves the clock by years when an exercise runs. */
function wholeSecond(): number {
  return Math.floor(cityNow() / 1000) * 1000;
}

/** City-clock now, in epoch milliseconds, renewed each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, wholeSecond);
}

/** `08:30` today, with the day in front on any other day. */
export function dayAndTime(instant: number): string {
  return clockOrDay(instant, cityNow());
}
