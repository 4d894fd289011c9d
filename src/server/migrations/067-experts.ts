import { sql, type Kysely } from 'kysely';

/** Which expert is reachable when, who rests, who has gone to another house; and a question that knows by name whose turn it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table consult add column taken_of text, add column asked_expert text, add column asked_at bigint not null default 0`,
    sql`create table expert_shift (
      city text not null, id text not null, incident text not null, hospital text not null, name text not null, phone text not null,
      specialties text[] not null, starts_at bigint not null, ends_at bigint not null, on_site boolean not null, by_name text not null,
      primary key (city, id), check (ends_at > starts_at), check (cardinality(specialties) > 0),
      constraint one_shift_at_a_time exclude using gist (city with =, incident with =, hospital with =, name with =, int8range(starts_at, ends_at) with &&))`,
    sql`create index expert_shift_when on expert_shift (city, incident, ends_at)`,
    sql`create table expert_rest (
      city text not null, incident text not null, hospital text not null, name text not null, until bigint not null, primary key (city, incident, hospital, name))`,
    sql`create table expert_visit (
      city text not null, id text not null, incident text not null, consult text not null, hospital text not null, institution text not null, district text not null,
      name text not null, phone text not null, expert text not null, asked_at bigint not null, leaves_at bigint not null, own_way boolean not null default false, car text, pass text not null,
      left_at bigint, arrived_at bigint, returned_at bigint, called_off text,
      owner_role text, owner_scope text, due_at bigint, missed_count integer not null default 0,
      primary key (city, id), check ((due_at is null) = (owner_role is null)), check ((due_at is null) = (owner_scope is null)),
      check ((due_at is null) = (returned_at is not null or called_off is not null)))`,
    sql`create unique index expert_visit_consult on expert_visit (city, consult) where returned_at is null and called_off is null`,
    sql`create unique index expert_visit_car on expert_visit (city, car) where returned_at is null and called_off is null`,
    sql`create index expert_visit_due on expert_visit (city, due_at) where due_at is not null`,
    sql`create index expert_visit_incident on expert_visit (city, incident)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
