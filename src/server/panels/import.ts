import type { FastifyInstance } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { csvText, type Instant, type Refusal } from '../../base/index.ts';
import { evolveMember, NO_PHONE_KNOCK_MS, planImport, readImport, type ImportProblem, type ImportView, type Known, type Member } from '../../panels/index.ts';
import { teamsOf, townsOf, type PanelDeps } from '../../panels/routes.ts';
import { addKnock, addMembers, listTeams, saveMembers, saveTeam, type Ward } from '../../panels/store.ts';
import { codeField, conflict, instantField, invalid, mustBe, notFound, readInput, Refused } from '../../people/index.ts';
import { acceptCsv } from '../csv-body.ts';
import { inFormulary } from './elsewhere.ts';
import { languageOf, sentence } from '../problems.ts';

/** Twenty thousand people with their medicines, and as many again. */
const FILE_BYTES_MAX = 12 * 1_024 * 1_024;
const PROBLEMS_MAX = 500;
const NAMED_MAX = 200;
/** Rows of one statement: fewer would be slow, more a statement of tens of megabytes. */
const CHUNK = 2_000;
const COUNTED_ANEW = 500;

const Query = z.strictObject({
  team: codeField, dryRun: z.enum(['true', 'false']).default('false'),
  asOf: instantField.optional().describe('When the file was written: what the team has found out since stays. Without it: now'),
});
const TeamBody = z.strictObject({
  name: z.string().trim().min(1).max(100), phone: z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits'),
  centre: codeField.optional(), towns: z.array(codeField).min(1).max(100),
});

/** Whole lists of people from a spreadsheet, and the teams that answer for them. */
export function registerPanelImport(app: FastifyInstance, deps: PanelDeps): void {
  const { db, city, incident, at, once } = deps;
  const ward = { city: city.id, incident };
  const tags = ['panels'];
  acceptCsv(app);

  app.post('/api/panels/teams/:id', { schema: { tags, summary: 'A family-doctor team: its community health centre, the number people are given, its towns', body: TeamBody } }, async (request) => {
    const actor = mustBe(deps.actorOf(request), ['district', 'city']);
    const { id } = readInput(z.strictObject({ id: z.string().regex(/^[\w-]{1,40}$/, 'write a code of letters, digits, - and _') }), request.params);
    const { centre, ...team } = readInput(TeamBody, request.body);
    const own = new Set(townsOf(actor, city));
    const refusals: Refusal[] = team.towns.flatMap((town, index): Refusal[] => (city.towns.has(town) ? [] : [{ code: 'townUnknown', field: `towns.${index}` }]));
    if (centre !== undefined && !city.institutions.has(centre)) refusals.push({ code: 'centreUnknown', field: 'centre' });
    const [first, ...rest] = refusals;
    if (first) throw invalid([first, ...rest]);
    if (!team.towns.every((town) => own.has(town))) throw new Refused(403, [{ code: 'townNotYours', field: 'towns' }]);
    return once(request, actor, async (transaction) => {
      const before = (await listTeams(transaction, ward)).find((each) => each.id === id);
      if (before && !before.towns.every((town) => own.has(town))) throw new Refused(403, [{ code: 'townNotYours', field: 'towns' }]);
      const saved = { id, ...team, ...(centre !== undefined && { centre }) };
      await saveTeam(transaction, ward, saved, true);
      await deps.audit(transaction, actor, 'saveTeam', { team: id, towns: team.towns });
      await deps.changed(transaction);
      return { at: at(), team: saved };
    });
  });

  app.post('/api/panels/import', {
    bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'The people of a team from a CSV file (text/csv); all of it or nothing, with every problem by line and column', querystring: Query, consumes: ['text/csv'] },
  }, async (request): Promise<ImportView> => {
    const actor = mustBe(deps.actorOf(request), ['familyDoctor', 'district']);
    const { team, dryRun, asOf } = request.query as z.output<typeof Query>;
    if (!(await teamsOf(deps, actor)).some(({ id }) => id === team)) throw notFound();
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const read = csvText(request.body);
    const now = at();
    const file = 'text' in read ? readImport(read.text, { towns: city.towns, at: now, formulary: inFormulary }) : { candidates: [], problems: [read.problem] };
    // What the key stands for is the text, not four million numbers of a buffer.
    request.body = 'text' in read ? read.text : '';

    const work = async (transaction: Kysely<any>): Promise<ImportView> => {
      const known = await knownTo(transaction, ward, team, file.candidates.map(({ person }) => deps.keyOf(person)));
      const plan = planImport({ team, candidates: file.candidates, known, keyOf: deps.keyOf, newId: () => `PM${deps.chance.code(10)}`, by: actor.name, at: now, asOf: asOf ?? now });
      const problems = [...file.problems, ...plan.problems].sort((a, b) => a.line - b.line || a.column - b.column);
      const withoutPhone = plan.added.filter(({ phone }) => phone === '');
      const view: ImportView = {
        at: now, dryRun: dryRun === 'true', team, rows: file.candidates.length, problems: problems.slice(0, PROBLEMS_MAX).map((problem) => ({ ...problem, detail: sentence(problem.code, refusalOf(problem).facts, languageOf(request)) })),
        added: plan.added.length, changed: plan.changed.length - plan.missing.length, unchanged: plan.unchanged, cameBack: plan.cameBack,
        transfers: named(plan.transfers), transfersTotal: plan.transfers.length, missing: named(plan.missing), missingTotal: plan.missing.length, withoutPhone: withoutPhone.length,
      };
      if (dryRun === 'true') return view;
      const [first, ...rest] = problems.slice(0, PROBLEMS_MAX).map(refusalOf);
      if (first) throw invalid([first, ...rest]);
      await store(transaction, ward, plan.added.map((member) => askedAtDoor(deps, member, now)), plan.changed, now);
      await deps.audit(transaction, actor, 'importPanel', { team, rows: view.rows, added: view.added, changed: view.changed, transfers: view.transfersTotal, missing: view.missingTotal });
      await deps.changed(transaction);
      return view;
    };
    if (dryRun === 'true') return db.transaction().execute(work);
    const view = await once(request, actor, work);
    // The database reads a table that has just grown by a town in the wrong order until it has looked at it; its own look comes a minute later.
    if (view.added >= COUNTED_ANEW) await sql`analyze panel_member`.execute(db);
    return view;
  });
}

