import { HOUR_MS, type Instant } from '../../base/index.ts';
import { bedsOf, stated, type Places, type Service } from '../../city/index.ts';
import { conflict, notFound, type Actor } from '../../people/index.ts';
import { notice } from '../../people/store.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify, type Entry } from '../journeys/store.ts';
import { countOn, endMatter, openMatter, readPlaces, savePlaces } from './store.ts';

/** So long a house has to say which of two numbers holds. */
const SETTLE_MS = HOUR_MS;

interface Said {
  readonly institution: string;
  readonly service: Service;
  readonly capacity: number;
  readonly free: number;
}

/** The house states its number. What differs from the count is kept beside it, and somebody has to say which holds. */
export async function statePlaces(house: House, says: Said, actor: Actor, at: Instant): Promise<Places> {
  const { city, db, board, incident } = house;
  const { institution, service } = says;
  if (!city.institutions.get(institution)?.services.has(service)) throw conflict({ code: 'serviceNotRun', facts: { institution, service } });
  if (says.free > says.capacity) throw conflict({ code: 'moreFreeThanPlaces', facts: { capacity: says.capacity }, field: 'free' });
  const answer = await db.transaction().execute(async (trx) => {
    const after: Places = { institution, service, saidAt: at, saidBy: actor.id, ...stated(await readPlaces(trx, city.id, institution, service), says) };
    await savePlaces(trx, city.id, after);
    await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'statePlaces', facts: { ...says, counted: after.free } });
    if (after.said === undefined) await endMatter(trx, city.id, incident.id, 'difference', institution, service);
    else {
      const owner = { role: 'ward', scope: `institution:${institution}` } as const;
      const opened = await openMatter(trx, city.id, incident.id, { institution, service, district: city.institutions.get(institution)!.district, kind: 'difference', openedAt: at, owner, dueAt: at + SETTLE_MS });
      if (opened !== undefined) await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'placesDiffer', facts: { service, said: after.said, counted: after.free } }, at);
    }
    await notify(trx, { city: city.id, kind: 'status' });
    return after;
  });
  await board.reload();
  return answer;
}

/** The house says which of the two numbers holds. */
export async function settlePlaces(house: House, institution: string, service: Service, which: 'said' | 'counted', actor: Actor, at: Instant): Promise<Places> {
  const { city, db, board, incident } = house;
  const answer = await db.transaction().execute(async (trx) => {
    const before = await readPlaces(trx, city.id, institution, service);
    if (!before) throw notFound();
    const { said, ...rest } = before;
    if (said === undefined) throw conflict({ code: 'placesAgree', facts: { service } });
    const after: Places = { ...rest, ...(which === 'said' && { free: said, beyond: said > 0 ? 0 : rest.beyond }), saidAt: at, saidBy: actor.id };
    await savePlaces(trx, city.id, after);
    await endMatter(trx, city.id, incident.id, 'difference', institution, service);
    await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'settlePlaces', facts: { institution, service, said, counted: before.free, which } });
    await notify(trx, { city: city.id, kind: 'status' });
    return after;
  });
  await board.reload();
  return answer;
}

interface Counted {
  readonly institution: string;
  readonly service: Service;
  readonly what: 'admitted' | 'discharged';
}

/** Admissions and discharges count on, in the transaction that stores them. Whoever was treated without a bed takes and frees none. */
export async function followPlaces(trx: House['db'], city: string, entries: readonly Entry[]): Promise<void> {
  let changed = false;
  const counted = entries.flatMap(({ story, events }) => events.flatMap((event): Counted[] => {
    const service = bedsOf(story.decision.service);
    // Two who press at once, and a stay that is made longer: one person has one bed.
    if (event.type === 'Admitted') return event.again ? [] : [{ institution: event.institution, service, what: 'admitted' }];
    return event.type === 'Treated' && story.arrival?.admittedAt !== undefined ? [{ institution: event.institution, service, what: 'discharged' }] : [];
  }));
  // Always in the same order, so that two transactions never wait for each other.
  counted.sort((a, b) => (`${a.institution} ${a.service}` < `${b.institution} ${b.service}` ? -1 : 1));
  for (const { institution, service, what } of counted) changed = (await countOn(trx, city, institution, service, what)) || changed;
  if (changed) await notify(trx, { city, kind: 'status' });
}
