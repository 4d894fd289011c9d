import { sql, type Kysely } from 'kysely';
import { chairCohort, isGreen, type ChairCohort } from '../../appointments/index.ts';
import { freeSlots, giveBackExpired, giveSeatBack, hasAnotherThatDay, moveSeat, takeSeat } from '../../appointments/store.ts';
import type { Instant, Place } from '../../base/index.ts';
import { listDispensed } from '../../clinic/store.ts';
import type { City, TravelSeconds } from '../../city/index.ts';
import { isOut, whereIs, type KnownUnit } from '../../dispatch/index.ts';
import { adoptBooking, findFreeSlot, markMissed } from '../appointments/booking-store.ts';
import { giveUnitBack, listUnits, takeUnit } from '../../dispatch/store.ts';
import { carsKeptApart } from '../../trips/store.ts';
import { carsFor, cohortOf, NOTHING_FREE, unitsFor, type Claim, type Free, type Story, type Wanted } from '../../journey/index.ts';
import { conflict } from '../../people/index.ts';
import { personKey } from '../person-key.ts';

type Db = Kysely<any>;

/** Somebody else was faster: nothing is stored, and the command looks again. */
export class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

/** What could be claimed now. A claim is still made by one conditional write. */
export async function lookUp(db: Db, city: City, wanted: Wanted, story: Story, at: Instant, travel: TravelSeconds): Promise<Free> {
  switch (wanted.things) {
    case 'nothing':
      return NOTHING_FREE;
    case 'taking': {
      const key = personKey(story.incident, story.request.person);
      const dispensed = await listDispensed(db, city.id, story.incident, [key]);
      return { ...NOTHING_FREE, taking: (dispensed.get(key) ?? []).filter(({ visit }) => visit !== story.visit?.id) };
    }
    case 'units': {
      const free = (await listUnits(db, city.id)).filter((known) => known.mission === null && !isOut(known, at) && (wanted.unit ?? known.unit) === known.unit);
      const isAt = new Map(free.flatMap((known): [string, Place][] => {
        const belongsAt = standsBy(known, city);
        return belongsAt ? [[known.unit, whereIs(known, { belongsAt }, at).place]] : [];
      }));
      return { ...NOTHING_FREE, units: unitsFor(story, isAt.keys(), city, at, travel, isAt) };
    }
    case 'cars': {
      const apart = await carsKeptApart(db, city.id, wanted.cohort, wanted.window);
      const free = [...city.cars.keys()].filter((car) => !apart.has(car));
      return { ...NOTHING_FREE, cars: carsFor(story, free, city, at, travel) };
    }
    case 'slots': {
      const { institution, service, window } = wanted;
      // A hold that is over is a free seat, and nobody is sent elsewhere because it has not been swept yet.
      await giveBackExpired(db, city.id, { institution, service }, at);
      const slots = await freeSlots(db, city.id, institution, service, window, await seatedAs(db, city.id, story, at));
      return { ...NOTHING_FREE, slots: slots.map(({ seatsLeft: _, ...slot }) => slot) };
    }
    case 'slot': {
      await giveBackExpired(db, city.id, { slots: [wanted.slot] }, at);
      const slot = await findFreeSlot(db, city.id, wanted.slot, await seatedAs(db, city.id, story, at));
      return { ...NOTHING_FREE, slots: slot ? [slot] : [] };
    }
  }
}

/** What decides which seats are free for the person of this story. */
export async function seatedAs(db: Db, city: string, story: Story, at: Instant): Promise<Parameters<typeof freeSlots>[5]> {
  return { green: isGreen({ ...story.request, ageMonths: story.request.person.ageMonths }), cohort: await seatedWith(db, city, story), at };
}

/** A series says itself with whom its person sits, also after its seat is lost: its unit knows more than one request. */
async function seatedWith(db: Db, city: string, story: Story): Promise<ChairCohort> {
  const series = story.booking?.series;
  if (series === undefined) return chairCohort(cohortOf(story));
  const { rows: [row] } = await sql<{ cohort: ChairCohort }>`select cohort from series where city = ${city} and id = ${series}`.execute(db);
  return row?.cohort ?? chairCohort(cohortOf(story));
}

/** Its standby point, or its station. */
function standsBy({ unit, post }: KnownUnit, city: City): Place | undefined {
  return (city.stations.get(post ?? '') ?? city.stations.get(city.units.get(unit)?.station ?? ''))?.place;
}

/**
 * A counter where those who want the same kind of thing queue until the transaction before them is over: whoever looks then
 * sees what is really left, and nobody is refused because ten others wanted the same nearest unit.
 */
export async function queueAtCounter(db: Db, city: City, wanted: Wanted, story: Story): Promise<void> {
  const counter = counterOf(city, wanted, story);
  if (counter) await sql`select pg_advisory_xact_lock(hashtextextended(${`${city.id} ${counter}`}, 0))`.execute(db);
}

function counterOf(city: City, wanted: Wanted, story: Story): string | undefined {
  switch (wanted.things) {
    case 'nothing':
    case 'taking':
      return undefined;
    case 'units':
      return 'units';
    case 'cars':
      return `cars ${city.towns.get(story.request.town)?.district ?? ''}`;
    case 'slots':
    case 'slot':
      return `slots ${wanted.institution} ${wanted.service}`;
  }
}

/** @throws LostClaim when a thing is not free any more; the caller's transaction has to be given up then */
export async function makeClaims(db: Db, city: string, claims: readonly Claim[], story: Story, at: Instant): Promise<void> {
  for (const claim of claims) {
    if (!(await makeClaim(db, city, claim, story, at))) throw new LostClaim(claim.thing);
  }
}

async function makeClaim(db: Db, city: string, claim: Claim, story: Story, at: Instant): Promise<boolean> {
  const journey = story.id;
  switch (claim.thing) {
    case 'unit':
      if (claim.take) return takeUnit(db, city, claim, journey, at);
      await giveUnitBack(db, city, claim, at);
      return true;
    case 'slot':
      if (claim.take) return takeSeat(db, city, claim, { journey, cohort: await seatedWith(db, city, story) }, at);
      if (claim.missed) {
        await markMissed(db, city, claim.booking);
        return true;
      }
      await giveSeatBack(db, city, claim, at);
      return true;
    case 'booking':
      return adoptBooking(db, city, claim.booking, journey);
    case 'otherSlot':
      if (await hasAnotherThatDay(db, city, claim)) throw conflict({ code: 'alreadyBookedThatDay', field: 'slot' });
      return moveSeat(db, city, { id: claim.booking, from: claim.from, to: claim.slot, ...(await seatedAs(db, city, story, at)) }, at);
  }
}
