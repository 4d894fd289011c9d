import type { Instant } from '../../base/index.ts';
import { counterpartsAt, townsChanged, type City } from '../../city/index.ts';
import { askForCounterparts } from '../../journey/index.ts';
import { SYSTEM } from '../../people/index.ts';
import { worldOf, type House } from '../house.ts';
import type { Asking } from '../journeys/asking.ts';

/**
 * When somebody else answers for a town, whoever lives there, is still at home and would by that alone be sent elsewhere is asked again: once,
 * also across a kill. Whoever is under way is turned round by nobody.
 */
export function counterpartsAsking(house: House): Asking {
  const { counterparts } = house;
  return {
    column: 'counterparts_turn', turn: counterparts.turn, because: 'for the changed counterparts', ready: counterparts.catchUp,
    async prepare(stories) {
      // Few versions and few moments between which they differ, whatever the number of stories.
      const then = new Map<string, City | undefined>();
      for (const { decision, decidedAt } of stories) {
        const name = nameOf(decision.city?.version, decidedAt);
        if (!then.has(name)) then.set(name, await counterparts.cityThen(decision.city?.version, decidedAt));
      }
      return (story, world) => {
        const before = then.get(nameOf(story.decision.city?.version, story.decidedAt));
        if (!before || !concerns(before, house.city, story.request.town, world.at)) return undefined;
        return askForCounterparts(story, world, worldOf({ ...house, city: before }, SYSTEM, world.at).decide);
      };
    },
  };
}

/** Decisions of the same hour share a look; periods begin and end on the minute at the finest. */
const nameOf = (version: string | undefined, at: Instant): string => `${version} ${Math.floor(at / 60_000)}`;

function concerns(before: City, now: City, town: string, at: Instant): boolean {
  const of = (city: City) => counterpartsAt(city.counterparts.filter((each) => each.town === town), at);
  return townsChanged(of(before), of(now)).length > 0;
}
