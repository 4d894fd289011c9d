import type { Instant } from '../../base/index.ts';
import type { SeriesService } from '../safe-gap.ts';
import type { ChairCohort } from '../series.ts';

/**
 * Everything one run has to know: whose coming sessions lost their seats, and every seat of the city that is left. Arrays in any order; the same
 * problem gives the same answer. Instants are epoch ms.
 */
export interface ReplaceProblem {
  readonly at: Instant;
  readonly service: SeriesService;
  /** No session may start before: leave, pass and car take their time. */
  readonly earliestAt: Instant;
  readonly displaced: readonly Displaced[];
  /** Institutions a seat may be in, in the order of the columns of `travel`. */
  readonly units: readonly string[];
  readonly seats: readonly OfferedSeats[];
  readonly travel: TravelMatrix;
}

/** One person's sessions that follow each other and need other seats. With a session that stands between them, they are two of these. */
export interface Displaced {
  readonly series: string;
  readonly cohort: ChairCohort;
  /** Row of `travel`. */
  readonly origin: number;
  readonly institution: string;
  readonly counterparts: readonly string[];
  readonly safeGapHours: number;
  /** The session before: the last that started, or one that stands. Unknown: the first has to start within a day. */
  readonly previousAt?: Instant;
  /** When the sessions should have started, ascending. */
  readonly sessions: readonly Instant[];
  /** The first session after them, which stands. */
  readonly nextAt?: Instant;
}

/** Seats at one time. `cohort: null` can still be given to one cohort, as a whole: never to two. */
export interface OfferedSeats {
  readonly slot: string;
  readonly institution: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly cohort: ChairCohort | null;
  readonly seats: number;
}

/** `seconds[origin * units.length + unit]`; `UNREACHABLE` where no way leads. */
export interface TravelMatrix {
  readonly origins: number;
  readonly seconds: Uint32Array;
}

export const UNREACHABLE = 0xffff_ffff;

/** Why a session has no seat, in the order in which it is looked for: the first that is true. */
export const MISSING = ['tooLate', 'noUnitReachable', 'noChairOfCohort', 'noSeatWithinGap', 'everySeatTaken'] as const;
export type Missing = (typeof MISSING)[number];

/**
 * What is wanted. `beyondGap`: gaps longer than the safe one; a session without a seat counts for the gap before it and the one after it.
 * `travel` is in seconds, and one more for each hour between the new time and the old.
 */
export const LEVELS = ['beyondGap', 'unplaced', 'hoursBeyond', 'notOwn', 'notCounterpart', 'changes', 'travel'] as const;
export type Level = (typeof LEVELS)[number];

/** The city as a whole gives up nothing of these for anything after them. */
export const SAFETY = ['beyondGap', 'unplaced', 'hoursBeyond'] as const satisfies readonly Level[];

/**
 * What a level came to, and below which no plan can come: proven by the bound of the relaxation. `comfort` are the levels after safety in one
 * sum, in seconds of travel, weighed so that for each person each of them counts more than all after it.
 */
export interface LevelProof {
  readonly level: (typeof SAFETY)[number] | 'comfort';
  readonly value: number;
  readonly bound: number;
}

export interface PlacedSession {
  readonly series: string;
  /** The session it stands for. */
  readonly was: Instant;
  readonly slot: string;
  readonly institution: string;
  readonly startsAt: Instant;
}

export interface UnplacedSession {
  readonly series: string;
  readonly was: Instant;
  readonly missing: Missing;
}

export interface ReplaceAnswer {
  readonly placed: readonly PlacedSession[];
  readonly unplaced: readonly UnplacedSession[];
  /** Which cohort got the seats that were offered as a whole. */
  readonly designated: readonly { readonly slot: string; readonly cohort: ChairCohort }[];
  readonly levels: readonly LevelProof[];
  /** (value - bound) / value of the first level not proven best; 0 when every one is. */
  readonly optimalityGap: number;
}
