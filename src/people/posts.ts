import type { Actor, Role } from './actor.ts';
import { notAllowed, notSignedIn } from './refused.ts';

/**
 * The first line of every route that needs a person.
 * @throws Refused 401 when nobody is signed in, 403 when the role is not among those that may
 */
export function mustBe(actor: Actor | undefined, roles: readonly Role[]): Actor {
  if (!actor) throw notSignedIn();
  if (!roles.includes(actor.role)) throw notAllowed();
  return actor;
}

/** The code in a scope of that kind: `institution:H01` → `H01`; undefined for a scope of another kind. */
export function codeIn(actor: Pick<Actor, 'scope'>, kind: 'district' | 'town' | 'institution' | 'checkpoint' | 'issuer' | 'journey' | 'appointment' | 'waiting'): string | undefined {
  const [found, code] = actor.scope.split(':');
  return found === kind && code ? code : undefined;
}
