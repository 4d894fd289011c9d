import type { Text, Window } from '../base/index.ts';
import type { Service } from '../city/index.ts';
import type { Acuity } from '../triage/index.ts';
import { LINK_KINDS, VENUE_KINDS } from './decision.ts';
import type { Demand } from './demands.ts';
import type { EntryChannel, LinkOwner, Pathway, Transport, VenueKind } from './decision.ts';
import { NEVER_BLOCK_FACTS } from './facts.ts';
import type { FactName, NeverBlockFact } from './facts.ts';
import type { Room } from './rooms.ts';

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
  /** Announcements whose place this one takes, by id: from its first moment they are silent in its districts. */
  readonly supersedes?: readonly string[];
  /** How many sentences of the source promise something; each of them is a measure or named in `notEncoded`. */
  readonly sentences: number;
  readonly measures: readonly Measure[];
  /** What it demands of institutions. */
  readonly demands?: readonly Demand[];
  /** What no measure says: promises another room keeps, and why they decide nothing here. Nothing is silently left out. */
  readonly notEncoded: readonly NotEncoded[];
}

/** How a clause of an announcement begins: with the number of its sentence. */
export const SENTENCE = /^(\d{1,3}): \S/;

export interface NotEncoded {
  /** `3: "quote or paraphrase"`, as in a measure. */
  readonly clause: string;
  readonly reason: string;
  /** Who keeps it instead. */
  readonly room?: Room;
}

export interface Coverage {
  readonly period: Window;
  /**
   * Six-character codes as the city counts districts, each with its name: as the file gives it, in English where a city knows it.
   * A town belongs by its own prefix where no city says otherwise.
   */
  readonly districts: ReadonlyMap<string, Text>;
  /** Towns commanded by a covered district although their code begins with another one's. */
  readonly towns: ReadonlySet<string>;
}

/** Rules that hold with and without an announcement: `law` before it, `ordinary` after it. */
export interface StandingRules {
  readonly version: string;
  readonly law: readonly Measure[];
  readonly ordinary: readonly Measure[];
  readonly demands?: readonly Demand[];
}

/**
 * One clause as data, of two types. One that asks for a ground that may never block can say where and how, and has no word
 * for whether or how soon; only one that asks for no such ground has.
 */
export type Measure = CaseMeasure | GroundMeasure;

export interface CaseMeasure extends Clause {
  readonly when: readonly OpenCondition[];
  readonly then: Effects;
}

export interface GroundMeasure extends Clause {
  readonly when: readonly Condition[];
  readonly then: WhereAndHow;
}

interface Clause {
  readonly id: string;
  /** In an announcement the number of its sentence and its wording: `3: "patients in high-risk areas"`; elsewhere the rule it comes from. */
  readonly clause: string;
  /** The reason, in words a frightened person understands. */
  readonly text: Text;
  /** Who acts on it. */
  readonly rooms?: readonly Room[];
  /** Measures of the same announcement that say something else of the same person, and step back for this one. */
  readonly over?: readonly string[];
  /** Where it stands in its file. */
  readonly line: number;
}

/** Each of the facts named has one of the values. A measure holds when one of its conditions does; with none, always. */
export type Condition = { readonly [F in FactName]?: readonly string[] };
/** A condition that asks for no ground on which nobody may be turned away. */
export type OpenCondition = { readonly [F in Exclude<FactName, NeverBlockFact>]?: readonly string[] } & { readonly [F in NeverBlockFact]?: never };

export function asksGround(measure: Measure): measure is GroundMeasure {
  return measure.when.some((condition) => NEVER_BLOCK_FACTS.some((fact) => condition[fact] !== undefined));
}

/** Who is asked first: the nearest open one; the person's own, then the town's counterparts; or the counterparts. */
export const CHOICES = ['nearest', 'ownFirst', 'counterpartFirst'] as const;
export type Choice = (typeof CHOICES)[number];
export const WAYS_BACK = ['specialCar', 'own'] as const;

/** Everything a measure can say. */
export interface Effects extends Omit<WhereAndHow, 'venue' | 'transport' | 'entry' | 'links' | WhetherAndWhen> {
  readonly venue?: VenueKind;
  readonly transport?: Transport;
  readonly entry?: EntryChannel;
  readonly pathway?: Pathway;
  readonly byAppointment?: boolean;
  readonly testRequired?: boolean;
  readonly dispense?: boolean;
  readonly guardianPresent?: boolean;
  readonly controlledDrugsInPerson?: boolean;
  readonly links?: { readonly [K in TermsKey]?: LinkTerms };
}

/** What decides whether somebody is seen and how soon: nothing a test, a colour or an area may touch. `within` is the other. */
export const WHETHER_AND_WHEN = ['pathway', 'byAppointment', 'testRequired', 'dispense', 'guardianPresent', 'controlledDrugsInPerson'] as const;
export type WhetherAndWhen = (typeof WHETHER_AND_WHEN)[number];

/**
 * What a ground that may never block can choose: the place, the door, who drives and who answers. A place on a screen, no way
 * there and no door are not among them: to be seen nowhere is not a "where".
 */
export interface WhereAndHow extends Never<WhetherAndWhen> {
  readonly venue?: VisitedVenue;
  readonly service?: Service;
  readonly choice?: Choice;
  readonly transport?: Exclude<Transport, 'none'>;
  readonly wayBack?: (typeof WAYS_BACK)[number];
  readonly closedLoop?: boolean;
  readonly entry?: Exclude<EntryChannel, 'none'>;
  readonly greenChannel?: boolean;
  /** The committee lets the person out and back in: a release and a pass with an owner and a deadline, never a "no". */
  readonly release?: boolean;
  /** What stands in when the option of this name cannot be had: a kind of venue, or a transport. */
  readonly otherwise?: Otherwise;
  readonly links?: { readonly [K in TermsKey]?: { readonly owner?: LinkOwner; readonly dueSeconds?: never } };
}
type Never<K extends string> = { readonly [name in K]?: never };

/**
 * Kinds of venue that can stand in for each other. Not the cloud clinic: another one there is found, and a person who was to be
 * seen at a distance is not sent out because a line was busy.
 */
export type VisitedVenue = Exclude<VenueKind, 'cloudClinic'>;
export const VISITED_VENUES = VENUE_KINDS.filter((venue): venue is VisitedVenue => venue !== 'cloudClinic');
/** What may stand in for a way there: something that fetches. Whoever was to be driven is never told to walk. */
export const FETCHING = ['ambulance', 'specialCar'] as const satisfies readonly Transport[];
export type Fetching = (typeof FETCHING)[number];
export const REPLACEABLE = [...VISITED_VENUES, ...FETCHING, 'own'] as const;
export type Replaceable = (typeof REPLACEABLE)[number];
export type Otherwise = { readonly [V in VisitedVenue]?: VisitedVenue } & { readonly [T in Fetching | 'own']?: Fetching };

/**
 * A link's kind; those that differ by who drives have a second name: `carPickUp` the special car's, `ownTravel` the resident's,
 * `ownConfirmHome` of somebody who came home on their own or never left.
 */
export const TERMS_KEYS = [...LINK_KINDS, 'carPickUp', 'ownTravel', 'ownConfirmHome'] as const satisfies readonly string[];
export type TermsKey = (typeof TERMS_KEYS)[number];

export interface LinkTerms {
  readonly owner?: LinkOwner;
  readonly dueSeconds?: { readonly [A in Acuity]?: number };
}

/** No step may be given longer than this: a wait that ends next month is a refusal in disguise. */
export const LONGEST_WAIT_SECONDS = 7 * 24 * 3_600;
