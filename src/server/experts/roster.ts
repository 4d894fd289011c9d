import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { csvText, DAY_MS, HOUR_MS, readCsv, type Instant, type Refusal } from '../../base/index.ts';
import { checkShift, givesConsults, keyOf, readRoster, REST_ASKED_HOURS_MAX, ROSTER_COLUMNS, SPECIALTIES, type ExpertShift, type ReadRoster } from '../../consults/index.ts';
import { addShifts, endShift, listShifts, loadsOf, setRest } from '../../consults/store.ts';
import { codeField, codeIn, conflict, instantField, invalid, mustBe, notFound, readInput, Refused, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import { trueChance } from '../chance.ts';
import { acceptCsv } from '../csv-body.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { notify } from '../journeys/store.ts';
import { languageOf, sentence } from '../problems.ts';
import { mayRun } from '../schedules/routes.ts';
import { actorOf } from '../sign-in/index.ts';

const FILE_BYTES_MAX = 512 * 1_024;
const PROBLEMS_MAX = 500;
/** A roster is looked at this far ahead. */
const SHOWN_MS = 3 * DAY_MS;

const NewShift = z.strictObject({
  hospital: codeField, name: z.string().trim().min(1).max(100), phone: z.string().trim().regex(/^[\d+ ()-]{3,25}$/, 'write a telephone number with 3 to 25 digits'),
  specialties: z.array(z.enum(SPECIALTIES)).min(1).max(SPECIALTIES.length), from: instantField, to: instantField, onSite: z.boolean().default(false),
});
const Query = z.strictObject({ hospital: codeField.optional() });
const Import = z.strictObject({ hospital: codeField, dryRun: z.enum(['true', 'false']).default('false') });
const Rest = z.strictObject({ hours: z.int().min(0).max(REST_ASKED_HOURS_MAX) });

export interface RosterImportView {
  readonly at: Instant;
  readonly dryRun: boolean;
  readonly hospital: string;
  readonly shifts: number;
  readonly problems: readonly { readonly line: number; readonly column: number; readonly code: string; readonly detail: string }[];
}

/** Which experts are reachable, by hospital: the hospital's own duty desk keeps it, or the command centre does. */
export function registerExpertRoster(app: FastifyInstance, house: House): void {
  const { db, city, clock, incident } = house;
  const look = { city: city.id, incident: incident.id };
  const tags = ['consults'];
  acceptCsv(app);
  const keeper = (request: FastifyRequest, hospital: string): Actor => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    if (!mayRun(actor, city, hospital)) throw notFound();
    if (!givesConsults(city.institutions.get(hospital)!)) throw invalid([{ code: 'hospitalGivesNoConsults', field: 'hospital', facts: { askedOf: hospital } }]);
    return actor;
  };
  const written = async (trx: Kysely<any>, by: Actor, what: string, facts: object): Promise<void> => {
    await writeAudit(trx, city.id, incident.id, { at: clock.now(), by, what, facts });
    await notify(trx, { city: city.id, kind: 'consults' });
  };

  app.get('/api/experts', { schema: { tags, summary: 'Who is reachable when, for what, and how much each has to do', querystring: Query } }, async (request) => {
    const actor = mustBe(actorOf(request), ['expert', 'ward', 'district', 'city']);
    const { hospital } = request.query as z.output<typeof Query>;
    const own = codeIn(actor, 'institution');
    if (own === undefined ? hospital !== undefined && !mayRun(actor, city, hospital) : hospital !== undefined && hospital !== own) throw notFound();
    const at = clock.now();
    const [shifts, loads] = [await listShifts(db, look, at), await loadsOf(db, look, at)];
    const mine = (code: string): boolean => (own ?? hospital) === undefined ? mayRun(actor, city, code) : code === (own ?? hospital);
    return {
      at, from: at, to: at + SHOWN_MS, hoursRestMax: REST_ASKED_HOURS_MAX,
      hospitals: [...city.institutions.values()].filter((each) => givesConsults(each) && mine(each.code)).map(({ code, name }) => ({ code, name })),
      shifts: shifts.filter((shift) => mine(shift.hospital)).map((shift) => ({ ...shift, open: 0, ...loads.get(keyOf(shift)) })),
    };
  });

  app.post('/api/experts', { schema: { tags, summary: 'A shift of an expert', body: NewShift } }, async (request, reply) => {
    const given = readInput(NewShift, request.body);
    const actor = keeper(request, given.hospital);
    reply.status(201);
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      const [first, ...others] = checkShift(given, await listShifts(trx, look, at - DAY_MS), at);
      if (first) throw invalid([first, ...others]);
      const shift = { id: `S${trueChance.code(9)}`, ...given };
      await addShifts(trx, look, [shift], actor.name);
      await written(trx, actor, 'addExpertShift', { shift: shift.id, hospital: shift.hospital });
      return { at, shift };
    });
  });

  app.post<{ Params: { id: string } }>('/api/experts/:id/end', { schema: { tags, summary: 'A shift ends now, or does not begin' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      const ended = await endShift(trx, look, request.params.id, codeIn(actor, 'institution'), at);
      if (!ended || !mayRun(actor, city, ended.hospital)) throw notFound();
      await written(trx, actor, 'endExpertShift', { shift: ended.id, hospital: ended.hospital });
      return { at, shift: ended };
    });
  });

  app.post('/api/experts/rest', { schema: { tags, summary: 'An expert is left alone for some hours; with 0 they can be asked again', body: Rest } }, async (request) => {
    const actor = mustBe(actorOf(request), ['expert']);
    const hospital = codeIn(actor, 'institution') ?? '';
    const { hours } = readInput(Rest, request.body);
    return once(house, request, actor, async (trx) => {
      const at = clock.now();
      const until = hours === 0 ? undefined : at + hours * HOUR_MS;
      await setRest(trx, look, { hospital, name: actor.name }, until);
      await written(trx, actor, 'expertRests', { hospital, hours });
      return { at, ...(until !== undefined && { restingUntil: until }) };
    });
  });

  app.post('/api/experts/import', {
    bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'A hospital\'s roster from a CSV file (text/csv); all of it or nothing, with every problem by line and column', querystring: Import, consumes: ['text/csv'] },
  }, async (request): Promise<RosterImportView> => {
    const { hospital, dryRun } = request.query as z.output<typeof Import>;
    const actor = keeper(request, hospital);
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const file = csvText(request.body);
    // What the key stands for is the text, not the numbers of a buffer.
    request.body = 'text' in file ? file.text : '';
    const work = async (trx: Kysely<any>): Promise<RosterImportView> => {
      const at = clock.now();
      const standing = await listShifts(trx, look, at - DAY_MS);
      const read = 'text' in file ? readRoster(readCsv(file.text, ROSTER_COLUMNS.required, ROSTER_COLUMNS.optional), hospital, standing, at) : { shifts: [], problems: [file.problem] };
      const problems = problemsOf(read).slice(0, PROBLEMS_MAX);
      const language = languageOf(request);
      const view = { at, dryRun: dryRun === 'true', hospital, shifts: read.shifts.length, problems: problems.map(({ line, column, refusal: { code, facts } }) => ({ line, column, code, detail: sentence(code, facts, language) })) };
      if (dryRun === 'true') return view;
      const [first, ...others] = problems.map(({ line, column, refusal }): Refusal => ({ code: refusal.code, field: `line ${line}, column ${column}`, ...(refusal.facts && { facts: refusal.facts }) }));
      if (first) throw invalid([first, ...others]);
      if (read.shifts.length === 0) throw conflict({ code: 'rosterEmpty' });
      await addShifts(trx, look, read.shifts.map((shift): ExpertShift => ({ id: `S${trueChance.code(9)}`, ...shift })), actor.name);
      await written(trx, actor, 'importExperts', { hospital, shifts: read.shifts.length });
      return view;
    };
    return dryRun === 'true' ? db.transaction().execute(work) : once(house, request, actor, work);
  });
}

function problemsOf({ problems }: ReadRoster): readonly { readonly line: number; readonly column: number; readonly refusal: Refusal }[] {
  return problems.map((problem) => ('refusal' in problem ? problem : { line: problem.line, column: problem.column, refusal: { code: problem.code, ...(problem.facts && { facts: problem.facts }) } }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
