/** Who uses Greenlane. One person on one shift has one role and one scope; there is no login that sees everything. */
export const ROLES = [
  'resident', 'hotline', 'committee', 'dispatcher', 'crew', 'driver', 'ward', 'gate', 'familyDoctor', 'cloudDoctor',
  'pharmacist', 'expert', 'checkpoint', 'passOfficer', 'district', 'city', 'planner', 'system',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles a member of staff can hold: a resident comes by their own link, and the software signs in nowhere. */
export const STAFF_ROLES = ROLES.filter((role) => role !== 'resident' && role !== 'system');

/**
 * What part of the city a person answers for, as one string so that rows can be filtered by it: `city`, `district:410102`,
 * `town:410102001`, `institution:H01`, `unit:U07`, `car:C12`, `journey:Rk3…`.
 *
 * `appointment:B7f…` is a resident with an appointment that is no request yet; it covers that one and opens no request.
 *
 * Three scopes say where a person is posted and open no request at all: `station:S01` (a crew before it has taken its unit),
 * `garage:410102001` (a driver before taking a car of the town), `checkpoint:410102` (a roadblock sees passes, not people). `issuer:CODE` is a unit that
 * gives passes to its own people, and sees those.
 */
export type Scope = string;

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
}

/** The software itself: books, issues, watches. It does work; it never owns a step. */
export const SYSTEM: Actor = { id: 'system', name: 'Greenlane', role: 'system', scope: 'city' };

/** Who answers for something: a role in a scope. */
export interface Owner {
  readonly role: Role;
  readonly scope: Scope;
}
