import { sql } from 'kysely';
import { HOUR_MS, type Instant, type Place } from '../../base/index.ts';
import { estimateSeconds, type City } from '../../city/index.ts';
import {
  assign, isOpenCall, layOut, missionRuns, type Assignment, type Board, type CallAnswer, type CallFacts, type Defibrillator, type Demand, type KnownUnit, type LaidOut, type UnitFacts,
} from '../../dispatch/index.ts';
import { listUnits } from '../../dispatch/store.ts';
import { carOfEmergency, meetsCar, openLink, wayOf, type Story } from '../../journey/index.ts';
import { readMode, type ModeNow } from './mode.ts';
import type { House } from '../house.ts';

/** The whole queue decided at once, and everything it was decided from. Never changed: the next event makes a new one. */
export interface Picture extends Pick<LaidOut, 'units' | 'aid' | 'rows'> {
  readonly at: Instant;
  readonly mode: ModeNow;
  /** Every story that has a call, a unit or is watched, by journey. */
  readonly stories: ReadonlyMap<string, Story>;
  /** Calls whose patient nobody has reached, by mission. */
  readonly calls: ReadonlyMap<string, Story>;
  readonly assignment: Assignment;
  readonly answers: ReadonlyMap<string, CallAnswer>;
  /** Where the special cars with an emergency aboard were last heard of. */
  readonly cars: CarPlaces;
}

export type CarPlaces = ReadonlyMap<string, { readonly place: Place; readonly placeAt: Instant }>;

/** How far back calls tell where the next ones come from. */
const DEMAND_HOURS = 24;
/** A town nobody has called from still has somebody who may: half a call in the time looked at (Jeffreys' prior). */
const DEMAND_PRIOR = 0.5;

/** Stories are read again only when they have moved on: on the worst day there are thousands, and one of them changes. */
export type StoryCache = Map<string, Story>;

/** Looks at everything and decides the whole queue. Two that look at the same facts see the same answers. */
export async function lookAtBoard(house: House, cache: StoryCache): Promise<Picture> {
  const { city, clock, db, travel } = house;
  const mode = await readMode(house);
  const known = await listUnits(db, city.id);
  const stories = await readStories(house, cache);
  const demand = await readDemand(house);
  const cars = await carPlaces(house, stories);
  const now = clock.now();
  const calls = [...stories.values()].flatMap((story) => factsOfCall(story, city, now, cars));
  const drives = drivesBetween();
  const { board, units, aid, rows } = layOut({
    now, calls, units: known.flatMap((unit) => factsOfUnit(unit, city)), travel: drives.seconds, demand: neighbourhoods(city, demand),
    posts: [...city.stations.values()], defibrillators: defibrillatorsOf(city),
  });
  await drives.drive(board, (from, to) => travel.ambulanceMatrix(from, to, now));
  const assignment = assign(board);
  const storyOf = new Map(calls.map(({ mission, journey }) => [mission.id, stories.get(journey)!]));
  return {
    at: now, mode, stories, units, aid, rows, assignment, cars,
    calls: new Map(board.calls.map(({ mission }) => [mission, storyOf.get(mission)!])),
    answers: new Map(assignment.answers.map((answer) => [answer.mission, answer])),
  };
}

async function readStories({ db, city }: House, cache: StoryCache): Promise<ReadonlyMap<string, Story>> {
  const { rows } = await sql<{ id: string; version: number }>`select id, version from journey
    where city = ${city.id} and ((state = 'open' and (step = 'sendUnit' or (need = 'emergency' and pathway <> 'emergency')))
      or (state = 'open' and pathway = 'emergency' and id in (select journey from ride where city = ${city.id} and state = 'aboard'))
      or id in (select journey from unit_state where city = ${city.id} and journey is not null))`.execute(db);
  const changed = rows.filter(({ id, version }) => cache.get(id)?.version !== version).map(({ id }) => id);
  const fresh = changed.length === 0 ? [] : (await sql<{ story: Story }>`select story from journey
    where city = ${city.id} and id = any(${changed}::text[])`.execute(db)).rows;
  for (const { story } of fresh) cache.set(story.id, story);
  const wanted = new Set(rows.map(({ id }) => id));
  for (const id of cache.keys()) if (!wanted.has(id)) cache.delete(id);
  return new Map(cache);
}

