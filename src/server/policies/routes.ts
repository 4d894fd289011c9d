import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { replay, whereabouts } from '../../journey/index.ts';
import { decide, findTooComplex, readCase, STANDING_RULES_ID, type CompiledPolicy } from '../../policy/index.ts';
import { conflict, instantField, invalid, maySee, mustBe, notFound, readInput, type Actor, type Refused, type Role } from '../../people/index.ts';
import type { House } from '../house.ts';
import { readEvents, readStory } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { adoptPolicy, amendPolicy, countOpen, draftPolicy, readSent, withdrawPolicy, type VersionName } from './acts.ts';
import { countUnasked } from './asking.ts';
import type { Unreadable } from './install.ts';
import { reachOf } from './reach.ts';
import { registerPolicySchemas } from './schemas.ts';
import { findKept, findRules, listKept, type KeptPolicy } from './store.ts';
import { openTurns } from './thread.ts';
import type { DiffResult } from './worker.ts';
import { decideThen, travelThen } from '../journeys/replay-then.ts';
import { viewOfDiff, viewOfPolicy, type PlanningReader, type PolicyView } from './view.ts';
import { languageOf } from '../problems.ts';
import type { Rounds } from '../rounds.ts';
import { actorOf } from '../sign-in/index.ts';

const PLANS: readonly Role[] = ['planner', 'district', 'city'];
const WRITES: readonly Role[] = ['planner', 'city'];

/** As many characters as a policy may have, in bytes of Chinese, with the quotes of JSON around them. */
const TEXT_BYTES_MAX = 4_000_000;
const TEXT_CHARACTERS_MAX = 1_000_000;
const WHY_CHARACTERS_MAX = 2_000;

const Version = z.strictObject({ id: z.string().min(1).max(64), version: z.string().min(1).max(200) });
const Draft = z.strictObject({ text: z.string().min(1).max(TEXT_CHARACTERS_MAX) });
const Adopt = z.strictObject({ why: z.record(z.string().max(500), z.string().max(WHY_CHARACTERS_MAX)).default({}) });
const Amend = z.strictObject({ to: instantField.nullable() });
const NamedField = z.string().min(1).max(300).describe('`id@version`; `id` alone is the version that is adopted; `standing-rules` is what holds without any');
const Diff = z.strictObject({ from: NamedField.optional().describe('Without it: what `to` would replace'), to: NamedField });
const Try = z.strictObject({ policy: NamedField, case: z.record(z.string().max(50), z.unknown()) });
const Replay = z.strictObject({ policy: z.string().min(1).max(64), version: z.string().min(1).max(200).optional() });
const Journey = z.strictObject({ id: z.string().min(1).max(40) });

export interface PolicyDeps {
  readonly house: House;
  /** Checks what was drafted. */
  readonly checker: Rounds;
  /** Asks open requests again when something was adopted. */
  readonly asking: Rounds;
  /** Files that came with this server and cannot be read. */
  readonly unreadable: readonly Unreadable[];
}

const tooComplex = (measures: readonly string[]): Refused => conflict({ code: 'policyTooComplex', facts: { measures: measures.join(', ') } });

interface NamedPolicy {
  readonly compiled: CompiledPolicy;
  /** Absent for the standing rules alone. */
  readonly kept?: KeptPolicy;
}

