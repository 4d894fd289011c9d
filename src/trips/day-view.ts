import type { Instant, Place, Text } from '../base/index.ts';
import type { CustodyFault } from './custody.ts';
import type { DayReason } from './day.ts';
import type { StopKind } from './plan/problem.ts';
import type { Cohort, Leg } from './ride.ts';

/** The committee's and the district's day of special cars. */
export interface DayView {
  readonly at: Instant;
  readonly district: string;
  /** Midnight to midnight, the city's time. */
  readonly from: Instant;
  readonly to: Instant;
  /** The last time the whole day was planned. */
  readonly planned?: { readonly at: Instant; readonly by: string; readonly moved: number };
  readonly planning: boolean;
  readonly cars: readonly CarDayView[];
  readonly unplanned: readonly UnplannedView[];
  readonly incidents: readonly CustodyIncidentView[];
  readonly travel: 'roads' | 'estimate';
}

export interface CarDayView {
  readonly car: string;
  readonly town: string;
  readonly townName: Text;
  readonly state: 'ready' | 'broken' | 'off';
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  readonly onDutyFrom: Instant;
  readonly onDutyTo: Instant;
  /** From the driver's phone; absent until it was heard of. */
  readonly position?: { readonly place: Place; readonly at: Instant };
  /** Somebody is in it now. */
  readonly aboard: number;
  readonly stops: readonly StopView[];
  /** When it is cleaned between two cohorts. */
  readonly cleaning: readonly { readonly from: Instant; readonly to: Instant }[];
}

export interface StopView {
  readonly ride: string;
  readonly journey: string;
  readonly leg: Leg;
  readonly kind: StopKind;
  readonly at: Instant;
  readonly doneAt?: Instant;
  /** Of what was promised. */
  readonly lateSeconds: number;
  readonly cohort: Cohort;
  readonly name: string;
  readonly placeName: Text;
}

export interface UnplannedView {
  readonly ride: string;
  readonly journey: string;
  readonly leg: Leg;
  readonly town: string;
  readonly name: string;
  readonly reason: DayReason | 'notApproved';
  /** `carsBusy`: from when a car could be there. */
  readonly freeAt?: Instant;
  /** `outsideHours`: when drivers of fitting cars are on duty. */
  readonly onDutyFrom?: Instant;
  readonly onDutyTo?: Instant;
  readonly pickUpAt: Instant;
  /** By when the committee approves or hands on. */
  readonly dueAt: Instant;
}

export interface CustodyIncidentView {
  readonly id: string;
  readonly journey: string;
  readonly ride: string;
  readonly car: string;
  readonly fault: CustodyFault;
  readonly at: Instant;
  readonly place?: Place;
  readonly owner: string;
  readonly dueAt: Instant;
}
