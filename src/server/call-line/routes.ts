import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { csvText, DAY_MS, HOUR_MS, type Refusal } from '../../base/index.ts';
import { evolveCall, gaps, lineAt, placeShift, readRoster, signHandOver, type DutyOverview, type DutyRow, type DutyView, type NewShift, type RosterImportView, type Shift } from '../../hotline/index.ts';
import { saveCall, takeOpenCalls } from '../../hotline/store.ts';
import { codeIn, conflict, instantField, invalid, mustBe, notFound, readInput, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import { acceptCsv } from '../csv-body.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { notice } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { languageOf, sentence } from '../problems.ts';
import { actorOf } from '../sign-in/index.ts';
import { readFigures } from './figures.ts';
import { linesOf } from './on-line.ts';
import { addShifts, lockRoster, moveAnswersFrom, nameNumber, readHandOvers, readMatters, readNumbers, readShifts, removeShift, saveHandOver, type LineOf } from './rows.ts';
import { LOOK_AHEAD_MS, watchRosters } from './watch.ts';

const FILE_BYTES_MAX = 1_024 * 1_024;
const ROWS_MAX = 500;
/** What may be entered: a roster of last month answers no telephone. */
const AHEAD_MAX_MS = 100 * DAY_MS;
const FIGURES_MAX_MS = 8 * DAY_MS;

const phone = z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits');
const name = z.string().trim().min(1).max(100);
const ShiftBody = z.strictObject({
  from: instantField, to: instantField, dutyPerson: name, phone, secondPerson: name.optional(), secondPhone: phone.optional(),
  takesOverFrom: name.optional().describe('Whom they relieve, where both are there for up to an hour'),
});
const HandOverBody = z.strictObject({
  goes: z.string().min(1).max(50).describe('The shift whose person goes'), comes: z.string().min(1).max(50).describe('The shift whose person comes'),
  hand: z.enum(['goes', 'comes']).describe('Which of the two signs now'), name: name.describe('The name of whoever signs, as the roster has it'),
});
const NumberBody = z.strictObject({ number: phone });
const ImportQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });
const FiguresQuery = z.strictObject({ from: z.coerce.number().int().optional(), to: z.coerce.number().int().optional() });
const Params = z.strictObject({ code: z.string().min(1).max(50) });
const ShiftParams = z.strictObject({ code: z.string().min(1).max(50), shift: z.string().min(1).max(50) });

