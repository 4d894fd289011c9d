import { Kysely, PostgresDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/base/index.ts';
import type { LockView, Member } from '../../src/panels/index.ts';
import { addMembers } from '../../src/panels/store.ts';
import { escalateLatePlans } from '../../src/server/panels/lock-plans.ts';
import type { Database } from '../../src/server/index.ts';
import { personKey } from '../../src/server/person-key.ts';
import { eventually, intake, openTemporaryDatabase, startCity, type RunningCity } from '../running-city.ts';

const TOWN = '990101001';
const OTHER = '990102001';
const PEOPLE = 240;

let database: Database;
let city: RunningCity;
let db: Kysely<any>;
let incident: string;
beforeAll(async () => {
  database = await openTemporaryDatabase();
  city = await startCity({ city: 'toytown', on: database });
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
  incident = (await database.pool.query<{ id: string }>('select id from incident')).rows[0]!.id;
}, 60_000);
afterAll(async () => {
  await city.stop();
  await database.stop();
});

const now = async (): Promise<number> => (await (await city.as(`committee@town:${TOWN}`)).get('/api/panels/knocks')).body.at;
const person = (id: string, town: string, at: number, change: Partial<Member>): Member => ({
  id, team: `PT-${town}`, key: id, name: `Resident ${id}`, phone: '13800000001', town, address: 'Building 3', groups: ['chronic'], conditions: ['hypertension'], medicines: [],
  joinedAt: at, lastContactAt: at, tries: 0, ...change,
});
const box = (name: string, at: number, days: number) => ({ name, dispensedAt: at - DAY_MS, days: days + 1 });
const locksOf = async (post: string): Promise<readonly LockView[]> => (await (await city.as(post)).get('/api/areas/locks')).body.locks;
const finished = (id: string, post = `committee@town:${TOWN}`): Promise<LockView> => eventually(async () => {
  const lock = (await locksOf(post)).find((each) => each.id === id);
  return lock && lock.people > 0 && lock.planned === lock.people ? lock : undefined;
}, 25);
const planOf = async (member: string, lock?: string) =>
  (await database.pool.query('select need, key, state, outcome, journey, owner_role, due_at, facts from area_plan where member = $1 and ($2::text is null or lock = $2) order by need, key', [member, lock])).rows;

describe('an area is locked', () => {
  it('given people who need something again and again, then each has a plan within the hour, before they ask', async () => {
    const at = await now();
    await addMembers(db, { city: 'toytown', incident }, [
      person('L-insulin', TOWN, at, { medicines: [{ ...box('insulin glargine', at, 2), neverRunOut: true }, box('metformin', at, 3)] }),
      person('L-lasts', TOWN, at, { medicines: [box('amlodipine', at, 60)] }),
      person('L-pregnant', TOWN, at, { groups: ['pregnant'], conditions: [], expectedAt: at + 19 * DAY_MS }),
      person('L-dialysis', TOWN, at, { conditions: ['dialysis'] }),
      person('L-unknown', TOWN, at, { conditions: ['epilepsy'] }),
      person('L-well', TOWN, at, { groups: ['elderly'], conditions: ['livesAlone'] }),
      person('L-elsewhere', OTHER, at, { medicines: [box('insulin glargine', at, 2)] }),
    ], at);
    const committee = await city.as(`committee@town:${TOWN}`);
    const { body } = await committee.post('/api/areas/lock', { towns: [TOWN], until: at + 6 * DAY_MS, reason: 'two cases in building 3' });
    expect(body.plansDueAt - body.at).toBe(HOUR_MS);
    const lock = await finished(body.id);
    expect(lock.people).toBeGreaterThan(4);
    const [refill] = await planOf('L-insulin');
    expect(refill).toMatchObject({ need: 'refill', state: 'done', outcome: 'asked' });
    expect((await (await city.as(`familyDoctor@town:${TOWN}`)).get(`/api/journeys/${refill.journey}`)).body.journey).toMatchObject({ need: 'medicineRefill', channel: 'panel' });
    expect(await planOf('L-lasts')).toMatchObject([{ need: 'refill', state: 'done', outcome: 'lasts' }]);
    expect(await planOf('L-pregnant')).toMatchObject([{ need: 'visit', state: 'done', outcome: 'asked' }]);
    expect(await planOf('L-dialysis')).toMatchObject([{ need: 'call', state: 'open', owner_role: 'familyDoctor', facts: { because: 'seriesUnknown' } }]);
    expect(await planOf('L-unknown')).toMatchObject([{ need: 'call', facts: { because: 'medicineUnknown' } }]);
    expect([await planOf('L-well'), await planOf('L-elsewhere')]).toEqual([[], []]);
    expect(lock.open.map(({ member }) => member)).toEqual(expect.arrayContaining(['L-dialysis', 'L-unknown']));
  });

  it('given somebody was to be called, when the team has spoken with them, then it is done', async () => {
    const team = await city.as(`familyDoctor@town:${TOWN}`);
    expect((await team.get('/api/panels/members/L-dialysis')).body.why[0].why).toBe('lockedIn');
    await team.post('/api/panels/members/L-dialysis/contact', { result: 'reached', note: 'goes to T-H1 on Mondays' });
    await eventually(async () => ((await planOf('L-dialysis'))[0].state === 'done' ? true : undefined));
  });

  it('given a plan nobody has carried out in time, then the district hears of it, then the city, each once an hour', async () => {
    const [{ due_at: dueAt }] = await planOf('L-unknown');
    const look = (at: number) => escalateLatePlans({ db, city: city.server.city, clock: { ...({} as any), now: () => at }, incident: { id: incident } as any });
    const told = async () => (await database.pool.query(`select told, missed_count as missed from area_plan where member = 'L-unknown'`)).rows[0];
    await look(Number(dueAt) - 1);
    expect(await told()).toEqual({ told: null, missed: 0 });
    await look(Number(dueAt));
    await look(Number(dueAt));
    expect(await told()).toEqual({ told: 'district', missed: 1 });
    await look(Number(dueAt) + HOUR_MS);
    expect(await told()).toEqual({ told: 'city', missed: 2 });
    const { rows } = await database.pool.query(`select audience from outbox where code = 'plansLate' and incident = $1`, [incident]);
    expect(new Set(rows.map(({ audience }) => audience))).toEqual(new Set(['district:990101', 'city']));
  });

  it('given somebody in a standing series, then their next session is looked up; without a chair it stands there with the owner it has, until it has one', async () => {
    const at = await now();
    const [safe, unplaced] = ['Resident in series', 'Resident without chair'].map((name, nth) => ({ name, phone: `1380000777${nth}` }));
    const ward = await city.as('ward@institution:T-H1');
    const enrolled: string[] = [];
    for (const who of [safe!, unplaced!]) {
      const { status, body } = await ward.post('/api/series', {
        care: intake({ person: who, town: TOWN, need: 'haemodialysis', patientKind: 'greenCode', ageYears: 50 }), service: 'haemodialysis', institution: 'T-H1',
        pattern: { everyDays: 2, firstAt: at + 60 * HOUR_MS }, cohort: 'other', lastStartAt: at - HOUR_MS, safeGapHours: 72,
      });
      expect([status, body]).toEqual([201, expect.anything()]);
      enrolled.push(body.id);
    }
    // As the series room writes a session that found no chair.
    await database.pool.query(`update series_session set state = 'notPlaced', booking = null, journey = null, missing = 'noSeatWithinGap', owner_role = 'ward', owner_scope = 'institution:T-H1', due_at = $2 where series = $1`, [enrolled[1], at + 2 * HOUR_MS]);
    await addMembers(db, { city: 'toytown', incident }, [safe!, unplaced!].map((who, nth) => person(`S-${nth}`, TOWN, at, { ...who, key: personKey(incident, who), conditions: ['dialysis'] })), at);
    const { rows } = (await (await city.as(`familyDoctor@town:${TOWN}`)).get('/api/panels/day-list?limit=500')).body;
    expect(rows.find((row: any) => row.member.id === 'S-1').why[0]).toMatchObject({ why: 'sessionAtRisk', facts: { state: 'notPlaced' } });
    const { body: { id } } = await (await city.as(`committee@town:${TOWN}`)).post('/api/areas/lock', { towns: [TOWN], reason: 'again' });
    await finished(id);
    const plans = async (member: string) => (await planOf(member, id)).filter(({ need }) => need === 'session');
    expect(await eventually(async () => ((await plans('S-0'))[0]?.state === 'done' ? plans('S-0') : undefined))).toMatchObject([{ key: enrolled[0], outcome: 'sessionBooked', facts: { institution: 'T-H1' } }]);
    expect(await eventually(async () => ((await plans('S-1'))[0]?.state === 'open' ? plans('S-1') : undefined))).toMatchObject([{ key: enrolled[1], outcome: 'sessionNotPlaced', owner_role: 'ward', facts: { missing: 'noSeatWithinGap' } }]);
    expect((await database.pool.query(`select asked_by from replacement where institution = 'T-H1' and service = 'haemodialysis' and reason = 'areaLocked'`)).rows).toContainEqual({ asked_by: 'system' });
  });

  it('given a cordon is drawn that holds cars, then it is a lock as well, and ends with it', async () => {
    const office = await city.as('city@city');
    const { centre } = city.server.city.towns.get(OTHER)!;
    const { body: { restriction } } = await office.post('/api/restrictions', { kind: 'cordon', area: { centre, radiusMeters: 400 }, passage: { ambulance: 'free', car: 'closed', permitCar: 'free' }, reason: 'cordon' });
    const lock = await finished(`AL-${restriction.id}`, 'city@city');
    expect(lock).toMatchObject({ source: `restriction:${restriction.id}`, towns: [OTHER] });
    expect(await planOf('L-elsewhere')).toMatchObject([{ need: 'refill', outcome: 'asked' }]);
    await office.post(`/api/restrictions/${restriction.id}/end`);
    await eventually(async () => ((await locksOf('city@city')).find(({ id }) => id === lock.id)?.endedAt === undefined ? undefined : true));
  });

  it('given a server is gone in the middle of it, then the next one finishes it, and nobody is asked for twice', async () => {
    const at = await now();
    await addMembers(db, { city: 'toytown', incident }, Array.from({ length: PEOPLE }, (_, index) => person(`K-${index}`, OTHER, at, { medicines: [box('valproate', at, 2)] })), at);
    const { body: { id } } = await (await city.as('city@city')).post('/api/areas/lock', { towns: [OTHER], reason: 'whole town' });
    await eventually(async () => (Number((await database.pool.query(`select count(*) from area_plan where lock = $1 and member like 'K-%' and state = 'done'`, [id])).rows[0].count) > 0 ? true : undefined), 20);
    await city.stop();
    // As if it had been killed between the request and the note of it: what is stored of the request stays, the note is lost.
    await database.pool.query(`update area_plan set state = 'waiting', done_at = null, outcome = null, journey = null, next_at = 0 where lock = $1 and member like 'K-1%'`, [id]);
    await database.pool.query(`update panel_member set member = member - 'raised' where id like 'K-1%'`);
    city = await startCity({ city: 'toytown', on: database });
    await finished(id, 'city@city');
    const { rows } = await database.pool.query(`select count(*)::int as asked, count(distinct story->'request'->'person'->>'name')::int as people from journey where story->'request'->'person'->>'name' like 'Resident K-%'`);
    expect(rows[0]).toEqual({ asked: PEOPLE, people: PEOPLE });
    expect((await database.pool.query(`select from panel_member where id like 'K-%' and not member ? 'raised'`)).rowCount).toBe(0);
  }, 60_000);
});

describe('what is no lock', () => {
  it('given no area, an unknown town, a town of others or an end before the beginning, then it is refused with all reasons at once', async () => {
    const committee = await city.as(`committee@town:${TOWN}`);
    const codes = async (body: object) => {
      const { status, body: answer } = await committee.post('/api/areas/lock', { reason: 'cases', ...body });
      return [status, ...(answer.errors ?? [answer]).map(({ code }: { code: string }) => code)];
    };
    expect(await codes({})).toEqual([400, 'lockWithoutArea']);
    expect(await codes({ towns: ['nowhere'], from: 2, until: 1 })).toEqual([400, 'townUnknown', 'periodBackwards']);
    expect(await codes({ towns: [OTHER] })).toEqual([403, 'townNotYours']);
  });
});
