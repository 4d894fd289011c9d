/**
 * `npm run bench:booking`: the rush on 20 sessions, 64 callers at a time, over HTTP and durable, beside the four published strategies on the
 * same PostgreSQL: behind a bare HTTP server of their own, and the conditional write once more without HTTP. Rounds take turns, so that
 * whatever else the machine does falls on all of them. Then free seats are looked for among a million sessions.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDatabase, startServer } from '../src/server/index.ts';
import { findAmongAMillion } from './booking-find.ts';
import { p, playRound, sum, type Round } from './booking-rounds.ts';
import { freshSessions, makeTables, overbooked, STRATEGIES, type StrategyName } from './booking-strategies.ts';
import { median } from './figures.ts';

const CLIENTS = 64;
const SESSIONS = 20;
const SEATS = 60;
const CALLERS = 1_600;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const PORT = 4_691;
const SERVED_PORT = 4_692;
const HOUR_MS = 3_600_000;
const OURS = 'Greenlane over HTTP';
const BARE = 'one conditional write, no HTTP';
const NARROW = 'the same, narrow tables, no HTTP';
const SERVED = ['check, then insert', 'lock per doctor that fails fast', 'serializable, one retry', 'one conditional write'] as const satisfies readonly StrategyName[];
const NAMES = [OURS, ...SERVED, BARE, NARROW] as const;
type Name = (typeof NAMES)[number];

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
  const children: ChildProcess[] = [];
  const pool = new pg.Pool({ connectionString: database.url, max: CLIENTS });
  pool.on('error', () => undefined);
  try {
    await begin(children, import.meta.filename, ['server', database.url]);
    const served = await begin(children, path.join(import.meta.dirname, 'booking-served.ts'), [database.url, String(SERVED_PORT), String(CLIENTS)]);
    const rush = await measureRush(pool, served);
    const find = await findAmongAMillion(pool, `http://127.0.0.1:${PORT}`, print);
    process.exitCode = rush && find ? 0 : 1;
  } finally {
    await pool.end();
    for (const child of children.filter(({ connected }) => connected)) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    }
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function begin(children: ChildProcess[], file: string, args: readonly string[]): Promise<ChildProcess> {
  const child = fork(file, args);
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return child;
}

async function measureRush(pool: pg.Pool, served: ChildProcess): Promise<boolean> {
  await makeTables(pool);
  const city = await (await fetch(`http://127.0.0.1:${PORT}/api/city`)).json() as { id: string; at: number; towns: { code: string }[]; institutions: { code: string }[] };
  const rounds = new Map<Name, Round[]>(NAMES.map((name) => [name, []]));
  await overHttp(pool, city, 'warm');
  const row = await storedRow(pool);
  served.send({ like: row });
  const play = (name: Name, round: string): Promise<Round> => {
    if (name === OURS) return overHttp(pool, city, round);
    if (name === BARE) return withoutHttp(pool, 'one conditional write', row, round);
    return name === NARROW ? withoutHttp(pool, 'the same, narrow tables', row, round) : servedRound(pool, city, name, round);
  };
  for (const name of NAMES) await play(name, 'warm up');
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of NAMES) {
      const played = await play(name, `${round}`);
      rounds.get(name)!.push(played);
      // What one of them left to be written to the disk is not paid for by the next.
      await pool.query('checkpoint');
    }
    print(`round ${round}: ${NAMES.map((name) => `${name} ${whole(rounds.get(name)!.at(-1)!.perSecond)}/s`).join(', ')}`);
  }
  print(`\n${CLIENTS} callers at a time, ${SESSIONS} sessions with ${SEATS} seats each, ${CALLERS} callers a round, ${ROUNDS} rounds in turn:`);
  print(`${'strategy'.padEnd(34)}${'overbooked'.padStart(11)}${'refused while free'.padStart(20)}${'accepted/s'.padStart(24)}${'p95 ms'.padStart(9)}${'p99 ms'.padStart(9)}`);
  const rate = (name: Name): number => median(rounds.get(name)!.map(({ perSecond }) => perSecond));
  for (const name of NAMES) {
    const those = rounds.get(name)!;
    const rates = those.map(({ perSecond }) => perSecond);
    print(`${name.padEnd(34)}${whole(sum(those, (one) => one.overbooked)).padStart(11)}${whole(sum(those, (one) => one.refusedWhileFree)).padStart(20)}${`${whole(rate(name))} (${whole(Math.min(...rates))}–${whole(Math.max(...rates))})`.padStart(24)}${p(those, 0.95).toFixed(1).padStart(9)}${p(those, 0.99).toFixed(1).padStart(9)}`);
  }
  const ratio = rate(OURS) / rate(BARE);
  const clean = sum(rounds.get(OURS)!, (one) => one.overbooked + one.refusedWhileFree) === 0;
  // The bare write behind a server that checks nothing reads no limit and writes no link: it is printed, and is no booking.
  const fastest = SERVED.filter((name) => name !== 'one conditional write').every((name) => rate(name) <= rate(OURS));
  print(`\nours beside one conditional write without HTTP: ${ratio.toFixed(2)} (wanted: at least 0.60), beside the same on narrow tables ${(rate(OURS) / rate(NARROW)).toFixed(2)}`);
  print(`nobody overbooked, nobody refused while a seat was free: ${clean ? 'yes' : 'NO'}; faster over HTTP than whatever overbooks or refuses: ${fastest ? 'yes' : 'NO'}`);
  return clean && fastest && ratio >= 0.6;
}

const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
let callers = 0;

interface Served {
  readonly id: string;
  readonly at: number;
  readonly towns: readonly { readonly code: string }[];
}

async function overHttp(pool: pg.Pool, city: Served, round: string): Promise<Round> {
  const starts = city.at + 48 * HOUR_MS;
  const slots = sessions((index) => `bench/expert/${starts + index}/clinic:${round}`);
  await pool.query(`insert into slot (city, id, institution, service, clinic, starts_at, ends_at, seats)
    select $1, id, 'bench', 'expert', $2, $3, $4, $5 from unnest($6::text[]) as id`, [city.id, round, starts, starts + HOUR_MS, SEATS, slots]);
  let left = CALLERS;
  const next = () => {
    if (left-- <= 0) return undefined;
    const slot = slots[left % SESSIONS]!;
    const town = city.towns[left % city.towns.length]!.code;
    return async () => ({ slot, accepted: await send(PORT, '/api/appointments', slot, town) });
  };
  return playRound(CLIENTS, next, SEATS, async () => {
    const { rows: [row] } = await pool.query<{ over: string }>(`select coalesce(sum(greatest(0, (select count(*) from booking b where b.city = s.city and b.slot = s.id and state <> 'cancelled') - seats)), 0) as over
      from slot s where id = any($1)`, [slots]);
    return Number(row!.over);
  });
}

function sessions(name: (index: number) => string): readonly string[] {
  return Array.from({ length: SESSIONS }, (_, index) => name(index));
}

/** Everybody is somebody else, with a telephone of their own. */
function send(port: number, address: string, slot: string, town: string): Promise<boolean> {
  const number = callers++;
  const body = JSON.stringify({
    slot,
    care: {
      person: { name: `Resident ${number}`, phone: `137${String(number).padStart(8, '0')}`, ageMonths: 300 + (number % 400) }, town, address: `Building ${number % 90}, room ${number % 400}`,
      need: 'expert', complaint: 'A cough for three weeks.', groups: [], patientKind: 'greenCode', mobility: 'walks',
    },
  });
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent, host: '127.0.0.1', port, path: address, method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': `bench-${process.pid}-${number}` },
    }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 201 || answer.statusCode === 409 ? resolve(answer.statusCode === 201) : reject(new Error(`answered ${answer.statusCode}`))));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What the service wrote for the last caller: the others write as much. */
