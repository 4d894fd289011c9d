import type { Refusal } from '../base/index.ts';
import type { Actor } from '../people/index.ts';
import { caseOf, lowerAcuity, type Contact, type RequestCommand } from '../requests/index.ts';
import { callUnitBack, decideAgain } from './step.ts';
import { isAtHome, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/**
 * How this clinician knows the person. The ward has them at its own door; the cloud clinic's doctor has taken their visit; a
 * family doctor has rung or called on them, for which their word is taken. Undefined: nobody lowers whom they have not met.
 */
export function contactOf(actor: Actor, { arrival, visit }: Story): Contact | undefined {
  switch (actor.role) {
    case 'ward': {
      const here = arrival?.arrivedAt !== undefined && actor.scope === `institution:${arrival.institution}`;
      return here ? 'inPerson' : undefined;
    }
    case 'cloudDoctor':
      return visit?.doctor === actor.id ? 'spoken' : undefined;
    case 'familyDoctor':
      return 'spoken';
    default:
      return undefined;
  }
}

/**
 * At home the way is decided again, and a unit that is no longer needed is free for the next. Whoever has left home is
 * brought where they are expected: less urgent is no reason to turn anybody round.
 */
export function downTriage(telling: Telling, command: Extract<RequestCommand, { type: 'downTriage' }>): Refusal | undefined {
  const { story, world } = telling;
  const contact = contactOf(world.actor, story);
  if (!contact) return { code: 'notSeenYet' };
  if (story.arrival?.treatedAt !== undefined) return { code: 'alreadyTreated' };
  const lowered = lowerAcuity(caseOf(story.request, telling.at), command, { id: world.actor.id, name: world.actor.name, contact });
  if (!lowered.ok) return lowered.refusal;
  telling.tell(lowered.value);
  if (isAtHome(story)) {
    decideAgain(telling, 'lowered');
    if (telling.story.decision.transport !== 'ambulance') callUnitBack(telling, 'lowered');
    return undefined;
  }
  const { acuity, priority, fired, tableVersion } = world.decide(caseOf(telling.story.request, telling.at), story.excluded);
  telling.tell({ type: 'RequestDecided', decision: { ...story.decision, acuity, priority, fired, tableVersion }, because: 'lowered' });
  return undefined;
}
