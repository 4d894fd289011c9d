import { DAY_MS, type Chance, type Instant } from '../base/index.ts';
import type { Group } from '../triage/index.ts';
import { evolveMember, type Condition, type Member } from './member.ts';
import type { Team } from './team.ts';

const KINDS: readonly { readonly conditions: readonly Condition[]; readonly medicine?: string; readonly neverRunOut?: true; readonly groups: readonly Group[]; readonly years: number }[] = [
  { conditions: ['hypertension'], medicine: 'amlodipine 5 mg', groups: ['elderly', 'chronic'], years: 71 },
  { conditions: ['diabetes'], medicine: 'insulin glargine', neverRunOut: true, groups: ['chronic'], years: 54 },
  { conditions: ['hypertension', 'diabetes'], medicine: 'metformin 500 mg', groups: ['elderly', 'chronic'], years: 66 },
  { conditions: ['dialysis'], groups: ['chronic'], years: 58 },
  { conditions: [], groups: ['pregnant'], years: 29 },
  { conditions: ['epilepsy'], medicine: 'valproate 500 mg', neverRunOut: true, groups: ['chronic'], years: 33 },
  { conditions: ['other'], groups: ['disabled'], years: 47 },
  { conditions: [], groups: ['child', 'underThree'], years: 1 },
];

export const demoTeam = (town: string, name: string): Team => ({ id: `PT-${town}`, name: `${name} (demo)`, phone: '00000009999', towns: [town] });

/** People for a demo: plainly nobody real, with medicines that run out on different days so that a list has an order. */
export function demoMembers(towns: readonly string[], perTown: number, chance: Chance, at: Instant, keyOf: (person: { readonly name: string; readonly phone: string }) => string = ({ name, phone }) => `${name} ${phone}`): readonly Member[] {
  return towns.flatMap((town) => Array.from({ length: perTown }, (_, index): Member => {
    const kind = KINDS[index % KINDS.length]!;
    const number = String(index + 1).padStart(4, '0');
    const joinedAt = at - (1 + chance.below(20)) * DAY_MS;
    const person = { name: `居民 Resident ${number} (demo)`, phone: `00${town}${number}` };
    const joined = evolveMember(undefined, {
      type: 'MemberJoined',
      member: {
        id: `PM-${town}-${number}`, team: `PT-${town}`, key: keyOf(person), ...person, town, address: `Demo building ${index + 1}`,
        ageMonths: kind.years * 12, sex: kind.groups.includes('pregnant') ? 'female' : chance.pick(['female', 'male']),
        groups: kind.groups, conditions: kind.conditions, ...(kind.groups.includes('pregnant') && { expectedAt: at + (4 + chance.below(20)) * 7 * DAY_MS }),
        medicines: kind.medicine ? [{ name: kind.medicine, dispensedAt: joinedAt, days: 14 + chance.below(14), ...(kind.neverRunOut && { neverRunOut: true }) }] : [],
      },
    }, joinedAt)!;
    return chance.below(3) === 0 ? { ...joined, lastContactAt: at - chance.below(5) * DAY_MS } : joined;
  }));
}
