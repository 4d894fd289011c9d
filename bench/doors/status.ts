/**
 * What the public status costs, and a closure with 500 open journeys. The page and the feed of Zhengzhou are answered by the product's front
 * beside a bare HTTP server that returns the same bytes; requests a second are counted per second of the serving process's own processor time,
 * so that they say the same on a machine that does other things as well. The closure runs on a real server and database, from the second
 * person's word to the moment every journey has an open link elsewhere; beside it as many bare updates of the same rows.
 */
import { fork } from 'node:child_process';
import { createServer, Agent, request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadCity } from '../../src/city/load.ts';
import { initialStatus, STATUS_RULES, statusOf } from '../../src/city/index.ts';
import type { StatusBoard } from '../../src/server/status/board.ts';
import { statusFront } from '../../src/server/status/front.ts';
import { confirmClosings, intake, startCity } from '../../tests/running-city.ts';

const REQUESTS = 6_000;
const AT_ONCE = 32;
const BYTES_MAX = 50_000;
const PER_SECOND_MIN = 2_000;
const JOURNEYS = 500;
const SECONDS_MAX = 5;

const loaded = loadCity(path.resolve(import.meta.dirname, '..', '..', 'cities', 'zhengzhou'));
if (!('city' in loaded)) throw new Error('the city has to load');
const { city } = loaded;

function front() {
  const status = initialStatus(city);
  const readAt = Date.now();
  const standings = [...city.institutions.values()].flatMap(({ code, services }) => [...services.keys()].map((service) => ({ institution: code, service, saidAt: readAt, saidBy: 'files' as const, state: statusOf(status, code, service, readAt).state })));
  const board = { now: () => status, rules: () => STATUS_RULES, standings: () => standings, published: () => [], readAt: () => readAt } as unknown as StatusBoard;
  return statusFront(city, board, Date.now);
}

/** In a process of its own, so that only answering is counted. */
function serve(kind: string): void {
  const answer = front();
  let bytes = Buffer.from('');
  const server = createServer((asked, response) => {
    if (kind === 'greenlane') return void answer(asked, response);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip', 'content-length': bytes.length });
    response.end(bytes);
  });
  let before = process.cpuUsage();
  process.on('message', (told: { bytes?: string } | 'begin' | 'end') => {
    if (told === 'begin') before = process.cpuUsage();
    else if (told === 'end') {
      const { user, system } = process.cpuUsage(before);
      process.send!({ cpuSeconds: (user + system) / 1e6 });
      server.close();
      process.disconnect();
    } else if (told.bytes !== undefined) {
      bytes = Buffer.from(told.bytes, 'base64');
      process.send!('ready');
    }
  });
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }));
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const fetchBytes = (port: number, url: string, zipped: boolean): Promise<Buffer> => new Promise((resolve, reject) => {
  request({ port, host: '127.0.0.1', path: url, agent, headers: zipped ? { 'accept-encoding': 'gzip' } : {} }, (response: IncomingMessage) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
  }).on('error', reject).end();
});

async function measure(kind: string, url: string, bytes?: Buffer): Promise<{ perSecond: number; plain: Buffer }> {
  const child = fork(import.meta.filename, ['--serve', kind]);
  const next = (): Promise<any> => new Promise((resolve) => void child.once('message', resolve));
  const { port } = (await next()) as { port: number };
  if (bytes) {
    const ready = next();
    child.send({ bytes: bytes.toString('base64') });
    await ready;
  }
  const plain = await fetchBytes(port, url, false);
  let left = REQUESTS;
  child.send('begin');
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (left-- > 0) await fetchBytes(port, url, true); }));
  const told = next();
  child.send('end');
  const { cpuSeconds } = (await told) as { cpuSeconds: number };
  return { perSecond: Math.round(REQUESTS / cpuSeconds), plain };
}

async function pages(): Promise<void> {
  for (const url of ['/status?lang=zh-CN', '/status?lang=en&service=emergency', '/api/status/feed']) {
    const ours = await measure('greenlane', url);
    const zipped = gzipSync(ours.plain);
    const bare = await measure('bare', url, zipped);
    const reached = ours.plain.length < BYTES_MAX && ours.perSecond >= PER_SECOND_MIN;
    console.log(`  ${url.padEnd(36)}${String(ours.plain.length).padStart(7)} B${String(zipped.length).padStart(7)} B zipped${String(ours.perSecond).padStart(8)} /s of one core; bare ${bare.perSecond} /s; under ${BYTES_MAX / 1_000} kB and ${PER_SECOND_MIN} /s: ${reached ? 'reached' : 'not reached'}`);
    if (!reached) process.exitCode = 1;
  }
  agent.destroy();
}

async function closure(): Promise<void> {
  const running = await startCity();
  const { pool } = running.database;
  const count = async (text: string, values: unknown[]): Promise<number> => (await pool.query<{ count: number }>(text, values)).rows[0]!.count;
  try {
    const asked = await Promise.all(Array.from({ length: JOURNEYS }, (_, index) => running.visitor().post('/api/requests', intake({ person: { name: `Resident ${index}`, phone: '13700005678' }, address: `Building ${index}`, need: 'emergency', findings: ['chestPain'] }))));
    const ids = asked.map(({ body }) => body.journey.id as string);
    while ((await count('select count(*)::int as count from errand where done_at is null', [])) > 0) await new Promise((done) => setTimeout(done, 100));
    const { rows: [busiest] } = await pool.query<{ institution: string; service: string; count: number }>(
      `select institution, service, count(*)::int as count from journey where state = 'open' and institution is not null group by 1, 2 order by 3 desc limit 1`);
    const { institution, service, count: there } = busiest!;
    const standIn = [...city.institutions.values()].find((one) => one.code !== institution && one.services.has(service as never) && one.services.get(service as never)!.children)!.code;
    const ward = await running.as(`ward@institution:${institution}`);
    const { at } = (await ward.get('/api/status')).body as { at: number };
    const from = performance.now();
    const closed = await ward.post(`/api/institutions/${institution}/services/${service}/status`, { state: 'closed', reason: 'cordon', until: at + 3_600_000, standIn });
    if (closed.status !== 200) throw new Error(JSON.stringify(closed.body));
    if (closed.body.waits) await confirmClosings(running.url);
    const acknowledged = performance.now();
    while ((await count(`select count(*)::int as count from journey where state = 'open' and (institution = $1 and service = $2 or due_at is null)`, [institution, service])) > 0) await new Promise((done) => setTimeout(done, 20));
    const seconds = (performance.now() - from) / 1_000;
    const bareFrom = performance.now();
    for (const id of ids) await pool.query('update journey set version = version where id = $1', [id]);
    const bare = (performance.now() - bareFrom) / 1_000;
    console.log(`  closure with ${there} open journeys: acknowledged after ${((acknowledged - from) / 1_000).toFixed(2)} s, every one has an open link elsewhere after ${seconds.toFixed(2)} s; ${JOURNEYS} bare updates ${bare.toFixed(2)} s; under ${SECONDS_MAX} s: ${seconds < SECONDS_MAX ? 'reached' : 'not reached'}`);
    if (seconds >= SECONDS_MAX) process.exitCode = 1;
  } finally {
    await running.stop();
  }
}

if (process.argv[2] === '--serve') serve(process.argv[3]!);
else {
  await pages();
  await closure();
}
