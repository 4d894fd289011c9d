import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DAY_MS, type Instant, type Refusal } from '../../base/index.ts';
import { appointmentView, chairCohort, isGreen, type AppointmentPerson, type AppointmentRow, type AppointmentView } from '../../appointments/index.ts';
import { findAppointment, owedAppointments } from '../../appointments/store.ts';
import { cohortOf } from '../../journey/index.ts';
import { codeIn, conflict, invalid, mustBe, notAllowed, notFound, notSignedIn, Refused, type Actor, type Role } from '../../people/index.ts';
import { receive, type Intake } from '../../requests/index.ts';
import { intakeOf, type IntakeBody } from '../../requests/routes.ts';
import { triage } from '../../triage/index.ts';
import { addressLimit } from '../address-limit.ts';
import { BookBody, FreeDaysQuery, FreeQuery, HoldBody, IdParams, isBookable, MoveBody, NoBody, ReasonBody } from './bodies.ts';
import { cancelAppointment, changeUnderWay, markAppointmentBy, moveAppointment, type Change, type UnderWay } from './changes.ts';
import type { AppointmentDesk, Given } from './desk.ts';
import { findFreeDays, findFreeSeats, type Looked } from './find.ts';
import type { House } from '../house.ts';
import { CHANNEL, PUBLIC, refuseForeignPlace } from '../journeys/intake-route.ts';
import { keyOf } from '../journeys/request-key.ts';
import { actorOf, moveSession, sessionOf } from '../sign-in/index.ts';
import { placeInsteadOf } from '../waiting/rows.ts';

/** Who may book besides the person themselves, named as whoever made the booking. */
const BOOKERS: readonly Role[] = ['resident', 'hotline', 'committee', 'ward', 'familyDoctor'];

const DAYS_MAX_MS = 28 * DAY_MS;

export interface AppointmentDeps {
  readonly house: House;
  readonly desk: AppointmentDesk;
  readonly publicUrl: string;
  /** How many seats one address may ask for in a minute: a whole compound can share one, and all of it comes at release time. */
  readonly perMinute: number;
  /** Tells every open screen that appointments have changed. */
  readonly changed: () => void;
}

