import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { HOUR_MS, type Chance, type Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeIn, conflict, invalid, mustBe, notFound, readInput, type Actor } from '../people/index.ts';
import { callState, CITY_LINE, evolveCall, type Call, type CallOwner } from './call.ts';
import { byUrgency, decideCall, passTime, type CallCommand, type Reachable } from './decide.ts';
import { addCall, findCall, listCalls, saveCall, type CallScope, type HotlineTables } from './store.ts';

export interface HotlineDeps {
  readonly db: Kysely<any>;
  readonly city: City;
  readonly incident: string;
  readonly at: () => Instant;
  readonly chance: Chance;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
  /** Does the work of one idempotency key once, in one transaction. */
  readonly once: <T extends object>(request: FastifyRequest, actor: Actor, work: (db: Kysely<any>) => Promise<T>) => Promise<T>;
  /** Who answers a line at this moment, and who owes what nobody answers. */
  readonly onLine: (db: Kysely<any>, line: string, at: Instant) => Promise<{ readonly reachable: Reachable; readonly owner: CallOwner }>;
  /** Somebody has spoken with the caller whom nobody had answered. */
  readonly reached: (db: Kysely<any>, call: Call, by: Actor, at: Instant) => Promise<void>;
  /** Whether this request exists and is theirs to see: a call leads nobody to a stranger's. */
  readonly knows: (db: Kysely<any>, by: Actor, journey: string) => Promise<boolean>;
  /** Tells every open screen to look again. */
  readonly changed: (what: 'calls') => Promise<void>;
}

const CALL_ROLES = ['hotline', 'ward', 'district', 'city'] as const;
const ENDED_SHOWN_MS = 12 * HOUR_MS;

const NewCall = z.strictObject({
  phone: z.string().trim().regex(/^[\d+ -]{3,20}$/), callerName: z.string().trim().min(1).max(100).optional(),
  line: z.string().min(1).max(50).default(CITY_LINE),
  /** A call that was taken before anybody could write it down. */
  answered: z.boolean().default(false),
  journey: z.string().min(1).max(50).optional(),
});
const Reached = z.strictObject({ reached: z.boolean() });
const Linked = z.strictObject({ journey: z.string().min(1).max(50) });
export function registerHotlineRoutes(app: FastifyInstance, deps: HotlineDeps): void {
  const { city, at } = deps;
  const db = deps.db as Kysely<HotlineTables>;
  const who = (request: FastifyRequest): Actor => mustBe(deps.actorOf(request), CALL_ROLES);
  const shown = (call: Call) => ({ ...call, state: callState(call), ...(callState(call) === 'ringing' && { rung: call.rings.at(-1)?.whom ?? 'dutyPerson' }) });

  app.get('/api/calls', { schema: { tags: ['hotline'], summary: 'Calls that are not over, and those of the last hours' } }, async (request) => {
    const calls = await listCalls(db, city.id, scopeOf(who(request)), at() - ENDED_SHOWN_MS);
    return { at: at(), calls: [...calls].sort(byUrgency).map(shown) };
  });

  app.post('/api/calls', { schema: { tags: ['hotline'], summary: 'A call rings, or is written down', body: NewCall } }, async (request, reply) => {
    const actor = who(request);
    const { answered, journey, phone, line, callerName } = readInput(NewCall, request.body);
    const institution = city.institutions.get(line);
    if (line !== CITY_LINE && !institution) throw invalid([{ code: 'unknownLine', field: 'line', facts: { line } }]);
    const scope = scopeOf(actor);
    if ((scope.line ?? line) !== line || (scope.district ?? institution?.district) !== institution?.district) {
      throw invalid([{ code: 'lineNotYours', field: 'line', facts: { line } }]);
    }
    const answer = await deps.once(request, actor, async (transaction) => {
      const now = at();
      let call = evolveCall(undefined, { type: 'CallRang', id: `K${deps.chance.code(9)}`, line, phone, ...(callerName && { callerName }) }, now)!;
      if (answered) call = evolveCall(call, { type: 'CallAnswered', by: actor.id, name: actor.name }, now)!;
      else {
        const { reachable, owner } = await deps.onLine(transaction, line, now);
        const rings = passTime(call, reachable, owner, now);
        if (rings) call = evolveCall(call, rings, now)!;
      }
      if (journey && !(await deps.knows(transaction, actor, journey))) throw notFound();
      if (journey) call = evolveCall(call, { type: 'CallLinked', journey }, now)!;
      await addCall(transaction, city.id, deps.incident, institution?.district, call);
      return { at: now, call: shown(call) };
    });
    await deps.changed('calls');
    reply.status(201);
    return answer;
  });

  const command = (name: string, summary: string, read: (body: unknown) => CallCommand, body?: z.ZodType): void => {
    app.post<{ Params: { id: string } }>(`/api/calls/:id/${name}`, { schema: { tags: ['hotline'], summary, ...(body && { body }) } }, async (request) => {
      const actor = who(request);
      const asked = read(request.body);
      const answer = await deps.once(request, actor, async (transaction) => {
        const found = await findCall(transaction, city.id, request.params.id, scopeOf(actor), true);
        if (!found) throw notFound();
        const now = at();
        const { owner } = await deps.onLine(transaction, found.call.line, now);
        if (asked.type === 'link' && !(await deps.knows(transaction, actor, asked.journey))) throw notFound();
        const decided = decideCall(found.call, asked, actor, owner);
        if (!decided.ok) throw conflict(decided.refusal);
        const call = evolveCall(found.call, decided.value, now)!;
        if (!(await saveCall(transaction, city.id, found.version, call))) throw conflict({ code: 'callTaken' });
        if (asked.type === 'callBack' && asked.reached) await deps.reached(transaction, call, actor, now);
        return { at: now, call: shown(call) };
      });
      await deps.changed('calls');
      return answer;
    });
  };
  command('answer', 'Take the call', () => ({ type: 'answer' }));
  command('miss', 'Nobody took it: a call-back is owed', () => ({ type: 'miss' }));
  command('end', 'The call is over', () => ({ type: 'end' }));
  command('call-back', 'Called back; owed until somebody was reached', (body) => ({ type: 'callBack', ...readInput(Reached, body) }), Reached);
  command('link', 'The request this call became', (body) => ({ type: 'link', ...readInput(Linked, body) }), Linked);
}

/** A scope that is not understood sees no call at all. */
export function scopeOf(actor: Actor): CallScope {
  if (actor.scope === 'city') return {};
  const district = codeIn(actor, 'district');
  const line = codeIn(actor, 'institution');
  if (line) return { line };
  if (district) return { district };
  return { line: '' };
}
