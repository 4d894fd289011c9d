import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { City } from '../city/index.ts';
import { registerCityRoutes } from '../city/routes.ts';
import { consultTimes } from '../consults/index.ts';
import { registerConsultsRoutes } from '../consults/routes.ts';
import { registerDispatchRoutes } from '../dispatch/routes.ts';
import { registerHotlineRoutes } from '../hotline/routes.ts';
import { registerInteropRoutes } from '../interop/routes.ts';
import { viewFor, whereabouts, type JourneyView } from '../journey/index.ts';
import { registerPanelsRoutes, type PanelDeps } from '../panels/routes.ts';
import { registerPassRoutes } from '../passes/routes.ts';
import { maySee, mustBe, STAFF_ROLES, type Actor } from '../people/index.ts';
import { policyFor } from '../policy/index.ts';
import { registerRequestRoutes } from '../requests/routes.ts';
import { registerTripRoutes } from '../trips/routes.ts';
import type { AppointmentDesk } from './appointments/desk.ts';
import { registerAppointmentRoutes } from './appointments/routes.ts';
import { atMostEvery } from './at-most-every.ts';
import { writeAudit } from './audit.ts';
import { trueChance } from './chance.ts';
import { registerCallNews } from './call-line/news-routes.ts';
import { registerFinding } from './call-line/find.ts';
import { registerHandTo120 } from './call-line/hand-to-120.ts';
import { onLine } from './call-line/on-line.ts';
import { registerCallLineRoutes } from './call-line/routes.ts';
import { registerClinicRoutes } from './clinic/routes.ts';
import type { DayPlanner } from './rides/day-plan.ts';
import type { DispatchBoard } from './dispatching/board.ts';
import { registerCounterpartRoutes } from './counterparts/routes.ts';
import { registerBoardRoutes } from './dispatching/routes.ts';
import { caseOf } from './experts/case.ts';
import { registerExpertRoster } from './experts/roster.ts';
import { registerExpertVisits } from './experts/visits.ts';
import { tellOfConsult } from './experts/tell.ts';
import { demandedOf } from './policies/demanded.ts';
import { registerDriverRoutes } from './rides/driver-sync.ts';
import { registerDoorRoutes } from './door/routes.ts';
import type { Errands } from './journeys/errands.ts';
import type { House } from './house.ts';
import type { IntakeDesk } from './journeys/intake.ts';
import { submitRoute } from './journeys/intake-route.ts';
import { findResident, listStories } from './journeys/list.ts';
import { registerJourneyRoutes } from './journeys/routes.ts';
import { notify, readStory } from './journeys/store.ts';
import { registerLinkRoutes } from './journeys/link-routes.ts';
import type { Live } from './live.ts';
import { registerOfficeRoutes } from './office-routes.ts';
import { once } from './journeys/once.ts';
import { elsewhereOf } from './panels/elsewhere.ts';
import { registerPanelImport } from './panels/import.ts';
import { panelKey } from './panels/key.ts';
import { registerKnockRoutes } from './panels/knocks.ts';
import { registerLockRoutes } from './panels/locks.ts';
import { plansOf } from './panels/plans.ts';
import { sendSignInCode } from './passing-notices.ts';
import { registerPolicyRoutes, type PolicyDeps } from './policies/routes.ts';
import { openPassKeys } from './passes/keys.ts';
import { registerIssuerRoutes } from './passes/routes.ts';
import { registerRideRoutes } from './rides/routes.ts';
import { registerPublicRecord } from './refusals/record.ts';
import { personTakenOver } from './refusals/open.ts';
import { registerRefusalRoutes } from './refusals/routes.ts';
import type { Rounds } from './rounds.ts';
import { registerScreens } from './screens.ts';
import { actorOf, isStillSignedIn, CODE_SECONDS, registerSignIn, type SignInSettings } from './sign-in/index.ts';
import { registerScheduleRoutes } from './schedules/routes.ts';
import { registerSeriesRoutes } from './series/routes.ts';
import { registerSharedRides } from './rides/shared-ride.ts';
import { registerStatusRoutes } from './status/routes.ts';
import { registerStream, type Streams } from './stream.ts';
import { registerTravelRoutes } from './travel/routes.ts';
import { registerWaitingRoutes } from './waiting/routes.ts';

