import type { Member } from '../../panels/index.ts';
import { personKey } from '../person-key.ts';

/** The key of somebody on a team's list, also of those who have no telephone: two of one name differ by where they live. */
export function panelKey(incident: string, { name, phone, town, address }: Pick<Member, 'name' | 'phone' | 'town' | 'address'>): string {
  return phone === '' ? personKey(incident, { name: `${name} ${town} ${address}`, phone: 'none' }) : personKey(incident, { name, phone });
}
