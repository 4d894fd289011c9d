import { sql, type Kysely } from 'kysely';

/** Units that issue passes to their own people, and those passes: people who work, whose journey nobody follows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table pass_issuer (
      city text not null, id text not null, incident text not null, kind text not null check (kind in ('hospital', 'epidemicControl', 'police', 'courier', 'other')), name jsonb not null,
      areas text[], passes_max integer not null check (passes_max > 0), valid_until bigint not null,
      enrolled_at bigint not null, enrolled_by text not null, withdrawn_at bigint, withdrawn_by text, withdrawn_reason text,
      primary key (city, incident, id), check ((withdrawn_at is null) = (withdrawn_by is null)), check ((withdrawn_at is null) = (withdrawn_reason is null)))`,
    sql`create table work_pass (
      city text not null, code text not null, incident text not null, issuer text not null, batch text, kind text not null check (kind in ('work', 'delivery', 'companion')),
      name text not null, duty text, areas text[], from_place text, to_place text, valid_from bigint not null, valid_to bigint not null,
      issued_at bigint not null, issued_by text not null, revoked_at bigint, revoked_by text, revoked_reason text,
      primary key (city, code), check (valid_to > valid_from), check ((revoked_at is null) = (revoked_by is null)), check ((revoked_at is null) = (revoked_reason is null)))`,
    sql`create index work_pass_of on work_pass (city, incident, issuer, batch)`,
    sql`create index work_pass_revoked on work_pass (city, valid_to) where revoked_at is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
