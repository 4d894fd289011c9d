import type { Instant, Place, Text } from '../base/index.ts';
import type { Owner } from '../people/index.ts';
import type { LinkKind, Pathway } from '../policy/index.ts';
import type { Acuity, Need } from '../triage/index.ts';
import type { AssignReason, CallAnswer, Note, Shortfall, StandbyMove } from './board.ts';
import type { MissionStep } from './mission.ts';

/** Who decides that a unit goes: a dispatcher who presses, or on the worst day the board by itself. */
export const DISPATCH_MODES = ['recommended', 'automatic'] as const;
export type DispatchMode = (typeof DISPATCH_MODES)[number];

/** What the 120 board shows at one instant: the whole queue decided at once, and what it was decided from. */
export interface BoardView {
  readonly at: Instant;
  readonly mode: { readonly mode: DispatchMode; readonly since: Instant; readonly by?: string; readonly reason?: string };
  /** Nobody sent yet, or a unit on its way: worst first, then who has waited longest. */
  readonly calls: readonly BoardCall[];
  readonly units: readonly UnitView[];
  /** Idle units that would cover more from another standby point. */
  readonly moves: readonly StandbyMove[];
  readonly posts: readonly { readonly code: string; readonly name: Text; readonly place: Place }[];
  /** Not on the queue and not forgotten: called 120 and need no ambulance, or became an emergency inside a special car. The latter first. */
  readonly watched: readonly WatchedCall[];
  /** Units of one district on their way for another: both see it. */
  readonly aid: readonly MutualAid[];
  /** What the board did by itself since it was last switched to automatic, for twelve hours after it was switched back: latest first, fifty at most. */
  readonly done: readonly SentByItself[];
  /** Whether drives are known from the city's roads or estimated. */
  readonly travel: 'roads' | 'estimate';
}

/** Who it is about, as everybody may read it who sees the call at all. */
interface Caller {
  readonly journey: string;
  readonly name: string;
  readonly need: Need;
  readonly ageMonths?: number;
  readonly acuity: Acuity;
}

export interface BoardCall extends Caller {
  readonly mission: string;
  readonly place: Place;
  readonly district: string;
  readonly town: string;
  /** Only for those who have to find the person. */
  readonly address?: string;
  /** When they first called; a unit that was lost does not make it later. */
  readonly askedAt: Instant;
  /** The unit on its way, since when, how long it takes from then, and the last it said. */
  readonly unit?: string;
  readonly sentAt?: Instant;
  readonly etaSeconds?: number;
  readonly step?: MissionStep;
  /** The recommendation with its reasons, or what is missing; absent only for calls whose unit stays as it is. */
  readonly answer?: CallAnswer;
  readonly unitsLost?: number;
  /** Calls that may be about the same person or the same accident. Never merged by the software. */
  readonly perhapsSame: readonly PerhapsSame[];
  /** Crews with a patient or at a scene close by, and public defibrillators: nearest first. */
  readonly nearby: readonly Nearby[];
}

export interface PerhapsSame {
  readonly journey: string;
  readonly why: readonly ('samePhone' | 'sameAddress' | 'samePlace')[];
  readonly meters: number;
  /** Between the two calls. */
  readonly apartSeconds: number;
}

export type Nearby =
  | { readonly kind: 'crew'; readonly unit: string; readonly meters: number; readonly journey?: string }
  | { readonly kind: 'defibrillator'; readonly name: Text; readonly meters: number };

export interface UnitView {
  readonly unit: string;
  readonly state: 'idle' | 'returning' | 'toPatient' | 'withPatient' | 'decontaminating' | 'outOfService';
  readonly station: string;
  readonly stationName: Text;
  readonly district: string;
  readonly place: Place;
  /** When it was last heard of there; its station is known without hearing. */
  readonly placeAt: Instant;
  /** On the move and not heard of for longer than two minutes: shown, never guessed. */
  readonly lostContact?: true;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  readonly since: Instant;
  readonly journey?: string;
  readonly readyAt?: Instant;
  readonly shiftEndsAt?: Instant;
  readonly post?: string;
  /** Why it is out of service, in the crew's words, and until when they think. */
  readonly reason?: string;
  readonly outUntil?: Instant;
}

export interface WatchedCall extends Caller {
  readonly pathway: Pathway;
  readonly calledAt: Instant;
  /** What is next, whose step it is, and until when. */
  readonly step: LinkKind;
  readonly owner: Owner & { readonly name: Text };
  readonly dueAt: Instant;
  readonly missed: number;
  /** The special car that carries this emergency and where it was last heard of; without a place nobody knows. */
  readonly aboard?: { readonly car: string; readonly place?: Place; readonly placeAt?: Instant };
}

export interface MutualAid {
  readonly unit: string;
  readonly journey: string;
  /** Districts: whose unit it is, and where the patient is. */
  readonly from: string;
  readonly to: string;
  readonly sentAt: Instant;
}

/** One unit that the board sent by itself, with the reasons it had at that moment. */
export interface SentByItself extends Caller {
  readonly at: Instant;
  readonly unit: string;
  readonly etaSeconds: number;
  /** The journey that lost its unit by it. */
  readonly takenFrom?: string;
  readonly reasons: readonly Note<AssignReason>[];
  readonly shortfalls: readonly Note<Shortfall>[];
}
