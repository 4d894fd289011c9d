import { sql, type Kysely } from 'kysely';
import { DAY_MS, startOfDay, type Instant } from '../../base/index.ts';
import { slotsOf, type BookableService, type PlannedSlot, type Schedule } from '../../appointments/index.ts';
import type { City } from '../../city/index.ts';
import { seatedServices } from '../appointments/seated.ts';

type Db = Kysely<any>;

/** How far ahead seats are laid out: as far as a series has its seats, and the day after. */
export const SLOT_DAYS = 15;

/** Whoever lays out slots or publishes waits here: a top-up that looked before a schedule was published would bring the old sessions back. */
export async function lockSchedules(trx: Db, city: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${city} schedules`}, 0))`.execute(trx);
}

/** What was ever published for: the built-in pattern never comes back for it, also when a schedule has ended. */
export async function everPublished(db: Db, city: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ institution: string; service: string }>`select distinct institution, service from schedule where city = ${city}`.execute(db);
  return new Set(rows.map(({ institution, service }) => `${institution}/${service}`));
}

/** The services that still run the built-in pattern. */
export function unpublished(city: City, published: ReadonlySet<string>): ReturnType<typeof seatedServices> {
  return seatedServices(city).filter(({ institution, service }) => !published.has(`${institution}/${service}`));
}

/** Slots of every published schedule up to the horizon; those that stand keep their bookings and what was changed by hand. */
export async function topUpPublished(trx: Db, city: string, at: Instant): Promise<void> {
  const { rows } = await sql<{ schedule: Schedule }>`select schedule from schedule where city = ${city} and ended_at is null`.execute(trx);
  await addPlanned(trx, city, rows.flatMap(({ schedule }) => slotsOf(schedule, at, horizonOf(at))));
}

const horizonOf = (at: Instant): Instant => startOfDay(at) + SLOT_DAYS * DAY_MS;

const COLUMNS = sql`p(id text, institution text, service text, clinic text, schedule text, cohort text, "startsAt" bigint, "endsAt" bigint, seats integer, kept integer, "keptUntil" bigint, "releasedAt" bigint)`;

export async function addPlanned(trx: Db, city: string, slots: readonly PlannedSlot[], byHand = false): Promise<number> {
  if (slots.length === 0) return 0;
  const { numAffectedRows } = await sql`insert into slot (city, id, institution, service, clinic, schedule, cohort, starts_at, ends_at, seats, kept, kept_until, released_at, by_hand)
    select ${city}, id, institution, service, clinic, schedule, cohort, "startsAt", "endsAt", seats, kept, "keptUntil", "releasedAt", ${byHand}
    from json_to_recordset(${JSON.stringify(slots)}::json) as ${COLUMNS}
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** What became of the slots of one service when its schedules changed. `full` have to lose people, `gone` lose everybody. */
export interface LaidOut {
  readonly added: number;
  readonly changed: number;
  readonly gone: readonly string[];
  readonly full: readonly string[];
}

/** Closed because its schedule no longer has it: opened again when the schedule has it again. */
export const NOT_IN_SCHEDULE = 'scheduleChanged';

/**
 * Makes the coming slots of a service what its schedules say. Nothing that is booked disappears: a slot the schedules no longer have, and one that
 * became too small, are named in the answer, and whoever calls this places their people again in the same transaction.
 */
export async function layOut(trx: Db, city: string, institution: string, service: BookableService, at: Instant): Promise<LaidOut> {
  const { rows: schedules } = await sql<{ schedule: Schedule }>`select schedule from schedule
    where city = ${city} and institution = ${institution} and service = ${service} and ended_at is null`.execute(trx);
  const planned = schedules.flatMap(({ schedule }) => slotsOf(schedule, at, horizonOf(at)));
  const added = await addPlanned(trx, city, planned);
  // A seat that is being booked at this moment is counted: the rows are locked before they are looked at.
  await sql`select from slot where city = ${city} and institution = ${institution} and service = ${service} and starts_at > ${at} order by id for update`.execute(trx);
  const { rows: changed } = await sql<{ id: string; full: boolean }>`
    with planned as (select * from json_to_recordset(${JSON.stringify(planned)}::json) as ${COLUMNS})
    update slot set ends_at = "endsAt", seats = greatest(planned.seats, taken), seats_to = case when taken > planned.seats then planned.seats end,
      kept = least(greatest(planned.kept, taken_kept), greatest(planned.seats, taken)), kept_until = "keptUntil", released_at = "releasedAt",
      schedule = planned.schedule, closed_at = null, closed_reason = null
    from planned where slot.city = ${city} and slot.id = planned.id and not slot.by_hand and (slot.closed_at is null or slot.closed_reason = ${NOT_IN_SCHEDULE})
      and (slot.ends_at, slot.seats, slot.kept, slot.kept_until, slot.released_at, slot.schedule, slot.closed_at)
        is distinct from (planned."endsAt", planned.seats, planned.kept, planned."keptUntil", planned."releasedAt", planned.schedule, null::bigint)
    returning slot.id, taken > planned.seats as full`.execute(trx);
  const { rows: gone } = await sql<{ id: string }>`update slot set closed_at = ${at}, closed_reason = ${NOT_IN_SCHEDULE}
    where city = ${city} and institution = ${institution} and service = ${service} and starts_at > ${at} and closed_at is null and not by_hand
      and id <> all(${planned.map(({ id }) => id)}::text[]) returning id`.execute(trx);
  return { added, changed: changed.length, gone: gone.map(({ id }) => id), full: changed.filter(({ full }) => full).map(({ id }) => id) };
}
