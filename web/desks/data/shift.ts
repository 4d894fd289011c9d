import type { QueryClient } from '@tanstack/react-query';
import { Problem } from '../../shared/api.ts';
import { cityNow, setClock } from '../../shared/clock.ts';
import { cityDay } from '../../shared/time.ts';
import type { Me } from './contract.ts';
import { erase, read, write } from './device.ts';

/**
 * What a phone on a dashboard keeps so that a shift goes on where no network reaches: who drives, the city's telephone numbers
 * and today's stops. Nothing of it outlives the shift: it is deleted at sign-out, when the session has ended, and when the page
 * is opened on another day. It lies in the browser's database and never in `localStorage`, which every script may read at once.
 * Reports that have not been sent yet are not deleted with it: they are the record of who had whom (`outbox.ts`).
 */
const KEPT: ReadonlySet<string> = new Set(['me', 'city', 'my-rides', 'trust']);
/** A crew has to know what is wrong with its patient; a driver's stops say all that a driver needs. */
const KEPT_FOR_CREWS = 'journeys';

interface Kept {
  readonly key: readonly unknown[];
  readonly data: unknown;
  /** City clock when it was kept, and how far it is from this device's. */
  readonly at: number;
  readonly clockOffsetMs: number;
}

/** Shows at once what is kept of today, and asks anew for all of it. Then keeps what comes. */
export async function keepShift(queries: QueryClient): Promise<void> {
  for (const { key, data, at, clockOffsetMs } of await read<Kept>('kept')) {
    // A phone whose battery was empty begins at some other day: it is at least as late as when this was kept.
    const now = Math.max(Date.now() + clockOffsetMs, at);
    if (isOfAnotherShift(at, now)) {
      await endShift();
      break;
    }
    setClock(now);
    queries.setQueryData(key, data, { updatedAt: 0 });
    void queries.invalidateQueries({ queryKey: key });
  }
  queries.getQueryCache().subscribe((event) => {
    const name = String(event.query.queryKey[0]);
    if (event.type !== 'updated' || !(KEPT.has(name) || (name === KEPT_FOR_CREWS && queries.getQueryData<Me>(['me'])?.actor.role === 'crew'))) return;
    if (event.action.type === 'error' && event.action.error instanceof Problem && event.action.error.status === 401) void endShift();
    if (event.action.type !== 'success' || event.action.manual) return;
    const { queryKey: key } = event.query;
    const now = cityNow();
    void write('kept', key.join('/'), { key, data: event.action.data, at: now, clockOffsetMs: now - Date.now() } satisfies Kept);
  });
}

/** A driver's stops are a day's. A roadblock may be without a network for days, and keeps nothing about anybody: an old list, and its age said, is more than none. */
const ROADBLOCK_MS = 72 * 3_600_000;
function isOfAnotherShift(at: number, now: number): boolean {
  return location.pathname === '/checkpoint' ? now - at > ROADBLOCK_MS : cityDay(at) !== cityDay(now);
}

export async function endShift(): Promise<void> {
  await erase('kept');
}

