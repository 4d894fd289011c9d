import { sql, type Kysely } from 'kysely';

/**
 * The cloud clinic's desks as rows: whose turn it is, with whom a visit lies and since when; and what was dispensed to whom, from which the
 * days left are counted. Both are copies of what the stories say, written in the transaction that stores them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table clinic_visit (
      city text not null, journey text not null, visit text not null, institution text not null, service text not null,
      state text not null check (state in ('waiting', 'taken', 'queried', 'toCheck', 'toDispense', 'toHandOver', 'onTheWay', 'over')),
      acuity text not null, queued_at bigint not null, promised_at bigint,
      doctor text, taken_at bigint, returns_at bigint, answered_at bigint,
      primary key (city, journey), check (state <> 'taken' or (doctor is not null and returns_at is not null)))`,
    sql`create index clinic_visit_desk on clinic_visit (city, institution, state) where state <> 'over'`,
    sql`create index clinic_visit_returns on clinic_visit (city, returns_at) where state = 'taken'`,
    sql`create index clinic_visit_answered on clinic_visit (city, institution, answered_at) where answered_at is not null`,
    sql`create table dispensed_medicine (
      city text not null, incident text not null, journey text not null, visit text not null, place integer not null,
      person_key text not null, medicine text not null, days integer not null check (days > 0), quantity integer, dispensed_at bigint not null,
      primary key (city, journey, visit, place))`,
    sql`create index dispensed_medicine_visit on dispensed_medicine (city, visit)`,
    sql`create index dispensed_medicine_person on dispensed_medicine (city, incident, person_key)`,
  ];
  for (const statement of statements) await statement.execute(db);
  await listVisitsOfBefore(db);
}

/** Visits that were open before there were rows for them: nobody who waits for a doctor is lost by a new version. */
export async function listVisitsOfBefore(db: Kysely<unknown>): Promise<void> {
  await sql`insert into clinic_visit (city, journey, visit, institution, service, state, acuity, queued_at, doctor, taken_at, returns_at, answered_at)
    select city, id, visit ->> 'id', visit ->> 'institution', 'general',
      case when visit ? 'deliveredAt' or visit ? 'sentOnAt' then 'over'
        when not visit ? 'answeredAt' then case when visit ? 'doctor' then 'taken' else 'waiting' end
        when not visit ? 'prescription' then 'over' when visit ? 'dispensedAt' then 'onTheWay' else 'toCheck' end,
      acuity, (visit ->> 'queuedAt')::bigint, visit ->> 'doctor', (visit ->> 'takenAt')::bigint,
      case when visit ? 'doctor' then (visit ->> 'takenAt')::bigint + 900000 end, (visit ->> 'answeredAt')::bigint
    from (select city, id, acuity, story -> 'visit' as visit from journey where state = 'open' and pathway = 'remote' and story ? 'visit') as before
    on conflict do nothing`.execute(db);
}
