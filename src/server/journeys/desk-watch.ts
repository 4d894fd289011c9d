import { escalateLateConsults } from '../../consults/routes.ts';
import { seededChance } from '../../base/index.ts';
import { demoMembers, demoTeam } from '../../panels/index.ts';
import { addMembers, saveTeam } from '../../panels/store.ts';
import type { Consult } from '../../consults/index.ts';
import { consultTimes } from '../../consults/index.ts';
import { demandedOf } from '../policies/demanded.ts';
import type { House } from '../house.ts';
import { tellOfConsult } from '../experts/tell.ts';
import { escalateOwed } from './owed.ts';
import { seedRosters } from '../call-line/seed.ts';
import { notify } from './store.ts';
import { watchPanels } from '../panels/watch.ts';
import { personKey } from '../person-key.ts';
import { seedIssuer } from '../passes/seed.ts';
import { demoPeople } from '../sign-in/index.ts';

const DEMO_MEMBERS_PER_TOWN = 16;
const DEMO_SEED = 20221125;

/** Deadlines that belong to no journey: questions nobody answered. Each is moved once, on whichever server. */
export async function watchDesks(house: House): Promise<void> {
  const { db, city, clock, incident } = house;
  const look = { db, city, at: clock.now };
  const consults = { ...look, incident: incident.id, times: (askedFrom: string) => consultTimes(demandedOf(house, askedFrom).answerMinutes), tell: (trx: House['db'], consult: Consult) => tellOfConsult(trx, city.id, incident.id, consult) };
  if ((await escalateLateConsults(consults)) + (await escalateOwed(db, city.id, 'expert_visit', clock.now())) > 0) await notify(db, { city: city.id, kind: 'consults' });
  await escalateOwed(db, city.id, 'hand_over', clock.now());
  await watchPanels(house);
}

/** Somebody to look after for the family-doctor teams of the demo. Those who are there already stay as they are. */
export async function seedDesks(house: House): Promise<void> {
  const { db, city, clock, incident } = house;
  await seedRosters(house);
  await seedIssuer(house);
  const towns = demoPeople(city).filter(({ role }) => role === 'familyDoctor').map(({ scope }) => scope.slice('town:'.length));
  const ward = { city: city.id, incident: incident.id };
  for (const town of towns) await saveTeam(db, ward, demoTeam(town, city.towns.get(town)!.name.zh), false);
  const at = clock.now();
  await addMembers(db, ward, demoMembers(towns, DEMO_MEMBERS_PER_TOWN, seededChance(DEMO_SEED), at, (person) => personKey(incident.id, person)), at);
}
