import { DAY_MS } from '../../base/index.ts';
import { addIssuer } from '../../passes/store.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { DEMO_ISSUER } from '../sign-in/index.ts';
import { makeKey } from './keys.ts';

const DEMO_UNTIL_MS = 30 * DAY_MS;

/** A unit that the demo's pass office can issue for: the first hospital of the city. */
export async function seedIssuer({ db, city, clock, incident }: House): Promise<void> {
  const [house] = city.institutions.values();
  if (!house) return;
  const issuer = { id: DEMO_ISSUER, kind: 'hospital', name: house.name, passesMax: 20_000, until: clock.now() + DEMO_UNTIL_MS, enrolledAt: clock.now() } as const;
  if (!(await addIssuer(db, { city: city.id, incident: incident.id }, issuer, 'Greenlane'))) return;
  await makeKey(db, city.id, DEMO_ISSUER, `passes/${DEMO_ISSUER}/${incident.id}`, clock.now());
  await notify(db, { city: city.id, kind: 'passes' });
}