export function registerAppointmentRoutes(app: FastifyInstance, { house, desk, publicUrl, perMinute, changed }: AppointmentDeps): void {
  const { city, db, clock } = house;
  const limit = addressLimit(perMinute);
  const tags = ['appointments'];

  const looked = ({ service, from, to, groups, stepFree, town, institution, clinic, child, language, cohort }: Omit<z.output<typeof FreeQuery>, 'limit'>, at: Instant): Looked => {
    if (!isBookable(service)) throw conflict({ code: 'emergencyTakesNoAppointments', field: 'service' });
    if (town !== undefined && !city.towns.has(town)) throw invalid([{ code: 'unknownTown', field: 'town', facts: { town } }]);
    if (institution !== undefined && !city.institutions.has(institution)) throw invalid([{ code: 'unknownInstitution', field: 'institution', facts: { institution } }]);
    return {
      service, from: Math.max(from ?? at, at), green: isGreen({ groups }), cohort,
      ...(to !== undefined && { to }), ...(town !== undefined && { town }), ...(institution !== undefined && { institution }), ...(clinic !== undefined && { clinic }),
      ...(stepFree && { stepFree }), ...((child || groups.includes('child') || groups.includes('underThree')) && { child: true as const }), ...(language !== undefined && { language }),
    };
  };

  app.get('/api/appointments/free', { schema: { tags, summary: 'Seats that can be taken now: the soonest day first, then the nearest house', querystring: FreeQuery } }, async (request) => {
    const { limit: most, ...wish } = request.query as z.output<typeof FreeQuery>;
    const at = clock.now();
    return findFreeSeats(house, { ...looked(wish, at), limit: most }, at);
  });

  app.get('/api/appointments/free/days', { schema: { tags, summary: 'On which days of a span of four weeks at most there is any seat', querystring: FreeDaysQuery } }, async (request) => {
    const wish = request.query as z.output<typeof FreeDaysQuery>;
    if (wish.to <= wish.from) throw invalid([{ code: 'endsBeforeItBegins', field: 'to' }]);
    const at = clock.now();
    return findFreeDays(house, { ...looked(wish, at), to: Math.min(wish.to, wish.from + DAYS_MAX_MS) }, at);
  });

  const asker = (request: FastifyRequest): Actor => {
    const signedIn = actorOf(request);
    // Whoever has an appointment already asks for the next one like everybody else.
    const actor = signedIn && signedIn.role !== 'resident' ? signedIn : PUBLIC;
    if (!BOOKERS.includes(actor.role)) throw notAllowed();
    const waitSeconds = actor.role === 'resident' ? limit(request.ip, Date.now()) : 0;
    if (waitSeconds > 0) throw new Refused(429, [{ code: 'tooManyRequests', facts: { seconds: waitSeconds } }], waitSeconds);
    return actor;
  };
  const answerWith = (reply: FastifyReply, { row, token }: Given, role: Role): AppointmentView & { at: Instant; token: string; url: string } => {
    reply.status(201);
    changed();
    const at = clock.now();
    return { at, ...appointmentView(row, city, role, at), token, url: `${publicUrl}/my#${token}` };
  };

  app.post('/api/appointments/hold', { schema: { tags, summary: 'Keep a seat for five minutes while the rest is typed', body: HoldBody } }, async (request, reply) => {
    const key = keyOf(request);
    const { slot, hold, person: { groups, ...who }, proxy } = request.body as z.output<typeof HoldBody>;
    const actor = asker(request);
    refuseForeignSlot(actor, slot);
    const person = { ...who, groups, ...(proxy && { proxy: proxyOf(proxy) }) };
    return answerWith(reply, await desk.take(actor, { slot, person, green: isGreen({ groups }), ...(hold !== undefined && { instead: hold }) }, key), actor.role);
  });

  app.post('/api/appointments', { schema: { tags, summary: 'Book the seat that is held, or a seat at once', body: BookBody } }, async (request, reply) => {
    const key = keyOf(request);
    const { hold, slot, care: given } = request.body as z.output<typeof BookBody>;
    const actor = asker(request);
    if (slot !== undefined) refuseForeignSlot(actor, slot);
    refuseForeignPlace(house, actor, given);
    const care = intakeOf(given, CHANNEL[actor.role] ?? (actor.role === 'resident' ? 'resident' : 'hotline'));
    const at = clock.now();
    refuseWhatCannotWait(house, care, at);
    const { name, phone, ageMonths } = care.person;
    const person: AppointmentPerson = { name, phone, groups: care.groups, ...(given.proxy && { proxy: proxyOf(given.proxy) }) };
    const green = isGreen({ ...care, ageMonths });
    const cohort = chairCohort(cohortOf({ request: care }));
    return answerWith(reply, await desk.take(actor, { person, green, cohort, care, ...(hold !== undefined && { hold }), ...(slot !== undefined && { slot }) }, key), actor.role);
  });

  const bookingFor = async (request: FastifyRequest): Promise<{ readonly actor: Actor; readonly row: AppointmentRow }> => {
    const actor = mustBe(actorOf(request), ['resident', 'hotline', 'committee', 'ward', 'familyDoctor']);
    const row = await findAppointment(db, city.id, (request.params as z.output<typeof IdParams>).id);
    if (!row || !mayOpen(actor, row)) throw notFound();
    return { actor, row };
  };

  app.get('/api/appointments/mine', { schema: { tags, summary: 'The resident\'s own appointment' } }, async (request) => {
    const actor = actorOf(request);
    const id = actor?.role === 'resident' ? codeIn(actor, 'appointment') : undefined;
    if (!actor || id === undefined) throw notSignedIn();
    const row = await findAppointment(db, city.id, id);
    if (!row) throw notFound();
    const session = sessionOf(request);
    // From now on the request is what they follow, with the same link.
    if (row.journey !== null && session) await moveSession(db as never, city.id, session.token, `journey:${row.journey}`);
    // Their session was closed and no seat was free: what they have is the first place in line.
    const place = row.state === 'cancelled' ? await placeInsteadOf(db, city.id, id) : undefined;
    if (place !== undefined && session) await moveSession(db as never, city.id, session.token, `waiting:${place}`);
    return { at: clock.now(), appointment: appointmentView(row, city, actor.role, clock.now()) };
  });

  app.get('/api/appointments/owed', { schema: { tags, summary: 'Appointments that could not become a request, with who answers for each and until when' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['ward', 'hotline', 'district', 'city']);
    const [kind, code = ''] = actor.scope.split(':');
    const institutions = kind === 'institution' ? [code] : [...city.institutions.values()].filter(({ district }) => kind === 'district' && district === code).map((each) => each.code);
    const rows = await owedAppointments(db, city.id, house.incident.id, kind === 'city' ? 'all' : { institutions });
    return { at: clock.now(), appointments: rows.map((row) => appointmentView(row, city, actor.role, clock.now())) };
  });

  app.get('/api/appointments/:id', { schema: { tags, summary: 'One appointment', params: IdParams } }, async (request) => {
    const { actor, row } = await bookingFor(request);
    return { at: clock.now(), appointment: appointmentView(row, city, actor.role, clock.now()) };
  });

  /** Each change is one transaction with the note of its answer; what a role may do now is said by the appointment itself. */
  const change = <T>(address: string, summary: string, body: z.ZodType<T>, of: (given: T) => Change, underWay?: (given: T) => UnderWay): void => {
    app.post(`/api/appointments/:id/${address}`, { schema: { tags, summary, params: IdParams, body } }, async (request) => {
      const { actor, row } = await bookingFor(request);
      const given = request.body as T;
      const inItsRequest = async () => changeUnderWay(house, request, actor, (await findAppointment(db, city.id, row.id))!, underWay!(given));
      const answer = row.journey !== null && underWay ? await inItsRequest() : await of(given)(house, request, actor, row).catch((error: unknown) => {
        // Called up between the look and the lock.
        if (underWay && error instanceof Refused && error.refusals[0].code === 'appointmentUnderWay') return inItsRequest();
        throw error;
      });
      changed();
      return answer;
    });
  };
  change('move', 'Another seat for this one: the old one stays until the new one is theirs', MoveBody, ({ slot }) => moveAppointment(slot), ({ slot }) => ({ slot }));
  change('cancel', 'Give the seat back', ReasonBody, ({ reason }) => cancelAppointment(reason), ({ reason }) => ({ reason }));
  change('check-in', 'They are there', NoBody, () => markAppointmentBy('checkIn'), () => ({ arrived: true }));
  change('no-show', 'They did not come', NoBody, () => markAppointmentBy('noShow'));
}

