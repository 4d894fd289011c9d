import { useSyncExternalStore } from 'react';
import { cityNow } from '../../shared/clock.ts';
import { clockOrDay } from '../../shared/time.ts';

/** One tick a second for the whole page: every countdown turns at the same moment, and one timer is enough. */
const listeners = new Set<() => void>();
let current = cityNow();
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
  current = cityNow();
  for (const listener of listeners) listener();
}

/** City-clock now, in epoch milliseconds, renewed each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}

/** `08:30` today, with the day in front on any other day. */
export function dayAndTime(instant: number): string {
  return clockOrDay(instant, cityNow());
}
