/** The dispatch floor of one server without its web server: calls, dispatchers who press, crews who report, the board by itself. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type { Chance } from '../src/base/index.ts';
import { loadCity } from '../src/city/load.ts';
import { missionRuns } from '../src/dispatch/index.ts';
import { nextActions } from '../src/journey/index.ts';
import { Refused, type Actor } from '../src/people/index.ts';
import { openAutomatic } from '../src/server/dispatching/automatic.ts';
import { cityClock } from '../src/server/clock.ts';
import { openCounterpartBoard } from '../src/server/counterparts/board.ts';
import { openPool } from '../src/server/postgres/database.ts';
import { openDispatchBoard } from '../src/server/dispatching/board.ts';
import { sendFromBoard } from '../src/server/dispatching/send.ts';
import { clinicBoard } from '../src/server/clinic/board.ts';
import { handOverBoard } from '../src/server/dispatching/hand-over-board.ts';
import type { House } from '../src/server/house.ts';
import { currentIncident } from '../src/server/incident.ts';
import { openIntake } from '../src/server/journeys/intake.ts';
import { openLive } from '../src/server/live.ts';
import { perform } from '../src/server/journeys/play.ts';
import { openPolicyBoard } from '../src/server/policies/board.ts';
import { statusBoard } from '../src/server/status/board.ts';
import { openTravelBoard } from '../src/server/travel/board.ts';

const DISPATCHER: Actor = { id: 'dispatcher-1', name: 'Dispatcher 1', role: 'dispatcher', scope: 'city' };
const CALLS_AT_ONCE = 40;
const FINDINGS = [['unresponsive'], ['chestPain'], ['chestPain']] as const;

export interface Floor {
  /** One thing that happens on the floor: somebody calls, presses, reports. What is refused is an answer. */
  happens(chance: Chance): Promise<void>;
  stop(): Promise<void>;
}

/** @param url of a database that a server has prepared */
export async function openFloor(url: string, connections: number): Promise<Floor> {
  const loaded = loadCity(path.resolve(import.meta.dirname, '..', 'cities', 'zhengzhou'));
  if ('problems' in loaded) throw new Error('the city has to load');
  const { city } = loaded;
  const log = (): void => undefined;
  const pool = openPool(url, log, connections);
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool }) });
  const incident = await currentIncident(db, city, null, true);
  const clock = cityClock(incident.clockOffsetMs);
  const status = statusBoard({ city, db, incident, now: clock.now });
  await status.reload();
  const travel = await openTravelBoard({ city, db, clock, incident, log }, path.join(tmpdir(), 'no-roads'));
  const house: House = { city, counterparts: await openCounterpartBoard(city, db, incident.id), db, intakeDb: db, clock, incident, board: status, travel, handOver: handOverBoard({ city, db, clock }), clinic: clinicBoard({ city, db, clock }), demo: true, log, policies: await openPolicyBoard(city, db, log) };
  const live = await openLive(url, city.id, {}, log);
  const board = openDispatchBoard(house, live);
  const automatic = openAutomatic(house, board, url);
  const desk = openIntake(house, 'a secret of this test', () => undefined);
  const towns = [...city.towns.keys()];
  let keys = 0;
  const key = (): string => `floor-${process.pid}-${keys++}`;

  const call = async (chance: Chance): Promise<void> => {
    const town = chance.pick(towns);
    await desk.submit(DISPATCHER, {
      channel: 'hotline', person: { name: 'Resident', phone: '13700005678' }, town, address: 'Building 3', need: 'emergency', groups: [],
      findings: chance.pick(FINDINGS), vitals: {}, patientKind: chance.below(3) === 0 ? 'highRiskArea' : 'greenCode',
    }, key());
  };
  const press = async (chance: Chance): Promise<void> => {
    const picture = await board.now();
    const calls = [...picture.calls.values()];
    if (calls.length === 0) return;
    const { id } = chance.pick(calls);
    // Mostly what the board says, now and then a unit of one's own choice, free or on its way to somebody else.
    const unit = chance.below(4) === 0 ? chance.pick(picture.units) : undefined;
    await sendFromBoard(house, board, DISPATCHER, { journey: id, ...(unit && { unit: unit.unit, ...(unit.journey && { takenFrom: unit.journey }) }) }, key());
  };
  const report = async (chance: Chance): Promise<void> => {
    const running = [...(await board.now()).stories.values()].filter(({ mission }) => missionRuns(mission));
    if (running.length === 0) return;
    const story = chance.pick(running);
    if (chance.below(12) === 0) return void await perform(house, DISPATCHER, story.id, { type: 'standDownUnit', reason: 'breakdown' });
    // Crews forget presses on a day like this: half of them say only that it is done.
    const next = nextActions(story).find(({ type }) => type === 'reportMission');
    if (next && chance.below(2) === 0) return void await perform(house, DISPATCHER, story.id, next);
    const done = story.mission!.times.handedOver === undefined ? 'handedOver' : 'inService';
    await perform(house, DISPATCHER, story.id, { type: 'reportMission', step: done });
  };

  return {
    async happens(chance) {
      const open = (await board.now()).calls.size;
      const what = open < CALLS_AT_ONCE && chance.below(3) === 0 ? call : chance.below(2) === 0 ? press : report;
      await what(chance).catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
    },
    async stop() {
      await automatic.stop();
      await board.stop();
      await desk.settled();
      await live.stop();
      await travel.stop();
      await pool.end();
    },
  };
}