/** Everybody of the team, and whoever of another team the file names; held until it is over, so that nobody changes between look and write. */
async function knownTo(transaction: Kysely<any>, { city, incident }: Ward, team: string, keys: readonly string[]): Promise<readonly Known[]> {
  const { rows } = await sql<Known>`select member, version from panel_member where city = ${city} and incident = ${incident} and (team = ${team} or person_key = any(${keys}::text[]))
    order by id for update`.execute(transaction);
  return rows;
}

async function store(transaction: Kysely<any>, ward: Ward, added: readonly Member[], changed: readonly Known[], at: Instant): Promise<void> {
  const stored = { added: 0, changed: 0 };
  for (let from = 0; from < changed.length; from += CHUNK) stored.changed += await saveMembers(transaction, ward, changed.slice(from, from + CHUNK), at).catch(twice);
  for (let from = 0; from < added.length; from += CHUNK) stored.added += await addMembers(transaction, ward, added.slice(from, from + CHUNK), at);
  // Somebody imported the same people a moment ago: a second look will find them.
  if (stored.added !== added.length || stored.changed !== changed.length) throw conflict({ code: 'changedMeanwhile' });
  for (const member of added) if (member.knock) await addKnock(transaction, ward, member.knock.id, member, { why: 'noPhone', dueAt: member.knock.dueAt }, at);
}

function twice(error: unknown): never {
  if ((error as { code?: string }).code === '23505') throw conflict({ code: 'sameAsAnother' });
  throw error;
}

function askedAtDoor({ chance }: PanelDeps, member: Member, at: Instant): Member {
  return member.phone === '' ? evolveMember(member, { type: 'KnockAsked', id: `KN${chance.code(10)}`, dueAt: at + NO_PHONE_KNOCK_MS }, at)! : member;
}

const named = (members: readonly Member[]) => members.slice(0, NAMED_MAX).map(({ id, name }) => ({ id, name }));

function refusalOf({ code, line, column, facts }: ImportProblem): Refusal {
  return { code, field: `line ${line}`, facts: { ...facts, line, column } };
}
