/** Plain Dijkstra with a binary heap: what every faster answer has to agree with. */
import type { RoadNetwork } from '../../src/city/index.ts';

/**
 * @param closed arcs at or above this may not be driven
 * @returns milliseconds from `start` to every node, Infinity without a way
 */
export function dijkstra({ firstArc, head }: RoadNetwork, arcMillis: Int32Array, start: number, closed: number): Float64Array {
  const millis = new Float64Array(firstArc.length - 1).fill(Infinity);
  const heap = new Heap();
  millis[start] = 0;
  heap.push(0, start);
  while (heap.size > 0) {
    const { key, value: node } = heap.pop();
    if (key > millis[node]!) continue;
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc += 1) {
      if (arcMillis[arc]! >= closed) continue;
      const time = key + arcMillis[arc]!;
      const other = head[arc]!;
      if (time >= millis[other]!) continue;
      millis[other] = time;
      heap.push(time, other);
    }
  }
  return millis;
}

class Heap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  push(key: number, value: number): void {
    const [keys, values] = [this.#keys, this.#values];
    let at = keys.length;
    keys.push(key);
    values.push(value);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[above]! <= key) break;
      keys[at] = keys[above]!;
      values[at] = values[above]!;
      at = above;
    }
    keys[at] = key;
    values[at] = value;
  }

  pop(): { readonly key: number; readonly value: number } {
    const [keys, values] = [this.#keys, this.#values];
    const top = { key: keys[0]!, value: values[0]! };
    const [key, value] = [keys.pop()!, values.pop()!];
    const count = keys.length;
    let at = 0;
    while (count > 0) {
      let below = 2 * at + 1;
      if (below >= count) break;
      if (below + 1 < count && keys[below + 1]! < keys[below]!) below += 1;
      if (keys[below]! >= key) break;
      keys[at] = keys[below]!;
      values[at] = values[below]!;
      at = below;
    }
    if (count > 0) {
      keys[at] = key;
      values[at] = value;
    }
    return top;
  }
}