/** The life of a policy: written, checked, compared, tried, adopted by a second person; and what it would have changed. */
export function registerPolicyRoutes(app: FastifyInstance, { house, checker, asking, unreadable }: PolicyDeps): void {
  registerPolicySchemas(app);
  const { city, clock, policies, db, board, travel } = house;
  const tags = ['policies'];
  const [reading, comparing] = [openTurns(), openTurns()];
  const nameOf = (request: FastifyRequest): VersionName => request.params as z.output<typeof Version>;
  const plannerAt = (request: FastifyRequest): PlanningReader | undefined =>
    (PLANS.some((role) => role === actorOf(request)?.role) ? { rules: policies.now().standing.version, language: languageOf(request) } : undefined);

  const view = ({ life, text }: KeptPolicy, reader: PlanningReader | undefined): PolicyView | Unreadable => {
    const read = policies.read({ life, text });
    return 'problems' in read
      ? { file: `${life.id} ${life.version}`, problems: read.problems }
      : viewOfPolicy(life, read.value, clock.now(), reader);
  };
  const isView = (shown: PolicyView | Unreadable): shown is PolicyView => !('file' in shown);

  app.get('/api/policies', { schema: { tags, summary: 'What was announced, each measure with its clause; for those who plan also drafts, findings and files that cannot be read' } }, async (request) => {
    const reader = plannerAt(request);
    const kept = await listKept(db, city.id, reader ? undefined : ['adopted', 'replaced']);
    const shown = kept.map((one) => view(one, reader));
    return {
      at: clock.now(), policies: shown.filter(isView),
      ...(reader && { unreadable: [...unreadable, ...shown.filter((one) => !isView(one))], unasked: await countUnasked(house) }),
    };
  });

  app.get('/api/policies/:id/:version', { schema: { tags, summary: 'One version with its text as it was written', params: Version } }, async (request) => {
    mustBe(actorOf(request), PLANS);
    const kept = await findKept(db, city.id, nameOf(request).id, nameOf(request).version);
    if (!kept) throw notFound();
    return { at: clock.now(), policy: view(kept, plannerAt(request)), text: kept.text };
  });

  /** One change, done once; what it leads to begins when it is stored. */
  const act = async (request: FastifyRequest, actor: Actor, work: (trx: Kysely<any>) => Promise<KeptPolicy>): Promise<object> => {
    const answer = await once(house, request, actor, async (trx) => {
      const kept = await work(trx);
      return { at: clock.now(), policy: view(kept, plannerAt(request)), openRequests: await countOpen(trx, city.id) };
    });
    checker.kick();
    return answer;
  };

  app.post('/api/policies', { bodyLimit: TEXT_BYTES_MAX, schema: { tags, summary: 'A draft, as YAML text; every problem of an unreadable one at once, with line and column', body: Draft } }, async (request) => {
    const actor = mustBe(actorOf(request), WRITES);
    const { text } = request.body as z.output<typeof Draft>;
    await readSent(house, reading, text);
    return act(request, actor, (trx) => draftPolicy(trx, house, actor, text));
  });

  app.post('/api/policies/:id/:version/amend', { schema: { tags, summary: 'The same announcement with another end of its period, as a draft; `null` for an open end', params: Version, body: Amend } }, async (request) => {
    const actor = mustBe(actorOf(request), WRITES);
    return act(request, actor, (trx) => amendPolicy(trx, house, actor, nameOf(request), (request.body as z.output<typeof Amend>).to));
  });

  app.post('/api/policies/:id/:version/withdraw', { schema: { tags, summary: 'A draft is taken back', params: Version, body: z.strictObject({}) } }, async (request) => {
    const actor = mustBe(actorOf(request), WRITES);
    return act(request, actor, (trx) => withdrawPolicy(trx, house, actor, nameOf(request)));
  });

  app.post('/api/policies/:id/:version/adopt', { schema: { tags, summary: 'A second person adopts it, and writes why for each finding that is left', params: Version, body: Adopt } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city']);
    const answer = await act(request, actor, (trx) => adoptPolicy(trx, house, actor, nameOf(request), (request.body as z.output<typeof Adopt>).why));
    await policies.reload();
    asking.kick();
    return answer;
  });

  /** A version somebody named; without a version the adopted one. */
  const openNamed = async (name: string): Promise<NamedPolicy> => {
    const [id = '', version = policies.now().documents.get(id)?.version] = name.split(/@(.*)/s);
    if (id === STANDING_RULES_ID) return { compiled: policies.now().ordinary };
    const kept = version === undefined ? undefined : await findKept(db, city.id, id, version);
    const compiled = kept && policies.open(kept);
    if (!kept || !compiled) throw notFound();
    return { compiled, kept };
  };
  /** To decide by it: one that cannot be proven decides nothing, not even on trial. */
  const openProven = async (name: string): Promise<CompiledPolicy> => {
    const { compiled } = await openNamed(name);
    const unproven = findTooComplex(compiled);
    if (unproven) throw tooComplex(unproven.measures.map(({ id }) => id));
    return compiled;
  };
  /** What would be in force without it: the version it changes, the announcement it supersedes, or none. */
  const placeOf = async ({ compiled, kept }: NamedPolicy): Promise<NamedPolicy> => {
    const read = kept && policies.read(kept);
    const superseded = read && 'value' in read ? (read.value.supersedes ?? []) : [];
    const inPlace = [compiled.id, ...superseded].find((id) => policies.now().compiled.has(id));
    return openNamed(inPlace ?? STANDING_RULES_ID);
  };

  app.get('/api/policies/diff', { schema: { tags, summary: 'Who would be treated differently, as classes of cases, and how many requests', querystring: Diff } }, async (request) => {
    mustBe(actorOf(request), PLANS);
    const { from, to } = request.query as z.output<typeof Diff>;
    const after = await openNamed(to);
    const before = from === undefined ? await placeOf(after) : await openNamed(from);
    const rules = (await findRules(db, city.id))?.text ?? '';
    const result = await comparing<DiffResult>(
      JSON.stringify([before.compiled.identity, after.compiled.identity]), { job: 'diff', rules, from: before.kept?.text, to: after.kept?.text, city: house.city },
    );
    // Found there and not on the thread that takes requests; what is left can be decided by.
    if ('tooComplex' in result) throw tooComplex(result.tooComplex);
    const reach = await reachOf(house, before.compiled, after.compiled);
    return viewOfDiff(result.diff, reach, clock.now());
  });

  app.post('/api/policies/try', { schema: { tags, summary: 'What would be decided; nothing is stored', body: Try } }, async (request) => {
    mustBe(actorOf(request), PLANS);
    const { policy, case: given } = readInput(Try, request.body);
    const compiled = await openProven(policy);
    const read = readCase(given);
    if ('problems' in read) {
      const [first, ...rest] = read.problems.map(({ field, message }) => ({ code: 'fieldInvalid', field: `case.${field}`, facts: { problem: message } }));
      throw invalid([first ?? { code: 'fieldInvalid', field: 'case' }, ...rest]);
    }
    const tables = travel.tables();
    return { at: clock.now(), decision: decide(compiled, read.care, { city: house.city, status: board.now(), ...(tables && { travel: tables }) }) };
  });

  app.get('/api/journeys/:id/replay', { schema: { tags, summary: 'Each decision of a journey beside the one that another policy would have made', params: Journey, querystring: Replay } }, async (request) => {
    const actor = mustBe(actorOf(request), ['city', 'district']);
    const { policy, version } = request.query as z.output<typeof Replay>;
    const story = await readStory(db, city.id, (request.params as z.output<typeof Journey>).id);
    if (!story || !maySee(actor, whereabouts(story, city))) throw notFound();
    const compiled = await openProven(version === undefined ? policy : `${policy}@${version}`);
    const events = await readEvents(db, city.id, story.id);
    const decisions = replay(events, decideThen(compiled, house.city, await travelThen(travel, events)));
    return { at: clock.now(), journey: story.id, policy: compiled.identity, decisions };
  });
}
