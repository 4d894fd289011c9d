import { accept, refuse, type Instant, type Result } from '../base/index.ts';
import type { Actor, Owner } from '../people/index.ts';
import type { RefusalCase, RefusalCaseCommand, RefusalCaseEvent } from './refusal.ts';

const CITY: Owner = { role: 'city', scope: 'city' };

/**
 * What can be done with a case. Who owns it is the duty officer of the district, or of the city; who it is about answers, and never decides.
 * The caller has looked whether this actor may see the case at all.
 */
export function decideRefusal(refusal: RefusalCase, command: RefusalCaseCommand, actor: Actor, at: Instant): Result<RefusalCaseEvent> {
  if (refusal.closedAt !== undefined) return refuse('refusalClosed');
  switch (command.type) {
    case 'take':
      // Another officer of the same desk takes over by name; what the command centre has taken to itself stays there.
      if (refusal.taken?.by === actor.name || (refusal.taken && refusal.owner.role === 'city' && actor.role !== 'city')) return refuse('refusalTaken', { by: refusal.taken.by });
      return accept({ type: 'RefusalTaken', by: actor.name, owner: { role: actor.role, scope: actor.scope } });
    case 'state':
      return accept({ type: 'RefusalStated', by: actor.name, text: command.text });
    case 'decide':
      if (refusal.decision) return refuse('refusalDecided', { by: refusal.decision.by });
      if (!refusal.taken) return refuse('refusalNotTaken');
      if (refusal.owner.role !== actor.role || refusal.owner.scope !== actor.scope) return refuse('refusalTaken', { by: refusal.taken.by });
      if (command.upheld && command.ground === undefined) return refuse('groundMissing', undefined, 'ground');
      return accept({
        type: 'RefusalDecided', by: actor.name, upheld: command.upheld, reason: command.reason, ...(command.upheld && command.ground !== undefined && { ground: command.ground }),
      });
    case 'personOver': {
      if (refusal.over) return refuse('refusalPersonSafe');
      const { type: _, ...over } = command;
      return accept({ type: 'RefusedPersonTakenOver', ...over });
    }
    case 'missDeadline':
      // Named by what was seen: a second look at the same deadline finds it moved.
      if (refusal.dueAt !== command.dueAt || at < command.dueAt) return refuse('deadlineMoved');
      return accept({ type: 'RefusalTold', told: CITY });
  }
}
