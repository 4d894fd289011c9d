/**
 * `npm run bench:panels`: the day list of a team with 2,500 people over HTTP, beside the way it is usually written (each person looked up by
 * itself, with their medicine and their series) on the same rows in the same rounds; and in the same run how long a list of 20,000 takes to
 * be imported, and how long it takes until everybody of a locked town has a plan.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql, Kysely, PostgresDialect } from 'kysely';
import { DAY_MS, startOfDay } from '../src/base/index.ts';
import { dayList, type DayListView, type Elsewhere, type ImportView, type LockView, type Member } from '../src/panels/index.ts';
import { openDatabase, startServer } from '../src/server/index.ts';
import { Visitor } from '../tests/running-city.ts';
import { median, percentile } from './figures.ts';

const PEOPLE = 2_500;
const IMPORTED = 20_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 40);
const NAIVE_EVERY = 10;
const TARGET_MS = 50;
const PORT = 4_697;
const [TOWN, OTHER] = ['990101001', '990102001'];
const CONDITIONS = ['hypertension', 'diabetes', 'dialysis', 'epilepsy', 'psychiatric', 'pregnant', 'elderly;livesAlone', 'cancerTreatment'];

const dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-bench-'));
const database = await openDatabase({ dataDir, log: () => undefined });
const server = await startServer({ port: PORT, host: '127.0.0.1', dataDir, databaseUrl: database.url, demo: true }, database, { city: 'toytown', intakePerMinute: Infinity });
const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: database.pool }) });
try {
  const [team, other, office] = [await signedIn(`familyDoctor@town:${TOWN}`), await signedIn(`familyDoctor@town:${OTHER}`), await signedIn('city@city')];
  const at = ((await team.get('/api/panels/day-list')).body as DayListView).at;
  const imported = await timed(() => importList(team, `PT-${TOWN}`, PEOPLE, at, TOWN, 0));
  const large = await timed(() => importList(other, `PT-${OTHER}`, IMPORTED, at, OTHER, 500_000));
  await enrolSome(at);

  const [ours, naive, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const list = await timed(async () => (await team.get('/api/panels/day-list')).body as DayListView);
    ours.push(list.took);
    sizes.push(list.value.total);
    if (round % NAIVE_EVERY === 0) naive.push((await timed(() => oneByOne(`PT-${TOWN}`))).took);
  }
  const locked = await timed(() => lockAndWait(office));

  console.log(`a team of ${PEOPLE}, ${median(sizes)} of them due today, on toytown`);
  console.log(`  day list over HTTP          p50 ${ms(median(ours))}  p99 ${ms(percentile(ours, 0.99))}   (the middle one has to be under ${TARGET_MS} ms)`);
  console.log(`  each person looked up alone p50 ${ms(median(naive))}   without HTTP, same rows`);
  console.log(`import of ${PEOPLE}: ${ms(imported.took)}; of ${IMPORTED}: ${ms(large.took)}`);
  console.log(`a town of ${locked.value.people} people with a recurring need locked: all have a plan after ${(locked.took / 1_000).toFixed(1)} s (an hour is promised)`);
  process.exitCode = median(ours) < TARGET_MS && locked.value.planned === locked.value.people ? 0 : 1;
} finally {
  await server.stop();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function signedIn(post: string): Promise<Visitor> {
  const visitor = new Visitor(server.url);
  await visitor.post('/api/demo/sign-in', { id: post });
  return visitor;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly took: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { took: performance.now() - began, value };
}

async function importList(visitor: Visitor, team: string, people: number, at: number, town: string, from: number): Promise<ImportView> {
  const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  const rows = Array.from({ length: people }, (_, index) => {
    const number = from + index;
    const medicines = index % 8 === 5 ? '' : `amlodipine|${day(at - (index % 40) * DAY_MS)}|30; insulin glargine|${day(at - (index % 25) * DAY_MS)}|28`;
    return `${number},Resident ${number},139${String(number).padStart(8, '0')},${town},Building ${index % 90},${CONDITIONS[index % CONDITIONS.length]},${medicines}`;
  });
  const { status, body } = await visitor.send('POST', `/api/panels/import?team=${team}`, ['number,name,phone,town,address,conditions,medicines', ...rows].join('\n'), { 'content-type': 'text/csv', 'idempotency-key': Visitor.nextKey() });
  if (status !== 200 || body.added !== people) throw new Error(JSON.stringify(body).slice(0, 500));
  return body as ImportView;
}

/** Every eighth person has a series near its safe gap, every second was dispensed two medicines: what the list reads from other rooms is there to be read. */
async function enrolSome(at: number): Promise<void> {
  await sql`insert into series (city, id, incident, state, service, institution, cohort, town, district, person_key, alarm_at, gap, owner_role, owner_scope, due_at, series, person, care, made_at, made_by)
    select city, 'S' || id, incident, 'active', 'haemodialysis', 'T-H1', 'other', town, '990101', person_key, ${at + DAY_MS}::bigint, 'alarm', 'ward', 'institution:T-H1', ${at + DAY_MS}::bigint, '{}', '{}', '{}', ${at}::bigint, 'bench'
    from panel_member where team = ${`PT-${TOWN}`} and member->'conditions' ? 'dialysis' and number is not null`.execute(db);
  await sql`insert into dispensed_medicine (city, incident, journey, visit, place, person_key, medicine, days, dispensed_at)
    select city, incident, 'R' || id, 'V' || id, place, person_key, case place when 0 then 'amlodipine 5 mg' else 'metformin' end, 28, ${at}::bigint - number::bigint % 30 * ${DAY_MS}::bigint
    from panel_member, generate_series(0, 1) as place where team = ${`PT-${TOWN}`} and number::bigint % 2 = 0`.execute(db);
}

/** The way it is written first: a list of ids, and then each person's row, series and medicine. */
async function oneByOne(team: string): Promise<number> {
  const at = Date.now();
  const { rows: ids } = await sql<{ id: string }>`select id from panel_member where team = ${team} and active`.execute(db);
  const members: Member[] = [];
  const elsewhere = new Map<string, Elsewhere>();
  for (const { id } of ids) {
    const { rows: [row] } = await sql<{ member: Member; key: string }>`select member, person_key as key from panel_member where id = ${id}`.execute(db);
    const { rows: [risk] } = await sql<{ series: string; service: string; state: 'alarm'; gapEndsAt: number }>`select id as series, service, gap as state, alarm_at as "gapEndsAt" from series where person_key = ${row!.key} and state = 'active' and gap <> 'safe'`.execute(db);
    await sql`select * from dispensed_medicine where person_key = ${row!.key}`.execute(db);
    members.push(row!.member);
    if (risk) elsewhere.set(row!.key, { session: risk });
  }
  return dayList(members, elsewhere, at, startOfDay(at) + DAY_MS).length;
}

async function lockAndWait(office: Visitor): Promise<LockView> {
  const { body: { id } } = await office.post('/api/areas/lock', { towns: [TOWN], reason: 'bench' });
  for (;;) {
    const lock = ((await office.get('/api/areas/locks')).body.locks as LockView[]).find((each) => each.id === id);
    if (lock && lock.people > 0 && lock.planned === lock.people) return lock;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
