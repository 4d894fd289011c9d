import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { HOUR_MS, metersBetween, startOfDay, type Instant, type Refusal } from '../../base/index.ts';
import type { City } from '../../city/index.ts';
import { carOfEmergency, rideOf, type Command, type Story } from '../../journey/index.ts';
import { codeField, instantField, mustBe, notAllowed, Refused, type Actor } from '../../people/index.ts';
import { contradicted, GATE_GROUNDS, LEGS, RIDE_STEPS, type DayRide, type DriverDay, type DriverStop, type DriverSyncAnswer, type GateGround, type Leg } from '../../trips/index.ts';
import { carStates } from '../../trips/store.ts';
import { openIncident } from './custody-watch.ts';
import { placeName } from './day-view.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { notify, readEvents, readStory, type StoredEvent } from '../journeys/store.ts';
import { perform } from '../journeys/play.ts';
import { languageOf, sentence } from '../problems.ts';
import { SKEW_MS } from './routes.ts';
import { actorOf } from '../sign-in/index.ts';

/** A shift and the way home; what a phone kept for longer is somebody's to look at, not to be written down by itself. */
const OLDEST_MS = 18 * HOUR_MS;
const ENTRIES_MAX = 100;

const Entry = z.strictObject({
  key: z.string().regex(/^[\x21-\x7e]{8,100}$/), journey: codeField, leg: z.enum(LEGS), step: z.enum(RIDE_STEPS), at: instantField,
  point: z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
  who: z.string().trim().min(1).max(100).optional(), wrongPerson: z.literal(true).optional(), refusedAtGate: z.string().max(100).optional(),
});
type Entry = z.output<typeof Entry>;
const Sync = z.strictObject({
  entries: z.array(Entry).max(ENTRIES_MAX).refine((entries) => new Set(entries.map(({ key }) => key)).size === entries.length, 'each key once: one answer must not hide behind another'),
});

/** What a driver reads before the shift and reports during it, with a network or afterwards. */
export function registerDriverRoutes(app: FastifyInstance, house: House, errands: Errands): void {
  const { clock } = house;
  const driverOf = (actor: Actor): { actor: Actor; car: string } => {
    const [kind, car] = actor.scope.split(':');
    if (kind !== 'car' || !car) throw notAllowed();
    return { actor, car };
  };

  app.get('/api/my-rides', { schema: { tags: ['trips'], summary: 'A driver\'s stops of today in their order, with all that is needed where no network reaches' } }, async (request): Promise<DriverDay> => {
    const { car } = driverOf(mustBe(actorOf(request), ['driver']));
    const known = (await carStates(house.db, house.city.id)).get(car);
    return { at: clock.now(), car, state: known?.state ?? 'ready', stops: await stopsOf(house, car) };
  });

  app.post('/api/my-rides/sync', { schema: { tags: ['trips'], summary: 'What was pressed, with or without a network: in its true order, each key once, an answer for each', body: Sync } }, async (request): Promise<DriverSyncAnswer> => {
    const { actor, car } = driverOf(mustBe(actorOf(request), ['driver']));
    const { entries } = request.body as z.output<typeof Sync>;
    const language = languageOf(request);
    const answers = new Map<string, DriverSyncAnswer['entries'][number]>();
    // Steps of one ride at the same moment come in their own order: a phone rounds.
    const inOrder = entries.toSorted((a, b) => a.at - b.at || RIDE_STEPS.indexOf(a.step) - RIDE_STEPS.indexOf(b.step));
    for (const entry of inOrder) {
      const refusal = await report(house, actor, car, entry);
      answers.set(entry.key, { key: entry.key, ...(refusal ? { refusal: { code: refusal.code, detail: sentence(refusal.code, refusal.facts, language) } } : { ok: true }) });
    }
    errands.kick([...new Set(entries.map(({ journey }) => journey))]);
    return { at: clock.now(), entries: entries.map(({ key }) => answers.get(key)!) };
  });
}

/**
 * @returns why this entry was not written down; it stays on the phone, where the driver sees it. Where it says that somebody was in this car
 * when the ride was this car's, it is also somebody's to clear up: a person may sit in a car that no record knows of.
 */
async function report(house: House, actor: Actor, car: string, entry: Entry): Promise<Refusal | undefined> {
  const refusal = await writeDown(house, actor, car, entry);
  if (refusal && saysWhoHadThem(entry) && !IN_THE_RECORD.has(refusal.code)) await askWhereTheyAre(house, car, entry);
  return refusal;
}

const saysWhoHadThem = ({ step, wrongPerson }: Entry): boolean => step !== 'atDoor' || wrongPerson === true;
/** Refused because it stands there already. */
const IN_THE_RECORD: ReadonlySet<string> = new Set(['alreadyReported', 'stepBackwards', 'timeInFuture', 'timeBeforeRide', 'idempotencyKeyReused']);

async function askWhereTheyAre({ db, city, clock }: House, car: string, { journey, leg, at, point }: Entry): Promise<void> {
  const story = await readStory(db, city.id, journey);
  const ride = rideOfCar(await readEvents(db, city.id, journey), car, leg, at);
  if (!story || ride === undefined) return;
  const district = city.towns.get(story.request.town)?.district ?? '';
  if (await openIncident(db, city.id, contradicted({ ride, car }, at, clock.now(), point), { journey, district })) await notify(db, { city: city.id, kind: 'day' });
}

