import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { Institution } from '../../city/index.ts';
import { viewFor, type Command, type Story } from '../../journey/index.ts';
import type { TrustedKey } from '../../passes/index.ts';
import { codeField, codeIn, conflict, mustBe, notFound, readInput, SYSTEM, type Actor } from '../../people/index.ts';
import { decide, policyFor } from '../../policy/index.ts';
import { answerAtDoor } from '../../reception/index.ts';
import { intakeOf, IntakeBody } from '../../requests/routes.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import type { Errands } from '../journeys/errands.ts';
import type { IntakeDesk } from '../journeys/intake.ts';
import { perform, performTogether } from '../journeys/play.ts';
import { keyOf } from '../journeys/request-key.ts';
import { readStory } from '../journeys/store.ts';
import { actorOf } from '../sign-in/index.ts';
import { findAtDoor } from './find.ts';
import { openRequestsOf } from './same-person.ts';

/** Who no longer comes is shown this long, so that what was kept ready is used for the next. */
const GONE_SHOWN_MS = HOUR_MS;
const AT_DOOR = ['ward', 'gate'] as const;

const Find = z.strictObject({ text: z.string().trim().min(1).max(3_000) });
const { shape } = IntakeBody;
const seen = { ageMonths: shape.person.shape.ageMonths, sex: shape.person.shape.sex };
const Entry = z.strictObject({ ...seen, need: shape.need.default('emergency'), findings: shape.findings, groups: shape.groups, test: shape.test, patientKind: shape.patientKind });
const Unknown = z.strictObject({ ...seen, need: shape.need.default('emergency'), findings: shape.findings, notKnown: shape.notKnown, vitals: shape.vitals, groups: shape.groups, complaint: shape.complaint, mobility: shape.mobility, receive: z.boolean().default(true) });
const Identify = z.strictObject({ person: shape.person, town: codeField.optional(), address: shape.address.optional(), merge: codeField.optional() });

export interface DoorDeps {
  readonly house: House;
  readonly desk: IntakeDesk;
  readonly errands: Errands;
  readonly keys: () => readonly TrustedKey[];
}

/** An institution's door: who stands here, which way they come in, who they are. Nothing here can say "not at all". */
export function registerDoorRoutes(app: FastifyInstance, { house, desk, errands, keys }: DoorDeps): void {
  const { db, city, clock } = house;
  const tags = ['reception'];
  const at = (request: FastifyRequest, roles: readonly Actor['role'][] = AT_DOOR): { readonly actor: Actor; readonly here: Institution } => {
    const actor = mustBe(actorOf(request), roles);
    const here = city.institutions.get(codeIn(actor, 'institution') ?? '');
    if (!here) throw notFound();
    return { actor, here };
  };

  app.get('/api/door', { schema: { tags, summary: 'Who was announced and does not come after all, and which doors there are' } }, async (request) => {
    const { here } = at(request);
    const now = clock.now();
    return { at: now, doors: here.doors ?? {}, gone: await goneFrom(house, here.code, now - GONE_SHOWN_MS) };
  });

  app.post('/api/door/find', { schema: { tags, summary: 'Who stands at this door, by pass, plate, name or code: among those whom this house expects', body: Find } }, async (request) => {
    const { actor } = at(request);
    const { stories, expectedAt } = await findAtDoor(house, actor, readInput(Find, request.body).text, keys());
    return {
      at: clock.now(), found: stories.map((story) => ({ journey: viewFor(actor, story, city), answer: answerFor(story) })),
      ...(expectedAt !== undefined && { expectedAt: { code: expectedAt, name: city.institutions.get(expectedAt)?.name } }),
    };
  });

  app.post('/api/door/entry', { schema: { tags, summary: 'Which way in for a person who stands here now: walk in, buffer zone, test beside the treatment. Never "not at all"', body: Entry } }, async (request) => {
    const { here } = at(request);
    const given = readInput(Entry, request.body);
    const now = clock.now();
    const care = { ...present(given), need: given.need, findings: given.findings, groups: given.groups, vitals: {}, town: here.town, atDoor: here.code, instant: now };
    const { acuity, entry, greenChannel, reasons } = decide(policyFor(house.policies.now(), city.id, now, here.district), care, { city, status: house.board.now(), excluded: [] });
    const answer = answerAtDoor({ entry, acuity, ageMonths: given.ageMonths });
    return { at: now, answer, acuity, greenChannel, door: here.doors?.[answer.via], reasons };
  });

  app.post('/api/door/unknown', { schema: { tags, summary: 'Somebody stands here without a request, or without a name: theirs begins, and they are received', body: Unknown } }, async (request, reply) => {
    const { actor, here } = at(request);
    const { ageMonths, sex, receive, ...given } = readInput(Unknown, request.body);
    const key = keyOf(request);
    const label = nameless(key);
    const intake = intakeOf(IntakeBody.parse({
      ...present(given), person: { name: label, phone: here.medicalLine?.number ?? city.phones.medicalLine.number, ...present({ ageMonths, sex }) }, town: here.town, address: here.name.zh,
    }), 'door');
    const { story } = await desk.submit(actor, { ...intake, unidentified: true, atDoor: here.code }, key);
    const after = await received(house, actor, story, receive && actor.role === 'ward', key);
    errands.kick([story.id]);
    reply.status(201);
    return { at: clock.now(), journey: viewFor(actor, after, city), answer: answerFor(after) };
  });

  app.post<{ Params: { id: string } }>('/api/door/:id/identify', { schema: { tags, summary: 'It is known now who it is; with their other open request, when there is one, they become one', body: Identify } }, async (request) => {
    const { actor } = at(request, ['ward']);
    const { merge, ...given } = readInput(Identify, request.body);
    const known = present(given) as Pick<z.output<typeof Identify>, 'person' | 'town' | 'address'>;
    const story = await readStory(db, city.id, request.params.id);
    if (!story) throw notFound();
    const key = keyOf(request);
    const identified = await perform(house, actor, story.id, { type: 'identify', ...known } as Command, key);
    const others = (await openRequestsOf(house, identified)).map(({ id, request: { need, receivedAt } }) => ({ journey: id, need, receivedAt }));
    if (merge === undefined) return { at: clock.now(), journey: viewFor(actor, identified, city), others };
    return { at: clock.now(), journey: viewFor(actor, await mergeThem(house, actor, identified, merge, `${key}/merge`), city), others: others.filter(({ journey }) => journey !== merge) };
  });

  app.post<{ Params: { id: string } }>('/api/door/:id/merge', { schema: { tags, summary: 'Their other open request, of the same name and number, ends in this one', body: z.strictObject({ journey: codeField }) } }, async (request) => {
    const { actor } = at(request, ['ward']);
    const story = await readStory(db, city.id, request.params.id);
    if (!story || story.arrival?.institution !== codeIn(actor, 'institution')) throw notFound();
    const { journey } = readInput(z.strictObject({ journey: codeField }), request.body);
    return { at: clock.now(), journey: viewFor(actor, await mergeThem(house, actor, story, journey, keyOf(request)), city) };
  });
}

