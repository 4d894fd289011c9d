/** Free seats among a million sessions, asked over HTTP as residents ask, beside the same query with its index switched off. */
import type pg from 'pg';
import { percentile } from './figures.ts';

const SLOTS = 1_000_000;
const ASKED = 3_000;
const ASKED_DAYS = 1_000;
const AT_ONCE = 4;
const NAIVE = 15;
const DAY_MS = 86_400_000;
const HALF_HOUR_MS = 1_800_000;
const WANTED_MS = 20;
const WANTED_DAYS_MS = 50;

interface Served {
  readonly id: string;
  readonly at: number;
  readonly towns: readonly { readonly code: string }[];
  readonly institutions: readonly { readonly code: string; readonly services: readonly string[] }[];
}

export async function findAmongAMillion(pool: pg.Pool, url: string, print: (line: string) => void): Promise<boolean> {
  const city = await (await fetch(`${url}/api/city`)).json() as Served;
  const offered = city.institutions.flatMap(({ code, services }) => services.map((service) => ({ code, service }))).filter(({ service }) => !['emergency', 'cloudClinic', 'pharmacy'].includes(service));
  // Most of a city that is short of care is booked up: nine sessions in ten are full, and those that are not lie anywhere in four weeks.
  await pool.query(`insert into slot (city, id, institution, service, clinic, starts_at, ends_at, seats, taken, released_at, kept, kept_until)
    select $1, 'million/' || number, offered.code, offered.service, 'desk-' || number / 50000, start, start + $3::bigint, 4, case when number % 10 < 9 then 4 else number % 4 end,
      case when number % 37 = 0 then start else 0 end, number % 2, start
    from (select number, $4::bigint + $3::bigint * (1 + (number::bigint * 7919) % 1344) as start, 1 + number % $5::int as which from generate_series(1, $2::int) as number) as numbered
    join (select row_number() over () as place, o.* from json_to_recordset($6::json) as o(code text, service text)) as offered on offered.place = which`,
  [city.id, SLOTS, HALF_HOUR_MS, city.at, offered.length, JSON.stringify(offered)]);
  await pool.query('vacuum analyze slot');
  const { rows: [counted] } = await pool.query<{ count: string }>('select count(*) from slot');

  const services = [...new Set(offered.map(({ service }) => service))];
  const address = (index: number): string => {
    const from = city.at + (index % 20) * DAY_MS;
    const query = new URLSearchParams({ service: services[index % services.length]!, town: city.towns[(index * 31) % city.towns.length]!.code, from: String(from) });
    if (index % 3 === 0) query.set('to', String(from + DAY_MS));
    if (index % 5 === 0) query.set('groups', 'elderly');
    if (index % 7 === 0) query.set('stepFree', 'true');
    return `${url}/api/appointments/free?${query}`;
  };
  // The same wish for the strip of days that a resident sees above the hours: a week, and for every seventh the four weeks that are the most.
  const days = (index: number): string => {
    const from = city.at + (index % 14) * DAY_MS;
    return `${address(index).replace('/free?', '/free/days?').replace(/&(from|to)=\d+/g, '')}&from=${from}&to=${from + (index % 7 === 0 ? 28 : 7) * DAY_MS}`;
  };
  const free = await ask(ASKED, address, ({ seats }) => (seats as unknown[]).length > 0);
  const strip = await ask(ASKED_DAYS, days, ({ days: found }) => (found as unknown[]).length > 0);

  const naive = await withoutIndex(pool, city, services);
  const ms = (value: number): string => value.toFixed(1);
  const line = ({ latencies }: Asked, wantedMs: number): string =>
    `p50 ${ms(percentile(latencies, 0.5))} ms, p95 ${ms(percentile(latencies, 0.95))} ms, p99 ${ms(percentile(latencies, 0.99))} ms (wanted: under ${wantedMs} ms), slowest ${ms(Math.max(...latencies))} ms`;
  print(`\nfree seats among ${Number(counted!.count).toLocaleString('en')} sessions, over HTTP, ${AT_ONCE} at a time, ${ASKED} questions (${free.found} found something):`);
  print(`by the index     ${line(free, WANTED_MS)}`);
  print(`without it       p50 ${ms(percentile(naive, 0.5))} ms, slowest ${ms(Math.max(...naive))} ms: the same question to PostgreSQL alone, which reads every session`);
  print(`the strip of days, ${ASKED_DAYS} questions (${strip.found} found something): ${line(strip, WANTED_DAYS_MS)}`);
  return percentile(free.latencies, 0.99) < WANTED_MS && percentile(strip.latencies, 0.99) < WANTED_DAYS_MS;
}

interface Asked {
  readonly latencies: readonly number[];
  readonly found: number;
}

/** So many questions, a few at a time, after as many as the caches need. */
async function ask(questions: number, address: (index: number) => string, hasFound: (answer: Record<string, unknown>) => boolean): Promise<Asked> {
  const latencies: number[] = [];
  let found = 0;
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let index = next++; index < questions; index = next++) {
      const began = performance.now();
      const answer = await fetch(address(index));
      const body = await answer.json() as Record<string, unknown>;
      latencies.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`${address(index)} answered ${answer.status}`);
      found += hasFound(body) ? 1 : 0;
    }
  };
  for (let index = 0; index < 200; index++) await (await fetch(address(index))).json();
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return { latencies, found };
}

async function withoutIndex(pool: pg.Pool, city: Served, services: readonly string[]): Promise<readonly number[]> {
  const client = await pool.connect();
  try {
    await client.query('set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off');
    const taken: number[] = [];
    for (let index = 0; index < NAIVE; index++) {
      const began = performance.now();
      await client.query(`select id, institution, starts_at, seats - taken as "left" from slot
        where city = $1 and service = $2 and starts_at >= $3 and taken < seats and closed_at is null and released_at <= $4
        order by starts_at limit 60`, [city.id, services[index % services.length], city.at + (index % 20) * DAY_MS, city.at]);
      taken.push(performance.now() - began);
    }
    return taken;
  } finally {
    await client.query('reset all');
    client.release();
  }
}