/** Rosters of the medical lines, hand-overs, the numbers people call, and how well the lines answer. */
export function registerCallLineRoutes(app: FastifyInstance, house: House): void {
  const { db, city, incident, clock } = house;
  const of: LineOf = { city: city.id, incident: incident.id };
  const tags = ['hotline'];
  acceptCsv(app);

  const enter = (request: FastifyRequest, roles: readonly Actor['role'][]): { readonly actor: Actor; readonly institution: string } => {
    const actor = mustBe(actorOf(request), roles);
    const { code } = request.params as { code: string };
    const institution = city.institutions.get(code);
    const own = actor.scope === 'city' || codeIn(actor, 'institution') === code || (institution !== undefined && codeIn(actor, 'district') === institution.district);
    if (!institution || !own) throw notFound();
    return { actor, institution: code };
  };
  const viewOf = async (look: Kysely<any>, institution: string): Promise<DutyView> => {
    const at = clock.now();
    const to = at + LOOK_AHEAD_MS;
    const [shifts, handOvers, matters, numbers, { rows: [open] }] = await Promise.all([
      readShifts(look, of, at, to, institution), readHandOvers(look, of, at, institution), readMatters(look, of, institution), readNumbers(look, of),
      sql<{ open: number }>`select count(*)::int as open from call where city = ${city.id} and line = ${institution} and state <> 'ended'`.execute(look),
    ]);
    return {
      at, institution, name: city.institutions.get(institution)!.name, ...(numbers.has(institution) && { publicNumber: numbers.get(institution)! }), ...lineAt(shifts, handOvers, institution, at),
      shifts, gaps: gaps(shifts, institution, { from: at, to }), matters, handOvers, open: open?.open ?? 0,
    };
  };
  /** What was filled or opened has its owner in the answer already. */
  const changed = async (): Promise<void> => {
    await watchRosters({ db, city: house.city, incident, at: clock.now });
    await notify(db, { city: city.id, kind: 'calls' });
  };
  const change = async (request: FastifyRequest, reply: FastifyReply, who: { readonly actor: Actor; readonly institution: string }, what: string, work: (trx: Kysely<any>) => Promise<object>): Promise<DutyView> => {
    await once({ db, city, incident }, request, who.actor, async (trx) => {
      await lockRoster(trx, of, who.institution);
      const facts = await work(trx);
      await writeAudit(trx, city.id, incident.id, { at: clock.now(), by: who.actor, what, facts: { institution: who.institution, ...facts } });
      return {};
    });
    await changed();
    reply.status(201);
    return viewOf(db, who.institution);
  };

  app.get('/api/lines', { schema: { tags, summary: 'The numbers of the medical lines; for everybody' } }, async () => {
    const numbers = await readNumbers(db, of);
    return { at: clock.now(), lines: [...numbers].flatMap(([institution, number]) => (city.institutions.has(institution) ? [{ institution, name: city.institutions.get(institution)!.name, number }] : [])) };
  });

  app.get('/api/duty', { schema: { tags, summary: 'Every line: who answers, and what of the rosters nobody may leave as it is' } }, async (request): Promise<DutyOverview> => {
    const actor = mustBe(actorOf(request), ['district', 'city', 'hotline']);
    const at = clock.now();
    const to = at + LOOK_AHEAD_MS;
    const [shifts, handOvers, matters, numbers, { rows: owed }] = await Promise.all([
      readShifts(db, of, at, to), readHandOvers(db, of, at), readMatters(db, of), readNumbers(db, of),
      sql<{ line: string; owed: number }>`select line, count(*)::int as owed from call where city = ${city.id} and state = 'callBackOwed' group by line`.execute(db),
    ]);
    const own = codeIn(actor, 'district');
    const lines = [...new Set([...linesOf(house.city, at), ...shifts.map(({ institution }) => institution), ...numbers.keys()])].flatMap((code): DutyRow[] => {
      const institution = city.institutions.get(code);
      if (!institution || (actor.scope !== 'city' && institution.district !== own)) return [];
      return [{
        institution: code, name: institution.name, district: institution.district, ...(numbers.has(code) && { publicNumber: numbers.get(code)! }), ...lineAt(shifts, handOvers, code, at),
        gaps: gaps(shifts, code, { from: at, to }), matters: matters.filter((matter) => matter.institution === code), owed: owed.find(({ line }) => line === code)?.owed ?? 0,
      }];
    });
    // What burns first stands first: a line that nobody answers now, then by the first gap.
    const urgency = (row: DutyRow): number => (row.answers ? row.gaps[0]?.from ?? Infinity : 0);
    return { at, lines: lines.sort((a, b) => urgency(a) - urgency(b) || Number(Boolean(b.notHandedOver)) - Number(Boolean(a.notHandedOver)) || a.institution.localeCompare(b.institution)) };
  });

  app.get('/api/institutions/:code/duty', { schema: { tags, summary: 'Who answers, who is responsible, the week, and the gaps of the roster', params: Params } }, async (request) =>
    viewOf(db, enter(request, ['ward', 'district', 'city', 'hotline']).institution));

  app.post('/api/institutions/:code/duty', { schema: { tags, summary: 'A shift of the roster', params: Params, body: ShiftBody } }, async (request, reply) => {
    const who = enter(request, ['ward', 'district']);
    const { secondPerson, secondPhone, takesOverFrom, ...given } = request.body as z.output<typeof ShiftBody>;
    const asked: NewShift = { ...given, institution: who.institution, ...(secondPerson && { secondPerson }), ...(secondPhone && { secondPhone }), ...(takesOverFrom && { takesOverFrom }) };
    return change(request, reply, who, 'addShift', async (trx) => {
      const at = clock.now();
      if (asked.to <= at) throw invalid([{ code: 'dutyOver', field: 'to' }]);
      if (asked.to > at + AHEAD_MAX_MS) throw invalid([{ code: 'shiftTooFar', field: 'to', facts: { days: AHEAD_MAX_MS / DAY_MS } }]);
      const standing = await readShifts(trx, of, at, asked.to + DAY_MS, who.institution);
      const placed = placeShift(standing, asked);
      if (!('shift' in placed)) throw refusal(placed.refusals);
      const shift = { ...placed.shift, id: `D${trueChance.code(9)}` };
      await addShifts(trx, of, [shift]);
      await relieved(trx, standing, shift);
      return { shift: shift.id, from: shift.from, to: shift.to };
    });
  });

  /** Whoever relieves this one was entered first: from now on they answer from its end. */
  const relieved = async (trx: Kysely<any>, standing: readonly Shift[], shift: Shift): Promise<void> => {
    for (const other of standing) if (other.takesOverFrom === shift.dutyPerson && other.from < shift.to && other.answersFrom < shift.to && other.from > shift.from) await moveAnswersFrom(trx, of, other.id, shift.to);
  };

  app.post('/api/institutions/:code/duty/:shift/remove', { schema: { tags, summary: 'A shift that has not begun is taken out', params: ShiftParams } }, async (request, reply) => {
    const who = enter(request, ['ward', 'district']);
    const { shift } = request.params as z.output<typeof ShiftParams>;
    return change(request, reply, who, 'removeShift', async (trx) => {
      if (!(await removeShift(trx, of, who.institution, shift, clock.now()))) throw conflict({ code: 'shiftBegun' });
      return { shift };
    });
  });

  app.post('/api/institutions/:code/duty/number', { schema: { tags, summary: 'The number that people call', params: Params, body: NumberBody } }, async (request, reply) => {
    const who = enter(request, ['ward', 'district']);
    const { number } = request.body as z.output<typeof NumberBody>;
    return change(request, reply, who, 'nameLine', async (trx) => {
      if (!(await nameNumber(trx, of, who.institution, number, who.actor.id, clock.now()))) throw conflict({ code: 'numberTaken', field: 'number' });
      return { number };
    });
  });

  app.post('/api/institutions/:code/duty/hand-over', { schema: { tags, summary: 'The line goes to the next person: counts when both have signed, and takes along by name what is open and owed', params: Params, body: HandOverBody } }, async (request, reply) => {
    // The district may sign for somebody who went without a word; it stands there with whose account.
    const who = enter(request, ['ward', 'district']);
    const asked = request.body as z.output<typeof HandOverBody>;
    return change(request, reply, who, 'handOverLine', async (trx) => {
      const at = clock.now();
      const [shifts, handOvers] = await Promise.all([readShifts(trx, of, at, at + DAY_MS, who.institution), readHandOvers(trx, of, at, who.institution)]);
      const before = handOvers.find(({ goes, comes }) => goes === asked.goes && comes === asked.comes);
      const signed = signHandOver(lineAt(shifts, handOvers, who.institution, at), shifts, before, { ...asked, by: who.actor.id }, at);
      if (!signed.ok) throw conflict(signed.refusal);
      await saveHandOver(trx, of, who.institution, signed.value);
      if (signed.value.doneAt === undefined) return { goes: asked.goes, comes: asked.comes, signed: asked.hand };
      const comes = shifts.find(({ id }) => id === asked.comes)!;
      // A house with one account still hands over: a line that stays with somebody who has gone is worse. Who is said to have come is asked, by others.
      if (signed.value.signed.goes?.by === signed.value.signed.comes?.by) {
        const facts = { about: who.institution, goes: signed.value.signed.goes!.name, comes: comes.dutyPerson };
        await notice(trx, city.id, incident.id, { audience: `district:${city.institutions.get(who.institution)!.district}`, code: 'handOverOneAccount', facts }, at);
      }
      const open = await takeOpenCalls(trx as never, city.id, who.institution);
      for (const { call, version } of open) {
        const owner = { ...(call.owner ?? { role: 'ward' as const, scope: `institution:${who.institution}` }), name: comes.dutyPerson };
        await saveCall(trx as never, city.id, version, evolveCall(call, { type: 'CallTakenOver', owner }, at)!);
      }
      return { goes: asked.goes, comes: asked.comes, calls: open.map(({ call }) => call.id) };
    });
  });

  app.post('/api/institutions/:code/duty/import', { bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'A roster from a CSV file (text/csv); all of it or nothing, with every problem by line and column', params: Params, querystring: ImportQuery, consumes: ['text/csv'] } }, async (request): Promise<RosterImportView> => {
    const who = enter(request, ['ward', 'district']);
    const { dryRun } = request.query as z.output<typeof ImportQuery>;
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const read = csvText(request.body);
    request.body = 'text' in read ? read.text : '';
    const work = async (trx: Kysely<any>): Promise<RosterImportView> => {
      await lockRoster(trx, of, who.institution);
      const at = clock.now();
      const standing = await readShifts(trx, of, at, at + AHEAD_MAX_MS, who.institution);
      const file = 'text' in read ? readRoster(read.text, who.institution, standing) : { shifts: [], problems: [read.problem] };
      const problems = [...file.problems];
      for (const { from } of file.shifts.filter(({ to }) => to <= at || to > at + AHEAD_MAX_MS).slice(0, 1)) problems.push({ line: 1, column: 1, code: from < at ? 'dutyOver' : 'shiftTooFar', facts: { days: AHEAD_MAX_MS / DAY_MS } });
      if (file.shifts.length > ROWS_MAX) problems.push({ line: ROWS_MAX + 2, column: 1, code: 'rosterTooLong', facts: { most: ROWS_MAX } });
      const shifts = file.shifts.map((shift) => ({ ...shift, id: `D${trueChance.code(9)}` }));
      const last = Math.max(at, ...[...standing, ...shifts].map(({ to }) => to));
      const view: RosterImportView = {
        at, dryRun: dryRun === 'true', rows: shifts.length, gaps: last > at ? gaps([...standing, ...shifts], who.institution, { from: at, to: last }) : [],
        problems: problems.map(({ line, column, code, facts }) => ({ line, column, code, detail: sentence(code, { ...facts, line, column }, languageOf(request)) })),
      };
      if (view.dryRun) return view;
      if (problems.length > 0) throw refusal(problems.map(({ line, column, code, facts }) => ({ code, field: `line ${line}`, facts: { ...facts, line, column } })));
      await addShifts(trx, of, shifts);
      for (const shift of shifts) await relieved(trx, standing, shift);
      await writeAudit(trx, city.id, incident.id, { at, by: who.actor, what: 'importRoster', facts: { institution: who.institution, rows: shifts.length } });
      return view;
    };
    if (dryRun === 'true') return db.transaction().execute(work);
    const view = await once({ db, city, incident }, request, who.actor, work);
    await changed();
    return view;
  });

  app.get('/api/calls/figures', { schema: { tags, summary: 'How well the lines answer, by line and hour; times to answer in milliseconds', querystring: FiguresQuery } }, async (request) => {
    const actor = mustBe(actorOf(request), ['district', 'city', 'hotline', 'ward']);
    const at = clock.now();
    const { from = at - DAY_MS, to = at } = readInput(FiguresQuery, request.query);
    if (to <= from) throw invalid([{ code: 'endsBeforeBegin', field: 'to' }]);
    if (to - from > FIGURES_MAX_MS) throw invalid([{ code: 'figuresTooLong', field: 'from', facts: { days: FIGURES_MAX_MS / DAY_MS } }]);
    const district = codeIn(actor, 'district');
    const line = codeIn(actor, 'institution');
    return readFigures(db, city, { at, from: Math.floor(from / HOUR_MS) * HOUR_MS, to, ...(actor.scope !== 'city' && (line !== undefined ? { line } : { district: district ?? '' })) });
  });
}

function refusal(refusals: readonly Refusal[]): Refused {
  const [first, ...rest] = refusals;
  return invalid([first!, ...rest]);
}