/** Only who has the same name and the same number, and only here: nobody reads other people's requests by trying. */
async function mergeThem(house: House, actor: Actor, story: Story, other: string, key: string): Promise<Story> {
  const found = (await openRequestsOf(house, story)).find(({ id }) => id === other);
  if (!found) throw conflict({ code: 'notSamePerson' });
  const { findings, vitals } = found.request;
  const acts = [
    { actor: SYSTEM, journey: other, command: { type: 'mergeInto', into: story.id } },
    { actor: SYSTEM, journey: story.id, command: { type: 'takeInRequest', from: other, findings, vitals } },
  ] as const;
  const stories = await performTogether(house, acts, { key, actor, journey: story.id, what: { type: 'mergeInto', into: other } }, () => undefined);
  await writeAudit(house.db, house.city.id, house.incident.id, { at: house.clock.now(), by: actor, what: 'mergeRequests', facts: { from: other, into: story.id } });
  return stories.get(story.id)!;
}

/** They stand here: arrived, and received by the ward's own press. What was done before is not done again. */
async function received(house: House, actor: Actor, story: Story, receive: boolean, key: string): Promise<Story> {
  let now = await readStory(house.db, house.city.id, story.id) ?? story;
  // Not this house's to treat: a unit is on its way to this door, and they are looked after until it comes.
  if (now.arrival?.institution !== story.request.atDoor) return now;
  if (now.arrival?.arrivedAt === undefined) now = await perform(house, actor, story.id, { type: 'reportArrival' }, `${key}/arrived`);
  if (receive && now.arrival?.receivedAt === undefined) now = await perform(house, actor, story.id, { type: 'receivePatient' }, `${key}/received`);
  return now;
}

function answerFor({ decision: { entry, acuity }, request: { person }, arrival }: Story): ReturnType<typeof answerAtDoor> {
  return answerAtDoor({ entry: arrival?.entry ?? entry, acuity, ageMonths: person.ageMonths, refusedOn: arrival?.refused?.ground });
}

/** A name for somebody without one, so that two of an evening are told apart; sent again it is the same, and nothing is guessed. */
function nameless(key: string): string {
  return `不明身份 ${createHash('sha256').update(key).digest('hex').slice(0, 4).toUpperCase()}`;
}

async function goneFrom({ db, city, incident }: House, institution: string, since: Instant): Promise<readonly object[]> {
  const { rows } = await sql<{ journey: string; at: Instant; reason: string }>`select e.journey, e.happened_at as at, e.data ->> 'reason' as reason from event e join journey j on j.city = e.city and j.id = e.journey
    where e.city = ${city.id} and j.incident = ${incident.id} and e.type = 'NoLongerExpected' and e.happened_at > ${since} and e.data ->> 'institution' = ${institution} order by e.happened_at desc limit 20`.execute(db);
  return rows;
}

function present<T extends object>(given: T): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { readonly [K in keyof T]: Exclude<T[K], undefined> };
}
