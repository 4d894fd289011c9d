import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dayOf } from '../appointments/index.ts';
import { codeField, invalid, mustBe, notFound, type Actor } from '../people/index.ts';
import type { City } from '../city/index.ts';
import type { House } from './house.ts';
import { bookedIn } from './schedule-booked.ts';
import { listSchedules, patternsOf, readClinicDay } from './schedule-rows.ts';
import { actorOf } from './sign-in/index.ts';

const ListQuery = z.strictObject({ institution: codeField });
const DayQuery = z.strictObject({ institution: codeField, date: z.string().max(10) });

/** A ward answers for its own institution, a district for those that lie in it, the command centre looks at all. */
export function mayRun(actor: Actor, city: City, institution: string): boolean {
  const known = city.institutions.get(institution);
  if (!known) return false;
  if (actor.role === 'city') return actor.scope === 'city';
  return actor.scope === (actor.role === 'district' ? `district:${known.district}` : `institution:${institution}`);
}

/** When clinics are open and who comes: read here, changed by their own institution. */
export function registerScheduleRoutes(app: FastifyInstance, house: House): void {
  const { db, city, clock } = house;
  const tags = ['schedules'];
  const reads = (actor: Actor, institution: string): void => {
    if (!mayRun(actor, city, institution)) throw notFound();
  };

  app.get('/api/schedules', { schema: { tags, summary: 'What an institution has published, and the built-in pattern of what it has not', querystring: ListQuery } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const { institution } = request.query as z.output<typeof ListQuery>;
    reads(actor, institution);
    const schedules = await listSchedules(db, city.id, institution);
    return { at: clock.now(), schedules, patterns: patternsOf(city, institution, schedules) };
  });

  app.get('/api/clinic-day', { schema: { tags, summary: 'Every session of an institution on one day, with everybody who is booked', querystring: DayQuery } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'district', 'city']);
    const { institution, date } = request.query as z.output<typeof DayQuery>;
    reads(actor, institution);
    const day = dayOf(date);
    if (day === undefined) throw invalid([{ code: 'dateInvalid', field: 'date', facts: { date } }]);
    return { at: clock.now(), institution, date, sessions: await readClinicDay(db, city, institution, day, (slots) => bookedIn(db, city, slots)) };
  });
}
