import { sql, type Kysely } from 'kysely';

/**
 * Family-doctor teams and what they owe: each person of an incident is one row with one team, so that nobody has two and nobody has
 * none. Knocks are the committee's, with a deadline; an area lock owes each person in it a plan, one row for each need, which is what a
 * worker does and what is shown.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table panel_team (
      city text not null, incident text not null, id text not null, centre text, name text not null, phone text not null, towns text[] not null,
      primary key (city, incident, id), check (cardinality(towns) > 0))`,
    sql`insert into panel_team (city, incident, id, name, phone, towns)
      select distinct city, incident, 'PT-' || town, 'PT-' || town, '', array[town] from panel_member`,
    sql`alter table panel_member
      add column team text, add column person_key text, add column number text, add column active boolean not null default true,
      add column transfer_to text, add column transfer_due_at bigint,
      add column calling_by text, add column calling_name text, add column calling_since bigint, add column calling_until bigint`,
    sql`update panel_member set team = 'PT-' || town, person_key = id,
      member = member || jsonb_build_object('team', 'PT-' || town, 'key', id)`,
    sql`alter table panel_member
      alter column team set not null, alter column person_key set not null,
      drop constraint panel_member_pkey, add primary key (city, incident, id),
      add constraint panel_member_team foreign key (city, incident, team) references panel_team (city, incident, id),
      add constraint panel_member_transfer check ((transfer_to is null) = (transfer_due_at is null) and transfer_to <> team)`,
    sql`create unique index panel_member_person on panel_member (city, incident, person_key)`,
    sql`create unique index panel_member_number on panel_member (city, incident, team, number) where number is not null`,
    sql`create index panel_member_of_team on panel_member (city, incident, team) include (person_key) where active`,
    sql`create index panel_member_of_town on panel_member (city, incident, town) where active`,
    sql`create index panel_member_transfer_due on panel_member (city, transfer_due_at) where transfer_to is not null`,
    sql`drop index panel_member_due`,
    sql`drop index panel_member_incident`,
    sql`create table panel_knock (
      city text not null, incident text not null, id text not null, member text not null, town text not null, why text not null,
      asked_at bigint not null, due_at bigint not null, missed_count integer not null default 0, told text,
      done_at bigint, done_by text, found text check (found in ('well', 'needsCare', 'notThere', 'moved')), note text,
      primary key (city, incident, id), check ((done_at is null) = (found is null)))`,
    sql`create unique index panel_knock_one on panel_knock (city, incident, member) where done_at is null`,
    sql`create index panel_knock_open on panel_knock (city, due_at) where done_at is null`,
    sql`create table area_lock (
      city text not null, incident text not null, id text not null, source text not null, towns text[] not null, area jsonb,
      from_at bigint not null, until_at bigint, reason text not null, by_name text not null, entered_at bigint not null,
      plans_due_at bigint not null, ended_at bigint, told_at bigint,
      primary key (city, incident, id), unique (city, incident, source))`,
    sql`create table area_plan (
      city text not null, incident text not null, lock text not null, member text not null, need text not null,
      key text not null, state text not null check (state in ('waiting', 'open', 'done')), outcome text,
      owner_role text not null, owner_scope text not null, due_at bigint not null, missed_count integer not null default 0, told text,
      care jsonb, journey text, facts jsonb not null default '{}', planned_at bigint, done_at bigint, attempts integer not null default 0,
      next_at bigint not null default 0,
      primary key (city, incident, lock, member, need, key), check ((state = 'done') = (done_at is not null)))`,
    sql`create index area_plan_waiting on area_plan (city, next_at) where state = 'waiting'`,
    sql`create index area_plan_due on area_plan (city, due_at) where state <> 'done'`,
    sql`create index area_plan_member on area_plan (city, incident, member) where state <> 'done'`,
    // Who said that it got worse: few rows, and none of a request that comes in.
    sql`create index event_answers on event (city, happened_at) where type = 'AnswersAdded'`,
    sql`create table panel_watched (
      city text not null, incident text not null, looked_until bigint not null, primary key (city, incident))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
