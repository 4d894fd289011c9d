import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCity, type RunningCity } from '../running-city.ts';

let city: RunningCity;
beforeAll(async () => {
  city = await startCity();
}, 60_000);
afterAll(() => city.stop());

/** Renew both with `npx vitest run --project server tests/server/published.test.ts -u` and read what changed. */
describe('what is written down is what is served', () => {
  it('openapi.json', async () => {
    const { status, body } = await city.visitor().get('/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot('../../openapi.json');
  });

  it('schema.sql', async () => {
    await expect(await describeSchema()).toMatchFileSnapshot('../../schema.sql');
  });

  it.each(['policy.schema.json', 'standing-rules.schema.json'])('%s, for editors on pages of other servers as well', async (name) => {
    const answer = await fetch(`${city.url}/policies/${name}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('access-control-allow-origin')]).toEqual([200, 'application/schema+json; charset=utf-8', '*']);
    expect(await answer.json()).toEqual(JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../policies', name), 'utf8')));
  });

  it('the reading page asks no other server for anything', async () => {
    const { status, body } = await city.visitor().get('/docs/');
    expect(status).toBe(200);
    expect(body).not.toMatch(/(src|href)="https?:/);
  });
});

describe('every answer', () => {
  it('carries the headers that protect whoever reads it', async () => {
    const { headers } = await fetch(`${city.url}/api/city`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

/** Tables, columns, constraints and indexes as PostgreSQL has them, in an order that does not change. */
async function describeSchema(): Promise<string> {
  const { rows } = await city.database.pool.query<{ line: string }>(`
    with ours as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%')
    select line from (
      select relname, 0 as part, 0 as place, 'create table ' || relname as line from ours
      union all select relname, 1, attnum, '  ' || attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
        || case when attidentity <> '' then ' generated always as identity' else '' end
        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
        from ours join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped left join pg_attrdef on adrelid = attrelid and adnum = attnum
      union all select relname, 2, row_number() over (partition by relname order by conname), '  constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
        from ours join pg_constraint on conrelid = ours.oid and contype <> 'n'
      union all select relname, 3, row_number() over (partition by relname order by indexdef), '  ' || indexdef
        from ours join pg_indexes on tablename = relname and schemaname = 'public' where indexname not in (select conname from pg_constraint)
    ) as lines order by relname, part, place`);
  return `-- As PostgreSQL has it after every migration; to be read, not to be run.\n${rows.map(({ line }) => (line.startsWith('create') ? `\n${line}` : line)).join('\n')}\n`;
}
