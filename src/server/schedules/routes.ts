import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { csvText, type Refusal } from '../../base/index.ts';
import { dateOf, dayOf, readSchedules, type ProposedSchedule, type ScheduleChangeView } from '../../appointments/index.ts';
import { codeIn, invalid, mustBe, notFound, Refused, type Actor } from '../../people/index.ts';
import type { City } from '../../city/index.ts';
import { acceptCsv } from '../csv-body.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { addClosure, changeSlot, closeSlot, endSchedule, findSlot, publishSchedules, type Proposal } from './acts.ts';
import { ChangeBody, CloseBody, ClosureBody, DayQuery, ListQuery, OfInstitution, PublishQuery, ScheduleBody, ScheduleParams, SlotParams } from './bodies.ts';
import { bookedIn } from './booked.ts';
import { everPublished } from './layout.ts';
import { listSchedules, patternsOf, readClinicDay } from './rows.ts';
import { actorOf } from '../sign-in/index.ts';

/** A year of a large hospital's clinics. */
const FILE_BYTES_MAX = 1_024 * 1_024;

/** A ward answers for its own institution, a district for those that lie in it, the command centre looks at all. */
export function mayRun(actor: Actor, city: City, institution: string): boolean {
  const known = city.institutions.get(institution);
  if (!known) return false;
  if (actor.role === 'city') return actor.scope === 'city';
  return actor.scope === (actor.role === 'district' ? `district:${known.district}` : `institution:${institution}`);
}

/** Undoes what it carries the answer of. */
class Rehearsed extends Error {
  readonly answer: ScheduleChangeView;
  constructor(answer: ScheduleChangeView) {
    super('rehearsed');
    this.answer = answer;
  }
}

