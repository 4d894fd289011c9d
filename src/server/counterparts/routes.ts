import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { csvText, SECOND_MS, type Instant, type Refusal } from '../../base/index.ts';
import {
  checkArrangements, counterpartsCsv, readCounterpartsCsv, SERVICES, type Counterpart, type CounterpartChange, type CounterpartChangeView, type CounterpartHistoryView,
  type CounterpartHolesView, type CounterpartProblemView, type CounterpartsView,
} from '../../city/index.ts';
import { codeField, instantField, invalid, mustBe, notFound, readInput, Refused, STAFF_ROLES, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import { acceptCsv } from '../csv-body.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { notify } from '../journeys/store.ts';
import { languageOf, sentence } from '../problems.ts';
import { actorOf } from '../sign-in/index.ts';
import { again, changed, lookAt, refusalOf, saveCounterparts, standingSet, townsOf, type Wanted } from './acts.ts';
import { holesNow } from './holes.ts';
import { answeringOf } from './answering.ts';
import { findSet, listAreas, listVersions, removeArea, saveArea } from './store.ts';

const FILE_BYTES_MAX = 1_024 * 1_024;
const HISTORY_MAX = 200;
const TOWNS_MAX = 1_000;
const EDITORS = ['city', 'district'] as const;

const townsField = z.array(codeField).min(1).max(TOWNS_MAX);
const why = z.string().trim().min(3).max(300).describe('Why, for whoever reads the history; no names of patients');
const base = z.coerce.number().int().min(0).describe('The version that was looked at');
const Change = z.strictObject({
  towns: townsField, service: z.enum(SERVICES).optional(), institutions: z.array(codeField).max(20).describe('In their order; none of a service: those for all services answer again'),
  from: instantField.optional(), to: instantField.optional(),
}).refine(({ from, to }) => to === undefined || from !== undefined, { path: ['from'], message: 'a period needs its beginning' });
const Changes = z.array(Change).min(1).max(200);
const Preview = z.strictObject({ changes: Changes.optional(), to: z.int().min(0).optional() }).refine(({ changes, to }) => (changes === undefined) !== (to === undefined), { path: ['changes'], message: 'send changes, or the version to go back to' });
const Save = z.strictObject({ base, why, changes: Changes });
const Undo = z.strictObject({ base, why, to: z.int().min(0) });
const Import = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false'), base: base.optional(), why: why.optional() });
const AreaName = z.string().trim().min(1).max(60);
const Of = z.strictObject({ towns: z.string().max(20_000) });

/** Who answers for whom: read by every desk, changed by the command centre, and by a district for its own towns. */
export function registerCounterpartRoutes(app: FastifyInstance, house: House, files: readonly Counterpart[]): void {
  const { db, clock, incident, counterparts } = house;
  const { of } = counterparts;
  const tags = ['counterparts'];
  acceptCsv(app);
  const described = (request: FastifyRequest, refusals: readonly Refusal[]): readonly CounterpartProblemView[] => refusals.map(({ code, field = '', facts }) => ({
    code, field, detail: sentence(code, facts, languageOf(request)), ...(typeof facts?.['line'] === 'number' && { line: facts['line'] }), ...(typeof facts?.['column'] === 'number' && { column: facts['column'] }),
  }));

  app.get('/api/counterparts', { schema: { tags, summary: 'Which institutions answer for which town, by service and period; areas kept by name' } }, async (request): Promise<CounterpartsView> => {
    const actor = mustBe(actorOf(request), STAFF_ROLES);
    await counterparts.catchUp();
    const [at, { city }, last] = [clock.now(), house, await findSet(db, of)];
    const { rows: _rows, ...about } = last ?? { rows: [] };
    return {
      at, version: last?.version ?? 0, ...(last && { last: about as NonNullable<CounterpartsView['last']> }), rows: city.counterparts, areas: await listAreas(db, of), editable: townsOf(actor, city),
      problems: described(request, checkArrangements(city, city.counterparts, at).map((problem) => refusalOf(problem, city, { field: problem.field }))),
    };
  });

  app.get('/api/counterparts/history', { schema: { tags, summary: 'Every change: who, when, why and for which towns; the latest first' } }, async (request): Promise<CounterpartHistoryView> => {
    mustBe(actorOf(request), EDITORS);
    return { at: clock.now(), versions: await listVersions(db, of, HISTORY_MAX) };
  });

  app.get('/api/counterparts/of', { schema: { tags, summary: 'Who answers for these towns now, service by service, how far away, and who could be named', querystring: Of } }, async (request) => {
    mustBe(actorOf(request), STAFF_ROLES);
    const towns = (request.query as z.output<typeof Of>).towns.split(',').filter((town) => house.city.towns.has(town));
    if (towns.length === 0) throw notFound();
    return answeringOf(house, towns);
  });

  app.get('/api/counterparts/holes', { schema: { tags, summary: 'Towns whose counterparts are all closed for a service: who fills it, since when and until when' } }, async (request): Promise<CounterpartHolesView> => {
    mustBe(actorOf(request), STAFF_ROLES);
    return { at: clock.now(), holes: holesNow(house) };
  });

  app.get('/api/counterparts/export', { schema: { tags, summary: 'The whole set as a table (text/csv) that can be imported again' } }, async (request, reply) => {
    mustBe(actorOf(request), STAFF_ROLES);
    return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="counterparts.csv"').send(counterpartsCsv(house.city.counterparts));
  });

  app.post('/api/counterparts/preview', { schema: { tags, summary: 'What a change would do, and what is wrong with it; nothing is stored', body: Preview } }, async (request): Promise<CounterpartChangeView> => {
    const actor = mustBe(actorOf(request), EDITORS);
    const { changes, to } = readInput(Preview, request.body);
    const standing = await standingSet(db, house);
    const next = changes ? changed(standing.rows, changes.map(changeOf)) : await again(db, house, to!, files);
    const { view, refusals } = await lookAt(db, house, actor, standing, next);
    return { ...view, problems: described(request, refusals) };
  });

  const save = async (request: FastifyRequest, actor: Actor, work: (trx: Kysely<any>) => Promise<Omit<CounterpartChangeView, 'problems'>>): Promise<CounterpartChangeView> => {
    const answer = await once(house, request, actor, work);
    await counterparts.reload();
    return { ...answer, problems: [] };
  };

  app.post('/api/counterparts', { schema: { tags, summary: 'Others answer from now on or for a period; whole or not at all, and never with a gap or a hole', body: Save } }, async (request) => {
    const actor = mustBe(actorOf(request), EDITORS);
    const { base: looked, why: reason, changes } = readInput(Save, request.body);
    return save(request, actor, (trx) => saveCounterparts(trx, house, actor, looked, reason, (rows) => changed(rows, changes.map(changeOf))));
  });

  app.post('/api/counterparts/undo', { schema: { tags, summary: 'An earlier version again, as a new one', body: Undo } }, async (request) => {
    const actor = mustBe(actorOf(request), EDITORS);
    const { base: looked, why: reason, to } = readInput(Undo, request.body);
    return save(request, actor, async (trx) => {
      const next = await again(trx, house, to, files);
      return saveCounterparts(trx, house, actor, looked, reason, () => next);
    });
  });

  app.post('/api/counterparts/import', {
    bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'A table (text/csv): for the towns it names, what it says and nothing else; all of it or nothing, with every problem by line and column', querystring: Import, consumes: ['text/csv'] },
  }, async (request): Promise<CounterpartChangeView> => {
    const actor = mustBe(actorOf(request), EDITORS);
    const { dryRun, base: looked, why: reason } = request.query as z.output<typeof Import>;
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const file = csvText(request.body);
    // What the key stands for is the text, not the numbers of a buffer.
    request.body = 'text' in file ? file.text : '';
    const read = 'text' in file ? readCounterpartsCsv(file.text) : { lines: [], problems: [file.problem] };
    const unread = read.problems.map(({ code, line, column, facts }): Refusal => ({ code, field: `line ${line}`, facts: { ...facts, line, column } }));
    if (dryRun === 'true') {
      const standing = await standingSet(db, house);
      const { view, refusals } = await lookAt(db, house, actor, standing, imported(standing.rows, read.lines));
      return { ...view, problems: described(request, [...unread, ...refusals].sort(byLine)) };
    }
    const [first, ...rest] = unread;
    if (first) throw invalid([first, ...rest]);
    const missing = [['base', looked], ['why', reason]].filter(([, value]) => value === undefined).map(([field]): Refusal => ({ code: 'fieldMissing', field: String(field) }));
    if (missing[0]) throw invalid([missing[0], ...missing.slice(1)]);
    return save(request, actor, (trx) => saveCounterparts(trx, house, actor, looked!, reason!, (rows) => imported(rows, read.lines)));
  });

  const Area = z.strictObject({ name: AreaName, towns: townsField });
  app.post('/api/counterparts/areas', { schema: { tags, summary: 'Keep a set of towns by its name, also across district lines', body: Area } }, async (request) => {
    const actor = mustBe(actorOf(request), EDITORS);
    const area = readInput(Area, request.body);
    const unknown = area.towns.flatMap((town, index): Refusal[] => (house.city.towns.has(town) ? [] : [{ code: 'townUnknown', field: `towns.${index}` }]));
    if (unknown[0]) throw invalid([unknown[0], ...unknown.slice(1)]);
    await mayKeep(actor, area.name, area.towns);
    return keep(request, actor, 'keepArea', area, (trx) => saveArea(trx, of, area, actor.name));
  });

  app.post('/api/counterparts/areas/remove', { schema: { tags, summary: 'A kept set of towns is not needed any more', body: z.strictObject({ name: AreaName }) } }, async (request) => {
    const actor = mustBe(actorOf(request), EDITORS);
    const { name } = readInput(z.strictObject({ name: AreaName }), request.body);
    await mayKeep(actor, name, []);
    return keep(request, actor, 'removeArea', { name }, async (trx) => {
      if (!(await removeArea(trx, of, name))) throw notFound();
    });
  });

  /** An area of somebody else's towns is theirs, also when it has the same name. */
  const mayKeep = async (actor: Actor, name: string, towns: readonly string[]): Promise<void> => {
    const own = new Set(townsOf(actor, house.city));
    const before = (await listAreas(db, of)).find((area) => area.name === name)?.towns ?? [];
    if (![...towns, ...before].every((town) => own.has(town))) throw new Refused(403, [{ code: 'counterpartTownsNotYours', field: 'towns' }]);
  };
  const keep = (request: FastifyRequest, actor: Actor, what: string, facts: object, work: (trx: Kysely<any>) => Promise<void>): Promise<{ at: number }> => once(house, request, actor, async (trx) => {
    await work(trx);
    await writeAudit(trx, of.city, incident.id, { at: clock.now(), by: actor, what, facts });
    await notify(trx, { city: of.city, kind: 'counterparts' });
    return { at: clock.now() };
  });
}