function proxyOf({ name, phone, relation }: NonNullable<z.output<typeof IntakeBody>['proxy']>): NonNullable<AppointmentPerson['proxy']> {
  return { name, phone, ...(relation !== undefined && { relation }) };
}

/** The resident of it, the institution's ward, the line, and whoever booked it; for everybody else it does not exist. */
function mayOpen(actor: Actor, { id, institution, madeBy, town }: AppointmentRow): boolean {
  switch (actor.role) {
    case 'resident':
      return actor.scope === `appointment:${id}`;
    case 'ward':
      return actor.scope === `institution:${institution}`;
    case 'hotline':
      return actor.scope === 'city' || madeBy === actor.id;
    default:
      return madeBy === actor.id || (actor.role === 'committee' && town !== null && actor.scope === `town:${town}`);
  }
}

/** A ward books into its own clinics; nobody books an emergency department. */
function refuseForeignSlot(actor: Actor, slot: string): void {
  const [institution, service] = slot.split('/');
  if (service === 'emergency') throw conflict({ code: 'emergencyTakesNoAppointments', field: 'slot' });
  if (actor.role === 'ward' && codeIn(actor, 'institution') !== institution) throw new Refused(403, [{ code: 'slotNotYours', field: 'slot' }]);
}

/** Who needs care within the hour is not given a seat for next week: they are told where to go, and no appointment hides it. */
function refuseWhatCannotWait({ city }: House, care: Intake, at: Instant): void {
  const received = receive(care, city, '', at);
  if (!received.ok) throw invalid([prefixed(received.refusal)]);
  if (care.need === 'emergency') throw conflict({ code: 'emergencyTakesNoAppointments', field: 'care.need' });
  const { acuity } = triage(care.person.ageMonths === undefined ? care : { ...care, ageMonths: care.person.ageMonths });
  if (acuity === 'I' || acuity === 'II') throw conflict({ code: 'tooUrgentForAppointment', field: 'care.findings' });
}

function prefixed(refusal: Refusal): Refusal {
  return refusal.field === undefined ? refusal : { ...refusal, field: `care.${refusal.field}` };
}
