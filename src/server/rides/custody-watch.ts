import { sql, type Kysely } from 'kysely';
import { HOUR_MS, MINUTE_MS, type Instant, type Place } from '../../base/index.ts';
import { rideOf, type Story } from '../../journey/index.ts';
import { conflict, notFound, type Actor } from '../../people/index.ts';
import { custodyFaults, type CarFix, type CustodyFault, type CustodyFinding, type CustodyRide, type DayRide, type Ride } from '../../trips/index.ts';
import { forgetPositions, positionsSince } from '../../trips/store.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';

/** A car's way is kept for as long as somebody may ask about a stop on it. */
const POSITIONS_KEPT_MS = 2 * HOUR_MS;
/** After a ride a hand-over can still turn out to be missing. */
const LOOKED_BACK_MS = HOUR_MS;
/** Settled or not: who is told again, and how often, when nobody settles it. */
const AGAIN_MS = 15 * MINUTE_MS;

interface WatchedRide {
  readonly ride: string;
  readonly journey: string;
  readonly district: string;
  readonly car: string;
  readonly dayRide: DayRide;
  readonly story: Story;
}

/** Breaks in custody: each is found once on whichever server looks, has an owner and a deadline, and is told on when nobody settles it. */
export async function watchCustody(house: House): Promise<void> {
  const { db, city, clock, incident } = house;
  const at = clock.now();
  const { rows } = await sql<WatchedRide>`select r.ride, r.journey, r.district, r.car, r.day_ride as "dayRide", j.story
    from ride r join journey j on j.city = r.city and j.id = r.journey and j.incident = ${incident.id}
    where r.city = ${city.id} and r.car is not null and (r.state in ('planned', 'aboard') or r.clean_at > ${at - LOOKED_BACK_MS})`.execute(db);
  const news = await Promise.all([...Map.groupBy(rows, ({ car }) => car)].map(async ([car, rides]) => {
    // A plan alone is nobody's custody: only what somebody has said or ridden is looked at.
    const begun = rides.filter((ride) => isBegun(rideOf(ride.story, ride.ride)));
    if (begun.length === 0) return 0;
    const fixes = await positionsSince(db, city.id, car, at - POSITIONS_KEPT_MS);
    const stops = rides.flatMap(({ dayRide: { from, to } }) => [from, to]);
    const found = custodyFaults(at, begun.map(custodyRide), fixes, stops).filter((finding) => isWorthAsking(finding, fixes));
    return (await Promise.all(found.map((finding) => openIncident(db, city.id, finding, begun.find(({ ride }) => ride === finding.ride)!)))).filter(Boolean).length;
  }));
  const moved = await escalate(house, at);
  await forgetPositions(db, city.id, at - POSITIONS_KEPT_MS);
  if (moved > 0 || news.some((count) => count > 0)) await notify(db, { city: city.id, kind: 'day' });
}

const isBegun = (ride: Ride | undefined): boolean => ride !== undefined && (ride.times.aboard !== undefined || ride.wrongPersonAt !== undefined);

/** A phone that may not say where it is has never been heard of: its silence means nothing until the ride is overdue. */
function isWorthAsking({ fault, severity }: CustodyFinding, fixes: readonly CarFix[]): boolean {
  return fault !== 'lostContact' || severity === 'alarm' || fixes.length > 0;
}

function custodyRide(watched: WatchedRide): CustodyRide {
  const { ride, car, dayRide: { order, to, planned }, story } = watched;
  const { times = {}, wrongPersonAt, refusedAtGateAt } = rideOf(watched.story, watched.ride) ?? {};
  const { aboard, arrived } = times;
  const metAt = story.mission?.meets === car ? story.mission.times.aboard : undefined;
  const takenOverAt = order.leg === 'out' ? (metAt ?? story.arrival?.receivedAt) : arrived;
  const seenElsewhereAt = order.leg === 'out' ? (story.arrival?.treatedAt ?? story.arrival?.receivedAt) : story.homeConfirmedAt;
  return {
    ride, leg: order.leg, car, to, arriveAt: planned?.arriveAt ?? order.pickUpAt,
    ...(aboard !== undefined && { aboardAt: aboard }), ...(arrived !== undefined && { arrivedAt: arrived }),
    ...(takenOverAt !== undefined && { takenOverAt }), ...(seenElsewhereAt !== undefined && { seenElsewhereAt }),
    ...(wrongPersonAt !== undefined && { wrongPersonAt }), ...(refusedAtGateAt !== undefined && { refusedAtGateAt }),
  };
}

/** One of a kind for each ride is open at a time: a wait in two places is one question. @returns true when it is new */
export async function openIncident(
  db: Kysely<any>, city: string, { key, fault, ride, car, at, place, owner, dueAt }: CustodyFinding, { journey, district }: Pick<WatchedRide, 'journey' | 'district'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into custody_incident (city, id, journey, ride, car, fault, district, at, lon, lat, owner_role, owner_scope, due_at)
    values (${city}, ${key}, ${journey}, ${ride}, ${car}, ${fault}, ${district}, ${at}, ${place?.lon ?? null}, ${place?.lat ?? null},
      ${owner}, ${owner === 'district' ? `district:${district}` : 'city'}, ${dueAt}) on conflict do nothing`.execute(db);
  return numAffectedRows === 1n;
}

/** Told on to the command centre, and to it again and again: never to nobody. @returns how many */
async function escalate({ db, city }: House, at: Instant): Promise<number> {
  const { numAffectedRows = 0n } = await sql`update custody_incident set owner_role = 'city', owner_scope = 'city', due_at = ${at + AGAIN_MS}, missed_count = missed_count + 1
    where city = ${city.id} and settled_at is null and due_at <= ${at}`.execute(db);
  return Number(numAffectedRows);
}

export interface SettledIncident {
  readonly at: Instant;
  readonly id: string;
  readonly what: string;
}

/** Whoever owns it says what came of it, in words, by name. */
export async function settleIncident(trx: Kysely<any>, { city, clock, incident }: House, actor: Actor, id: string, what: string): Promise<SettledIncident> {
  const { rows: [row] } = await sql<{ fault: CustodyFault; journey: string; district: string; settledAt: Instant | null; place: Place | null }>`
    select fault, journey, district, settled_at as "settledAt" from custody_incident where city = ${city.id} and id = ${id} for update`.execute(trx);
  const isMine = actor.role === 'city' || actor.scope === `district:${row?.district}`;
  if (!row || !isMine) throw notFound();
  if (row.settledAt !== null) throw conflict({ code: 'incidentSettled' });
  const at = clock.now();
  await sql`update custody_incident set settled_at = ${at}, settled_by = ${actor.name}, what = ${what} where city = ${city.id} and id = ${id}`.execute(trx);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'settleIncident', facts: { incident: id, fault: row.fault, journey: row.journey } });
  await notify(trx, { city: city.id, kind: 'day' });
  return { at, id, what };
}
