import { sql, type Kysely } from 'kysely';
import { HOUR_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { chairCohort, limitsOf, type AppointmentPerson, type AppointmentRow, type BookableService } from '../../appointments/index.ts';
import { knownBookings, lockSeats, onFreed, seatsForLine } from '../../appointments/store.ts';
import { cohortOf } from '../../journey/index.ts';
import { conflict, Refused, type Actor, type Owner } from '../../people/index.ts';
import type { Intake } from '../../requests/index.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { latestInstead, needOf, notSeenAt } from './need.ts';
import { personKey, phoneKey } from '../person-key.ts';
import type { Leaving } from '../schedules/replace.ts';
import type { ResidentLink } from '../sign-in/index.ts';

type Db = Kysely<any>;

/** Places in line one telephone may have at a time. */
const LINES_PER_PHONE = 4;
/** Whoever lost a seat has somebody who answers for it within the hour; who is near an emergency, within ten minutes. Chosen by us. */
const OWED_WITHIN_MS = { soon: 10 * MINUTE_MS, usual: HOUR_MS };
const SEATS_AT_ONCE = 1;

export interface Joining {
  readonly id: string;
  readonly service: BookableService;
  readonly institutions: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly person: AppointmentPerson;
  readonly care: Intake;
  readonly callOnly: boolean;
  readonly link: ResidentLink;
}

/** @throws Refused 409 when they stand in this line already, their telephone in too many, or when they have as many appointments as anybody may */
export async function joinLine(trx: Db, house: House, actor: Actor, { link, ...joining }: Joining, at: Instant): Promise<void> {
  const { city, incident } = house;
  const phone = phoneKey(incident.id, joining.person.phone);
  const proxy = joining.person.proxy ? phoneKey(incident.id, joining.person.proxy.phone) : undefined;
  const phones = [phone, ...(proxy === undefined ? [] : [proxy])];
  await lockSeats(trx, city.id, { slots: [], phones });
  const person = personKey(incident.id, joining.person);
  const known = await knownBookings(trx, city.id, { slots: [], bookings: [], people: [person], phones }, at);
  const [reached, ...more] = limitsOf({ personKey: person, phoneKey: phone, byStaff: actor.role !== 'resident', ...(proxy !== undefined && { proxyKey: proxy }) }, known, at);
  if (reached) throw new Refused(409, [reached, ...more]);
  const { rows: [lines] } = await sql<{ count: number }>`select count(*)::int as count from waiting
    where city = ${city.id} and incident = ${incident.id} and phone_key = ${phone} and state in ('waiting', 'offered')`.execute(trx);
  if (lines!.count >= LINES_PER_PHONE) throw conflict({ code: 'tooManyWaiting', field: 'care.person.phone', facts: { limit: LINES_PER_PHONE } });
  const need = needOf(joining.care, joining.service, at);
  const dueAt = Math.min(joining.to, need.gapEndsAt ?? Infinity);
  const stored = await insert(trx, house, {
    ...joining, ...need, phone, displaced: false, madeBy: actor.id, owner: ownerOf(joining.institutions[0]), dueAt, tokenHash: link.tokenHash, phoneProof: link.phoneProof, at,
  });
  if (!stored) throw conflict({ code: 'waitsAlready', field: 'service' });
  await offerNow(trx, city.id, at);
}

/** First in line with an owner and a deadline: they had a seat and lost it without their doing. @returns the place in line */
export async function joinDisplaced(trx: Db, house: House, { booking, institution, service, startsAt, town, acuity, gapEndsAt, green, reason, cohort }: Leaving, row: AppointmentRow, at: Instant): Promise<string> {
  const { city, incident } = house;
  const id = `W${booking.slice(1)}${trueChance.code(4)}`;
  const care = (row.care ?? {}) as Intake;
  const person = row.person ?? { name: '', phone: '', groups: [] };
  const soon = acuity === 'I' || acuity === 'II';
  const { rows: [kept] } = await sql<{ tokenHash: string | null; phoneProof: string | null }>`
    update booking set token_hash = null where city = ${city.id} and id = ${booking}
    returning (select b.token_hash from booking b where b.city = ${city.id} and b.id = ${booking}) as "tokenHash", phone_proof as "phoneProof"`.execute(trx);
  const latest = latestInstead({ acuity, gapEndsAt, green }, service, startsAt, at);
  const given = {
    id, service, institutions: [], from: at, to: Math.max(latest, at + HOUR_MS), person, care, callOnly: false, cohort: cohort ?? undefined, acuity, gapEndsAt, green,
    phone: row.phoneKey ?? phoneKey(incident.id, person.phone), key: row.personKey ?? undefined, displaced: true, madeBy: row.madeBy ?? reason, owner: ownerOf(institution),
    dueAt: Math.min(at + (soon ? OWED_WITHIN_MS.soon : OWED_WITHIN_MS.usual), gapEndsAt ?? Infinity), tokenHash: kept?.tokenHash ?? null, phoneProof: kept?.phoneProof ?? null,
    town: town ?? city.institutions.get(institution)!.town, at,
  };
  if (await insert(trx, house, given)) return id;
  // They wait for another seat of the service already: that place moves to the front.
  const { rows: [stands] } = await sql<{ id: string }>`update waiting set displaced = true, version = version + 1, due_at = least(due_at, ${given.dueAt}::bigint), to_at = greatest(to_at, ${given.to}::bigint)
    where city = ${city.id} and incident = ${incident.id} and person_key = ${given.key ?? personKey(incident.id, person)} and service = ${service} and state in ('waiting', 'offered') returning id`.execute(trx);
  return stands!.id;
}

function ownerOf(institution: string | undefined): Owner {
  return institution === undefined ? { role: 'hotline', scope: 'city' } : { role: 'ward', scope: `institution:${institution}` };
}

interface Row extends Omit<Joining, 'link'> {
  readonly acuity: string;
  readonly gapEndsAt: Instant | null;
  readonly green: boolean;
  readonly displaced: boolean;
  readonly cohort?: string | undefined;
  readonly phone: string;
  readonly key?: string | undefined;
  readonly madeBy: string;
  readonly owner: Owner;
  readonly dueAt: Instant;
  readonly tokenHash: string | null;
  readonly phoneProof: string | null;
  readonly town?: string;
  readonly at: Instant;
}

/** @returns false when the person stands in this line already */
async function insert(trx: Db, { city, incident }: House, row: Row): Promise<boolean> {
  const { person, care } = row;
  const town = row.town ?? care.town;
  const { numAffectedRows } = await sql`insert into waiting (city, id, incident, state, service, institutions, not_at, from_at, to_at, cohort, acuity, gap_ends_at, green, displaced, town, district,
      person_key, phone_key, proxy_key, person, care, call_only, token_hash, phone_proof, joined_at, made_by, owner_role, owner_scope, due_at)
    values (${city.id}, ${row.id}, ${incident.id}, 'waiting', ${row.service}, ${row.institutions}::text[], ${row.institutions.length > 0 ? [] : notSeenAt(city, care, row.service)}::text[], ${row.from}, ${row.to}, ${row.cohort ?? chairCohort(cohortOf({ request: care }))}, ${row.acuity}, ${row.gapEndsAt},
      ${row.green}, ${row.displaced}, ${town}, ${city.towns.get(town)?.district ?? ''}, ${row.key ?? personKey(incident.id, person)}, ${row.phone},
      ${person.proxy ? phoneKey(incident.id, person.proxy.phone) : null}, ${JSON.stringify(person)}::jsonb, ${JSON.stringify(care)}::jsonb, ${row.callOnly}, ${row.tokenHash}, ${row.phoneProof},
      ${row.at}, ${row.madeBy}, ${row.owner.role}, ${row.owner.scope}, ${row.dueAt})
    on conflict (city, incident, person_key, service) where state in ('waiting', 'offered') do nothing`.execute(trx);
  return numAffectedRows === 1n;
}

/** Whoever joins while a seat is free is offered it at once. */
async function offerNow(trx: Db, city: string, at: Instant): Promise<void> {
  const slots = await seatsForLine(trx, city, at, SEATS_AT_ONCE);
  await onFreed(trx, city, slots, at);
}