export interface Building {
  readonly house: House;
  /** As the city's files say them: what is in force until somebody changes it, and what can be gone back to. */
  readonly filedCounterparts: City['counterparts'];
  readonly errands: Errands;
  readonly desk: IntakeDesk;
  readonly appointments: AppointmentDesk;
  /** Makes residents' links; stored in the database, never in an answer. */
  readonly linkSecret: string;
  readonly live: Live;
  readonly dispatch: DispatchBoard;
  readonly policyDesk: Omit<PolicyDeps, 'house'>;
  readonly planner: DayPlanner;
  /** Places whoever lost a seat. */
  readonly replacing: Rounds;
  readonly lockWork: Rounds;
  readonly publicUrl: string;
  readonly callSecrets: readonly Uint8Array[] | undefined;
  readonly signIn: Pick<SignInSettings, 'oidc' | 'phoneCodes' | 'firstStaff'>;
  readonly intakePerMinute: number;
  readonly seatsPerMinute: number;
}

const LISTED_MAX = 500;

/** Every address this server answers, room by room. */
export async function registerRooms(app: FastifyInstance, { house, filedCounterparts, errands, desk, appointments, linkSecret, live, dispatch, policyDesk, planner, replacing, lockWork, publicUrl, callSecrets, signIn: { oidc, phoneCodes, firstStaff }, intakePerMinute, seatsPerMinute }: Building): Promise<Streams> {
  const { city, db, clock, board, incident, demo, policies } = house;
  const at = clock.now;
  const shared = { db, city, at, actorOf, incident: incident.id, chance: trueChance };
  const onceIn = <T extends object>(request: FastifyRequest, actor: Actor, work: (transaction: typeof db) => Promise<T>): Promise<T> =>
    once({ db, city, incident }, request, actor, work);
  const changed = (kind: string): Promise<void> => notify(db, { city: city.id, kind });
  const findView = async (actor: Actor, id: string): Promise<JourneyView | undefined> => {
    const story = await readStory(db, city.id, id);
    return story && maySee(actor, whereabouts(story, city)) ? viewFor(actor, story, city) : undefined;
  };

  app.get('/health', { schema: { tags: ['server'], summary: '200 while this server serves' } }, async () => {
    await db.selectFrom('incident').select('id').limit(1).execute();
    return { status: 'ok', at: at() };
  });
  await registerSignIn(app, {
    db, city, incident, at, settings: { demo, publicUrl, ...(oidc && { oidc }), ...(firstStaff && { firstStaff }) }, findResident: (tokenHash) => findResident(house, tokenHash),
    ...(phoneCodes && !demo && { sendCode: (phone, code) => sendSignInCode(db, city.id, { phone, code, at: at(), seconds: CODE_SECONDS }) }),
  });
  const signer = await openPassKeys(house);
  live.follow((news) => { if (news === undefined || news.kind === 'passes') void signer.reload().catch(() => undefined); });

  registerCityRoutes(app, {
    city, at, demo,
    policy: () => {
      const now = policies.now();
      const document = now.documents.get(policyFor(now, city.id, at()).id);
      return document && { id: document.id, title: document.title, ...document.coverage.period };
    },
    staffOf: (request) => void mustBe(actorOf(request), STAFF_ROLES),
  });
  registerStatusRoutes(app, house, errands);
  registerRequestRoutes(app, { submit: submitRoute(house, desk, intakePerMinute) });
  registerJourneyRoutes(app, { house, errands, signer, dispatch });
  const appointmentsChanged = atMostEvery(1_000, () => changed('appointments'));
  registerAppointmentRoutes(app, { house, desk: appointments, publicUrl, perMinute: seatsPerMinute, changed: appointmentsChanged });
  registerDoorRoutes(app, { house, desk, errands, keys: signer.trusted });
  registerBoardRoutes(app, { house, board: dispatch, errands });
  registerLinkRoutes(app, house, linkSecret);
  const moved = atMostEvery(1_000, () => changed('positions'));
  registerDispatchRoutes(app, { ...shared, once: onceIn, changed: async (kind) => (kind === 'positions' ? moved() : changed(kind)) });
  registerTripRoutes(app, shared);
  registerRideRoutes(app, { house, planner, errands });
  registerDriverRoutes(app, house, errands);
  registerSharedRides(app, house, { secret: linkSecret, publicUrl });
  registerPassRoutes(app, { ...shared, once: onceIn, keys: signer.trusted });
  registerIssuerRoutes(app, house, signer);
  const callsChanged = atMostEvery(1_000, () => changed('calls'));
  const knows = async (trx: House['db'], by: Actor, id: string): Promise<boolean> => {
    const story = await readStory(trx, city.id, id);
    return story !== undefined && maySee(by, whereabouts(story, city));
  };
  registerHotlineRoutes(app, { ...shared, once: onceIn, knows, changed: async () => callsChanged(), onLine: (trx, line, now) => onLine(trx, city, { city: city.id, incident: incident.id }, line, now), reached: (trx, call, by, now) => personTakenOver(trx, city.id, { call: call.id }, { how: 'answered', by: by.name }, now) });
  registerCallLineRoutes(app, house);
  registerFinding(app, house);
  registerHandTo120(app, house, desk, errands);
  registerCallNews(app, { house, secrets: callSecrets, changed: callsChanged });
  const panels: PanelDeps = {
    ...shared, once: onceIn,
    submit: async (care, actor, key) => (await desk.submit(actor, care, key)).story.id,
    elsewhere: (look, keys, now) => elsewhereOf(house, look, keys, now),
    plansOf: (look, members, now) => plansOf(look, { city: city.id, incident: incident.id }, members, now),
    keyOf: (person) => panelKey(incident.id, person),
    audit: (trx, by, what, facts) => writeAudit(trx, city.id, incident.id, { at: at(), by, what, facts }),
    changed: (trx) => notify(trx, { city: city.id, kind: 'panels' }),
  };
  registerPanelsRoutes(app, panels);
  registerKnockRoutes(app, panels);
  registerPanelImport(app, panels);
  registerLockRoutes(app, { ...panels, kick: lockWork.kick });
  registerClinicRoutes(app, { house, errands });
  const visits = registerExpertVisits(app, house, { replan: planner.kick, sign: signer.sign });
  registerConsultsRoutes(app, { ...shared, withdrawn: visits.withdrawn, get city() { return house.city; }, once: onceIn, changed, times: (askedFrom) => consultTimes(demandedOf(house, askedFrom).answerMinutes), caseOf: (actor, id) => caseOf(house, actor, id), tell: (trx, consult) => tellOfConsult(trx, city.id, incident.id, consult) });
  registerExpertRoster(app, house);
  registerInteropRoutes(app, {
    ...shared, publicUrl, status: () => board.now(), findView,
    listViews: async (actor) => (await listStories(house, actor, 'open', LISTED_MAX)).map((story) => viewFor(actor, story, city)),
  });
  registerSeriesRoutes(app, house, { secret: linkSecret, errands });
  registerScheduleRoutes(app, house, replacing.kick);
  registerWaitingRoutes(app, { house, secret: linkSecret, publicUrl, perMinute: seatsPerMinute });
  registerCounterpartRoutes(app, house, filedCounterparts);
  registerRefusalRoutes(app, house, errands);
  registerPublicRecord(app, house);
  registerOfficeRoutes(app, house);
  registerTravelRoutes(app, house);
  registerPolicyRoutes(app, { house, ...policyDesk });
  const streams = registerStream(app, live, (request) => isStillSignedIn({ db, city }, request));
  await registerScreens(app);
  return streams;
}
