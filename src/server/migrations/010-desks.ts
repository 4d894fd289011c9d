import { sql, type Kysely } from 'kysely';

/**
 * Calls and duty rosters, the people of family-doctor teams, consultations between clinicians; and the answers already given,
 * so that a request sent twice is done once. What is only read whole is kept whole, beside the columns that are asked for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table call (
      city text not null, id text not null, incident text not null, version integer not null,
      line text not null, district text, state text not null check (state in ('ringing', 'answered', 'callBackOwed', 'ended')),
      due_at bigint, rang_at bigint not null, journey text, call jsonb not null,
      primary key (city, id), check ((state = 'callBackOwed') = (due_at is not null)))`,
    sql`create index call_open on call (city, rang_at) where state <> 'ended'`,
    sql`create index call_rang on call (city, rang_at)`,
    sql`create index call_incident on call (city, incident)`,
    sql`create table duty_shift (
      city text not null, id text not null, institution text not null, starts_at bigint not null, ends_at bigint not null,
      duty_person text not null, phone text not null, second_person text,
      primary key (city, id), check (ends_at > starts_at))`,
    sql`create index duty_shift_when on duty_shift (city, institution, ends_at)`,
    sql`create table panel_member (
      city text not null, id text not null, incident text not null, version integer not null,
      town text not null, due_at bigint not null, member jsonb not null,
      primary key (city, id))`,
    sql`create index panel_member_due on panel_member (city, town, due_at)`,
    sql`create index panel_member_incident on panel_member (city, incident)`,
    sql`create table consult (
      city text not null, id text not null, incident text not null, version integer not null,
      asked_from text not null, asked_of text not null, due_at bigint not null, answered_at bigint, taken_by text,
      journey text, consult jsonb not null,
      primary key (city, id))`,
    sql`create index consult_open on consult (city, due_at) where answered_at is null`,
    sql`create index consult_incident on consult (city, incident)`,
    sql`create table answer (
      city text not null, key text not null, actor text not null, incident text not null, request_hash text not null, answer jsonb,
      given_at timestamptz not null default now(),
      primary key (city, key, actor))`,
    sql`create index answer_incident on answer (city, incident)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
