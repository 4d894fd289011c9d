import { sql, type Kysely } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { CITY_LINE, SECOND_PERSON_AFTER_MS, type CallCount, type CallFigures } from '../../hotline/index.ts';

const CITY_LINE_NAME = { zh: '市医疗热线', en: 'city medical line' };
const NONE: CallCount = { rang: 0, answered: 0, within10s: 0, abandoned: 0, missed: 0, owed: 0 };

export interface FiguresOf {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly district?: string;
  readonly line?: string;
}

/**
 * Counted where the calls are: on the worst day there are tens of thousands. Times to answer are of answered calls alone, a call
 * that nobody answered is counted beside them and never hidden in a mean.
 */
export async function readFigures(db: Kysely<any>, city: City, { at, from, to, district, line }: FiguresOf): Promise<CallFigures> {
  const { rows } = await sql<{ line: string | null; hour: string | null; rang: number; answered: number; within: number; abandoned: number; missed: number; owed: number; median: number | null; p95: number | null }>`
    select line, case when line is null then null else hour end as hour, count(*)::int as rang, count(answered_at)::int as answered,
      (count(*) filter (where answered_at - rang_at <= ${SECOND_PERSON_AFTER_MS}))::int as within, (count(*) filter (where abandoned))::int as abandoned,
      (count(*) filter (where missed_at is not null))::int as missed, (count(*) filter (where state = 'callBackOwed'))::int as owed,
      percentile_disc(0.5) within group (order by answered_at - rang_at) filter (where answered_at is not null) as median,
      percentile_disc(0.95) within group (order by answered_at - rang_at) filter (where answered_at is not null) as p95
    from (select *, rang_at / ${HOUR_MS}::bigint * ${HOUR_MS}::bigint as hour from call
      where city = ${city.id} and call ->> 'because' is distinct from 'worse' and rang_at >= ${from} and rang_at < ${to} and (${district ?? null}::text is null or district = ${district ?? null}) and (${line ?? null}::text is null or line = ${line ?? null})) as called
    group by grouping sets ((line, hour), (line), ()) order by line nulls first, hour nulls first`.execute(db);
  const count = (row: (typeof rows)[number]): CallCount => ({
    rang: row.rang, answered: row.answered, within10s: row.within, abandoned: row.abandoned, missed: row.missed, owed: row.owed,
    ...(row.median !== null && { medianMs: Number(row.median) }), ...(row.p95 !== null && { p95Ms: Number(row.p95) }),
  });
  const all = rows.find((row) => row.line === null);
  const lines = rows.filter((row) => row.line !== null && row.hour === null).map((row) => ({
    line: row.line!, name: row.line === CITY_LINE ? CITY_LINE_NAME : city.institutions.get(row.line!)?.name ?? { zh: row.line!, en: row.line! }, ...count(row),
    hours: rows.filter((each) => each.line === row.line && each.hour !== null).map((each) => ({ hour: Number(each.hour), ...count(each) })),
  }));
  return { at, from, to, all: all ? count(all) : NONE, lines };
}
