/** A column of a linear program: what it costs, how often it may be taken, and which rows it counts in. */
export interface SparseColumn {
  readonly cost: number;
  readonly most: number;
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/** Minimise the cost, with each row between its bounds (±Infinity: none) and each column from 0 to its `most`. */
export interface LinearProgram {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly columns: readonly SparseColumn[];
}

export interface Relaxed {
  readonly objective: number;
  readonly values: Float64Array;
  /** Of each row: by how much the cost would change with one more. */
  readonly prices: Float64Array;
}

/** What the re-placement needs of a solver; `load.ts` makes HiGHS one. */
export interface LinearSolver {
  open(program: LinearProgram): OpenProgram;
  /** The best in whole numbers. Ends after so many nodes, never after a time; undefined: it had none by then. */
  whole(program: LinearProgram, nodesMax: number): Float64Array | undefined;
}

/** Keeps what it knows while columns are added. */
export interface OpenProgram {
  add(columns: readonly SparseColumn[]): void;
  /** Undefined: the solver gave up. */
  minimise(): Relaxed | undefined;
  close(): void;
}
