import type { Actor, Role, Scope } from './actor.ts';

/** Where a subject lies, so that a scope can be held against it. Filled by whoever knows the subject. */
export interface Whereabouts {
  readonly district: string;
  readonly town: string;
  readonly journey: string;
  readonly institutions: readonly string[];
  readonly unit?: string;
  readonly cars: readonly string[];
}

/** Default deny: a scope that is not understood covers nothing. */
export function covers(scope: Scope, where: Whereabouts): boolean {
  if (scope === 'city') return true;
  const colon = scope.indexOf(':');
  const code = scope.slice(colon + 1);
  switch (scope.slice(0, colon)) {
    case 'district':
      return where.district === code;
    case 'town':
      return where.town === code;
    case 'journey':
      return where.journey === code;
    case 'institution':
      return where.institutions.includes(code);
    case 'unit':
      return where.unit === code;
    case 'car':
      return where.cars.includes(code);
    default:
      return false;
  }
}

/** Roles that may look at the whole city's requests without a case of their own; everybody else sees their scope only. */
const CITY_WIDE: ReadonlySet<Role> = new Set(['dispatcher', 'city', 'hotline', 'system']);

/** A city-wide scope is worth nothing in the hands of a role that is not city-wide: a forged scope opens no door. */
export function maySee(actor: Actor, where: Whereabouts): boolean {
  if (actor.scope === 'city') return CITY_WIDE.has(actor.role);
  return covers(actor.scope, where);
}
