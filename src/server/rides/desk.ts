import { sql, type Kysely } from 'kysely';
import { type Refusal } from '../../base/index.ts';
import { districtsFrom, type City } from '../../city/index.ts';
import { dayRideOf, mayDo, openLink, type Story } from '../../journey/index.ts';
import { conflict, notAllowed, notFound, Refused, SYSTEM, type Actor } from '../../people/index.ts';
import { breakDownCar, cannotBeAssigned, faultName, newFaults, placeRide, type Leg, type Moved, type Planned, type Violation } from '../../trips/index.ts';
import { writeAudit } from '../audit.ts';
import { LostClaim } from '../journeys/free-things.ts';
import type { House } from '../house.ts';
import { readStory } from '../journeys/store.ts';
import { doneBefore, inScope, playTogether, withFreshLooks, type Act, type Asked } from '../journeys/play.ts';
import { readDay, type StoredDay } from './trip-day.ts';

/** Committees wait for each other at their district's counter; only what happens to the stories meanwhile makes them look again. */
const LOOKS_MAX = 8;

/** One after the other in this server, so that those who wait hold no connection; between servers the lock of the transaction decides. */
const queues = new WeakMap<Kysely<any>, Map<string, Promise<unknown>>>();

/**
 * Work on one district's running plan, in one transaction, while nobody else works on it. Whoever plans takes the turn before any
 * story, so that two never wait for each other.
 */
export function inTurn<T>({ db, city }: Pick<House, 'db' | 'city'>, district: string, work: (trx: Kysely<any>) => Promise<T>): Promise<T> {
  const waiting = queues.get(db) ?? new Map<string, Promise<unknown>>();
  queues.set(db, waiting);
  const mine = (waiting.get(district) ?? Promise.resolve()).then(() => withFreshLooks(() => db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} cars ${district}`}, 0))`.execute(trx);
    return work(trx);
  }), LOOKS_MAX));
  const settled = mine.catch(() => undefined);
  waiting.set(district, settled);
  void settled.then(() => { if (waiting.get(district) === settled) waiting.delete(district); });
  return mine;
}

/** The committee's yes: a place in the running plan, its way back with it; where there is none, it is looked for until there is. */
export async function approveRide(house: House, actor: Actor, id: string, { leg, car }: { readonly leg: Leg; readonly car?: string }, key: string): Promise<Story> {
  const { city, db } = house;
  const asked: Asked = { key, actor, journey: id, what: { type: 'assignCar', leg, car } };
  const seen = await readStory(db, city.id, id);
  if (!seen || !inScope(house, actor, seen)) throw notFound();
  let refusal: Refusal | undefined;
  const places = districtsFor(seen, city, car);
  for (const [index, district] of places.entries()) {
    const isLast = index === places.length - 1;
    const done = await inTurn(house, district, async (trx): Promise<Story | undefined> => {
      const known = await doneBefore({ ...house, db: trx }, asked);
      if (known) return known;
      const story = await readStory(trx, city.id, id);
      if (!story || !inScope(house, actor, story)) throw notFound();
      if (!mayDo(actor, 'assignCar', story, city)) throw notAllowed();
      const ride = story[leg];
      const cannot = cannotBeAssigned(ride, leg);
      if (cannot || !ride) throw conflict(cannot?.refusal ?? { code: 'noRideOrdered' });
      const stored = await readDay(trx, house, district, house.clock.now());
      const placed = placeRide(stored.day, dayRideOf(story, ride, city)!, car);
      if (!placed.ok) {
        refusal ??= placed.refusal;
        // Somebody chose this car: that it cannot is the answer. Whoever chose none has said yes, and waits for the first that can.
        if (!isLast || car !== undefined) return undefined;
        return (await playTogether(trx, house, [{ actor, journey: id, command: { type: 'approveRide', leg } }], asked)).get(id);
      }
      const { day, faults, moved, planned } = placed.value;
      await mustBeFaultless(house, faults);
      const acts: Act[] = [{ actor, journey: id, command: { type: 'assignCar', leg, planned: wholeMs(planned) } }, ...actsFor(stored, moved)];
      const { back } = story;
      const wayBack = leg === 'out' && back?.expected && !back.car && !back.cancelled ? placeRide(day, dayRideOf(story, back, city)!) : undefined;
      if (wayBack?.ok) {
        await mustBeFaultless(house, wayBack.value.faults);
        acts.push({ actor, journey: id, command: { type: 'assignCar', leg: 'back', planned: wholeMs(wayBack.value.planned) } }, ...actsFor(stored, wayBack.value.moved));
      }
      return (await playActs(trx, house, acts, asked)).get(id);
    });
    if (done) return done;
  }
  throw conflict(refusal ?? { code: 'noCarFree' });
}

