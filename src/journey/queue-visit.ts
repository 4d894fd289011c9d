import { cloudServiceOf, findMedicine } from '../clinic/index.ts';
import { dueAt } from './chain.ts';
import type { Link } from './story.ts';
import type { Telling } from './telling.ts';

/** Whoever is in this queue already stays in it: asked anew, they would stand behind all who came since and lose what was said. */
export function queueVisit(telling: Telling, consult: Link): void {
  const { story, world } = telling;
  const { decision: { institution, acuity }, request, visit } = story;
  if (!institution || (visit?.institution === institution && visit.sentOnAt === undefined)) return;
  const { groups, need, medicine, person: { ageMonths } } = request;
  const service = cloudServiceOf({ need, groups, ...(ageMonths !== undefined && { ageMonths }) });
  const asked = medicine === undefined ? undefined : world.book && findMedicine(world.book.formulary, medicine);
  const inPerson = asked?.classes.find((each) => each !== 'antimicrobial' && each !== 'specialStorage');
  // From figures that may be a minute old. Later than the step's own deadline would promise that somebody misses it; earlier than now, the past.
  const due = Math.min(dueAt(consult, story, telling.at), telling.running?.kind === 'consult' ? telling.running.dueAt ?? Infinity : Infinity);
  const foreseen = world.answerBy?.(institution, service, acuity);
  const promisedAt = foreseen === undefined ? undefined : Math.min(Math.max(foreseen, telling.at), Math.max(due, telling.at));
  telling.tell({
    type: 'VisitQueued', visit: `V${world.chance.code(9)}`, institution, service, ...(promisedAt !== undefined && { promisedAt }), ...(inPerson && { inPerson }),
  });
}
