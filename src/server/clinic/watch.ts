import { listLeftAlone } from '../../clinic/store.ts';
import { Refused, SYSTEM } from '../../people/index.ts';
import type { House } from '../house.ts';
import { perform } from '../journeys/play.ts';
import { messageOf } from '../start-problem.ts';

/**
 * Visits that their doctor left alone go back to the queue, with the place and the deadline they had. Any server may: the command asks again
 * whether it is so, and a doctor who has written meanwhile keeps the visit.
 */
export async function returnLeftAlone(house: House): Promise<void> {
  for (const { journey } of await listLeftAlone(house.db, house.city.id, house.clock.now())) {
    try {
      await perform(house, SYSTEM, journey, { type: 'returnVisit' });
    } catch (error) {
      if (!(error instanceof Refused)) house.log(`The visit of ${journey} could not be returned: ${messageOf(error)}`);
    }
  }
}