/** The last ride of that leg that was given to this car until then. It may have been taken away since: a phone without a network does not know. */
function rideOfCar(events: readonly StoredEvent[], car: string, leg: Leg, until: Instant): string | undefined {
  for (const { data: event, at } of events.toReversed()) {
    if (at <= until && (event.type === 'CarAssigned' || event.type === 'RideReplanned') && event.leg === leg && event.car === car) return event.ride;
  }
  return undefined;
}

async function writeDown(house: House, actor: Actor, car: string, entry: Entry): Promise<Refusal | undefined> {
  const { city, db, clock } = house;
  const now = clock.now();
  if (entry.at > now + SKEW_MS) return { code: 'timeInFuture', field: 'at' };
  if (entry.at < now - OLDEST_MS) return { code: 'timeTooOld', field: 'at' };
  const story = await readStory(db, city.id, entry.journey);
  if (story?.[entry.leg]?.car !== car) return { code: 'notYourRide', field: 'journey' };
  if (entry.at < story[entry.leg]!.orderedAt) return { code: 'timeBeforeRide', field: 'at' };
  try {
    await perform(house, actor, entry.journey, commandOf(entry), entry.key);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0];
    throw error;
  }
}

/** The same entry is the same command, whenever it comes: its key is told by that. */
function commandOf({ leg, step, at, point, who, wrongPerson, refusedAtGate }: Entry): Command {
  const witness = { at, ...(point && { place: point }) };
  if (wrongPerson) return { type: 'reportWrongPerson', leg, witness };
  if (refusedAtGate !== undefined) return { type: 'reportGateRefusal', ground: groundOf(refusedAtGate), witness };
  return { type: 'reportRide', leg, step, witness: { ...witness, ...(who !== undefined && (step === 'aboard' ? { from: who } : { to: who })) } };
}

const groundOf = (said: string): GateGround => GATE_GROUNDS.find((ground) => ground === said) ?? 'other';

/** Everything of today that is not over, and what is, so that the phone shows the whole day. */
async function stopsOf({ db, city, clock }: House, car: string): Promise<readonly DriverStop[]> {
  const { rows } = await sql<{ ride: string; journey: string; dayRide: DayRide; story: Story; isOver: boolean; overAt: Instant | null }>`
    select r.ride, r.journey, r.day_ride as "dayRide", j.story, r.state = 'over' as "isOver", r.clean_at as "overAt"
    from ride r join journey j on j.city = r.city and j.id = r.journey
    where r.city = ${city.id} and r.car = ${car} and (r.state <> 'over' or r.clean_at > ${startOfDay(clock.now())})`.execute(db);
  const stops = rows.flatMap(({ ride: id, journey, dayRide: { order, from, to, planned }, story, isOver }): DriverStop[] => {
    const ride = rideOf(story, id);
    const { person, mobility: _, companion } = story.request;
    const step = RIDE_STEPS.findLast((each) => ride?.times[each] !== undefined);
    const rescue = carOfEmergency(story) === car ? city.institutions.get(story.decision.institution ?? '') : undefined;
    return (['pickUp', 'dropOff'] as const).map((kind): DriverStop => {
      const isHome = (kind === 'pickUp') === (order.leg === 'out');
      const isRescue = kind === 'dropOff' && ride?.times.aboard !== undefined && ride.times.arrived === undefined;
      const doneAt = ride?.times[kind === 'pickUp' ? 'aboard' : 'arrived'] ?? (isOver ? planned?.arriveAt : undefined);
      const compound = isHome ? compoundOf(city, story) : undefined;
      return {
        ride: id, journey, leg: order.leg, kind, at: doneAt ?? (kind === 'pickUp' ? planned?.pickUpAt : planned?.arriveAt) ?? order.pickUpAt,
        placeName: placeName(city, isHome ? { town: order.town } : { institution: order.institution }), point: kind === 'pickUp' ? from : to,
        // A home that nobody has to be brought to or fetched from any more is no driver's business.
        ...(isHome && !isOver && { address: story.request.address }), ...(compound && !isOver && { gate: compound }),
        person: { name: person.name, ...(!isOver && { phone: person.phone }) }, cohort: order.cohort, seats: order.seats, wheelchair: order.wheelchair, stretcher: order.stretcher,
        ...(companion !== undefined && { companion }), ...(step && { step }), ...(doneAt !== undefined && { doneAt }),
        ...(isRescue && rescue && { emergency: rescue.name, ...(order.leg === 'out' && { placeName: rescue.name, point: rescue.place }) }),
      };
    });
  });
  return stops.sort((a, b) => a.at - b.at || Number(a.kind === 'pickUp') - Number(b.kind === 'pickUp'));
}

/** The compound somebody lives in: the one whose name stands in their address, else the one they were found in by its place. */
function compoundOf(city: City, { request: { town, address, point } }: Story): DriverStop['gate'] {
  const near = [...city.compounds.values()].filter((compound) => compound.town === town);
  const named = near.find(({ name, address: where }) => address.includes(name.zh) || address.includes(name.en) || address === where);
  const gate = (named ?? near.find(({ place }) => point !== undefined && metersBetween(place, point) <= IN_COMPOUND_METERS))?.gate;
  return gate && { phone: gate.phone };
}

/** As far as the gazetteer places an address in a compound. */
const IN_COMPOUND_METERS = 150;