function changeOf({ towns, service, institutions, from, to }: z.output<typeof Change>): CounterpartChange {
  return { towns, institutions, ...(service && { service }), ...(from !== undefined && { period: { from: toSecond(from), ...(to !== undefined && { to: toSecond(to) }) } }) };
}

/** As a table writes it: a set that is taken out and put in again is the same set. */
const toSecond = (at: Instant): Instant => Math.floor(at / SECOND_MS) * SECOND_MS;

const byLine = (a: Refusal, b: Refusal): number => Number(a.facts?.['line'] ?? 0) - Number(b.facts?.['line'] ?? 0) || Number(a.facts?.['column'] ?? 0) - Number(b.facts?.['column'] ?? 0);

/** Towns the table names are as it says; of the others nothing changes. */
function imported(rows: readonly Counterpart[], lines: ReturnType<typeof readCounterpartsCsv>['lines']): Wanted {
  const named = new Set(lines.map(({ row }) => row.town));
  const kept = rows.filter(({ town }) => !named.has(town));
  return {
    rows: [...kept, ...lines.map(({ row }) => row)],
    fieldOf: ({ row, field, town }) => {
      const line = row === undefined ? lines.find((each) => each.row.town === town) : lines[row - kept.length];
      const place = line?.where(field);
      return place ? { field: `line ${place.line}`, ...place } : { field };
    },
  };
}

