import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from '../../base/index.ts';
import { callState, CITY_LINE, DISTRICT_AFTER_MS, evolveCall, EXCHANGE_EVENTS, nextAt, passTime, SECOND_PERSON_AFTER_MS, type CallNewsView, type Reachable } from '../../hotline/index.ts';
import { addCall, findExchangeCall, saveCall } from '../../hotline/store.ts';
import { conflict, instantField, invalid, readInput, Refused } from '../../people/index.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { notice } from '../journeys/owed.ts';
import { onLine } from './on-line.ts';
import { lineOfNumber, type LineOf } from './rows.ts';
import { checkSignature } from './signature.ts';

const AHEAD_MAX_MS = 2 * MINUTE_MS;
/** A telephone system that was cut off sends what it kept. Older than this helps nobody, and is not this incident's. */
const BEHIND_MAX_MS = 7 * DAY_MS;

const NewsBody = z.strictObject({
  event: z.enum(EXCHANGE_EVENTS),
  call: z.string().min(1).max(100).describe("The telephone system's own id of the call: the same in all four events"),
  at: instantField.describe('When it happened, by the true clock'),
  line: z.string().trim().min(1).max(50).describe('The code of the institution, medicalLine, or the number that was dialled'),
  from: z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits').optional().describe("The caller's number; left out where it is withheld"),
  by: z.string().trim().min(1).max(100).optional().describe('Who answered'),
});

export interface NewsDeps {
  readonly house: House;
  readonly secrets: readonly Uint8Array[] | undefined;
  readonly changed: () => void;
}

/** Reports of a telephone system. Each is kept as it came; the call is what all of them together say, in whatever order they came. */
export function registerCallNews(app: FastifyInstance, { house, secrets, changed }: NewsDeps): void {
  const { db, city, incident, clock } = house;
  const of: LineOf = { city: city.id, incident: incident.id };

  void app.register(async (scope) => {
    // What was signed is the bytes, not what they mean.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    // So is what is checked: the schema below is for whoever reads the interface, and is held against the text once it is known from whom.
    scope.setValidatorCompiler(() => (data: unknown) => ({ value: data }));
    scope.post('/api/calls/events', { schema: { tags: ['hotline'], summary: 'A telephone system reports: ringing, answered, missed, ended', body: NewsBody } }, async (request): Promise<CallNewsView> => {
      if (!secrets) throw new Refused(404, [{ code: 'webhookOff' }]);
      const header = (name: string): string | undefined => { const value = request.headers[name]; return typeof value === 'string' ? value : undefined; };
      const id = header('webhook-id');
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const wrong = checkSignature({ id, timestamp: header('webhook-timestamp'), signature: header('webhook-signature') }, bytes, secrets, Date.now() / 1_000);
      if (wrong) throw new Refused(401, [{ code: wrong }]);
      const { event, call: exchangeCall, at: trueAt, line: dialled, from, by } = readInput(NewsBody, parsed(bytes));
      const now = clock.now();
      const at = trueAt + incident.clockOffsetMs;
      if (at > now + AHEAD_MAX_MS) throw invalid([{ code: 'eventAhead', field: 'at' }]);
      if (at < now - BEHIND_MAX_MS) throw invalid([{ code: 'eventTooOld', field: 'at', facts: { days: BEHIND_MAX_MS / DAY_MS } }]);
      const bodyHash = createHash('sha256').update(bytes).digest('hex');

      const view = await db.transaction().execute(async (trx) => {
        // Reports of one call wait for each other, also of one that is not here yet.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`call ${city.id} ${exchangeCall}`}, 0))`.execute(trx);
        // A number that nobody has registered is still a sick person on a telephone: it rings at the city's line.
        const line = dialled === CITY_LINE || city.institutions.has(dialled) ? dialled : ((await lineOfNumber(trx, of, dialled)) ?? CITY_LINE);
        const news = { event, at, line, ...(from && { phone: from }), ...(by && { name: by }) };
        const { numAffectedRows } = await sql`insert into call_news (city, id, incident, body_hash, exchange_call, news, received_at)
          values (${city.id}, ${id}, ${incident.id}, ${bodyHash}, ${exchangeCall}, ${JSON.stringify(news)}::jsonb, ${now}) on conflict do nothing`.execute(trx);
        const seen = numAffectedRows === 0n;
        if (seen) {
          const { rows: [before] } = await sql<{ body_hash: string }>`select body_hash from call_news where city = ${city.id} and id = ${id}`.execute(trx);
          if (before?.body_hash !== bodyHash) throw conflict({ code: 'webhookIdReused' });
        }
        const found = await findExchangeCall(trx as never, city.id, incident.id, exchangeCall);
        const { reachable, owner } = await onLine(trx, city, of, found?.call.line ?? line, now);
        if (seen && found) return { at: now, call: found.call.id, line: found.call.line, state: callState(found.call), seen, ring: ringsOf(reachable) };
        const rang = found?.call ?? evolveCall(undefined, { type: 'CallRang', id: `K${trueChance.code(9)}`, line, phone: from ?? '' }, at)!;
        let call = evolveCall(rang, { type: 'ExchangeSaid', news, owner }, now)!;
        const rings = callState(call) === 'ringing' && (nextAt(call) ?? Infinity) <= now ? passTime(call, reachable, owner, now) : undefined;
        if (rings) call = evolveCall(call, rings, now)!;
        const district = city.institutions.get(call.line)?.district;
        if (found) await saveCall(trx as never, city.id, found.version, call, district ?? null);
        else await addCall(trx as never, city.id, incident.id, district, call, exchangeCall);
        if (callState(call) === 'callBackOwed' && callState(rang) !== 'callBackOwed') await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'callBackOwed', facts: { about: call.id, line: call.line, rangAt: call.ringingAt } }, now);
        return { at: now, call: call.id, line: call.line, state: callState(call), seen, ring: ringsOf(reachable) };
      });
      if (!view.seen) changed();
      return view;
    });
  });
}

function parsed(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (!/\\u0000|\\ud[89a-f]/i.test(text)) return value;
  } catch { /* said below */ }
  throw invalid([{ code: 'bodyUnreadable', field: 'body' }]);
}

/** The same steps that are taken here, for a telephone system that rings the next telephone itself. */
function ringsOf({ dutyPerson, secondPerson }: Reachable): CallNewsView['ring'] {
  if (!dutyPerson) return [{ whom: 'district', afterMs: 0 }];
  return [
    { whom: 'dutyPerson', afterMs: 0, ...(dutyPerson.phone && dutyPerson) },
    ...(secondPerson ? [{ whom: 'secondPerson', afterMs: SECOND_PERSON_AFTER_MS, ...secondPerson }] : []),
    { whom: 'district', afterMs: secondPerson ? DISTRICT_AFTER_MS : SECOND_PERSON_AFTER_MS },
  ];
}
