import type { RoadPoint } from '../network.ts';

/** Points by id in columns that grow: 24 bytes for each, several times less than a Map of objects. A province has millions. */
export class PointTable {
  #ids = new Float64Array(1_024);
  #lons = new Float64Array(1_024);
  #lats = new Float64Array(1_024);
  #length = 0;
  #ascending = true;

  get size(): number {
    return this.#length;
  }

  add(id: number, { lon, lat }: RoadPoint): void {
    if (this.#length === this.#ids.length) {
      this.#ids = doubled(this.#ids);
      this.#lons = doubled(this.#lons);
      this.#lats = doubled(this.#lats);
    }
    if (this.#length > 0 && id <= this.#ids[this.#length - 1]!) this.#ascending = false;
    this.#ids[this.#length] = id;
    this.#lons[this.#length] = lon;
    this.#lats[this.#length] = lat;
    this.#length += 1;
  }

  get(id: number): RoadPoint | undefined {
    if (!this.#ascending) this.#sort();
    let [from, to] = [0, this.#length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#ids[middle]! < id) from = middle + 1;
      else to = middle;
    }
    return from < this.#length && this.#ids[from] === id ? { lon: this.#lons[from]!, lat: this.#lats[from]! } : undefined;
  }

  /** Extracts come in order of ids; a file that somebody edited need not. */
  #sort(): void {
    const ids = this.#ids;
    const order = new Int32Array(this.#length).map((_, index) => index).sort((a, b) => ids[a]! - ids[b]! || a - b);
    const sorted = (values: Float64Array): Float64Array<ArrayBuffer> => new Float64Array(order.length).map((_, index) => values[order[index]!]!);
    [this.#ids, this.#lons, this.#lats] = [sorted(this.#ids), sorted(this.#lons), sorted(this.#lats)];
    this.#ascending = true;
  }
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}
