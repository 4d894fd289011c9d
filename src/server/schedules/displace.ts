import { sql, type Kysely } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { BookableService } from '../../appointments/index.ts';
import { cohortAfter } from '../../appointments/store.ts';
import { intoOutbox } from '../../people/store.ts';
import type { Intake } from '../../requests/index.ts';
import type { Acuity } from '../../triage/index.ts';
import type { House } from '../house.ts';
import { needOf } from '../waiting/need.ts';

type Db = Kysely<any>;

/** The ward that changed it finds everybody another seat within the hour, or the district hears of it. Chosen by us. */
const PLACE_WITHIN_MS = HOUR_MS;

export interface Displacing {
  readonly slots: readonly string[];
  /** A code of `words/`: why their session is not held as it was. */
  readonly reason: string;
  /** The session they are to have instead before any other, where there is one. */
  readonly prefer?: string;
  /** Whoever's request has begun is asked about by others. */
  readonly withoutRequests?: true;
  readonly at: Instant;
}

interface Booked {
  readonly booking: string;
  readonly slot: string;
  readonly service: BookableService;
  readonly institution: string;
  readonly startsAt: Instant;
  readonly bookedAt: Instant;
  readonly journey: string | null;
  readonly series: string | null;
  readonly care: Intake | null;
  readonly acuity: Acuity | null;
}

/** Who was touched, session by session, and whose sessions belong to a series and are placed in one run of their own. */
export interface Displaced {
  readonly people: ReadonlyMap<string, number>;
  readonly series: readonly { readonly institution: string; readonly service: BookableService }[];
}

/**
 * Everybody booked in slots that are closed or have become too small is written down with an owner and a deadline, in the transaction that
 * closes them: whoever is killed afterwards has forgotten nobody. Where a slot only became smaller, those stay who need it most.
 */
export async function displace({ city, incident }: Pick<House, 'city' | 'incident'>, trx: Db, { slots, reason, prefer, withoutRequests, at }: Displacing): Promise<Displaced> {
  if (slots.length === 0) return { people: new Map(), series: [] };
  await dropHolds(trx, city.id, incident.id, slots, at);
  await askThoseThere(trx, city.id, slots);
  const { rows } = await sql<Booked & { tooMany: number }>`select b.id as booking, b.slot, slot.service, slot.institution, slot.starts_at as "startsAt", b.booked_at as "bookedAt",
      b.journey, b.series, coalesce(b.care, journey.story -> 'request') as care, journey.acuity,
      case when slot.closed_at is null then greatest(slot.taken - slot.seats_to, 0) else slot.taken end as "tooMany"
    from booking b join slot on slot.city = b.city and slot.id = b.slot left join journey on journey.city = b.city and journey.id = b.journey
    where b.city = ${city.id} and b.slot = any(${slots}::text[]) and b.state = 'booked' and (slot.closed_at is not null or slot.seats_to is not null)`.execute(trx);
  const withNeed = rows.map((row) => ({ ...row, ...needIn(row, at) }));
  const leaving = [...Map.groupBy(withNeed, ({ slot }) => slot).values()].flatMap((booked) =>
    booked.sort((a, b) => (b.acuity > a.acuity ? 1 : b.acuity < a.acuity ? -1 : (b.gapEndsAt ?? Infinity) - (a.gapEndsAt ?? Infinity) || 0 || Number(a.green) - Number(b.green) || b.bookedAt - a.bookedAt))
      .slice(0, booked[0]!.tooMany));
  const own = leaving.filter(({ series, journey }) => series === null && !(withoutRequests && journey !== null));
  await sql`insert into displaced (city, booking, slot, incident, reason, asked_at, starts_at, acuity, gap_ends_at, green, prefer, owner_role, owner_scope, due_at)
    select ${city.id}, booking, slot, ${incident.id}, ${reason}, ${at}::bigint, "startsAt", acuity, "gapEndsAt", green, ${prefer ?? null}, 'ward', 'institution:' || institution,
      least(${at + PLACE_WITHIN_MS}::bigint, "startsAt")
    from json_to_recordset(${JSON.stringify(own)}::json) as d(booking text, slot text, institution text, "startsAt" bigint, acuity text, "gapEndsAt" bigint, green boolean)
    on conflict (city, booking, slot) do update set done_at = null, outcome = null, to_slot = null, reason = excluded.reason, asked_at = excluded.asked_at, prefer = excluded.prefer,
      owner_role = excluded.owner_role, owner_scope = excluded.owner_scope, due_at = excluded.due_at`.execute(trx);
  const series = new Map(leaving.filter((each) => each.series !== null).map(({ institution, service }) => [`${institution}/${service}`, { institution, service }]));
  return { people: new Map([...Map.groupBy(leaving, ({ slot }) => slot)].map(([slot, each]) => [slot, each.length])), series: [...series.values()] };
}

