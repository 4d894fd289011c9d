/**
 * `npm run bench:intake`: care requests per second over HTTP with 64 clients, decided and durable, beside bare INSERTs of the
 * very same rows by as many connections in the same run. Rounds alternate, so that whatever else the machine does falls on
 * both. The server is a process of its own; so is this one, which only sends.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDatabase, startServer } from '../src/server/index.ts';
import { median, percentile } from './figures.ts';

const CLIENTS = 64;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const ROUND_REQUESTS = 4_000;
const WARM_UP_REQUESTS = 1_500;
const STEADY_PER_SECOND = 200;
const STEADY_SECONDS = 5;
const STEADY_ROUNDS = 3;
const PORT = 4_689;

async function runServer(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ databaseUrl, dataDir: '', log: () => undefined });
  const settings = { port: PORT, host: '127.0.0.1', dataDir: '', databaseUrl, demo: true };
  const server = await startServer(settings, database, { intakePerMinute: Infinity, log: (line) => process.stderr.write(`${line}\n`) });
  process.once('message', () => void server.stop().then(() => database.stop()).then(() => process.exit(0)));
  process.send!('ready');
}

async function runBench(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'greenlane-bench-'));
  const database = await openDatabase({ dataDir, log: () => undefined });
  let server: ChildProcess | undefined;
  try {
    server = fork(import.meta.filename, ['server', database.url]);
    await new Promise<void>((resolve, reject) => {
      server!.once('message', () => resolve());
      server!.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    await measure(database.url);
  } finally {
    if (server?.connected) {
      const ended = new Promise((resolve) => server!.once('exit', resolve));
      server.send('stop');
      await ended;
    }
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  pool.on('error', () => undefined);
  try {
    await measureOn(pool);
  } finally {
    await pool.end();
  }
}

async function measureOn(pool: pg.Pool): Promise<void> {
  const towns = await fetchTowns();
  await makeBareTables(pool);
  await sendMany(towns, WARM_UP_REQUESTS);
  await settle(pool);
  const overHttp: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const since = await lastReceived(pool);
    overHttp.push(await sendMany(towns, ROUND_REQUESTS));
    await settle(pool);
    bare.push(await insertBare(pool, since));
    print(`round ${round}: ${whole(overHttp.at(-1)!)}/s over HTTP, ${whole(bare.at(-1)!)}/s bare INSERTs`);
  }
  const ratio = median(overHttp) / median(bare);
  print(`\nover HTTP    ${whole(median(overHttp))} requests/s (${range(overHttp)}), ${CLIENTS} clients, decided and durable`);
  print(`bare INSERTs ${whole(median(bare))} requests/s (${range(bare)}), the same rows, ${CLIENTS} connections`);
  print(`ratio        ${ratio.toFixed(2)} (wanted: at least 0.50)`);
  const steady: (readonly number[])[] = [];
  for (let round = 1; round <= STEADY_ROUNDS; round++) {
    await settle(pool);
    steady.push(await sendSteadily(towns));
  }
  const p99s = steady.map((latencies) => percentile(latencies, 0.99));
  const p99 = median(p99s);
  const all = steady.flat();
  print(`at ${STEADY_PER_SECOND}/s      p50 ${percentile(all, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (${p99s.map((each) => each.toFixed(1)).join(', ')}; wanted: under 50 ms), slowest of ${whole(all.length)} ${Math.max(...all).toFixed(1)} ms`);
  process.exitCode = ratio >= 0.5 && p99 < 50 ? 0 : 1;
}

async function fetchTowns(): Promise<readonly string[]> {
  const answer = await fetch(`http://127.0.0.1:${PORT}/api/city`);
  const { towns } = await answer.json() as { towns: { code: string }[] };
  return towns.map(({ code }) => code);
}

/** What people ask for, in a plausible mixture; every request is different. */
const NEEDS = [
  { need: 'medicineRefill', ageYears: 66, groups: ['chronic'], medicine: 'amlodipine 5 mg', medicineDaysLeft: 3 },
  { need: 'fever', ageYears: 2, groups: ['child'], findings: ['fever'], patientKind: 'greenCode' },
  { need: 'generalOutpatient', ageYears: 40, patientKind: 'greenCode', mobility: 'walks', test: 'valid' },
  { need: 'emergency', ageYears: 61, findings: ['chestPain'], patientKind: 'highRiskArea', test: 'none' },
  { need: 'haemodialysis', ageYears: 58, patientKind: 'greenCode' },
  { need: 'onlineConsultation', ageYears: 33, complaint: 'A cough for three days, no fever, sleeping badly.' },
  { need: 'obstetrics', ageYears: 29, groups: ['pregnant'] },
  { need: 'chronicFollowUp', ageYears: 71, groups: ['chronic', 'elderly'] },
] as const;

