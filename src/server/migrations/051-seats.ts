import { sql, type Kysely } from 'kysely';

/**
 * What claims of many seats at once need. `has_seat` changes only when a session fills or empties: an index over `taken` itself would be
 * written anew for every seat, and taking one would cost several times as much. A request for an appointment is known again by the hash of
 * what was asked. A notice of an appointment has no journey yet: it names its incident and is destroyed with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`drop index slot_free`,
    sql`drop index slot_find`,
    sql`alter table slot add column has_seat boolean generated always as (taken < seats and closed_at is null) stored`,
    sql`alter table slot set (fillfactor = 70)`,
    sql`create index slot_find on slot (city, service, institution, starts_at) where has_seat`,
    sql`alter table booking add column town text, add column request_hash text, add column booked_hash text, add column cancelled_reason text`,
    sql`drop index booking_once`,
    sql`create unique index booking_once on booking (city, journey, slot) where journey is not null and cancelled_at is null`,
    // Each by its own key first: keys are of one incident, and where several indexes begin with the city, a table that has just grown is read
    // by the wrong one from end to end, because PostgreSQL has not counted it yet. At release time it always has just grown.
    sql`drop index booking_one_a_day, booking_slot, booking_phone`,
    sql`create unique index booking_one_a_day on booking (person_key, service, day) where person_key is not null and state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_slot on booking (slot) where state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_held on booking (slot) where state = 'held'`,
    sql`create index booking_phone on booking (phone_key) where phone_key is not null and state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_proxy on booking (proxy_key) where proxy_key is not null and state in ('held', 'booked', 'checkedIn')`,
    sql`alter table outbox add column incident text, drop constraint outbox_ends,
      add constraint outbox_ends check (journey is not null or expires_at is not null or incident is not null)`,
    sql`create index outbox_incident on outbox (city, incident) where incident is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
