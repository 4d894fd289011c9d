import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import { refusalRecords, type RefusalCase, type RefusalRecord } from '../../reception/index.ts';
import { monthOf } from './month.ts';

/**
 * A period is destroyed with everybody's rows in it. What was published of it stays, as it was published: figures in which nobody can be found.
 * An institution's refusals do not vanish with the people they happened to; those of an exercise never stand beside real ones.
 */
export async function keepRecord(trx: Kysely<any>, city: string, incident: string, at: Instant): Promise<void> {
  const { rows } = await sql<{ refusal: RefusalCase }>`select refusal from refusal_case where city = ${city} and incident = ${incident}`.execute(trx);
  for (const record of refusalRecords(rows.map(({ refusal }) => refusal), monthOf)) {
    await sql`insert into refusal_history (city, period, institution, exercise, ended_at, record, statement)
      select i.city, i.id, ${record.institution}, i.name = 'Exercise', ${at}, ${JSON.stringify(record)}::jsonb,
        (select s.text from refusal_statement s where s.city = i.city and s.incident = i.id and s.institution = ${record.institution} and s.published_at is not null)
      from incident i where i.city = ${city} and i.id = ${incident}`.execute(trx);
  }
}

/** Periods that are over, the latest first. */
export async function earlierRecords(db: Kysely<any>, city: string, exercise: boolean): Promise<readonly { readonly endedAt: Instant; readonly record: RefusalRecord; readonly statement?: string }[]> {
  const { rows } = await sql<{ endedAt: Instant; record: RefusalRecord; statement: string | null }>`select ended_at as "endedAt", record, statement from refusal_history
    where city = ${city} and exercise = ${exercise} order by ended_at desc, (record ->> 'neverBlock')::int desc, (record ->> 'total')::int desc, institution`.execute(db);
  return rows.map(({ statement, ...row }) => ({ ...row, ...(statement !== null && { statement }) }));
}
