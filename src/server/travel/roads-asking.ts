import { askForRoads, roadSeconds } from '../../journey/index.ts';
import type { Asking } from '../journeys/asking.ts';
import type { House } from '../house.ts';

/**
 * When something on the roads begins or ends to hold, whoever still is at home and would now be sent much nearer, or can no longer
 * be brought where they were to go, is asked again.
 */
export function roadsAsking({ travel }: House): Asking {
  return {
    column: 'roads_turn', turn: () => travel.turn(), because: 'for the changed roads',
    prepare: async () => (story, world) => {
      const tables = travel.tables();
      return tables && askForRoads(story, world, roadSeconds(tables));
    },
  };
}
