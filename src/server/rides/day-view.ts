import { sql } from 'kysely';
import { DAY_MS, startOfDay, type Instant, type Text } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { openLink, rideOf, type Story } from '../../journey/index.ts';
import type { Actor } from '../../people/index.ts';
import { whyNoCar, wishOf, type CarDayView, type CustodyFault, type CustodyIncidentView, type DayRide, type DayView, type StopView, type UnplannedView } from '../../trips/index.ts';
import { carStates, type RideState } from '../../trips/store.ts';
import type { House } from '../house.ts';
import { readDay, type StoredDay } from './trip-day.ts';

interface DayRow {
  readonly ride: string;
  readonly journey: string;
  readonly town: string;
  readonly state: RideState;
  readonly car: string | null;
  readonly pickUpAt: Instant;
  readonly during: [Instant, Instant] | null;
  readonly wantsPlan: boolean;
  readonly dayRide: DayRide;
  readonly story: Story;
}

/** How many who stay behind are asked why, at most: the question is put to the running plan once for each. */
const ASKED_WHY_MAX = 10;

/** One district's day as a desk shows it. Names are the own town's; a district and the city see journeys, not people. */
export async function dayView(house: House, actor: Actor, district: string, isPlanning: boolean): Promise<DayView> {
  const { city, db, clock, travel } = house;
  const at = clock.now();
  const from = startOfDay(at);
  const to = from + DAY_MS;
  const { rows } = await sql<DayRow>`select r.ride, r.journey, r.town, r.state, r.car, r.pick_up_at as "pickUpAt", r.wants_plan as "wantsPlan", r.day_ride as "dayRide", j.story,
      case when r.during is not null then json_build_array(lower(r.during), upper(r.during)) end as during
    from ride r join journey j on j.city = r.city and j.id = r.journey
    where r.city = ${city.id} and r.district = ${district} and (r.state <> 'over' or r.clean_at > ${from}) order by r.pick_up_at, r.ride`.execute(db);
  const states = await carStates(db, city.id);
  const { rows: [last] } = await sql<{ at: Instant; by: string; moved: number }>`select at, planned_by as by, moved from day_plan
    where city = ${city.id} and district = ${district} and incident = ${house.incident.id}`.execute(db);
  const cars = [...city.cars.values()].filter(({ town }) => city.towns.get(town)?.district === district).map((car): CarDayView => {
    const known = states.get(car.id);
    const mine = rows.filter((row) => row.car === car.id);
    return {
      car: car.id, town: car.town, townName: city.towns.get(car.town)!.name, state: known?.state ?? 'ready',
      seats: car.seats, wheelchair: car.wheelchair, stretcher: car.stretcher, onDutyFrom: from, onDutyTo: to,
      ...(known?.place && known.placeAt !== undefined && { position: { place: known.place, at: known.placeAt } }),
      aboard: mine.filter(({ state }) => state === 'aboard').length,
      stops: mine.flatMap((row) => stopsOf(row, actor, city, at)).sort((a, b) => a.at - b.at), cleaning: cleaningOf(mine),
    };
  });
  const stored = await readDay(db, house, district, at);
  const waiting = rows.filter(({ state, car }) => state === 'waiting' || car === null).filter(isWanted);
  return {
    at, district, from, to, ...(last && { planned: last }), planning: isPlanning, cars,
    unplanned: waiting.map((row, index) => unplannedView(row, actor, stored, index < ASKED_WHY_MAX)),
    incidents: await openIncidents(house, district), travel: travel.tables() ? 'roads' : 'estimate',
  };
}

/** A way back that is only expected waits for its way out, and its committee has nothing to do for it. */
function isWanted({ dayRide, wantsPlan }: DayRow): boolean {
  return !dayRide.order.expected || wantsPlan;
}

function nameOf({ story, town }: DayRow, actor: Actor): string {
  return actor.scope === `town:${town}` ? story.request.person.name : story.id;
}

function stopsOf(row: DayRow, actor: Actor, city: City, at: Instant): readonly StopView[] {
  const { story, ride: id, dayRide: { order, planned, promised = planned } } = row;
  if (!planned) return [];
  const ride = rideOf(story, id);
  const { aboard, arrived } = ride?.times ?? {};
  const doneOut = arrived ?? (row.state === 'over' ? (order.leg === 'out' ? story.arrival?.receivedAt : story.homeConfirmedAt) : undefined);
  const ends = [
    { kind: 'pickUp', plannedAt: planned.pickUpAt, promisedAt: promised!.pickUpAt, doneAt: aboard },
    { kind: 'dropOff', plannedAt: planned.arriveAt, promisedAt: promised!.arriveAt, doneAt: doneOut },
  ] as const;
  return ends.map(({ kind, plannedAt, promisedAt, doneAt }): StopView => ({
    ride: id, journey: story.id, leg: order.leg, kind, at: doneAt ?? plannedAt, ...(doneAt !== undefined && { doneAt }),
    lateSeconds: Math.max(0, Math.round(((doneAt ?? Math.max(plannedAt, at)) - promisedAt) / 1_000)), cohort: order.cohort, name: nameOf(row, actor),
    placeName: placeName(city, order.leg === 'out' === (kind === 'dropOff') ? { institution: order.institution } : { town: order.town }),
  }));
}

export function placeName(city: City, at: { readonly institution?: string; readonly town?: string }): Text {
  const code = at.institution ?? at.town ?? '';
  return city.institutions.get(code)?.name ?? city.towns.get(code)?.name ?? { zh: code, en: code };
}

/** Between two cohorts in one car: the half hour before the second gets in. */
function cleaningOf(rows: readonly DayRow[]): CarDayView['cleaning'] {
  const driven = rows.filter(({ during }) => during !== null).sort((a, b) => a.during![0] - b.during![0]);
  return driven.flatMap((row, index) => {
    const next = driven[index + 1];
    if (!next || next.dayRide.order.cohort === row.dayRide.order.cohort) return [];
    const { order, planned } = row.dayRide;
    return [{ from: planned!.arriveAt + wishOf(order).dropOffSeconds * 1_000, to: row.during![1] }];
  });
}

function unplannedView(row: DayRow, actor: Actor, stored: StoredDay, isAsked: boolean): UnplannedView {
  const { order } = row.dayRide;
  const why = row.wantsPlan && isAsked ? whyNoCar(stored.day, row.dayRide) : undefined;
  return {
    ride: row.ride, journey: row.journey, leg: order.leg, town: row.town, name: nameOf(row, actor),
    reason: row.wantsPlan ? (why?.reason ?? 'carsBusy') : 'notApproved',
    ...(why?.freeAt !== undefined && { freeAt: why.freeAt }), ...(why?.onDutyFrom !== undefined && { onDutyFrom: why.onDutyFrom, onDutyTo: why.onDutyTo! }),
    pickUpAt: row.pickUpAt, dueAt: openLink(row.story)?.dueAt ?? row.pickUpAt,
  };
}

/** Breaks in custody that nobody has settled. */
async function openIncidents({ db, city }: House, district: string): Promise<readonly CustodyIncidentView[]> {
  const { rows } = await sql<Omit<CustodyIncidentView, 'place' | 'fault'> & { fault: CustodyFault; lon: number | null; lat: number | null }>`
    select id, journey, ride, car, fault, at, lon, lat, owner_role || '@' || owner_scope as owner, due_at as "dueAt" from custody_incident
    where city = ${city.id} and district = ${district} and settled_at is null order by due_at`.execute(db);
  return rows.map(({ lon, lat, ...incident }) => ({ ...incident, ...(lon !== null && lat !== null && { place: { lon, lat } }) }));
}
