import type { City } from '../city/index.ts';
import type { Owner, Role, Scope } from '../people/index.ts';
import type { LinkOwner } from '../policy/index.ts';
import type { Story } from './story.ts';

/** The scope in which a role answers for this story: the patient's town for a committee, the institution for its ward. */
export function ownerFor(role: LinkOwner, story: Story, city: City): Owner {
  return { role, scope: scopeFor(role, story, city) };
}

function scopeFor(role: LinkOwner, story: Story, city: City): Scope {
  const district = city.towns.get(story.request.town)?.district ?? '';
  const { institution } = story.decision;
  switch (role) {
    case 'resident':
      return `journey:${story.id}`;
    case 'committee':
    case 'familyDoctor':
      return `town:${story.request.town}`;
    case 'ward':
    case 'gate':
    case 'cloudDoctor':
    case 'pharmacist':
      return institution ? `institution:${institution}` : `district:${district}`;
    case 'crew':
      return story.mission?.unit ? `unit:${story.mission.unit}` : 'city';
    case 'driver': {
      const ride = story.arrival?.treatedAt === undefined ? story.out : story.back;
      return ride?.car ? `car:${ride.car}` : `town:${story.request.town}`;
    }
    case 'district':
      return `district:${district}`;
    case 'dispatcher':
    case 'city':
      return 'city';
  }
}

/** Whom a missed deadline is told to. It ends at the city's command centre, which is told again and again: never at nobody. */
const NEXT_ROLE: Readonly<Partial<Record<Role, LinkOwner>>> = {
  resident: 'committee', driver: 'committee', familyDoctor: 'district', committee: 'district', gate: 'ward',
  ward: 'district', cloudDoctor: 'district', pharmacist: 'district', crew: 'dispatcher', dispatcher: 'city',
  district: 'city', city: 'city',
};

export function escalateFrom(role: Role, story: Story, city: City): Owner {
  return ownerFor(NEXT_ROLE[role] ?? 'city', story, city);
}
