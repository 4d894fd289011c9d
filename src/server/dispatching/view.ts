import { sql } from 'kysely';
import { HOUR_MS, type Instant } from '../../base/index.ts';
import type { BoardView, SentByItself, WatchedCall } from '../../dispatch/index.ts';
import { carOfEmergency, openLink, ownerView, type JourneyEvent, type Story } from '../../journey/index.ts';
import type { Actor } from '../../people/index.ts';
import { BOARD_ID } from './automatic.ts';
import type { CarPlaces, Picture } from './picture.ts';
import type { House } from '../house.ts';

/** Of what the board did by itself, the latest; more is in each journey. */
const DONE_MAX = 50;
/** After it is switched back: a shift. */
const READ_FOR_MS = 12 * HOUR_MS;
const WATCHED_MAX = 200;
/** What was stored in one transaction was said within so long. */
const TOGETHER_MS = 5_000;

/** One view of each picture, for everybody who looks at it. */
const MADE = new WeakMap<Picture, Promise<BoardView>>();

/** What this actor sees of the board: a district desk its own district, and whoever helps out there or from there. */
export async function viewBoard(house: House, picture: Picture, actor: Actor): Promise<BoardView> {
  let made = MADE.get(picture);
  if (!made) MADE.set(picture, (made = viewOf(house, picture)));
  const view = await made;
  // Only who sends somebody there has to find the door.
  const calls = actor.role === 'dispatcher' ? view.calls : view.calls.map(({ address: _, ...call }) => call);
  const [kind, district] = actor.scope.split(':');
  return kind === 'district' ? ofDistrict({ ...view, calls }, district!, picture, house) : { ...view, calls };
}

async function viewOf(house: House, picture: Picture): Promise<BoardView> {
  const { city, travel } = house;
  const { at, mode, stories, assignment, units, aid, rows } = picture;
  return {
    at, mode, units, aid, moves: assignment.moves, done: await doneByItself(house, picture), travel: travel.tables() ? 'roads' : 'estimate',
    calls: rows(assignment).map((row) => ({ ...row, ...callerOf(stories.get(row.journey)!), address: stories.get(row.journey)!.request.address })),
    posts: [...city.stations.values()].map(({ code, name, place }) => ({ code, name, place })),
    watched: [...stories.values()].filter(isWatched).map((story) => watchedOf(story, house, picture.cars))
      .sort((a, b) => Number(b.aboard !== undefined) - Number(a.aboard !== undefined) || b.missed - a.missed || a.dueAt - b.dueAt).slice(0, WATCHED_MAX),
  };
}

function callerOf({ id, request, decision }: Story): Pick<WatchedCall, 'journey' | 'name' | 'need' | 'ageMonths' | 'acuity'> {
  const { person, need } = request;
  return { journey: id, name: person.name, need, acuity: decision.acuity, ...(person.ageMonths !== undefined && { ageMonths: person.ageMonths }) };
}

/** A call that needs no ambulance is not one that is over; and an emergency in a special car has no unit and is nobody's on the queue. */
function isWatched(story: Story): boolean {
  return carOfEmergency(story) !== undefined || isLesser(story);
}

/** Asked as an emergency, and is on another pathway. */
function isLesser({ request, decision, closed, arrival }: Story): boolean {
  return !closed && request.need === 'emergency' && decision.pathway !== 'emergency' && decision.transport !== 'ambulance' && arrival?.treatedAt === undefined;
}

function watchedOf(story: Story, { city }: House, cars: CarPlaces): WatchedCall {
  const { kind, owner, dueAt, missed } = openLink(story)!;
  return {
    ...callerOf(story), pathway: story.decision.pathway, calledAt: story.request.receivedAt, step: kind, dueAt: dueAt!, missed: missed.length,
    owner: ownerView(owner, city), ...aboardOf(story, cars),
  };
}

function aboardOf(story: Story, cars: CarPlaces): Pick<WatchedCall, 'aboard'> {
  const car = carOfEmergency(story);
  return car === undefined ? {} : { aboard: { car, ...cars.get(car) } };
}

/** Since it was last switched to automatic, also when a dispatcher presses again: whoever takes over reads what was done. Said in its own words of that moment. */
async function doneByItself(house: House, { at: now, mode }: Picture): Promise<readonly SentByItself[]> {
  const pressed = mode.mode !== 'automatic';
  // Nobody has ever switched, or it is too long ago to be read here.
  if (pressed && (mode.by === undefined || mode.since < now - READ_FOR_MS)) return [];
  const began = pressed ? await lastAutomatic(house) : mode.since;
  if (began === undefined) return [];
  const { db, city } = house;
  type Row = { readonly at: number; readonly data: Extract<JourneyEvent, { type: 'UnitSent' }>; readonly story: Story; readonly from: string | null };
  const { rows } = await sql<Row>`select e.happened_at as at, e.data, j.story,
      (select d.journey from event d where d.city = e.city and d.type = 'UnitDiverted' and d.happened_at between e.happened_at - ${TOGETHER_MS} and e.happened_at
        and d.actor_id = ${BOARD_ID} and d.data ->> 'unit' = e.data ->> 'unit' and d.data ->> 'to' = e.journey limit 1) as "from"
    from event e join journey j on j.city = e.city and j.id = e.journey
    where e.city = ${city.id} and e.actor_id = 'board' and e.type = 'UnitSent' and e.happened_at >= ${began}
    order by e.happened_at desc, e.journey limit ${DONE_MAX}`.execute(db);
  return rows.map(({ at, data: { unit, etaSeconds, reasons = [], shortfalls = [] }, story, from }) =>
    ({ ...callerOf(story), at, unit, etaSeconds, reasons, shortfalls, ...(from !== null && { takenFrom: from }) }));
}

async function lastAutomatic({ db, city, incident }: House): Promise<Instant | undefined> {
  const { rows: [row] } = await sql<{ at: Instant }>`select at from audit where city = ${city.id} and incident = ${incident.id}
    and what = 'switchDispatchMode' and facts ->> 'mode' = 'automatic' order by id desc limit 1`.execute(db);
  return row && Number(row.at);
}

function ofDistrict(view: BoardView, district: string, { stories }: Picture, { city }: House): BoardView {
  const aid = view.aid.filter(({ from, to }) => from === district || to === district);
  const helping = new Set(aid.map(({ unit }) => unit));
  const units = view.units.filter((unit) => unit.district === district || helping.has(unit.unit));
  const shown = new Set(units.map(({ unit }) => unit));
  const here = (journey: string): boolean => city.towns.get(stories.get(journey)?.request.town ?? '')?.district === district;
  return {
    ...view, aid, units,
    calls: view.calls.filter((call) => call.district === district)
      .map((call) => ({ ...call, perhapsSame: call.perhapsSame.filter(({ journey }) => here(journey)) })),
    moves: view.moves.filter(({ unit }) => shown.has(unit)), watched: view.watched.filter(({ journey }) => here(journey)),
    done: view.done.filter(({ journey }) => here(journey)),
  };
}
