import { DAY_MS, type Chance, type Instant } from '../base/index.ts';
import type { Group } from '../triage/index.ts';
import { evolveMember, type Condition, type Member } from './member.ts';

const KINDS: readonly { readonly conditions: readonly Condition[]; readonly medicine?: string; readonly groups: readonly Group[]; readonly years: number }[] = [
  { conditions: ['hypertension'], medicine: 'amlodipine 5 mg', groups: ['elderly', 'chronic'], years: 71 },
  { conditions: ['diabetes'], medicine: 'insulin glargine', groups: ['chronic'], years: 54 },
  { conditions: ['hypertension', 'diabetes'], medicine: 'metformin 500 mg', groups: ['elderly', 'chronic'], years: 66 },
  { conditions: ['dialysis'], groups: ['chronic'], years: 58 },
  { conditions: [], groups: ['pregnant'], years: 29 },
  { conditions: ['epilepsy'], medicine: 'valproate 500 mg', groups: ['chronic'], years: 33 },
  { conditions: ['other'], groups: ['disabled'], years: 47 },
  { conditions: [], groups: ['child', 'underThree'], years: 1 },
];

/** People for a demo: plainly nobody real, with medicines that run out on different days so that a list has an order. */
export function demoMembers(towns: readonly string[], perTown: number, chance: Chance, at: Instant): readonly Member[] {
  return towns.flatMap((town) => Array.from({ length: perTown }, (_, index): Member => {
    const kind = KINDS[index % KINDS.length]!;
    const number = String(index + 1).padStart(4, '0');
    const joinedAt = at - (1 + chance.below(20)) * DAY_MS;
    const joined = evolveMember(undefined, {
      type: 'MemberJoined',
      member: {
        id: `PM-${town}-${number}`, name: `居民 Resident ${number} (demo)`, phone: `0000000${number}`, town, address: `Demo building ${index + 1}`,
        ageMonths: kind.years * 12, sex: kind.groups.includes('pregnant') ? 'female' : chance.pick(['female', 'male']),
        groups: kind.groups, conditions: kind.conditions,
        medicines: kind.medicine ? [{ name: kind.medicine, dispensedAt: joinedAt, days: 14 + chance.below(14) }] : [],
      },
    }, joinedAt)!;
    return chance.below(3) === 0 ? { ...joined, lastContactAt: at - chance.below(5) * DAY_MS } : joined;
  }));
}