/** The town's district; once a deadline was missed, every other as well, the nearest first: nobody waits for a border to be crossed. */
function districtsFor(story: Story, city: City, car: string | undefined): readonly string[] {
  const town = city.towns.get(story.request.town);
  const named = car === undefined ? undefined : city.towns.get(city.cars.get(car)?.town ?? '')?.district;
  const isLate = (openLink(story)?.missed.length ?? 0) > 0 || openLink(story)?.owner.role === 'district';
  if (!town) return [];
  if (named !== undefined) return named === town.district || isLate ? [named] : [town.district];
  if (!isLate) return [town.district];
  return districtsFrom(city, story.request.town);
}

const wholeMs = ({ car, pickUpAt, arriveAt }: Planned): Planned => ({ car, pickUpAt: Math.round(pickUpAt), arriveAt: Math.round(arriveAt) });

/** What a changed plan says to the stories it changes. */
export function actsFor({ day, rides }: StoredDay, moved: readonly Moved[]): readonly Act[] {
  return moved.flatMap(({ ride, leg, before, after }): Act[] => {
    const row = rides.get(ride);
    if (!row) return [];
    const isAboard = row.dayRide.aboardAt !== undefined;
    const stoodIn = isAboard && before && before.car !== after?.car ? day.cars.find(({ car }) => car === before.car) : undefined;
    const act = (command: Act['command']): Act[] => [{ actor: SYSTEM, journey: row.journey, command }];
    if (!after) return isAboard ? [] : act({ type: 'loseCar', leg, reason: 'noCarLeft' });
    const planned = wholeMs(after);
    return act(before ? { type: 'replanRide', leg, planned, ...(stoodIn && { stoppedAt: stoodIn.place }) } : { type: 'assignCar', leg, planned });
  });
}

/** A story that has moved on since the day was read makes the whole plan old: it is looked at again. */
export async function playActs(trx: Kysely<any>, house: House, acts: readonly Act[], asked?: Asked): Promise<ReadonlyMap<string, Story>> {
  try {
    return await playTogether(trx, house, acts, asked);
  } catch (error) {
    if (error instanceof Refused && error.statusCode === 409 && acts.length > 0) throw new LostClaim(`the day: ${error.message}`);
    throw error;
  }
}

/**
 * The independent judge drives the plan before anybody is told of it.
 * @param faults what it finds that the running plan did not break already (`newFaults`)
 * @throws Refused 409, with a line in the log and in the audit, and nothing is stored
 */
export async function mustBeFaultless(house: House, faults: readonly Violation[]): Promise<void> {
  if (faults.length === 0) return;
  const found = faults.map(faultName);
  house.log(`A plan was not stored: ${found.slice(0, 3).join(', ')}`);
  await writeAudit(house.db, house.city.id, house.incident.id, { at: house.clock.now(), by: SYSTEM, what: 'planRejected', facts: { found: found.slice(0, 20) } });
  throw conflict({ code: 'planRejected' });
}

/** A car that broke down: whoever is in it is fetched from there, whatever it was to do goes to others, all in one transaction. */
export async function carryOnWithout(house: House, district: string, car: string): Promise<{ readonly moved: number; readonly unplanned: number }> {
  return inTurn(house, district, async (trx) => {
    const stored = await readDay(trx, house, district, house.clock.now());
    const broken = stored.day.cars.find((each) => each.car === car);
    if (!broken || !stored.day.rides.some(({ planned }) => planned?.car === car)) return { moved: 0, unplanned: 0 };
    const answer = breakDownCar(stored.day, car, { place: broken.place, at: stored.day.at });
    if (!answer.ok) throw conflict(answer.refusal);
    const { moved, unplanned } = answer.value;
    await mustBeFaultless(house, newFaults(stored.day, moved));
    await playActs(trx, house, actsFor(stored, moved));
    return { moved: moved.length, unplanned: unplanned.length };
  });
}

/** One ride that waits for a place, or whose car cannot come: in the plan as it runs. */
export async function findPlaceFor(house: House, district: string, ride: string): Promise<void> {
  await inTurn(house, district, async (trx) => {
    const stored = await readDay(trx, house, district, house.clock.now());
    const row = stored.rides.get(ride);
    if (!row || row.dayRide.aboardAt !== undefined) return;
    const { order, planned: before } = row.dayRide;
    const isLost = before !== undefined && (stored.states.get(before.car)?.state ?? 'ready') !== 'ready';
    const placed = placeRide(stored.day, row.dayRide);
    if (placed.ok) {
      const { faults, moved } = placed.value;
      await mustBeFaultless(house, faults);
      const planned = wholeMs(placed.value.planned);
      const own = before ? ({ type: 'replanRide', leg: order.leg, planned } as const) : ({ type: 'assignCar', leg: order.leg, planned } as const);
      await playActs(trx, house, [{ actor: SYSTEM, journey: row.journey, command: own }, ...actsFor(stored, moved)]);
      return;
    }
    if (!isLost) return;
    await playActs(trx, house, [{ actor: SYSTEM, journey: row.journey, command: { type: 'loseCar', leg: order.leg, reason: 'noCarLeft' } }]);
  });
}
