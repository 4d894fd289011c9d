import type { Kysely } from 'kysely';
import type { City } from '../../city/index.ts';
import { isBounced, type JourneyEvent, type Story } from '../../journey/index.ts';
import type { NextPlace, PersonOver } from '../../reception/index.ts';
import type { Entry } from '../journeys/store.ts';
import { openRefusalCase, personTakenOver } from './open.ts';

/**
 * What stories say of refusals, in the transaction that stores them: a refusal that was reported is a case before anybody hears of it, with the
 * next place that the same command found; a person who was taken over by name ends the wait of every case about them.
 */
export async function followRefusals(trx: Kysely<any>, city: City, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    const { story, events, actor, at } = entry;
    const house = { city, incident: { id: story.incident } };
    const seen = { journey: story.id, acuity: story.decision.acuity, at, reportedBy: { role: actor.role, name: actor.name } };
    for (const event of events) {
      const over = overBy(event, story, actor.name);
      if (over) await personTakenOver(trx, city.id, { journey: story.id }, over, at);
      if (event.type === 'RefusedAtDoor') await openRefusalCase(trx, house, { ...seen, institution: event.institution, source: 'report', ground: event.ground, next: nextOf(story) });
      if (event.type === 'RefusedAtGate') await openRefusalCase(trx, house, { ...seen, town: story.request.town, source: 'gate', ground: event.ground });
    }
    if (!events.some(({ type }) => type === 'LinksPlanned') || !isBounced(story)) continue;
    await openRefusalCase(trx, house, { ...seen, town: story.request.town, source: 'bounced', next: nextOf(story), reportedBy: { role: 'system' } });
  }
}

/** What the decision in force says of where they go now. */
export function nextOf({ decision: { institution } }: Story): NextPlace {
  return institution === undefined ? { state: 'searched' } : { institution, state: 'onTheWay' };
}

/** Somebody with a name has them now, or nobody has to. */
function overBy(event: JourneyEvent, story: Story, by: string): PersonOver | undefined {
  switch (event.type) {
    case 'Received':
      return { how: 'received', institution: event.institution, by };
    case 'HomeReported':
    case 'HomeConfirmed':
      return { how: 'home', by };
    case 'RideReported':
      return event.leg === 'back' && event.step === 'arrived' ? { how: 'home', by } : undefined;
    case 'VisitAnswered':
      return { how: 'answered', by, ...(story.visit && { institution: story.visit.institution }) };
    case 'RequestClosed':
      return { how: 'ended', by };
    default:
      return undefined;
  }
}
