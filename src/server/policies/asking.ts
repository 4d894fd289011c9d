import { sql } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { askAgain, type RulesAsked, type Story, type World } from '../../journey/index.ts';
import { decide, policyFor, type CompiledPolicy } from '../../policy/index.ts';
import type { Asking } from '../journeys/asking.ts';
import type { House } from '../house.ts';
import { readEdition } from './store.ts';

/** When what is in force has changed, every open journey is asked again, by the rules alone. */
export function policyAsking(house: House): Asking {
  const { db, city, policies } = house;
  return {
    column: 'policy_turn', turn: policies.turn, because: 'under the changed policy',
    async ready() {
      if ((await readEdition(db, city.id)) !== policies.now().edition) await policies.reload();
    },
    async prepare(stories) {
      const rules = await rulesOf(house, stories);
      return (story, world) => askAgain(story, world, rulesFor(house, story, rules.get(story.decision.policy.version), world.at));
    },
  };
}

/** What the decisions of these stories were made under: few versions, whatever the number of stories. */
async function rulesOf({ policies }: House, stories: readonly Story[]): Promise<ReadonlyMap<string, CompiledPolicy | undefined>> {
  const identities = new Map(stories.map(({ decision: { policy } }) => [policy.version, policy]));
  const found = new Map<string, CompiledPolicy | undefined>();
  for (const [version, identity] of identities) found.set(version, await policies.recorded(identity));
  return found;
}

function rulesFor({ city, policies }: House, { request }: Story, before: CompiledPolicy | undefined, at: Instant): RulesAsked {
  const ask = (policy: CompiledPolicy): World['decide'] => (care, excluded) => decide(policy, care, { city, excluded });
  return { before: before && ask(before), now: ask(policyFor(policies.now(), city.id, at, city.towns.get(request.town)?.district)) };
}

/** Open requests that have not been asked yet under what is in force now. */
export async function countUnasked({ db, city, clock, policies }: House): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from journey
    where city = ${city.id} and state = 'open' and policy_turn < ${policies.turn(clock.now())}`.execute(db);
  return row!.count;
}
