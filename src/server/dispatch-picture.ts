import { sql } from 'kysely';
import { HOUR_MS, type Instant, type Place } from '../base/index.ts';
import { estimateSeconds, type City } from '../city/index.ts';
import {
  assign, MISSION_STEPS, missionRuns, waitsSince, whereIs,
  type Assignment, type Board, type BoardUnit, type CallAnswer, type Demand, type KnownUnit, type OpenCall, type Post, type Whereabouts,
} from '../dispatch/index.ts';
import { listUnits } from '../dispatch/store.ts';
import { openLink, wayOf, type Story } from '../journey/index.ts';
import { readMode, type ModeNow } from './dispatch-mode.ts';
import type { House } from './house.ts';

/** A unit as the board sees it now: its row, and where it is by it and its mission. */
export interface SeenUnit extends Whereabouts {
  readonly known: KnownUnit;
}

/** The whole queue decided at once, and everything it was decided from. Never changed: the next event makes a new one. */
export interface Picture {
  readonly at: Instant;
  readonly mode: ModeNow;
  /** Every story that has a call, a unit or is watched, by journey. */
  readonly stories: ReadonlyMap<string, Story>;
  /** Calls whose patient nobody has reached, by mission. */
  readonly calls: ReadonlyMap<string, Story>;
  readonly units: readonly SeenUnit[];
  readonly assignment: Assignment;
  readonly answers: ReadonlyMap<string, CallAnswer>;
}

/** A place with its row and column in the table of drives. */
interface Spot extends Place {
  readonly row: number;
  readonly column: number;
}

/** How far back calls tell where the next ones come from. */
const DEMAND_HOURS = 24;
/** A town nobody has called from still has somebody who may: half a call in the time looked at (Jeffreys' prior). */
const DEMAND_PRIOR = 0.5;

/** Stories are read again only when they have moved on: on the worst day there are thousands, and one of them changes. */
export type StoryCache = Map<string, Story>;

/** Looks at everything and decides the whole queue. Two that look at the same facts see the same answers. */
export async function lookAtBoard(house: House, cache: StoryCache): Promise<Picture> {
  const { city, clock, db, travel } = house;
  const [mode, known, stories, demand] = [
    await readMode(house), await listUnits(db, city.id), await readStories(house, cache), await readDemand(house),
  ];
  const at = clock.now();
  const units = known.flatMap((unit) => seeUnit(unit, stories, city, at));
  const calls = new Map([...stories.values()].filter(isCall).map((story) => [story.mission!.id, story]));
  const board = await boardOf({ at, calls, units, demand }, city, (from, to) => travel.ambulanceMatrix(from, to, at));
  const assignment = assign(board);
  return { at, mode, stories, calls, units, assignment, answers: new Map(assignment.answers.map((answer) => [answer.mission, answer])) };
}

/** Nobody sent yet, or a unit on its way that has not reached them. */
export function isCall(story: Story): boolean {
  const { mission, closed } = story;
  if (!mission || closed) return false;
  if (!missionRuns(mission)) return openLink(story)?.kind === 'sendUnit' && !mission.stoodDown;
  return !MISSION_STEPS.slice(MISSION_STEPS.indexOf('atPatient')).some((step) => mission.times[step] !== undefined);
}

async function readStories({ db, city }: House, cache: StoryCache): Promise<ReadonlyMap<string, Story>> {
  const { rows } = await sql<{ id: string; version: number }>`select id, version from journey
    where city = ${city.id} and ((state = 'open' and (step = 'sendUnit' or (need = 'emergency' and pathway <> 'emergency')))
      or id in (select journey from unit_state where city = ${city.id} and journey is not null))`.execute(db);
  const changed = rows.filter(({ id, version }) => cache.get(id)?.version !== version).map(({ id }) => id);
  const fresh = changed.length === 0 ? [] : (await sql<{ story: Story }>`select story from journey
    where city = ${city.id} and id = any(${changed}::text[])`.execute(db)).rows;
  for (const { story } of fresh) cache.set(story.id, story);
  const wanted = new Set(rows.map(({ id }) => id));
  for (const id of cache.keys()) if (!wanted.has(id)) cache.delete(id);
  return new Map(cache);
}

