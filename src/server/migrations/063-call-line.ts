import { sql, type Kysely } from 'kysely';

/**
 * The medical call line: whose telephone rings when (two people never answer at the same time), who has signed for whom, what of
 * the roster nobody may leave as it is, and every report of a telephone system as it came.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table call add column next_at bigint, add column answered_at bigint, add column missed_at bigint, add column abandoned boolean not null default false,
      add column owner_name text, add column exchange_call text`,
    sql`update call set call = call || '{"rings": [], "toldOn": 0}'::jsonb, answered_at = (call #>> '{answered,at}')::bigint, missed_at = (call ->> 'missedAt')::bigint,
      next_at = case state when 'ringing' then rang_at when 'callBackOwed' then due_at end`,
    sql`create index call_next on call (city, next_at) where next_at is not null`,
    sql`create unique index call_exchange on call (city, incident, exchange_call) where exchange_call is not null`,
    // A roster belongs to an incident from now on; which one an earlier row belonged to was never written down.
    sql`delete from duty_shift`,
    sql`alter table duty_shift add column incident text not null, add column answers_from bigint not null, add column second_phone text, add column takes_over_from text,
      add constraint duty_shift_answers check (answers_from >= starts_at and answers_from < ends_at),
      add constraint one_answers_at_a_time exclude using gist (city with =, institution with =, int8range(answers_from, ends_at) with &&)`,
    sql`create index duty_shift_incident on duty_shift (city, incident)`,
    sql`create table duty_hand_over (
      city text not null, incident text not null, institution text not null, goes text not null, comes text not null,
      signed jsonb not null, done_at bigint, primary key (city, goes, comes))`,
    // A line is taken over from one shift by one other, whoever signs at the same moment.
    sql`create unique index duty_hand_over_once on duty_hand_over (city, goes) where done_at is not null`,
    sql`create index duty_hand_over_incident on duty_hand_over (city, incident)`,
    sql`create table duty_line (
      city text not null, institution text not null, incident text not null, public_number text not null, number_digits text not null, named_at bigint not null, named_by text not null,
      primary key (city, institution), unique (city, number_digits))`,
    sql`create index duty_line_incident on duty_line (city, incident)`,
    sql`create table duty_matter (
      city text not null, id text not null, incident text not null, institution text not null, district text not null,
      kind text not null check (kind in ('gap', 'notHandedOver')), starts_at bigint not null, ends_at bigint not null,
      owner_role text not null, owner_scope text not null, due_at bigint not null, missed_count integer not null default 0,
      primary key (city, id), unique (city, institution, kind, starts_at), check (ends_at > starts_at))`,
    sql`create index duty_matter_due on duty_matter (city, due_at)`,
    sql`create index duty_matter_incident on duty_matter (city, incident)`,
    sql`create table call_news (
      city text not null, id text not null, incident text not null, body_hash text not null, exchange_call text not null, news jsonb not null, received_at bigint not null,
      primary key (city, id))`,
    sql`create index call_news_incident on call_news (city, incident)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
