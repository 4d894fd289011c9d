/**
 * What is known of the best place of each ride in each car's route, and the version of the route for which it was found: most routes are
 * the same from trial to trial. Entry `ride * cars + car`.
 */
export interface Places {
  readonly versions: Int32Array;
  readonly costs: Float64Array;
  readonly afters: Int32Array;
  readonly dropAfters: Int32Array;
}

export function placesFor(pairs: number): Places {
  return { versions: new Int32Array(pairs), costs: new Float64Array(pairs), afters: new Int32Array(pairs), dropAfters: new Int32Array(pairs) };
}
