import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { formatProblems, type City } from '../city/index.ts';
import { loadCity } from '../city/load.ts';
import { addUnits } from '../dispatch/store.ts';
import { openAppointmentDesk } from './appointments/desk.ts';
import { openApp } from './app.ts';
import { counterpartsAsking } from './counterparts/asking.ts';
import { openCounterpartBoard } from './counterparts/board.ts';
import { openHoleWatch } from './counterparts/holes.ts';
import { openAutomatic } from './dispatching/automatic.ts';
import { openAsking } from './journeys/asking.ts';
import { openCallLine } from './call-line/watch.ts';
import { openCallUp } from './appointments/call-up.ts';
import { cityClock } from './clock.ts';
import { openPool, type Database } from './postgres/database.ts';
import { seedDesks } from './journeys/desk-watch.ts';
import { clinicBoard } from './clinic/board.ts';
import { openDayPlanner } from './rides/day-plan.ts';
import { openDispatchBoard } from './dispatching/board.ts';
import { openErrands } from './journeys/errands.ts';
import { handOverBoard } from './dispatching/hand-over-board.ts';
import type { House } from './house.ts';
import { currentIncident } from './incident.ts';
import { openIntake } from './journeys/intake.ts';
import { openLive } from './live.ts';
import { migrate } from './postgres/migrate.ts';
import { openLockWork } from './panels/lock-work.ts';
import { policyAsking } from './policies/asking.ts';
import { demandedOf } from './policies/demanded.ts';
import { openPolicyBoard } from './policies/board.ts';
import { openChecker } from './policies/check.ts';
import { installPolicies, readInstalled } from './policies/install.ts';
import { portProblem } from './port.ts';
import { roadsAsking } from './travel/roads-asking.ts';
import { openReplacements } from './replacement/work.ts';
import { registerRooms } from './rooms.ts';
import { openReplacing } from './schedules/replace.ts';
import { openSeriesWork } from './series/work.ts';
import type { Settings } from './settings.ts';
import { secretFor } from './sign-in/index.ts';
import { StartProblem } from './start-problem.ts';
import { statusBoard } from './status/board.ts';
import { answerFirst, statusFront } from './status/front.ts';
import { openStatusWatch } from './status/watch.ts';
import { openTravelBoard } from './travel/board.ts';
import { openWatch, topUpSlots } from './journeys/watch.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** Requests that come in have connections of their own, one for each batch that is being written. */
const INTAKE_CONNECTIONS = 6;
/** A whole compound can share one address; a program that floods is still stopped. */
const INTAKE_PER_MINUTE = 240;
/** At release time all of it comes in the same minute; what one telephone may have is limited elsewhere. */
const SEATS_PER_MINUTE = 6_000;

export interface ServerOptions {
  /** A name in `cities/`. */
  readonly city?: string;
  /** The folder of announcements that came with this program. */
  readonly policies?: string;
  /** Requests a minute that one address may send without signing in. */
  readonly intakePerMinute?: number;
  readonly log?: (line: string) => void;
}

export interface Server {
  readonly url: string;
  readonly city: City;
  /** Takes no new work, finishes what has begun, and closes what was opened here. */
  stop(): Promise<void>;
}

/**
 * Migrates, loads city and policies, and serves.
 * @throws StartProblem with one sentence that says what to do; nothing is left running then
 */