async function carPlaces({ db, city }: House, stories: ReadonlyMap<string, Story>): Promise<CarPlaces> {
  const wanted = [...stories.values()].flatMap((story) => carOfEmergency(story) ?? []);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ car: string; lon: number; lat: number; placeAt: Instant }>`select car, lon, lat, place_at as "placeAt" from car_state
    where city = ${city.id} and car = any(${wanted}::text[]) and place_at is not null`.execute(db);
  return new Map(rows.map(({ car, lon, lat, placeAt }) => [car, { place: { lon, lat }, placeAt: Number(placeAt) }]));
}

async function readDemand({ db, city, clock }: House): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ town: string; calls: number }>`select town, count(*)::int as calls from journey
    where city = ${city.id} and received_at > ${clock.now() - DEMAND_HOURS * HOUR_MS} and pathway = 'emergency' group by town`.execute(db);
  return new Map(rows.map(({ town, calls }) => [town, calls]));
}

const defibrillatorsOf = ({ compounds }: City): readonly Defibrillator[] =>
  [...compounds.values()].flatMap(({ name, defibrillator }) => (defibrillator ? [{ name, place: defibrillator }] : []));

const neighbourhoods = (city: City, demand: ReadonlyMap<string, number>): readonly Demand[] =>
  [...city.towns.values()].map(({ code, centre }) => ({ place: centre, perHour: ((demand.get(code) ?? 0) + DEMAND_PRIOR) / DEMAND_HOURS }));

/** A story that waits for a unit or has one; its acuity is that of now, also when it got worse while one was on its way. */
function factsOfCall(story: Story, city: City, now: Instant, cars: CarPlaces): readonly CallFacts[] {
  const { mission, request, decision, arrival, closed } = story;
  const waits = openLink(story)?.kind === 'sendUnit' || meetsCar(story);
  if (!mission || (!missionRuns(mission) && (closed || !waits || !isOpenCall(mission)))) return [];
  const place = cars.get(carOfEmergency(story) ?? '')?.place ?? placeOfCall(story, city);
  const institutionAt = city.institutions.get(arrival?.institution ?? decision.institution ?? '')?.place;
  const { decontamination } = wayOf(story);
  return [{
    journey: story.id, mission: { ...mission, acuity: decision.acuity }, place, pointed: request.point !== undefined, calledAt: request.receivedAt,
    town: request.town, district: city.towns.get(request.town)?.district ?? '', address: request.address,
    phones: [request.person.phone, ...(request.proxy ? [request.proxy.phone] : [])],
    ...(mission.apartFrom && { apartFrom: mission.apartFrom }),
    ...(decontamination && { decontamination, wants: ['negativePressure'] as const }),
    ...(institutionAt && { institutionAt, rideSeconds: estimateSeconds(place, institutionAt, now, 'ambulance') }),
  }];
}

function factsOfUnit(known: KnownUnit, city: City): readonly UnitFacts[] {
  const unit = city.units.get(known.unit);
  const station = city.stations.get(unit?.station ?? '');
  if (!unit || !station) return [];
  return [{ known, station, equipment: unit.equipment, negativePressure: unit.negativePressure }];
}

export function placeOfCall({ request }: Story, city: City): Place {
  return request.point ?? city.towns.get(request.town)?.centre ?? { lon: 0, lat: 0 };
}

/** Drives between the places of one board, asked for all at once: a place is known again as the same object. */
function drivesBetween(): {
  readonly seconds: Board['travel'];
  readonly drive: (board: Board, matrix: (from: readonly Place[], to: readonly Place[]) => Promise<Float64Array>) => Promise<void>;
} {
  const [rows, columns] = [new Map<Place, number>(), new Map<Place, number>()];
  let table: Float64Array = new Float64Array();
  return {
    seconds: (from, to) => table[rows.get(from)! * columns.size + columns.get(to)!]!,
    async drive({ units, calls, posts = [], demand = [] }, matrix) {
      for (const { place } of [...units, ...posts]) if (!rows.has(place)) rows.set(place, rows.size);
      for (const { place } of [...calls, ...posts, ...demand]) if (!columns.has(place)) columns.set(place, columns.size);
      table = await matrix([...rows.keys()], [...columns.keys()]);
    },
  };
}
