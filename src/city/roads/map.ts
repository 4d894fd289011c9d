import type { Place } from '../../base/index.ts';
import { buildGrid, type Grid } from './grid.ts';
import { contract, rankNodes, type Hierarchy } from './hierarchy.ts';
import { DEGREE, type RoadNetwork } from './network.ts';

/** Everything about a city's roads that no closure and no hour changes. Frozen; shared by all who ask. */
export interface RoadMap {
  readonly network: RoadNetwork;
  readonly hierarchy: Hierarchy;
  readonly grid: Grid;
}

/**
 * @param rank of each node, where it was kept from before
 * @param progress is told the share of nodes that have their rank, 0 to 1
 */
export function prepareRoads(network: RoadNetwork, rank?: Int32Array, progress: (share: number) => void = () => undefined): RoadMap {
  const ranked = rank ?? rankNodes(network, (placed) => progress(placed / network.lon7.length));
  return { network, hierarchy: contract(network, ranked), grid: buildGrid(network) };
}

export function placeOf({ lon7, lat7 }: RoadNetwork, node: number): Place {
  return { lon: lon7[node]! / DEGREE, lat: lat7[node]! / DEGREE };
}
