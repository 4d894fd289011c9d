import type { Instant } from '../base/index.ts';

/**
 * Rehearsed time: what is to happen, earliest first; what was planned for the same instant happens in the order it was
 * planned. Two runs of one seed differ nowhere, so ties must not be left to chance. A binary heap.
 */
export class EventQueue<T> {
  readonly #heap: { readonly at: Instant; readonly order: number; readonly what: T }[] = [];
  #planned = 0;

  get size(): number {
    return this.#heap.length;
  }

  plan(at: Instant, what: T): void {
    const entry = { at, order: this.#planned, what };
    this.#planned += 1;
    let hole = this.#heap.push(entry) - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#before(entry, this.#heap[parent]!)) break;
      this.#heap[hole] = this.#heap[parent]!;
      hole = parent;
    }
    this.#heap[hole] = entry;
  }

  /** The earliest, taken out; undefined when nothing is planned before `until` any more. */
  next(until: Instant = Infinity): { readonly at: Instant; readonly what: T } | undefined {
    const first = this.#heap[0];
    if (!first || first.at >= until) return undefined;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: { readonly at: Instant; readonly order: number; readonly what: T }): void {
    const { length } = this.#heap;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#before(this.#heap[child + 1]!, this.#heap[child]!)) child += 1;
      if (!this.#before(this.#heap[child]!, entry)) break;
      this.#heap[hole] = this.#heap[child]!;
      hole = child;
    }
    this.#heap[hole] = entry;
  }

  #before(a: { readonly at: Instant; readonly order: number }, b: { readonly at: Instant; readonly order: number }): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }
}