let sent = 0;
const run = `${Date.now()}`;

function nextBody(towns: readonly string[]): { readonly key: string; readonly body: string } {
  const number = sent++;
  const { ageYears, ...need } = NEEDS[number % NEEDS.length]!;
  return {
    key: `bench-${run}-${number}`,
    body: JSON.stringify({
      ...need, ageYears, person: { name: `Resident ${number}`, phone: `1370000${String(number % 10_000).padStart(4, '0')}` },
      town: towns[number % towns.length], address: `Building ${number % 90}, room ${number % 400}`,
    }),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

function send(towns: readonly string[]): Promise<void> {
  const { key, body } = nextBody(towns);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent, host: '127.0.0.1', port: PORT, path: '/api/requests', method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': key },
    }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** @returns requests per second */
async function sendMany(towns: readonly string[], count: number): Promise<number> {
  let left = count;
  const began = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (left-- > 0) await send(towns);
  }));
  return (count / (performance.now() - began)) * 1_000;
}

/** @returns milliseconds of each answer, counted from when it was due, so that a stall counts for all it delays */
async function sendSteadily(towns: readonly string[]): Promise<readonly number[]> {
  const began = performance.now();
  return Promise.all(Array.from({ length: STEADY_PER_SECOND * STEADY_SECONDS }, async (_, index) => {
    const due = began + (index * 1_000) / STEADY_PER_SECOND;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const sentAt = Math.min(performance.now(), due + 1);
    await send(towns);
    return performance.now() - sentAt;
  }));
}

/** What the software does by itself after the answer must not run into the other side's round. */
async function settle(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rows: [row] } = await pool.query<{ waiting: string }>('select count(*) as waiting from errand where done_at is null and attempts < 3');
    if (Number(row?.waiting) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const TABLES = ['journey', 'event', 'idempotency', 'outbox', 'errand', 'pass'] as const;

/** The same tables with the same indexes and checks, for the rows alone. */
async function makeBareTables(pool: pg.Pool): Promise<void> {
  await pool.query('create schema bare');
  for (const table of TABLES) {
    await pool.query(`create table bare.${table} (like public.${table} including defaults including constraints including indexes)`);
  }
}

async function lastReceived(pool: pg.Pool): Promise<string> {
  const { rows: [row] } = await pool.query<{ at: string }>('select coalesce(max(received_at), 0)::text as at from journey');
  return row!.at;
}

/** Writes what the last round wrote when it answered, one transaction and one prepared statement a request. @returns requests per second */
async function insertBare(pool: pg.Pool, since: string): Promise<number> {
  const { rows } = await pool.query<Record<string, string>>(`
    select json_agg(j)::text as journey,
      (select coalesce(json_agg(e), '[]') from event e where e.city = j.city and e.journey = j.id and e.happened_at = j.received_at)::text as event,
      (select coalesce(json_agg(i), '[]') from idempotency i where i.city = j.city and i.journey = j.id)::text as idempotency,
      (select coalesce(json_agg(o), '[]') from outbox o where o.city = j.city and o.journey = j.id and o.created_at = j.received_at)::text as outbox,
      (select coalesce(json_agg(r), '[]') from errand r where r.city = j.city and r.journey = j.id and r.created_at = j.received_at)::text as errand,
      (select coalesce(json_agg(p), '[]') from pass p where p.city = j.city and p.journey = j.id and p.issued_at = j.received_at)::text as pass
    from journey j where received_at > $1::bigint group by j.city, j.id, j.received_at`, [since]);
  const inserts = TABLES.map((table, index) => `insert into bare.${table} select * from json_populate_recordset(null::bare.${table}, $${index + 1}::json)`);
  const [last, ...before] = [...inserts].reverse();
  const text = `with ${before.map((insert, index) => `w${index} as (${insert})`).join(', ')} ${last}`;
  let next = 0;
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => pool.connect()));
  const began = performance.now();
  await Promise.all(clients.map(async (client) => {
    for (let row = rows[next++]; row; row = rows[next++]) {
      await client.query({ name: 'bare', text, values: TABLES.map((table) => row[table]) });
    }
  }));
  const perSecond = (rows.length / (performance.now() - began)) * 1_000;
  for (const client of clients) client.release();
  return perSecond;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const range = (values: readonly number[]): string => `${whole(Math.min(...values))}–${whole(Math.max(...values))}`;
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (process.argv[2] === 'server') await runServer(process.argv[3]!);
else await runBench();
