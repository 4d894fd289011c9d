import { joinCall, waitsSince, type AskedCall } from '../../dispatch/index.ts';
import { mayDo, whereabouts, type Story } from '../../journey/index.ts';
import { conflict, maySee, notAllowed, notFound, type Actor } from '../../people/index.ts';
import type { House } from '../house.ts';
import { readStory } from '../journeys/store.ts';
import { performTogether } from '../journeys/play.ts';

/**
 * Two calls about one person become one, both stories in one transaction: whoever closes the one knows that the other goes on.
 * @returns the call that ended
 * @throws Refused
 */
export async function joinCalls(house: House, actor: Actor, id: string, into: string, key: string): Promise<Story> {
  const { db, city } = house;
  const call = await readStory(db, city.id, id);
  if (!call || !maySee(actor, whereabouts(call, city))) throw notFound();
  if (!mayDo(actor, 'joinCall', call, city)) throw notAllowed();
  const { request, mission } = call;
  const acts = [
    { actor, journey: id, command: { type: 'joinCall', into } },
    {
      actor, journey: into,
      command: { type: 'takeInCall', from: id, askedAt: mission ? waitsSince(mission) : request.receivedAt, findings: request.findings, vitals: request.vitals },
    },
  ] as const;
  const stories = await performTogether(house, acts, { key, actor, journey: id, what: { type: 'joinCall', into } }, (locked) => {
    const answer = joinCall(askedCall(locked.get(id)!), askedCall(locked.get(into)!));
    if (!answer.ok) throw conflict(answer.refusal);
  });
  return stories.get(id)!;
}

function askedCall({ id, mission, closed }: Story): AskedCall {
  return { journey: id, mission, ...(closed && { closed: true }) };
}
