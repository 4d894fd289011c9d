import type { Instant } from '../base/index.ts';
import type { BookableService } from './booking.ts';

/** How near the safe gap somebody is. `notPlaced` before all others: a coming session has no seat, and its clock runs. */
export const SERIES_STATES = ['notPlaced', 'red', 'alarm', 'safe'] as const;
export type SeriesState = (typeof SERIES_STATES)[number];

/** The next session as it stands: where, when, and the request that brings them there once it has begun. */
export interface SessionView {
  readonly booking: string;
  readonly institution: string;
  readonly institutionName: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly journey?: string;
}

/** Whoever answers for a matter that belongs to no open request, and until when. */
export interface OwedView {
  readonly owner: { readonly role: string; readonly scope: string };
  readonly dueAt: Instant;
  readonly missedCount: number;
}

/** One standing series as its ward, its district and the command centre see it. */
export interface SeriesView {
  readonly id: string;
  readonly person: { readonly name: string; readonly phone: string };
  readonly town: string;
  readonly service: BookableService;
  readonly institution: string;
  readonly unitName: { readonly zh: string; readonly en: string } | undefined;
  readonly pattern: unknown;
  readonly cohort: string;
  readonly safeGapHours: number;
  readonly lastStartAt?: Instant;
  readonly next?: SessionView;
  /** When the safe gap since the last start is over. */
  readonly gapEndsAt?: Instant;
  readonly state: SeriesState;
  /** Not active: by whose word. */
  readonly paused?: true;
  /** What a coming session waits for. */
  readonly missing?: string;
  readonly owed?: OwedView;
}

/** A session nobody has a seat for: by name, for whoever has to find one. */
export interface UnplacedView {
  readonly series: string;
  readonly name: string;
  readonly town: string;
  readonly startsAt: Instant;
  readonly missing: string;
  readonly gapEndsAt?: Instant;
  readonly owed: OwedView;
}

/** One run over every unit of the city: what became of the sessions of a unit that closed. */
export interface ReplacementView {
  readonly id: string;
  readonly at: Instant;
  readonly institution: string;
  readonly service: BookableService;
  readonly until?: Instant;
  readonly state: 'running' | 'done' | 'failed';
  readonly patients: number;
  readonly sessions: number;
  readonly placed: number;
  readonly sameUnit: number;
  readonly counterpart: number;
  readonly elsewhere: number;
  readonly worstGapHours?: number;
  /** 0 is proven best; 0.01 is at most one hundredth from it. */
  readonly optimalityGap?: number;
  readonly tookMs?: number;
  /** As it stands now: whoever has found a place since is not in it. */
  readonly unplaced: readonly UnplacedView[];
}