function needIn({ care, service, acuity }: Booked, at: Instant): { acuity: Acuity; gapEndsAt: Instant | null; green: boolean } {
  // Nothing is known of their care: they are not the ones to wait for it.
  if (!care) return { acuity: acuity ?? 'III', gapEndsAt: null, green: false };
  const need = needOf(care, service, at);
  return { ...need, acuity: acuity ?? need.acuity };
}

/** Whoever has said that they are there, for a session that is not held, goes to another like everybody else of it; their request, where it runs, has them at the door. */
async function askThoseThere(trx: Db, city: string, slots: readonly string[]): Promise<void> {
  await sql`update booking b set state = 'booked', version = b.version + 1 from slot
    where slot.city = b.city and slot.id = b.slot and slot.closed_at is not null and b.city = ${city} and b.slot = any(${slots}::text[]) and b.state = 'checkedIn' and b.journey is null`.execute(trx);
}

/**
 * A seat somebody is still typing for, or was only offered, is nobody's yet: it goes before any that is booked, all of them where the session is closed.
 * Whoever was offered it hears so and is in line again.
 */
async function dropHolds(trx: Db, city: string, incident: string, slots: readonly string[], at: Instant): Promise<void> {
  await sql`with leaving as (
      select b.id from (select b.id, case when slot.closed_at is null then slot.taken - slot.seats_to else slot.taken end as most,
          row_number() over (partition by b.slot order by b.waiting is not null, b.booked_at desc, b.id) as place
        from booking b join slot on slot.city = b.city and slot.id = b.slot
        where b.city = ${city} and b.slot = any(${slots}::text[]) and b.state = 'held') as b where place <= most),
    dropped as (
      update booking set state = 'cancelled', cancelled_at = ${at}, held_until = null, cancelled_reason = 'sessionClosed'
      where city = ${city} and id in (select id from leaving) returning slot, waiting, kept),
    again as (
      update waiting set state = 'waiting', offer = null, offer_slot = null, offered_at = null, call_at = null, called = false, offer_until = null, version = version + 1
      where city = ${city} and id in (select waiting from dropped where waiting is not null) returning id),
    told as (${intoOutbox({ city, incident, audience: sql`'waiting:' || id`, code: 'offerOver', facts: sql`json_build_object('waiting', id)`, at, from: sql`again` })})
    update slot set taken = taken - given.seats, taken_kept = taken_kept - given.kept, cohort = ${cohortAfter(sql`given.seats`)}
    from (select slot as id, count(*)::int as seats, (count(*) filter (where kept))::int as kept from dropped group by slot) as given
    where slot.city = ${city} and slot.id = given.id`.execute(trx);
  await shrink(trx, city, slots);
}

/** A session that had to lose people loses a seat with each of them, and is an ordinary one when enough have gone. */
export async function shrink(trx: Db, city: string, slots: readonly string[]): Promise<void> {
  await sql`update slot set seats = greatest(seats_to, taken), kept = greatest(taken_kept, least(kept, seats_to)), seats_to = case when taken > seats_to then seats_to end
    where city = ${city} and id = any(${slots}::text[]) and seats_to is not null`.execute(trx);
}
