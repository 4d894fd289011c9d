import type { BookableService, SeriesService } from '../appointments/index.ts';
import type { Instant } from '../base/index.ts';
import type { Service, ServiceStatus } from '../city/index.ts';
import type { LinkKind } from '../policy/index.ts';
import type { RefusalGround } from '../reception/index.ts';
import type { Intake } from '../requests/index.ts';
import type { GateGround } from '../trips/index.ts';
import type { Lowered } from '../triage/index.ts';

/** A rehearsal as text says it: the city, what happens in it, and what has to come of it. */
export interface Drill {
  readonly name: string;
  readonly title: string;
  readonly city: string;
  readonly policy: string;
  readonly start: Instant;
  readonly seed: number;
  readonly closures: readonly ServiceStatus[];
  readonly full: readonly { readonly institution: string; readonly service: Service }[];
  /** In the order of their instants: the first is R1, the next R2. */
  readonly asks: readonly Asked[];
  /** A whole day of calls for 120 instead of single requests, and the normal day beside it. */
  readonly calls?: Calls & { readonly normal: Calls };
  /** Everybody who is treated at a unit that closes, instead of single requests. */
  readonly closedUnit?: ClosedUnit;
  readonly worse: readonly { readonly at: Instant; readonly name: string; readonly findings: readonly string[]; readonly line: number }[];
  /** The family doctor of the town has spoken to them. */
  readonly lowered: readonly { readonly at: Instant; readonly name: string; readonly acuity: Lowered['acuity']; readonly reason: string; readonly line: number }[];
  readonly late: readonly { readonly name: string; readonly link: LinkKind; readonly minutes: number; readonly line: number }[];
  readonly refused: readonly { readonly name: string; readonly ground: RefusalGround; readonly line: number }[];
  /** Treated and brought back, and not let in at their own gate for so long. */
  readonly shut: readonly { readonly name: string; readonly ground: GateGround; readonly minutes: number; readonly line: number }[];
  readonly expected: readonly Expectation[];
}

export interface Asked {
  readonly at: Instant;
  readonly name: string;
  readonly intake: Intake;
  /** Where they live, by its code in the city's register: their place and the beginning of their address. */
  readonly compound?: string;
  readonly line: number;
}

/** So many calls in so many hours, one of so many for somebody who needs an ambulance. */
export interface Calls {
  readonly count: number;
  readonly hours: number;
  readonly oneTripIn: number;
}

/** So many people in series at a unit; elsewhere one chair in so many is free. */
export interface ClosedUnit {
  readonly count: number;
  readonly service: SeriesService & BookableService;
  readonly institution: string;
  readonly oneFreeIn: number;
}

/** What is looked at, and what has to be seen there. `line` is its place in the file. */
export interface Expectation {
  readonly what: ExpectedThing;
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export const EXPECTED_THINGS = [
  'acuity', 'pathway', 'venue', 'transport', 'entry', 'offer', 'placeRuns', 'ruledOut', 'aboard', 'custody', 'told', 'replanned', 'safeGap', 'medicine', 'shown', 'refusals', 'brought', 'test', 'line',
] as const;
/** What is looked at of a day of calls. */
export const EXPECTED_OF_CALLS = ['trips', 'reached', 'elsewhere'] as const;
/** What is looked at of everybody whose unit closed. */
export const EXPECTED_OF_UNIT = ['placed', 'gap', 'cohorts', 'offer', 'home'] as const;
export type ExpectedThing = (typeof EXPECTED_THINGS)[number] | (typeof EXPECTED_OF_CALLS)[number] | (typeof EXPECTED_OF_UNIT)[number];

export interface DrillProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
