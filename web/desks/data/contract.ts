import type { Place, Text } from '../../../src/base/index.ts';
import type { Service, ServiceStatus } from '../../../src/city/index.ts';
import type { JourneyView } from '../../../src/journey/index.ts';
import type { Role } from '../../../src/people/index.ts';
import type { PolicyDocument } from '../../../src/policy/index.ts';

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
}
export interface CarAnswer {
  readonly id: string;
  readonly town: string;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  readonly windows?: readonly { readonly from: number; readonly to: number; readonly journey?: string }[];
}

/** Who could go now, recommended first. */
export interface Candidates {
  readonly units?: readonly UnitCandidate[];
  readonly cars?: readonly CarCandidate[];
}
export interface UnitCandidate {
  readonly unit: string;
  readonly etaSeconds: number;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  readonly stationName?: Text;
}
export interface CarCandidate {
  readonly car: string;
  readonly town: string;
  readonly etaSeconds: number;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
}

/** A policy as the server lists it; sets do not travel as JSON and are not read here. */
export type PolicyAnswer = Pick<PolicyDocument, 'id' | 'version' | 'title' | 'measures' | 'notEncoded'> & {
  readonly coverage: { readonly period: { readonly from: number; readonly to?: number } };
};

export interface StatusAnswer {
  readonly at: number;
  readonly services: readonly ServiceRow[];
}
export type ServiceRow = Pick<ServiceStatus, 'institution' | 'service' | 'state'> & Partial<ServiceStatus>;

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: string;
  readonly scopeName: Text;
}
