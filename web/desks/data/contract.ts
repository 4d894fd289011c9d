import type { Place, Text } from '../../../src/base/index.ts';
import type { DrawnRestriction, Restriction, Service, ServiceStatus } from '../../../src/city/index.ts';
import type { JourneyView, Replayed } from '../../../src/journey/index.ts';
import type { Role } from '../../../src/people/index.ts';
import type { Trust } from '../../../src/passes/index.ts';
import type { CheckFinding, DiffClass, Hand, PolicyDiff, PolicyDocument, PolicyProblem, PolicyState } from '../../../src/policy/index.ts';

/** What the server answers, as far as the desks read it. Times are epoch milliseconds of the city clock. */
export interface Me {
  readonly actor: { readonly id: string; readonly name: string; readonly role: Role; readonly scope: string };
  readonly scopeName: Text;
  readonly demo: boolean;
  readonly at: number;
}

export interface CityAnswer {
  readonly id: string;
  readonly name: Text;
  readonly bounds: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  readonly districts: readonly { readonly code: string; readonly name: Text; readonly centre?: Place }[];
  readonly towns: readonly TownAnswer[];
  readonly institutions: readonly InstitutionAnswer[];
  readonly phones: { readonly medicalLine: PhoneAnswer; readonly emergency: PhoneAnswer };
  readonly policy: { readonly id: string; readonly title?: Text; readonly from?: number; readonly to?: number } | null;
  readonly demo: boolean;
  readonly at: number;
}
interface PhoneAnswer { readonly number: string; readonly synthetic?: boolean }
export interface TownAnswer { readonly code: string; readonly name: Text; readonly district: string; readonly centre: Place }
export interface InstitutionAnswer {
  readonly code: string;
  readonly name: Text;
  readonly level: string;
  readonly district: string;
  readonly town: string;
  readonly place: Place;
  readonly approximate?: boolean;
  readonly services: readonly Service[];
}

export interface Units { readonly at: number; readonly units: readonly UnitAnswer[] }
export interface Cars { readonly at: number; readonly cars: readonly CarAnswer[] }

export interface Journeys { readonly at: number; readonly journeys: readonly JourneyView[] }
export interface JourneyAnswer {
  readonly at: number;
  readonly journey: JourneyView;
  readonly timeline: readonly {
    readonly seq: number;
    readonly at: number;
    readonly by: { readonly role: Role; readonly name: string };
    readonly type: string;
  }[];
}

export interface UnitAnswer {
  readonly id: string;
  readonly station: string;
  readonly stationName: Text;
  readonly point: Place;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  /** The journey it is out for; absent while it stands free. */
  readonly journey?: string;
  readonly since?: number;
  /** The standby point it is asked to go to, by its code; absent for its own station. */
  readonly post?: string;
  readonly outOfService?: { readonly reason?: string; readonly until?: number };
}
export interface CarAnswer {
  readonly id: string;
  readonly town: string;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  readonly windows?: readonly { readonly from: number; readonly to: number; readonly journey?: string }[];
}

export interface RestrictionsAnswer { readonly at: number; readonly restrictions: readonly RestrictionAnswer[] }
/** Something that stands on the roads, or is about to, or did. */
export type RestrictionAnswer = Restriction & Pick<DrawnRestriction, 'district' | 'reason' | 'drawnAt' | 'from' | 'endedAt'> & {
  readonly until: number | null;
  readonly daily: { readonly from: string; readonly to: string } | null;
  readonly inForce: boolean;
};
/** What came of drawing it; null where the city has no roads. */
export interface RestrictionDrawn { readonly at: number; readonly restriction: RestrictionAnswer; readonly roadsMet: number | null }

/** What it would change, for the nearest emergency department of each town. */
export interface PreviewAnswer {
  readonly at: number;
  readonly preview: {
    readonly roadsMet: number;
    /** All of them; the worst are named. */
    readonly towns: number;
    readonly slower: readonly {
      readonly town: string; readonly institution: string; readonly seconds: number;
      /** Absent where no road would be open, or no house could be reached. */
      readonly then?: number; readonly instead?: { readonly institution: string; readonly seconds: number };
    }[];
  } | null;
}

/** Which roads travel times come from. */
export type RoadsAnswer = { readonly at: number } & (
  | { readonly travel: 'roads'; readonly extract: string; readonly importedAt: string; readonly points: number; readonly pieces: number; readonly refused?: 'missing' | 'broken' }
  | { readonly travel: 'estimate'; readonly because: 'missing' | 'broken' });

/** Lines of longitude, latitude, longitude, latitude, … */
export interface RoadLinesAnswer { readonly at: number; readonly broad: readonly (readonly number[])[]; readonly middle: readonly (readonly number[])[]; readonly street: readonly (readonly number[])[] }

