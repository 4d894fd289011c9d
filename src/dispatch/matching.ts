/** No pair: as dear as never. */
export const FORBIDDEN = 1e12;

/**
 * Minimum-cost assignment: each row gets a column of its own, so that the sum of costs is least. Shortest augmenting paths
 * with potentials (Kuhn 1955, Munkres 1957; in this form Jonker & Volgenant 1987), O(rows² × columns).
 * @param costs `costs[row][column]`, finite; FORBIDDEN or more where the two must not meet
 * @returns the column of each row, -1 where only forbidden ones were left, or none
 */
export function cheapestMatching(costs: readonly Float64Array[], columns: number): Int32Array {
  const rows = costs.length;
  const columnOf = new Int32Array(rows).fill(-1);
  if (rows === 0 || columns === 0) return columnOf;
  if (rows > columns) return transposed(costs, columns);
  const rowOf = new Int32Array(columns).fill(-1);
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const cameFrom = new Int32Array(columns);
  const reached = new Uint8Array(columns);
  for (let start = 0; start < rows; start += 1) {
    distance.fill(Infinity);
    reached.fill(0);
    const settled: number[] = [];
    let [row, column, reach] = [start, -1, 0];
    // Dijkstra over columns, on costs reduced by the prices, until it meets a column nobody has.
    do {
      const cost = costs[row]!;
      const base = reach - rowPrice[row]!;
      let [next, least] = [-1, Infinity];
      for (let j = 0; j < columns; j += 1) {
        if (reached[j]) continue;
        const through = base + cost[j]! - columnPrice[j]!;
        if (through < distance[j]!) {
          distance[j] = through;
          cameFrom[j] = column;
        }
        if (distance[j]! < least) [next, least] = [j, distance[j]!];
      }
      column = next;
      reach = least;
      reached[column] = 1;
      settled.push(column);
      row = rowOf[column]!;
    } while (row >= 0);
    rowPrice[start]! += reach;
    for (const j of settled) {
      const gain = reach - distance[j]!;
      columnPrice[j]! -= gain;
      if (rowOf[j]! >= 0) rowPrice[rowOf[j]!]! += gain;
    }
    // Hand the columns along the path on, back to the row that started.
    while (column >= 0) {
      const previous = cameFrom[column]!;
      rowOf[column] = previous < 0 ? start : rowOf[previous]!;
      column = previous;
    }
  }
  rowOf.forEach((row, column) => {
    if (row >= 0 && costs[row]![column]! < FORBIDDEN) columnOf[row] = column;
  });
  return columnOf;
}

function transposed(costs: readonly Float64Array[], columns: number): Int32Array {
  const turned = Array.from({ length: columns }, (_, column) => Float64Array.from(costs, (row) => row[column]!));
  const columnOf = new Int32Array(costs.length).fill(-1);
  cheapestMatching(turned, costs.length).forEach((row, column) => {
    if (row >= 0) columnOf[row] = column;
  });
  return columnOf;
}
