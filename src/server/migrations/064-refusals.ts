import { sql, type Kysely } from 'kysely';

/**
 * Refusals: each is one case with an owner and a deadline, whoever saw it and however often it was said. What is asked for in a query is
 * read out of the case itself, so that row and case cannot disagree. Every case belongs to an incident and is deleted with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table refusal_case (
      city text not null, id text not null, incident text not null, district text not null,
      call text, booking text, refusal jsonb not null, reports jsonb not null default '[]',
      about text not null generated always as (refusal ->> 'about') stored,
      journey text generated always as (refusal ->> 'journey') stored,
      opened_at bigint not null generated always as ((refusal ->> 'openedAt')::bigint) stored,
      due_at bigint generated always as ((refusal ->> 'dueAt')::bigint) stored,
      over_at bigint generated always as ((refusal #>> '{over,at}')::bigint) stored,
      closed_at bigint generated always as ((refusal ->> 'closedAt')::bigint) stored,
      primary key (city, id),
      -- Open is owed: a case without a deadline is closed, and only one that is decided with its person safe.
      constraint refusal_owed check ((due_at is null) = (closed_at is not null)),
      constraint refusal_closed check (closed_at is null or (over_at is not null and refusal ? 'decision')))`,
    // Said by three people and seen by the watch, it is one refusal, until somebody else has the person.
    sql`create unique index refusal_once on refusal_case (city, journey, about) where journey is not null and call is null and over_at is null`,
    sql`create unique index refusal_of_call on refusal_case (city, call) where call is not null`,
    sql`create unique index refusal_of_booking on refusal_case (city, booking) where booking is not null`,
    sql`create index refusal_due on refusal_case (city, due_at) where due_at is not null`,
    sql`create index refusal_about on refusal_case (city, incident, about)`,
    sql`create index journey_at_door on journey (city) where state = 'open' and step = 'receive'`,
    // What was published of a period that is over: figures in which nobody is, and the institution's published words.
    sql`create table refusal_history (
      city text not null, period text not null, institution text not null, exercise boolean not null, ended_at bigint not null,
      record jsonb not null, statement text, primary key (city, period, institution))`,
    sql`create table refusal_statement (
      city text not null, incident text not null, institution text not null, district text not null,
      text text not null, by_name text not null, at bigint not null, published_by text, published_at bigint,
      primary key (city, incident, institution), check ((published_by is null) = (published_at is null)))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
