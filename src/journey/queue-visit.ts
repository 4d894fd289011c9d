import { cloudServiceOf, findMedicine } from '../clinic/index.ts';
import type { Telling } from './telling.ts';

/** Whoever is in this queue already stays in it: asked anew, they would stand behind all who came since and lose what was said. */
export function queueVisit(telling: Telling): void {
  const { story, world } = telling;
  const { decision: { institution, acuity }, request, visit } = story;
  if (!institution || (visit?.institution === institution && visit.sentOnAt === undefined)) return;
  const { groups, need, medicine, person: { ageMonths } } = request;
  const service = cloudServiceOf({ need, groups, ...(ageMonths !== undefined && { ageMonths }) });
  const asked = medicine === undefined ? undefined : world.book && findMedicine(world.book.formulary, medicine);
  const inPerson = asked?.classes.find((each) => each !== 'antimicrobial' && each !== 'specialStorage');
  const promisedAt = world.answerBy?.(institution, service, acuity);
  telling.tell({
    type: 'VisitQueued', visit: `V${world.chance.code(9)}`, institution, service, ...(promisedAt !== undefined && { promisedAt }), ...(inPerson && { inPerson }),
  });
}
