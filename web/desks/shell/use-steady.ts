import { useEffect, useRef } from 'react';
import { steady, type Steady } from '../data/steady.ts';
import { useHeld } from './hold.ts';

/** A list as it should stand on the screen now; `idOf` has to be the same function at each drawing. */
export function useSteady<T>(incoming: readonly T[], idOf: (item: T) => string): Steady<T> {
  const before = useRef<Steady<T>>({ rows: [], waiting: [] });
  const now = steady(before.current.rows, incoming, useHeld(), idOf);
  useEffect(() => { before.current = now; });
  return now;
}