/** Who could go now, recommended first. */
export interface Candidates {
  readonly units?: readonly UnitCandidate[];
  readonly cars?: readonly CarCandidate[];
}
export interface UnitCandidate {
  readonly unit: string;
  readonly etaSeconds: number;
  readonly estimated?: true;
  readonly noWayOpen?: true;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  readonly stationName?: Text;
}
export interface CarCandidate {
  readonly car: string;
  readonly town: string;
  readonly etaSeconds: number;
  readonly estimated?: true;
  readonly noWayOpen?: true;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
}

export interface PoliciesAnswer {
  readonly at: number;
  readonly policies: readonly PolicyAnswer[];
  /** Files that came with the server, or kept texts, that cannot be read any more. */
  readonly unreadable?: readonly { readonly file: string; readonly problems: readonly PolicyProblem[] }[];
  /** Open requests that have not yet been asked again since the rules changed. */
  readonly unasked?: number;
}

/** One version of an announcement; how it came to be is there for those who plan. */
export type PolicyAnswer = Omit<PolicyDocument, 'coverage'> & {
  readonly state: PolicyState;
  readonly period: { readonly from: number; readonly to?: number };
  readonly districts: readonly string[];
  readonly author?: Hand;
  readonly draftedAt?: number;
  /** The version it changes; absent for a new announcement. */
  readonly basedOn?: string;
  readonly checkedAt?: number;
  /** Absent until it has been checked. */
  readonly findings?: readonly CheckFinding[];
  readonly walked?: number;
  readonly combinations?: number;
  readonly checkFailed?: string;
  /** Checked among other standing rules than those in force; it is being checked again. */
  readonly checkStale?: true;
  readonly adoptedAt?: number;
  readonly adoptedBy?: Hand;
  /** Why it was adopted all the same, by the key of the finding. */
  readonly why?: Readonly<Record<string, string>>;
  readonly endedAt?: number;
  readonly endedBy?: Hand;
  readonly replacedBy?: string;
};

export interface PolicyTextAnswer { readonly at: number; readonly policy: PolicyAnswer; readonly text: string }
/** What came of an act, and how many requests are open. */
export interface PolicyActAnswer { readonly at: number; readonly policy: PolicyAnswer; readonly openRequests: number }

export interface DiffAnswer extends Pick<PolicyDiff, 'first' | 'second' | 'coverage' | 'demands' | 'combinations' | 'different'> {
  readonly at: number;
  readonly classes: readonly DiffClassAnswer[];
  readonly toldOtherwise: readonly Omit<DiffClass, 'facts'>[];
  readonly openRequests: number;
  readonly openTotal: number;
  readonly recordedRequests: number;
  readonly recordedTotal: number;
}
export type DiffClassAnswer = Omit<DiffClass, 'facts'> & { readonly openRequests: number; readonly recordedRequests: number };

export interface ReplayAnswer { readonly at: number; readonly decisions: readonly Replayed[] }

export interface StatusAnswer {
  readonly at: number;
  readonly services: readonly ServiceRow[];
}
/** @see Standing in src/server/status: `unknown` is a word too old to rely on. */
export interface ServiceRow extends Omit<Partial<ServiceStatus>, 'state' | 'reportedBy' | 'reportedAt'> {
  readonly institution: string;
  readonly service: Service;
  readonly state: ServiceStatus['state'] | 'unknown';
  readonly lastSaid?: ServiceStatus['state'];
  readonly saidAt: number;
  readonly saidBy: 'institution' | 'files';
  readonly closingAsked?: { readonly id: string; readonly since: number; readonly until: number };
  readonly places?: { readonly capacity: number; readonly free: number; readonly beyond: number; readonly said?: number; readonly saidAt: number };
}

/** What of the services waits for somebody. */
export interface StatusMatter {
  readonly id: string;
  readonly institution: string;
  readonly service: Service | '';
  readonly kind: 'closing' | 'unknown' | 'difference';
  readonly asked: ServiceStatus | null;
  readonly askedName: string | null;
  readonly openedAt: number;
  readonly dueAt: number;
  readonly owner: { readonly role: Role; readonly scope: string };
}
export interface StatusMattersAnswer { readonly at: number; readonly matters: readonly StatusMatter[] }

export interface PublishedAnswer {
  readonly at: number;
  readonly published: readonly { readonly institution: string; readonly service: Service; readonly state: ServiceStatus['state']; readonly until: number | null; readonly reason: string | null; readonly standIn: string | null; readonly at: number }[];
}

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: string;
  readonly scopeName: Text;
}

/** @see Trust in src/passes: the withdrawn codes in base64. */
export interface TrustAnswer extends Omit<Trust, 'revoked'> {
  readonly version: string;
  readonly revoked: string;
}
