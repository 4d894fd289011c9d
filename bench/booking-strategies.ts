/**
 * Four published ways to give the last seat to one of many, each as it is usually written, on tables with our columns, checks and indexes.
 * All of them write the very booking row that the service writes for the same caller; none of them speaks HTTP, checks what was typed, or
 * remembers that it was asked before.
 */
import type pg from 'pg';

/** One caller and what would be stored for them. */
export interface Caller {
  readonly id: string;
  readonly slot: string;
  /** A booking row as JSON. */
  readonly row: string;
}

/** @returns whether the caller has a seat */
export type Strategy = (client: pg.PoolClient, caller: Caller) => Promise<boolean>;

const INSERT = 'insert into bare.booking select * from json_populate_record(null::bare.booking, $1::json)';
const LEFT = `select (select seats from bare.slot where id = $1) - (select count(*) from bare.booking where slot = $1 and state in ('held', 'booked', 'checkedIn')) as "left"`;

async function insertIfLeft(client: pg.PoolClient, { slot, row }: Caller): Promise<boolean> {
  const { rows: [found] } = await client.query<{ left: number }>({ name: 'left', text: LEFT, values: [slot] });
  if (Number(found!.left) < 1) return false;
  await client.query({ name: 'insert', text: INSERT, values: [row] });
  return true;
}

async function inTransaction(client: pg.PoolClient, begin: string, work: () => Promise<boolean>): Promise<boolean> {
  await client.query(begin);
  try {
    const answer = await work();
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

/** Counts, and inserts when there is room: two who count at the same moment both find it. */
const checkThenInsert: Strategy = (client, caller) => inTransaction(client, 'begin', () => insertIfLeft(client, caller));

/** One at a time for each doctor; whoever finds the lock taken is sent away at once. */
const lockThatFailsFast: Strategy = (client, caller) => inTransaction(client, 'begin', async () => {
  const { rows: [lock] } = await client.query<{ mine: boolean }>({ name: 'lock', text: 'select pg_try_advisory_xact_lock(hashtext($1)) as mine', values: [caller.slot] });
  return lock!.mine && insertIfLeft(client, caller);
});

/** The database finds out who contradicts whom; whoever loses twice is sent away. */
const serializable: Strategy = async (client, caller) => {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(client, 'begin isolation level serializable', () => insertIfLeft(client, caller));
    } catch (error) {
      if (codeOf(error) !== '40001') throw error;
      if (tries === 2) return false;
    }
  }
};

/** A counter that only moves while there is room, and the row in the same statement. */
const conditionalWrite: Strategy = async (client, { slot, row }) => {
  const { rowCount } = await client.query({
    name: 'conditional',
    text: `with seat as (update bare.slot set taken = taken + 1 where city = 'bench' and id = $1 and taken < seats returning id)
      insert into bare.booking select b.* from json_populate_record(null::bare.booking, $2::json) as b, seat`,
    values: [slot, row],
  });
  return rowCount === 1;
};

/** The same on the narrowest tables it can have: a counter, and a row that says who. */
const narrowWrite: Strategy = async (client, { id, slot }) => {
  const { rowCount } = await client.query({
    name: 'narrow',
    text: `with seat as (update narrow.slot set taken = taken + 1 where id = $1 and taken < seats returning id)
      insert into narrow.booking (id, slot) select $2, id from seat`,
    values: [slot, id],
  });
  return rowCount === 1;
};

export const STRATEGIES = {
  'check, then insert': checkThenInsert,
  'lock per doctor that fails fast': lockThatFailsFast,
  'serializable, one retry': serializable,
  'one conditional write': conditionalWrite,
  'the same, narrow tables': narrowWrite,
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

export async function makeTables(pool: pg.Pool): Promise<void> {
  await pool.query(`create schema bare; create schema narrow;
    create table bare.slot (like public.slot including all);
    create table bare.booking (like public.booking including all);
    create table narrow.slot (id text primary key, seats integer not null, taken integer not null default 0 check (taken <= seats)) with (fillfactor = 70);
    create table narrow.booking (id text primary key, slot text not null references narrow.slot (id));
    create index on narrow.booking (slot)`);
}

/** Sessions nobody has booked yet, for one round of one strategy. */
export async function freshSessions(pool: pg.Pool, name: StrategyName, slots: readonly string[], seats: number): Promise<void> {
  const text = name === 'the same, narrow tables'
    ? 'insert into narrow.slot (id, seats) select unnest($1::text[]), $2'
    : `insert into bare.slot (city, id, institution, service, starts_at, ends_at, seats) select 'bench', unnest($1::text[]), 'bench', 'expert', 1, 2, $2`;
  await pool.query(text, [slots, seats]);
}

export async function overbooked(client: pg.ClientBase | pg.Pool, name: StrategyName, slots: readonly string[]): Promise<number> {
  const schema = name === 'the same, narrow tables' ? 'narrow' : 'bare';
  const { rows: [row] } = await client.query<{ over: string }>(`select coalesce(sum(greatest(0, booked - seats)), 0) as over from (
    select seats, (select count(*) from ${schema}.booking b where b.slot = s.id) as booked from ${schema}.slot s where id = any($1)) as counted`, [slots]);
  return Number(row!.over);
}
