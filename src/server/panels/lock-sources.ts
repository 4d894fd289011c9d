import { sql } from 'kysely';
import { within } from '../../base/index.ts';
import { isLiveOrComing } from '../../city/index.ts';
import type { House } from '../house.ts';
import { townsTouched } from './area.ts';
import { storeLock } from './locks.ts';
import { listKept } from '../policies/store.ts';

type HouseOf = Pick<House, 'db' | 'city' | 'clock' | 'incident' | 'travel' | 'policies'>;

/**
 * Areas nobody has entered as locked and that are: a cordon that holds cars, and an announcement that people of this city have adopted, from
 * the beginning of its period. What came with a fresh installation was in force before anybody could be newly locked in.
 * @param known what this server has looked at before and need not ask about again
 */
export async function followLocks(house: HouseOf, known: Set<string>): Promise<void> {
  await followCordons(house, known);
  await followPolicies(house, known);
}

async function followCordons({ db, city, clock, incident, travel }: HouseOf, known: Set<string>): Promise<void> {
  const at = clock.now();
  const ward = { city: city.id, incident: incident.id };
  // A gate that is shut at night is no lock: whoever needs something goes by day.
  const holding = travel.restrictions().filter((drawn) => drawn.restriction.kind === 'cordon' && drawn.restriction.passage.car === 'closed' && !drawn.daily && isLiveOrComing(drawn, at));
  for (const { restriction: { id, area }, from, until, reason } of holding) {
    const lock = { id: `AL-${id}`, source: `restriction:${id}`, towns: townsTouched(city, area), area, from, until, reason, by: 'Greenlane' };
    if (!known.has(lock.source) && (await isNew(db, ward, lock.source))) await storeLock(db, ward, lock, at);
    known.add(lock.source);
  }
  await sql`update area_lock l set ended_at = r.ended_at from restriction r where l.city = ${city.id} and l.incident = ${incident.id} and l.ended_at is null
    and r.city = l.city and l.source = 'restriction:' || r.id and r.ended_at is not null`.execute(db);
}

async function followPolicies({ db, city, clock, incident, policies }: HouseOf, known: Set<string>): Promise<void> {
  const at = clock.now();
  const ward = { city: city.id, incident: incident.id };
  for (const { id, version, title, coverage: { period, districts, towns: also } } of policies.now().documents.values()) {
    const source = `policy:${id}`;
    const name = `${source}@${version}`;
    if (!within(period, at) || known.has(name)) continue;
    known.add(name);
    if (!(await isNew(db, ward, source))) continue;
    const adopted = (await listKept(db, city.id, ['adopted'])).find(({ life }) => life.id === id && life.version === version)?.life.adopted;
    if (!adopted || adopted.by.id === 'installation') continue;
    const towns = [...city.towns.values()].filter(({ code, district }) => districts.has(district) || also.has(code)).map(({ code }) => code).sort();
    await storeLock(db, ward, { id: `AL-${id}`, source, towns, from: period.from, until: period.to, reason: title.zh, by: adopted.by.name }, at);
  }
}

async function isNew(db: HouseOf['db'], { city, incident }: { readonly city: string; readonly incident: string }, source: string): Promise<boolean> {
  const { rows } = await sql`select from area_lock where city = ${city} and incident = ${incident} and source = ${source}`.execute(db);
  return rows.length === 0;
}
