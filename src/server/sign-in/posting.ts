import { refuse, type Refusal } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import type { Role, Scope } from '../../people/index.ts';

/** Where each role can be posted. A role with a scope it does not belong to would see what it has no business with. */
export const POST_KINDS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  hotline: ['city'], dispatcher: ['city'], city: ['city'], planner: ['city'],
  district: ['district'], checkpoint: ['checkpoint'], passOfficer: ['issuer'],
  committee: ['town'], familyDoctor: ['town'],
  crew: ['station', 'unit'], driver: ['garage', 'car'],
  ward: ['institution'], gate: ['institution'], cloudDoctor: ['institution'], pharmacist: ['institution'], expert: ['institution'],
};

/** A post has to be of the role's kind and has to be in this city. */
export function checkPost(role: Role, scope: Scope, city: City): Refusal | undefined {
  const kinds = POST_KINDS[role];
  if (!kinds) return refuse('roleHasNoPost', { role }, 'role').refusal;
  const [kind = '', code = ''] = scope.split(':');
  if (!kinds.includes(kind)) return refuse('scopeNotOfRole', { role, scope, kinds: kinds.join(', ') }, 'scope').refusal;
  if (kind === 'city') return scope === 'city' ? undefined : refuse('scopeUnknown', { scope }, 'scope').refusal;
  // Units are enrolled while the city is served; one that is not there, or not any more, opens nothing.
  if (kind === 'issuer') return /^[A-Za-z][\w-]{1,39}$/.test(code) ? undefined : refuse('scopeUnknown', { scope }, 'scope').refusal;
  return placesOf(kind, city)?.has(code) ? undefined : refuse('scopeUnknown', { scope }, 'scope').refusal;
}

function placesOf(kind: string, city: City): ReadonlyMap<string, unknown> | undefined {
  switch (kind) {
    case 'district':
    case 'checkpoint':
      return city.districts;
    case 'town':
    case 'garage':
      return city.towns;
    case 'institution':
      return city.institutions;
    case 'station':
      return city.stations;
    case 'unit':
      return city.units;
    case 'car':
      return city.cars;
    default:
      return undefined;
  }
}

/**
 * Which vehicle somebody may be on today: a crew the units of its station, a driver the cars of the town's garage. In a demo
 * any of them, so that one person can follow a journey through.
 * @returns the scope of that vehicle
 */
export function vehicleScope(role: Role, post: Scope, id: string, demo: boolean, city: City): Scope | undefined {
  const [kind, code] = post.split(':');
  if (role === 'crew') {
    const unit = city.units.get(id);
    const station = kind === 'station' ? code : city.units.get(code ?? '')?.station;
    return unit && (demo || unit.station === station) ? `unit:${id}` : undefined;
  }
  if (role === 'driver') {
    const car = city.cars.get(id);
    const town = kind === 'garage' ? code : city.cars.get(code ?? '')?.town;
    return car && (demo || car.town === town) ? `car:${id}` : undefined;
  }
  return undefined;
}