/** @param afterwards somebody has to be placed again */
export function registerScheduleRoutes(app: FastifyInstance, house: House, afterwards: () => void): void {
  const { db, city, clock } = house;
  const tags = ['schedules'];
  acceptCsv(app);
  const looker = (request: FastifyRequest, institution: string): Actor => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    if (!mayRun(actor, city, institution)) throw notFound();
    return actor;
  };
  const runner = (request: FastifyRequest): Actor => mustBe(actorOf(request), ['ward', 'district']);
  /** The very same work, undone again: what a dry run says is what would happen. */
  const rehearse = async (work: (trx: Kysely<any>) => Promise<ScheduleChangeView>): Promise<ScheduleChangeView> => {
    try {
      return await db.transaction().execute(async (trx) => { throw new Rehearsed(await work(trx)); });
    } catch (error) {
      if (error instanceof Rehearsed) return { ...error.answer, dryRun: true };
      throw error;
    }
  };
  const act = async (request: FastifyRequest, actor: Actor, work: (trx: Kysely<any>) => Promise<ScheduleChangeView>, dryRun = false): Promise<ScheduleChangeView> => {
    if (dryRun) return rehearse(work);
    // What is put a second time is the same already, and needs no key.
    const answer = await withFreshLooks(() => (request.method === 'POST' ? once(house, request, actor, work) : db.transaction().execute(work)));
    afterwards();
    return answer;
  };
  const publish = (request: FastifyRequest, actor: Actor, proposals: readonly Proposal[], before: readonly Refusal[] = []): Promise<ScheduleChangeView> => {
    const { dryRun, confirmReplaces } = request.query as z.output<typeof PublishQuery>;
    const isRehearsal = dryRun === 'true';
    return act(request, actor, (trx) => publishSchedules(trx, house, actor, proposals, { before, confirmed: isRehearsal || confirmReplaces === 'true' }), isRehearsal);
  };
  /** Of whoever answers for one institution it is that one. */
  const institutionOf = (request: FastifyRequest, actor: Actor): string => {
    const institution = (request.query as z.output<typeof OfInstitution>).institution ?? codeIn(actor, 'institution') ?? '';
    if (!mayRun(actor, city, institution)) throw notFound();
    return institution;
  };

  app.get('/api/schedules', { schema: { tags, summary: 'What an institution has published, and the built-in pattern of what it has not', querystring: ListQuery } }, async (request) => {
    const { institution } = request.query as z.output<typeof ListQuery>;
    looker(request, institution);
    const schedules = await listSchedules(db, city.id, institution);
    return { at: clock.now(), schedules, patterns: patternsOf(city, institution, await everPublished(db, city.id)) };
  });

  app.get('/api/clinic-day', { schema: { tags, summary: 'Every session of an institution on one day, with everybody who is booked', querystring: DayQuery } }, async (request) => {
    const { institution, date } = request.query as z.output<typeof DayQuery>;
    const { role } = looker(request, institution);
    const day = dayOf(date);
    if (day === undefined) throw invalid([{ code: 'dateInvalid', field: 'date', facts: { date } }]);
    const at = clock.now();
    return { at, institution, date, sessions: await readClinicDay(db, city, institution, day, (slots) => bookedIn(db, city, slots, role, at)) };
  });

  app.put('/api/schedules/:id', { schema: { tags, summary: 'Publish a schedule; with dryRun only say what it would do and to whom', params: ScheduleParams, querystring: PublishQuery, body: ScheduleBody } }, async (request) => {
    const actor = runner(request);
    const schedule = { ...(request.body as z.output<typeof ScheduleBody>), id: (request.params as z.output<typeof ScheduleParams>).id } as ProposedSchedule;
    if (!mayRun(actor, city, schedule.institution)) throw notFound();
    return publish(request, actor, [{ schedule }]);
  });

  app.post('/api/schedules/import', {
    bodyLimit: FILE_BYTES_MAX, schema: { tags, summary: 'Schedules from a CSV file (text/csv), all of them or none; every problem with its line and column', querystring: PublishQuery, consumes: ['text/csv'] },
  }, async (request) => {
    const actor = runner(request);
    if (!Buffer.isBuffer(request.body)) throw new Refused(415, [{ code: 'csvExpected' }]);
    const file = csvText(request.body);
    if ('problem' in file) throw invalid([{ code: file.problem.code, field: `line ${file.problem.line}`, facts: { line: file.problem.line, column: file.problem.column } }]);
    // What the key stands for is the text, not the numbers of a buffer.
    request.body = file.text;
    const { schedules, problems } = readSchedules(file.text, dateOf(clock.now()));
    const foreign = schedules.filter(({ schedule: { institution } }) => city.institutions.has(institution) && !mayRun(actor, city, institution))
      .map(({ schedule: { institution }, where }) => where({ code: 'institutionNotYours', field: 'institution', facts: { institution } }));
    return publish(request, actor, schedules, [...problems, ...foreign]);
  });

  app.delete('/api/schedules/:id', { schema: { tags, summary: 'End a schedule: its coming sessions close, and whoever is booked is placed again', params: ScheduleParams, querystring: OfInstitution } }, async (request) => {
    const actor = runner(request);
    const institution = institutionOf(request, actor);
    return act(request, actor, (trx) => endSchedule(trx, house, actor, institution, (request.params as z.output<typeof ScheduleParams>).id));
  });

  app.post('/api/schedules/:id/closure', { schema: { tags, summary: 'Nothing is held in this time: a holiday, or days on which nobody can be there', params: ScheduleParams, querystring: OfInstitution, body: ClosureBody } }, async (request) => {
    const actor = runner(request);
    const institution = institutionOf(request, actor);
    return act(request, actor, (trx) => addClosure(trx, house, actor, institution, (request.params as z.output<typeof ScheduleParams>).id, request.body as z.output<typeof ClosureBody>));
  });

  const ofSession = (address: string, summary: string, body: z.ZodType, work: (trx: Kysely<any>, actor: Actor, slot: NonNullable<Awaited<ReturnType<typeof findSlot>>>, given: any) => Promise<ScheduleChangeView>): void => {
    app.post(`/api/sessions/:slot/${address}`, { schema: { tags, summary, params: SlotParams, body } }, async (request) => {
      const actor = runner(request);
      const id = (request.params as z.output<typeof SlotParams>).slot;
      return act(request, actor, async (trx) => {
        const slot = await findSlot(trx, city.id, id, true);
        if (!slot || !mayRun(actor, city, slot.institution)) throw notFound();
        return work(trx, actor, slot, request.body);
      });
    });
  };
  ofSession('close', 'This session is not held: everybody booked is placed again and told', CloseBody, (trx, actor, slot, { reason }: z.output<typeof CloseBody>) => closeSlot(trx, house, actor, slot, reason));
  ofSession('change', 'Another time, another end or other seats: whoever no longer fits is placed again and told', ChangeBody, (trx, actor, slot, change: z.output<typeof ChangeBody>) => changeSlot(trx, house, actor, slot, change));
}
