import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { Instant, Refusal } from '../../base/index.ts';
import { actionsOf, appointmentView, callUpAt, chairCohort, decideMove, isGreen, type AppointmentAction, type AppointmentRow, type AppointmentView } from '../../appointments/index.ts';
import { findAppointment, giveSeatBack, lockSeats, markAppointment, moveSeat, tellPerson } from '../../appointments/store.ts';
import { cohortOf, type Command } from '../../journey/index.ts';
import { conflict, notFound, Refused, type Actor } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import type { Need } from '../../triage/index.ts';
import { lookBehindLocks } from './desk.ts';
import { writeAudit } from '../audit.ts';
import { LostClaim } from '../journeys/free-things.ts';
import type { House } from '../house.ts';
import { once } from '../journeys/once.ts';
import { perform, withFreshLooks } from '../journeys/play.ts';
import { keyOf } from '../journeys/request-key.ts';
import { readSeries, tellSeries } from '../series/store.ts';

/** One change to one appointment that its caller may open. Done and noted once, whole or not at all. */
export type Change = (house: House, request: FastifyRequest, actor: Actor, row: AppointmentRow) => Promise<{ readonly at: Instant; readonly appointment: AppointmentView }>;

function changing(
  action: AppointmentAction, to: readonly string[],
  work: (trx: Kysely<any>, house: House, actor: Actor, row: AppointmentRow, at: Instant) => Promise<void>,
): Change {
  return (house, request, actor, { id, slot, phoneKey }) => withFreshLooks(() => once(house, request, actor, async (trx) => {
    const { city, clock, incident } = house;
    // The telephone, then sessions, then the booking, as everywhere: nobody waits for somebody who waits for them.
    await lockSeats(trx, city.id, { slots: [slot, ...to], phones: phoneKey === null ? [] : [phoneKey] });
    const row = await findAppointment(trx, city.id, id, true);
    if (!row) throw notFound();
    if (row.slot !== slot) throw new LostClaim('seat');
    const at = clock.now();
    if (!actionsOf(row, actor.role, at).includes(action)) throw conflict(notNow(row));
    await work(trx, house, actor, row, at);
    if (actor.role !== 'resident') await writeAudit(trx, city.id, incident.id, { at, by: actor, what: `${action}Appointment`, facts: { appointment: id, slot } });
    const after = await findAppointment(trx, city.id, id);
    return { at, appointment: appointmentView(after!, city, actor.role, at) };
  }));
}

function notNow({ journey, series, state }: AppointmentRow): Refusal {
  if (journey !== null) return { code: 'appointmentUnderWay', facts: { journey } };
  return { code: series === null ? 'appointmentNotNow' : 'seriesNotHere', facts: { state } };
}

/** What is wanted of an appointment whose request runs. */
export type UnderWay = { readonly slot: string } | { readonly reason: string } | { readonly arrived: true };

/**
 * The same once its request runs: there, with leave, pass and car made again or given back. Whoever gives the hour up ends the request; an
 * institution that takes it back leaves the person in the search for another.
 */
export async function changeUnderWay(house: House, request: FastifyRequest, actor: Actor, { id, journey }: AppointmentRow, change: UnderWay): ReturnType<Change> {
  const { db, city, clock } = house;
  const command: Command = 'arrived' in change ? { type: 'reportArrival' } : 'slot' in change ? { type: 'moveBooking', slot: change.slot, reason: 'personAsked' }
    : actor.role === 'ward' ? { type: 'loseBooking', reason: 'sessionClosed' } : { type: 'withdrawRequest', reason: change.reason || 'appointmentCancelled' };
  if (actor.role === 'ward' && 'reason' in change && change.reason === '') throw conflict({ code: 'reasonMissing', field: 'reason' });
  // Whoever may open the appointment may open the request that it became.
  await perform(house, actor.role === 'resident' ? { ...actor, scope: `journey:${journey}` } : actor, journey!, command, keyOf(request));
  const at = clock.now();
  return { at, appointment: appointmentView((await findAppointment(db, city.id, id))!, city, actor.role, at) };
}

/** @throws Refused when the new seat is not theirs; the old one then stays */
export function moveAppointment(to: string): Change {
  return changing('move', [to], async (trx, { city, incident, clock }, actor, row, at) => {
    if (to === row.slot) return;
    const { seats, known } = await lookBehindLocks(trx, city.id, {
      slots: [row.slot, to], bookings: [row.id], people: row.personKey === null ? [] : [row.personKey], phones: [],
    }, () => clock.now());
    const care = row.care as { readonly person?: { readonly ageMonths?: number }; readonly need?: Need } | null;
    const green = isGreen({ groups: row.person?.groups ?? [], ageMonths: care?.person?.ageMonths, ...(care?.need && { need: care.need }) });
    const target = seats.find(({ id }) => id === to);
    // As their unit or their care says; a row without either takes no chair that is another cohort's.
    const series = row.series === null ? undefined : (await readSeries(trx, city.id, row.series))?.series;
    const cohort = series?.cohort ?? (care?.need === undefined ? null : chairCohort(cohortOf({ request: care as Intake })));
    const answer = decideMove(row, target, known, { green, cohort }, at);
    if ('refusals' in answer) throw new Refused(409, answer.refusals);
    const moved = await moveSeat(trx, city.id, {
      id: row.id, from: row.slot, to, green, cohort, callUpAt: callUpAt(target!.startsAt, at),
    }, at);
    if (!moved) throw new LostClaim('seat');
    await tellPerson(trx, city.id, incident.id, { appointment: row.id, code: 'appointmentMoved', facts: { institution: target!.institution, startsAt: target!.startsAt } }, at);
  });
}

export function cancelAppointment(reason: string): Change {
  return changing('cancel', [], async (trx, { city, incident }, actor, row, at) => {
    if (actor.role !== 'resident' && reason === '') throw conflict({ code: 'reasonMissing', field: 'reason' });
    if (!(await giveSeatBack(trx, city.id, { slot: row.slot, booking: row.id }, at, reason || 'byPerson'))) throw new LostClaim('seat');
    if (actor.role === 'resident') return;
    await tellPerson(trx, city.id, incident.id, { appointment: row.id, code: 'appointmentCancelled', facts: { institution: row.institution, startsAt: row.startsAt, reason } }, at);
  });
}

export function markAppointmentBy(action: 'checkIn' | 'noShow'): Change {
  return changing(action, [], async (trx, { city }, _actor, row, at) => {
    await markAppointment(trx, city.id, row.id, action === 'checkIn' ? 'checkedIn' : 'noShow');
    if (action !== 'noShow' || row.series === null) return;
    // Their safe gap goes on from the last session that was given, and the next one is looked for in that light.
    const stored = await readSeries(trx, city.id, row.series, true);
    if (stored) await tellSeries(trx, city.id, stored.series, [{ type: 'SessionMissed', at: row.startsAt }], at);
  });
}
