import type { Text, Window } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';
import { VENUE_KINDS } from './decision.ts';
import type { EntryChannel, LinkKind, LinkOwner, Pathway, Transport, VenueKind } from './decision.ts';
import type { FactName } from './facts.ts';

/**
 * A policy as written: rules that may choose where and how. What a rule may say is `Effects`, and nothing else: there is
 * no word in it for a refusal, and every wait is a number of seconds with an upper end. So a test result, a code's colour
 * or a missing paper cannot keep anyone from care, whoever writes the next announcement.
 */
export interface PolicyDocument {
  readonly id: string;
  readonly version: string;
  readonly city: string;
  readonly title: Text;
  readonly source: string;
  readonly coverage: Coverage;
  readonly measures: readonly Measure[];
  /** Promises another room keeps, and sentences without a decision in them: named, so that nothing is silently left out. */
  readonly notEncoded: readonly { readonly sentence: string; readonly reason: string }[];
}

export interface Coverage {
  readonly period: Window;
  /** Six-character codes as the city counts districts; a town belongs by its own prefix where no city says otherwise. */
  readonly districts: ReadonlySet<string>;
  /** Towns commanded by a covered district although their code begins with another one's. */
  readonly towns: ReadonlySet<string>;
}

/** Rules that hold with and without an announcement: `law` before it, `ordinary` after it. */
export interface StandingRules {
  readonly version: string;
  readonly law: readonly Measure[];
  readonly ordinary: readonly Measure[];
}

export interface Measure {
  readonly id: string;
  /** Number and wording of the clause it comes from. */
  readonly clause: string;
  /** The reason, in words a frightened person understands. */
  readonly text: Text;
  /** Holds when one of the conditions holds; a condition, when each of its facts has one of the values. Empty: always. */
  readonly when: readonly Condition[];
  readonly then: Effects;
  readonly line: number;
}

export type Condition = { readonly [F in FactName]?: readonly string[] };

/** Who is asked first: the nearest open one; the person's own, then the town's counterparts; or the counterparts. */
export type Choice = 'nearest' | 'ownFirst' | 'counterpartFirst';

export interface Effects {
  readonly pathway?: Pathway;
  readonly venue?: VenueKind;
  readonly service?: Service;
  readonly choice?: Choice;
  readonly transport?: Transport;
  readonly wayBack?: 'specialCar' | 'own';
  readonly closedLoop?: boolean;
  readonly byAppointment?: boolean;
  readonly greenChannel?: boolean;
  readonly testRequired?: boolean;
  readonly entry?: EntryChannel;
  /** The committee lets the person out and back in: a release and a pass with an owner and a deadline, never a "no". */
  readonly release?: boolean;
  readonly dispense?: boolean;
  readonly guardianPresent?: boolean;
  readonly controlledDrugsInPerson?: boolean;
  /** What stands in when the option of this name cannot be had: a kind of venue, or a transport. */
  readonly otherwise?: Otherwise;
  readonly links?: { readonly [K in TermsKey]?: LinkTerms };
}

/**
 * Kinds of venue that can stand in for each other. Not the cloud clinic: another one there is found, and a person who was to be
 * seen at a distance is not sent out because a line was busy.
 */
export type VisitedVenue = Exclude<VenueKind, 'cloudClinic'>;
export const VISITED_VENUES = VENUE_KINDS.filter((venue): venue is VisitedVenue => venue !== 'cloudClinic');
/** What may stand in for a way there: something that fetches. Whoever was to be driven is never told to walk. */
export const FETCHING = ['ambulance', 'specialCar'] as const satisfies readonly Transport[];
export type Fetching = (typeof FETCHING)[number];
export type Replaceable = VisitedVenue | Fetching | 'own';
export type Otherwise = { readonly [V in VisitedVenue]?: VisitedVenue } & { readonly [T in Fetching | 'own']?: Fetching };

/** A link's kind; the two that differ by who drives have a second name: `carPickUp` the special car's, `ownTravel` the resident's. */
export type TermsKey = LinkKind | 'carPickUp' | 'ownTravel';

export interface LinkTerms {
  readonly owner?: LinkOwner;
  readonly dueSeconds?: { readonly [A in Acuity]?: number };
}

/** No step may be given longer than this: a wait that ends next month is a refusal in disguise. */
export const LONGEST_WAIT_SECONDS = 7 * 24 * 3_600;

export interface PolicyProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}