async function storedRow(pool: pg.Pool): Promise<Record<string, unknown>> {
  const { rows: [row] } = await pool.query<{ row: Record<string, unknown> }>(`select to_json(b) as row from booking b where slot like 'bench/%' limit 1`);
  return row!.row;
}

async function servedRound(pool: pg.Pool, city: Served, name: (typeof SERVED)[number], round: string): Promise<Round> {
  const slots = sessions((index) => `served ${name} ${round} ${index}`);
  await freshSessions(pool, name, slots, SEATS);
  let left = CALLERS;
  const next = () => {
    if (left-- <= 0) return undefined;
    const slot = slots[left % SESSIONS]!;
    const town = city.towns[left % city.towns.length]!.code;
    return async () => ({ slot, accepted: await send(SERVED_PORT, `/${encodeURIComponent(name)}`, slot, town) });
  };
  return playRound(CLIENTS, next, SEATS, () => overbooked(pool, name, slots));
}

async function withoutHttp(pool: pg.Pool, name: StrategyName, like: Record<string, unknown>, round: string): Promise<Round> {
  const slots = sessions((index) => `${name} ${round} ${index}`);
  await freshSessions(pool, name, slots, SEATS);
  const all = await Promise.all(Array.from({ length: CLIENTS }, () => pool.connect()));
  const clients = [...all];
  const strategy = STRATEGIES[name];
  let left = CALLERS;
  const next = () => {
    if (left-- <= 0) return undefined;
    const slot = slots[left % SESSIONS]!;
    const id = `B${process.pid}-${callers++}`;
    const row = JSON.stringify({ ...like, city: 'bench', id, slot, person_key: id, phone_key: id, token_hash: id });
    return async () => {
      const client = clients.pop()!;
      const accepted = await strategy(client, { id, slot, row });
      clients.push(client);
      return { slot, accepted };
    };
  };
  try {
    return await playRound(CLIENTS, next, SEATS, () => overbooked(all[0]!, name, slots));
  } finally {
    for (const client of all) client.release();
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (process.argv[2] === 'server') await runServer(process.argv[3]!);
else await runBench();
