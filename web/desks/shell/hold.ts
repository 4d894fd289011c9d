import { useSyncExternalStore } from 'react';

/** A hand that has not moved for this long is no longer pointing at a row. */
const RESTS_MS = 15_000;
/** On its way from one list to the next a hand still holds: the list it goes to must not jump towards it. */
const LEAVES_MS = 1_000;

/** One hand for all lists of a page: a list above that lets go would move the one below under the cursor. */
let held = false;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (held === next) return;
  held = next;
  for (const listener of listeners) listener();
}

function after(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => set(false), ms);
}

/** Somebody points at a row or types in a list. */
export function touch(): void {
  set(true);
  after(RESTS_MS);
}

/** The hand leaves the list. */
export function leave(): void {
  if (held) after(LEAVES_MS);
}

/** Somebody asks for what is new. */
export function letGo(): void {
  clearTimeout(timer);
  set(false);
}

export function useHeld(): boolean {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => held);
}
