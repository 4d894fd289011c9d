import type { Instant, Place, Text, Window } from '../base/index.ts';

/**
 * A city as data: what `cities/ID/` says after every check has passed. Frozen, passed in, recorded by `version` with each
 * decision it took part in.
 */
export interface City {
  readonly id: string;
  /** Fingerprint of the files' content: two cities with the same version are the same city. */
  readonly version: string;
  readonly name: Text;
  /** Everything the city contains lies inside. */
  readonly bounds: { readonly west: number; readonly south: number; readonly east: number; readonly north: number };
  readonly districts: ReadonlyMap<string, District>;
  readonly towns: ReadonlyMap<string, Town>;
  readonly institutions: ReadonlyMap<string, Institution>;
  /** Where people live behind one gate; empty where no file names them. */
  readonly compounds: ReadonlyMap<string, Compound>;
  readonly stations: ReadonlyMap<string, Station>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly cars: ReadonlyMap<string, Car>;
  readonly counterparts: readonly Counterpart[];
  /** Services closed or limited from the start (a city file may open on a closure). Live changes come later, from the ward. */
  readonly closures: readonly ServiceStatus[];
  /** The numbers a resident is shown in the same place on every page. */
  readonly phones: { readonly medicalLine: Phone; readonly emergency: Phone };
}

export interface Phone {
  readonly number: string;
  readonly synthetic?: true;
}

/** A district as the announcement counts it; a functional zone has a statistical code at most, never a GB/T 2260 one. */
export interface District {
  readonly code: string;
  readonly name: Text;
  readonly kind: 'statutory' | 'functionalZone';
  readonly centre: Place;
}

/** Subdistrict (jiedao), town or township: where a committee's desk stands. `district` is who commands it, not its code's prefix. */
export interface Town {
  readonly code: string;
  readonly name: Text;
  readonly district: string;
  readonly centre: Place;
  readonly approximate?: true;
}

export const SERVICES = [
  'emergency', 'feverClinic', 'haemodialysis', 'severeIllness', 'obstetrics', 'paediatrics', 'radiotherapy',
  'chemotherapy', 'inpatient', 'generalOutpatient', 'specialist', 'expert', 'cloudClinic', 'pharmacy',
] as const;
export type Service = (typeof SERVICES)[number];

export interface Institution {
  readonly code: string;
  readonly name: Text;
  readonly level: 'tertiary' | 'secondary' | 'primary';
  readonly ownership: 'public' | 'private' | 'military';
  readonly district: string;
  readonly town: string;
  readonly place: Place;
  /** The place is the centre of its town, not the building. */
  readonly approximate?: true;
  readonly medicalLine?: Phone;
  readonly services: ReadonlyMap<Service, InstitutionService>;
  /** A way in without a step; absent where nobody has stated it, which is not a no. */
  readonly stepFree?: boolean;
  /** What is spoken at the desk besides Standard Chinese (BCP 47; `csl` is Chinese Sign Language); absent where nobody has stated it. */
  readonly languages?: readonly string[];
  /** Where each way in is, as a guard says it; absent where nobody has stated it. */
  readonly doors?: Readonly<Partial<Record<'direct' | 'bufferZone', Text>>>;
}

/**
 * `emergency` is a department that takes whoever comes, with whatever they have; the door of a hospital for one speciality is
 * not one, because a stroke brought to an eye hospital has lost the time that counted.
 */
export interface InstitutionService {
  readonly service: Service;
  /** Sees children; absent means adults only. Obstetrics and emergency see whoever comes. */
  readonly children?: true;
  /** A children's hospital: adults are not sent there, not even in an emergency. */
  readonly childrenOnly?: true;
  /** Seats a session: chairs for dialysis, patients a slot for a clinic. */
  readonly seatsPerSlot: number;
  /** Where real figures are not published, they are assumed, and shown so. */
  readonly synthetic?: true;
}

/** Who answers the phone at a compound's gate: nobody's name, because it is another person every shift. */
export const GATE_ROLES = ['committee', 'property', 'guard'] as const;
export type GateRole = (typeof GATE_ROLES)[number];

/** A residential compound: what callers call it, where it lies, and who opens its gate. */
export interface Compound {
  readonly code: string;
  readonly name: Text;
  /** Other names people use: an old one, a short one. */
  readonly also: readonly string[];
  readonly address: string;
  readonly town: string;
  readonly place: Place;
  readonly gate?: { readonly place: Place; readonly role: GateRole; readonly phone: string };
  /** A public defibrillator, where it hangs. */
  readonly defibrillator?: Place;
  readonly approximate?: true;
  readonly synthetic?: true;
}

/** A 120 station and the ambulances that stand there. */
export interface Station {
  readonly code: string;
  readonly name: Text;
  readonly place: Place;
  readonly district: string;
  readonly synthetic?: true;
}

export interface Unit {
  readonly id: string;
  readonly station: string;
  readonly equipment: 'advanced' | 'basic';
  readonly negativePressure: boolean;
  readonly synthetic?: true;
}

/** A special car of a town: the committee sends it, the driver keeps the loop closed. */
export interface Car {
  readonly id: string;
  readonly town: string;
  readonly seats: number;
  readonly wheelchair: boolean;
  readonly stretcher: boolean;
  readonly synthetic?: true;
}

/** Which institutions answer for a town: in order, for a service (or all), in a period (or always). */
export interface Counterpart {
  readonly town: string;
  readonly service?: Service;
  readonly institutions: readonly string[];
  readonly period?: Window;
  /** Who answers for whom was not published for this town, and is assumed. */
  readonly synthetic?: true;
}

export interface ServiceStatus {
  readonly institution: string;
  readonly service: Service;
  readonly state: 'open' | 'limited' | 'closed';
  readonly since: Instant;
  readonly until?: Instant;
  readonly reason?: 'disinfection' | 'staffQuarantined' | 'cordon' | 'capacity' | 'works' | 'other';
  /** Who takes its patients meanwhile: a closure without a stand-in is refused. */
  readonly standIn?: string;
  readonly reportedBy: string;
  readonly reportedAt: Instant;
}
