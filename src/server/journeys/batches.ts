export interface BatchLimits {
  readonly writersMax: number;
  readonly sizeMax: number;
  /** True for an error that has nothing to do with what is written. */
  readonly isForAll?: (error: unknown) => boolean;
}

/**
 * Gathers what comes in while earlier batches are being written: under load a write costs its share of one commit, and with
 * nothing waiting it starts at once. Nobody is told "done" before their own batch is durable.
 */
export class Batches<T, R> {
  readonly #write: (items: readonly T[]) => Promise<readonly R[]>;
  readonly #writersMax: number;
  readonly #sizeMax: number;
  readonly #isForAll: (error: unknown) => boolean;
  #waiting: { readonly item: T; readonly resolve: (result: R) => void; readonly reject: (error: unknown) => void }[] = [];
  #writing = 0;
  #idle: (() => void) | undefined;

  constructor(write: (items: readonly T[]) => Promise<readonly R[]>, { writersMax, sizeMax, isForAll = () => false }: BatchLimits) {
    this.#write = write;
    this.#writersMax = writersMax;
    this.#sizeMax = sizeMax;
    this.#isForAll = isForAll;
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      // What arrives in the same turn of the loop goes in the same batch.
      if (this.#waiting.length === 1) setImmediate(() => this.#next());
    });
  }

  /** Resolves when everything that was added is written. */
  async settled(): Promise<void> {
    if (this.#writing === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => { this.#idle = resolve; });
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#writing < this.#writersMax) {
      const batch = this.#waiting.splice(0, this.#sizeMax);
      this.#writing++;
      void this.#run(batch).finally(() => {
        this.#writing--;
        this.#next();
        if (this.#writing === 0 && this.#waiting.length === 0) this.#idle?.();
      });
    }
  }

  /** One row that cannot be stored must not take its neighbours with it: they are written again, each alone. Nobody waits in that line for a database that is away. */
  async #run(batch: readonly { item: T; resolve: (result: R) => void; reject: (error: unknown) => void }[]): Promise<void> {
    try {
      const results = await this.#write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index]!));
    } catch (error) {
      if (batch.length === 1 || this.#isForAll(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const one of batch) await this.#run([one]);
    }
  }
}