async function readDemand({ db, city, clock }: House): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ town: string; calls: number }>`select town, count(*)::int as calls from journey
    where city = ${city.id} and received_at > ${clock.now() - DEMAND_HOURS * HOUR_MS} and pathway = 'emergency' group by town`.execute(db);
  return new Map(rows.map(({ town, calls }) => [town, calls]));
}

/** Where a unit is by what is known of it; undefined for one that the city has no more. */
function seeUnit(known: KnownUnit, stories: ReadonlyMap<string, Story>, city: City, at: Instant): readonly SeenUnit[] {
  const belongsAt = standsAt(known, city);
  if (!belongsAt) return [];
  const story = known.journey === null ? undefined : stories.get(known.journey);
  const institutionAt = city.institutions.get(story?.arrival?.institution ?? story?.decision.institution ?? '')?.place;
  return [{
    known,
    ...whereIs(known, {
      belongsAt,
      ...(story?.mission && { mission: story.mission, patientAt: placeOfCall(story, city), decontamination: wayOf(story).decontamination }),
      ...(institutionAt && { institutionAt }),
    }, at),
  }];
}

/** Its standby point, or its station. */
export function standsAt({ unit, post }: KnownUnit, city: City): Place | undefined {
  const station = city.units.get(unit)?.station;
  return city.stations.get(post ?? '')?.place ?? city.stations.get(station ?? '')?.place;
}

export function placeOfCall({ request }: Story, city: City): Place {
  return request.point ?? city.towns.get(request.town)?.centre ?? { lon: 0, lat: 0 };
}

type Facts = Pick<Picture, 'at' | 'calls' | 'units'> & { readonly demand: ReadonlyMap<string, number> };

async function boardOf({ at, calls, units, demand }: Facts, city: City, matrix: (from: readonly Place[], to: readonly Place[]) => Promise<Float64Array>): Promise<Board<Spot>> {
  const [from, to]: [Place[], Place[]] = [[], []];
  const leaving = (place: Place): Spot => ({ lon: place.lon, lat: place.lat, row: from.push(place) - 1, column: -1 });
  const reached = (place: Place): Spot => ({ lon: place.lon, lat: place.lat, row: -1, column: to.push(place) - 1 });
  const both = (place: Place): Spot => ({ lon: place.lon, lat: place.lat, row: from.push(place) - 1, column: to.push(place) - 1 });

  const openCalls = [...calls.values()].map((story): OpenCall<Spot> => {
    const mission = story.mission!;
    const place = placeOfCall(story, city);
    const institution = city.institutions.get(story.decision.institution ?? '');
    return {
      mission: mission.id, acuity: story.decision.acuity, place: reached(place), askedAt: waitsSince(mission),
      ...(wayOf(story).decontamination && { wants: ['negativePressure'] }),
      ...(missionRuns(mission) && { unit: mission.unit! }),
      ...(mission.unitsLost !== undefined && { unitsLost: mission.unitsLost }),
      ...(institution && { rideSeconds: estimateSeconds(place, institution.place, at, 'ambulance') }),
    };
  });
  const boardUnits = units.map(({ known, state, place, placeAt }): BoardUnit<Spot> => {
    const { equipment, negativePressure, station } = city.units.get(known.unit)!;
    return {
      // One that is being cleaned is not counted on: every answer of this board can be carried out now.
      unit: known.unit, state, place: leaving(place), placeAt, equipment, negativePressure, post: known.post ?? station,
      ...(known.shiftEndsAt !== undefined && { shiftEndsAt: known.shiftEndsAt }),
    };
  });
  const neighbourhoods = [...city.towns.values()].map(({ code, centre }): Demand<Spot> =>
    ({ place: reached(centre), perHour: ((demand.get(code) ?? 0) + DEMAND_PRIOR) / DEMAND_HOURS }));
  const posts = [...city.stations.values()].map(({ code, place }): Post<Spot> => ({ code, place: both(place) }));
  const seconds = await matrix(from, to);
  return {
    now: at, calls: openCalls, units: boardUnits, demand: neighbourhoods, posts,
    travel: ({ row }, { column }) => seconds[row * to.length + column]!,
  };
}
