import type { Highs, ModelData, SparseMatrix } from 'highs';
import type { LinearProgram, LinearSolver, SparseColumn } from './solver.ts';

/** HiGHS, compiled to WebAssembly: one instance for each thread, and nothing of it is read before somebody asks. */
export async function loadSolver(): Promise<LinearSolver> {
  const { default: load } = await import('highs');
  // Its types are written for CommonJS; what Node imports is the function itself.
  return solverOf(await (load as unknown as typeof load.default)());
}

/** Whatever HiGHS may choose by chance or by clock is fixed. */
const FIXED = { output_flag: false, random_seed: 0 } as const;

function solverOf(highs: Highs): LinearSolver {
  const { optimal, solutionLimit } = highs.constants.modelStatus;
  return {
    open(program) {
      const model = highs.createModel(dataOf(program));
      model.options.set(FIXED);
      return {
        add: (columns) => {
          model.addCols({
            cost: Float64Array.from(columns, ({ cost }) => cost), lower: new Float64Array(columns.length), upper: Float64Array.from(columns, ({ most }) => most), matrix: matrixOf(columns, program.lower.length),
          });
        },
        minimise: () => {
          model.run();
          if (model.getModelStatus() !== optimal) return undefined;
          const { colValue, rowDual } = model.getSolution();
          return { objective: model.getObjectiveValue(), values: colValue, prices: rowDual };
        },
        close: () => model.dispose(),
      };
    },
    whole: (program, nodesMax) => highs.withModel({ ...dataOf(program), integrality: new Int32Array(program.columns.length).fill(1) }, (model) => {
      model.options.set({ ...FIXED, mip_max_nodes: nodesMax, mip_rel_gap: 0 });
      model.run();
      const status = model.getModelStatus();
      return (status === optimal || status === solutionLimit) && Number.isFinite(model.getObjectiveValue()) ? model.getSolution().colValue : undefined;
    }),
  };
}

function dataOf({ lower, upper, columns }: LinearProgram): ModelData {
  return {
    numCols: columns.length, numRows: lower.length, colCost: columns.map(({ cost }) => cost), colLower: columns.map(() => 0), colUpper: columns.map(({ most }) => most),
    rowLower: lower, rowUpper: upper, matrix: matrixOf(columns, lower.length),
  };
}

function matrixOf(columns: readonly SparseColumn[], numRows: number): SparseMatrix {
  const starts = [0];
  for (const { rows } of columns) starts.push(starts.at(-1)! + rows.length);
  return { format: 'csc', numCols: columns.length, numRows, starts: Int32Array.from(starts), indices: Int32Array.from(columns.flatMap(({ rows }) => rows)), values: Float64Array.from(columns.flatMap(({ values }) => values)) };
}