export async function startServer(settings: Settings, database: Database, options: ServerOptions = {}): Promise<Server> {
  const { log = () => undefined } = options;
  const city = readCityOf(options.city ?? 'zhengzhou');
  const folder = options.policies ?? path.join(ROOT, 'policies');
  const { files, unreadable } = readInstalled(folder, city, log);
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
  const intakePool = openPool(database.url, log, INTAKE_CONNECTIONS, 'greenlane intake');

  const closing: (() => Promise<unknown> | void)[] = [() => intakePool.end()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    await migrate(db);
    const incident = await currentIncident(db, city, files[0]?.document.id ?? null, settings.demo);
    const clock = cityClock(incident.clockOffsetMs);
    await installPolicies(db, city, { folder, files, incident: incident.id, at: clock.now(), log });
    const policies = await openPolicyBoard(city, db, log);
    const board = statusBoard({ city, db, incident, now: clock.now, rules: (institution) => demandedOf({ policies, city, clock }, institution).status });
    await board.reload();
    const travel = await openTravelBoard({ city, db, clock, incident, log }, settings.dataDir);
    closing.push(() => travel.stop());
    const clinic = clinicBoard({ city, db, clock });
    await clinic.reload();
    const counterparts = await openCounterpartBoard(city, db, incident.id);
    const house: House = {
      get city() { return counterparts.city(); },
      counterparts, policies, db, clock, incident, board, travel, handOver: handOverBoard({ city, db, clock }), clinic, demo: settings.demo, log,
      intakeDb: new Kysely<any>({ dialect: new PostgresDialect({ pool: intakePool }) }),
    };
    await addUnits(db, city.id, [...city.units.keys()], clock.now());
    await topUpSlots(house);
    if (settings.demo) await seedDesks(house);

    const errands = openErrands(house);
    closing.push(() => errands.stop());
    const linkSecret = await secretFor(db, city.id, 'residentLinks');
    const desk = openIntake(house, linkSecret, (journeys) => errands.kick(journeys));
    closing.push(() => desk.settled());
    const appointments = openAppointmentDesk(house, linkSecret);
    closing.push(() => appointments.settled());
    const asking = openAsking(house, policyAsking(house), (journeys) => errands.kick(journeys));
    closing.push(() => asking.stop());
    const askingForRoads = openAsking(house, roadsAsking(house), (journeys) => errands.kick(journeys));
    closing.push(() => askingForRoads.stop());
    const askingForCounterparts = openAsking(house, counterpartsAsking(house), (journeys) => errands.kick(journeys));
    closing.push(() => askingForCounterparts.stop());
    const holes = openHoleWatch(house);
    closing.push(() => holes.stop());
    const callingUp = openCallUp(house, (journeys) => errands.kick(journeys));
    closing.push(() => callingUp.stop());
    const seriesWork = openSeriesWork(house, (journeys) => errands.kick(journeys));
    closing.push(() => seriesWork.stop());
    const callLine = openCallLine(house);
    closing.push(() => callLine.stop());
    const replacing = openReplacing(house);
    closing.push(() => replacing.stop());
    const replacements = openReplacements(house, (journeys) => {
      errands.kick(journeys);
      callingUp.kick();
    });
    closing.push(() => replacements.stop());
    const statusWatch = openStatusWatch(house);
    closing.push(() => statusWatch.stop());
    const checker = openChecker(house);
    closing.push(() => checker.stop());
    const lockWork = openLockWork(house, desk);
    closing.push(() => lockWork.stop());
    const planner = openDayPlanner(house);
    closing.push(() => planner.stop());
    const live = await openLive(database.url, city.id, {
      status: () => board.reload().then(holes.kick), counterparts: () => counterparts.reload().then(() => { askingForCounterparts.kick(); holes.kick(); }), restrictions: () => travel.reload().then(() => { askingForRoads.kick(); lockWork.kick(); }), policies: () => policies.reload().then(() => asking.kick()), day: async () => planner.kick(),
    }, log);
    closing.push(() => live.stop());
    // What was drawn after the first look and before anybody listened.
    await Promise.all([travel.reload(), counterparts.reload()]);
    const watch = openWatch(house);
    const dispatch = openDispatchBoard(house, live);
    closing.push(() => dispatch.stop());
    const automatic = openAutomatic(house, dispatch, database.url);
    closing.push(() => automatic.stop());
    closing.push(() => watch.stop());

    const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`;
    const app = await openApp(log);
    const front = statusFront(city, board, clock.now);
    answerFirst(app.server, front);
    const streams = await registerRooms(app, {
      house, filedCounterparts: city.counterparts, errands, desk, appointments, linkSecret, live, dispatch, planner, replacing, lockWork, policyDesk: { checker, asking, unreadable }, publicUrl: settings.publicUrl ?? url, callSecrets: settings.callSecrets, signIn: settings, intakePerMinute: options.intakePerMinute ?? INTAKE_PER_MINUTE,
      seatsPerMinute: options.intakePerMinute ?? SEATS_PER_MINUTE,
    });
    closing.push(async () => {
      streams.end();
      // Browsers keep connections open for later; one that falls idle while we close would hold us up for a minute.
      const hurry = setInterval(() => app.server.closeIdleConnections(), 50);
      await app.close().finally(() => clearInterval(hurry));
    });
    await app.listen({ port: settings.port, host: settings.host }).catch((error: unknown) => {
      throw portProblem(settings.host, settings.port, error);
    });
    return { url, city, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readCityOf(id: string): City {
  const folder = path.join(ROOT, 'cities', id);
  const loaded = loadCity(folder);
  if ('city' in loaded) return loaded.city;
  throw new StartProblem(`The city in ${folder} has to be corrected before it can be served:\n${formatProblems(loaded.problems)}`);
}
