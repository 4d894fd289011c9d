import { sql, type Kysely } from 'kysely';

/**
 * Seats that can be asked for by hand, held for minutes, kept back for green channels and moved. `taken` counts every seat that is held or
 * booked and `taken_kept` those of them that came out of the kept-back ones, so that one conditional write decides whether a seat is free
 * for this person at this instant. A booking belongs to an incident; its journey may begin later than it does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table slot
      add column clinic text not null default '', add column schedule text, add column cohort text,
      add column kept integer not null default 0, add column taken_kept integer not null default 0, add column kept_until bigint,
      add column released_at bigint not null default 0, add column closed_at bigint, add column closed_reason text,
      add constraint slot_kept check (kept between 0 and seats and taken_kept between 0 and kept and taken_kept <= taken)`,
    sql`alter table booking
      alter column journey drop not null,
      add column incident text, add column state text not null default 'booked'
        check (state in ('held', 'booked', 'checkedIn', 'fulfilled', 'cancelled', 'noShow')),
      add column institution text, add column service text, add column day bigint,
      add column person_key text, add column phone_key text, add column proxy_key text,
      add column held_until bigint, add column kept boolean not null default false,
      add column series text, add column waiting text, add column call_up_at bigint,
      add column token_hash text, add column phone_proof text, add column made_by text, add column person jsonb, add column care jsonb,
      add column version integer not null default 1`,
    sql`update booking set incident = journey.incident from journey where journey.city = booking.city and journey.id = booking.journey`,
    sql`update booking set state = 'cancelled' where cancelled_at is not null`,
    sql`update booking set institution = slot.institution, service = slot.service from slot where slot.city = booking.city and slot.id = booking.slot`,
    sql`alter table booking
      alter column incident set not null,
      add constraint booking_cancelled check ((state = 'cancelled') = (cancelled_at is not null)),
      add constraint booking_held check ((state = 'held') = (held_until is not null))`,
    // One live booking per person, service and day.
    sql`create unique index booking_one_a_day on booking (city, incident, person_key, service, day)
      where person_key is not null and state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_slot on booking (city, slot) where state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_incident on booking (city, incident)`,
    sql`create index booking_held_until on booking (city, held_until) where state = 'held'`,
    sql`create index booking_call_up on booking (city, call_up_at) where journey is null and state = 'booked' and call_up_at is not null`,
    sql`create index booking_phone on booking (city, incident, phone_key) where state in ('held', 'booked', 'checkedIn')`,
    sql`create index booking_series on booking (city, series) where series is not null`,
    sql`create unique index booking_token on booking (city, token_hash) where token_hash is not null`,
    sql`create index slot_find on slot (city, service, institution, starts_at) where taken < seats and closed_at is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
