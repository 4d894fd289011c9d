import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Place } from '../../base/index.ts';
import { rideOf, whereabouts, type Story } from '../../journey/index.ts';
import { conflict, maySee, mustBe, notFound, Refused } from '../../people/index.ts';
import { LEGS, type DayRide, type Leg, type Ride, type SharedRide } from '../../trips/index.ts';
import { carStates, type RideState } from '../../trips/store.ts';
import { addressLimit } from '../address-limit.ts';
import type { House } from '../house.ts';
import { linkToken } from '../journeys/intake.ts';
import { readStory } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { keyOf } from '../journeys/request-key.ts';
import { actorOf, hashToken } from '../sign-in/index.ts';

/** A family that looks every few seconds, and its neighbours behind one address, stay below; whoever tries tokens does not get far. */
const LOOKS_PER_MINUTE = 120;
const Params = z.strictObject({ id: z.string().min(1).max(40) });
const Token = z.strictObject({ token: z.string().regex(/^[\w-]{20,100}$/) });
const Body = z.strictObject({ leg: z.enum(LEGS) });


/**
 * A link for the family: where the car is, how old that is, when it comes and arrives, roughly from where to
 * where, and whom to ring. No name, no address, no illness.
 * It ends with the ride, and its hash with the incident; the token itself is kept nowhere.
 */
export function registerSharedRides(app: FastifyInstance, house: House, { secret, publicUrl }: { readonly secret: string; readonly publicUrl: string }): void {
  const { city, db, clock, incident } = house;
  const waitSeconds = addressLimit(LOOKS_PER_MINUTE);

  app.post('/api/journeys/:id/share-ride', { schema: { tags: ['trips'], summary: 'A link that shows where the car is, until the ride is over', params: Params, body: Body } }, async (request) => {
    const actor = mustBe(actorOf(request), ['resident', 'hotline']);
    const { id } = request.params as z.output<typeof Params>;
    const { leg } = request.body as z.output<typeof Body>;
    // Made again for the same key, and so never stored; with a word no key can hold, so that it opens nothing else.
    const token = linkToken(secret, `shared ride ${keyOf(request)}`, actor.id);
    const answer = await once({ db, city, incident }, request, actor, async (trx) => {
      const story = await readStory(trx, city.id, id, true);
      if (!story || !maySee(actor, whereabouts(story, city))) throw notFound();
      const ride = story[leg];
      if (!ride?.car || ride.cancelled) throw conflict({ code: 'rideNotPlanned' });
      await sql`insert into shared_ride (city, token_hash, journey, ride, shared_at) values (${city.id}, ${hashToken(token)}, ${id}, ${ride.ride}, ${clock.now()})
        on conflict do nothing`.execute(trx);
      return { at: clock.now() };
    });
    return { ...answer, url: `${publicUrl}/car#${token}` };
  });

  // Asked in the body: an address stands in the logs of every machine on the way.
  app.post('/api/shared-ride', { schema: { tags: ['trips'], summary: 'What a family sees of one ride; 410 when it is over', body: Token } }, async (request): Promise<SharedRide> => {
    const wait = waitSeconds(request.ip, Date.now());
    if (wait > 0) throw new Refused(429, [{ code: 'tooManyRequests', facts: { seconds: wait } }], wait);
    const { rows: [row] } = await sql<{ state: RideState | null; dayRide: DayRide | null; story: Story; ride: string }>`
      select r.state, r.day_ride as "dayRide", j.story, s.ride from shared_ride s join journey j on j.city = s.city and j.id = s.journey
      left join ride r on r.city = s.city and r.ride = s.ride
      where s.city = ${city.id} and s.token_hash = ${hashToken((request.body as z.output<typeof Token>).token)}`.execute(db);
    if (!row) throw notFound();
    const { dayRide, story } = row;
    const ride = rideOf(story, row.ride);
    const planned = dayRide?.planned;
    if (!dayRide || !ride || row.state === 'over' || ride.cancelled) throw new Refused(410, [{ code: 'rideOver' }]);
    const car = planned && (await carStates(db, city.id)).get(planned.car);
    const state = stateOf(ride, clock.now());
    // Before it drives for them it drives for others: where it is then is not this family's business.
    const isSeen = state !== 'planned' && car?.place !== undefined && car.placeAt !== undefined;
    return {
      at: clock.now(), state, leg: dayRide.order.leg as Leg, ...(planned && { car: planned.car }), ...(isSeen && { carPlace: car.place!, placeAt: car.placeAt! }),
      from: nearly(dayRide.from), to: nearly(dayRide.to),
      pickUpAt: planned?.pickUpAt ?? dayRide.order.pickUpAt, arriveAt: planned?.arriveAt ?? dayRide.order.pickUpAt, phone: city.phones.medicalLine.number,
    };
  });
}

/** A hundred metres: enough to say how far it still is, too little to find a door. */
const nearly = ({ lon, lat }: Place): Place => ({ lon: Math.round(lon * 1_000) / 1_000, lat: Math.round(lat * 1_000) / 1_000 });

const ON_THE_WAY_MS = 30 * 60_000;

function stateOf({ times, planned }: Ride, at: number): SharedRide['state'] {
  if (times.aboard !== undefined) return 'aboard';
  if (times.atDoor !== undefined) return 'atDoor';
  return planned && planned.pickUpAt - at <= ON_THE_WAY_MS ? 'onTheWay' : 'planned';
}
