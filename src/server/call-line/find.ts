import type { FastifyInstance } from 'fastify';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { appointmentView, type AppointmentView, type WaitingView } from '../../appointments/index.ts';
import { findAppointment } from '../../appointments/store.ts';
import type { Instant } from '../../base/index.ts';
import { viewFor, type JourneyView, type Story } from '../../journey/index.ts';
import { mustBe } from '../../people/index.ts';
import type { House } from '../house.ts';
import { actorOf } from '../sign-in/index.ts';
import { findWaiting, waitingView } from '../waiting/rows.ts';

const FOUND_MAX = 30;
const FindBody = z.strictObject({ words: z.string().trim().min(2).max(100).describe('A name, the last digits of a number, part of an address, or a code') });

/** Everything that is known of whoever is on the telephone. */
export interface FoundView {
  readonly at: Instant;
  readonly journeys: readonly JourneyView[];
  readonly appointments: readonly AppointmentView[];
  readonly waiting: readonly WaitingView[];
}

/** Found while they speak. What is typed is a name or a number of somebody: it travels in the body and stands in no address. */
export function registerFinding(app: FastifyInstance, { db, city, incident, clock }: House): void {
  app.post('/api/calls/find', { schema: { tags: ['hotline'], summary: 'Requests, appointments and places in line of one person, by name, number, address or code', body: FindBody } }, async (request): Promise<FoundView> => {
    const actor = mustBe(actorOf(request), ['hotline']);
    const at = clock.now();
    const { words } = request.body as z.output<typeof FindBody>;
    const wanted = meant(words);
    const person = sql`lower(coalesce(person ->> 'name', '') || ' ' || coalesce(person #>> '{proxy,name}', '') || ' ' || id || ' ' || regexp_replace(coalesce(person ->> 'phone', ''), '\\D', '', 'g') || ' ' || regexp_replace(coalesce(person #>> '{proxy,phone}', ''), '\\D', '', 'g') || ' ')`;
    const [{ rows: stories }, { rows: booked }, { rows: waits }] = await Promise.all([
      sql<{ story: Story }>`select story from journey where city = ${city.id} and incident = ${incident.id} and found_by like ${wanted}
        order by state = 'closed', acuity, received_at desc limit ${FOUND_MAX}`.execute(db),
      named('booking', sql`state = 'booked' and journey is null`),
      named('waiting', sql`state in ('waiting', 'offered')`),
    ]);
    function named(table: string, open: RawBuilder<unknown>) {
      return sql<{ id: string }>`select id from ${sql.table(table)} where city = ${city.id} and incident = ${incident.id} and ${open} and ${person} like ${wanted} limit ${FOUND_MAX}`.execute(db);
    }
    const rows = await Promise.all(booked.map(({ id }) => findAppointment(db, city.id, id)));
    const places = await Promise.all(waits.map(({ id }) => findWaiting(db, city.id, id)));
    return {
      at, journeys: stories.map(({ story }) => viewFor(actor, story, city)),
      appointments: rows.flatMap((row) => (row ? [appointmentView(row, city, actor.role, at)] : [])),
      waiting: places.flatMap((row) => (row ? [waitingView(row, city, actor, at)] : [])),
    };
  });
}

/** Three digits and more are the end of a number as it is said; everything else may stand anywhere. */
function meant(words: string): string {
  const digits = words.replace(/\D/g, '');
  if (digits.length >= 3 && /^[\d+ ()-]+$/.test(words)) return `%${digits} %`;
  return `%${words.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
