import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findFinding } from '../../triage/index.ts';
import { evolveCall } from '../../hotline/index.ts';
import { scopeOf } from '../../hotline/routes.ts';
import { findCall, saveCall } from '../../hotline/store.ts';
import { viewFor, type Story } from '../../journey/index.ts';
import { conflict, invalid, mustBe, notFound, readInput, Refused } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import { IntakeBody, intakeOf } from '../../requests/routes.ts';
import type { Errands } from '../journeys/errands.ts';
import type { IntakeDesk } from '../journeys/intake.ts';
import { perform } from '../journeys/play.ts';
import { keyOf } from '../journeys/request-key.ts';
import { notify, readStory } from '../journeys/store.ts';
import type { House } from '../house.ts';
import { actorOf } from '../sign-in/index.ts';

/** A finding of the tables of triage. */
const LISTENER_CONCERNED = 'listenerConcerned';

const HandBody = z.strictObject({
  journey: z.string().min(1).max(50).optional().describe('The request that is theirs already'),
  findings: z.array(z.string().min(1).max(60)).max(30).default([]).describe('Signs of danger that were heard'),
  care: IntakeBody.optional().describe('Without a request: what is known, however little'),
}).refine(({ journey, care }) => (journey === undefined) !== (care === undefined), { path: ['journey'], message: 'name the request, or say what is known' });

/**
 * One press and the call stands on the board of 120 with everything that is known; nobody tells it twice. Sent again with its key it
 * is the same hand-over, and a server that is killed in the middle has done what the next try finds done.
 */
export function registerHandTo120(app: FastifyInstance, house: House, desk: IntakeDesk, errands: Errands): void {
  const { db, city, clock } = house;
  app.post<{ Params: { id: string } }>('/api/calls/:id/hand-to-120', { schema: { tags: ['hotline'], summary: 'The call goes to the board of 120 with what is known', body: HandBody } }, async (request) => {
    const actor = mustBe(actorOf(request), ['hotline']);
    const key = keyOf(request);
    const { journey, findings, care } = readInput(HandBody, request.body);
    const unknown = findings.findIndex((finding) => !findFinding(finding));
    if (unknown >= 0) throw invalid([{ code: 'unknownFinding', field: `findings.${unknown}` }]);
    if (!(await findCall(db as never, city.id, request.params.id, scopeOf(actor)))) throw notFound();
    const story = await onTheBoard();
    errands.kick([story.id]);
    await noted(story.id);
    await notify(db, { city: city.id, kind: 'calls' });
    return { at: clock.now(), journey: viewFor(actor, story, city) };

    async function onTheBoard(): Promise<Story> {
      if (care) return (await desk.submit(actor, { ...intakeOf(care, 'hotline'), need: 'emergency', findings: [...new Set([...care.findings ?? [], ...findings])] }, key)).story;
      const before = await readStory(db, city.id, journey!);
      if (!before) throw notFound();
      // 120 has them already, or somebody treats them: a second request would send a second unit.
      if (before.decision.pathway === 'emergency' && !before.closed && findings.length === 0) return before;
      // Whoever listens is sure, and has no word for it in the tables: that is enough for 120.
      const heard = findings.some((finding) => !before.request.findings.includes(finding)) ? findings : [...findings, LISTENER_CONCERNED];
      if (!before.closed && before.arrival?.treatedAt === undefined) return sayWorse(before.id, heard);
      // Treated, or over: it is another illness of the same person.
      const { id: _id, receivedAt: _received, lowered: _lowered, channel: _channel, ...known } = before.request;
      return (await desk.submit(actor, { ...known, channel: 'hotline', need: 'emergency', findings: [...new Set([...known.findings, ...heard])] } as Intake, key)).story;
    }

    /** Another desk, or the other finger, may have said the same a moment before. */
    async function sayWorse(id: string, heard: readonly string[]): Promise<Story> {
      try {
        return await perform(house, actor, id, { type: 'reportWorse', findings: heard }, key);
      } catch (error) {
        if (!(error instanceof Refused) || !error.refusals.some(({ code }) => code === 'nothingNew')) throw error;
        return (await readStory(db, city.id, id))!;
      }
    }

    /** The call may have moved on meanwhile, ended by whoever hung up: it is noted all the same. */
    async function noted(id: string): Promise<void> {
      for (let tries = 0; tries < 5; tries++) {
        const found = await findCall(db as never, city.id, request.params.id, scopeOf(actor));
        if (!found || found.call.handedTo120?.journey === id) return;
        if (await saveCall(db as never, city.id, found.version, evolveCall(found.call, { type: 'HandedTo120', by: actor.name, journey: id }, clock.now())!)) return;
      }
      throw conflict({ code: 'callTaken' });
    }
  });
}
