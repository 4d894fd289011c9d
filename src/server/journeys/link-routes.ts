import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { whereabouts } from '../../journey/index.ts';
import { maySee, mustBe, notFound } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { linkToken } from './intake.ts';
import { readStory } from './store.ts';
import { once } from './once.ts';
import { keyOf } from './request-key.ts';
import { actorOf, endSessionsOf, residentLink, sessionOf } from '../sign-in/index.ts';

const Params = z.strictObject({ id: z.string().min(1).max(40) });
const Body = z.strictObject({});

/**
 * A resident's link that was forwarded, read over a shoulder or lost with a phone. The old one opens nothing from this moment
 * on and whoever had it open is out; only the session that asks for it stays, because an answer lost on a bad line must not
 * lock the person out of their own request.
 */
export function registerLinkRoutes(app: FastifyInstance, house: House, secret: string): void {
  const { db, city, incident, clock } = house;
  app.post('/api/journeys/:id/renew-link', {
    schema: { tags: ['journeys'], summary: 'End the resident\'s old link and its sessions; answers the new one', params: Params, body: Body },
  }, async (request: FastifyRequest) => {
    const actor = mustBe(actorOf(request), ['resident', 'committee', 'hotline', 'district']);
    const { id } = request.params as z.output<typeof Params>;
    // Made again for the same key, and so never stored: what is kept of the answer is its time alone.
    const token = linkToken(secret, keyOf(request), actor.id);
    const answer = await once({ db, city, incident }, request, actor, async (transaction) => {
      const story = await readStory(transaction, city.id, id, true);
      if (!story || !maySee(actor, whereabouts(story, city))) throw notFound();
      const { person, proxy } = story.request;
      const { tokenHash, phoneProof } = residentLink([person.phone, ...(proxy ? [proxy.phone] : [])], token);
      await sql`update journey set token_hash = ${tokenHash}, phone_proof = ${phoneProof}
        where city = ${city.id} and id = ${id}`.execute(transaction);
      await endSessionsOf(transaction, city.id, `journey:${id}`, sessionOf(request)?.token);
      const at = clock.now();
      await writeAudit(transaction, city.id, story.incident, { at, by: actor, what: 'renewLink', facts: { journey: id } });
      return { at, journey: id };
    });
    return { ...answer, token };
  });
}
