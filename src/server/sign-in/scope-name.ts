import type { Text } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import type { Scope } from '../../people/index.ts';

/** The place behind a scope, as the header of every screen shows it. */
export function scopeName(scope: Scope, city: City): Text {
  const [kind, code = ''] = scope.split(':');
  switch (kind) {
    case 'town':
    case 'garage':
      return city.towns.get(code)?.name ?? same(code);
    case 'district':
    case 'checkpoint':
      return city.districts.get(code)?.name ?? same(code);
    case 'institution':
      return city.institutions.get(code)?.name ?? same(code);
    case 'station':
      return city.stations.get(code)?.name ?? same(code);
    case 'city':
      return city.name;
    default:
      return same(code);
  }
}

const same = (code: string): Text => ({ zh: code, en: code });
