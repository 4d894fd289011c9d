import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../base/index.ts';
import type { DispatchMode } from '../../dispatch/index.ts';
import type { Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';

/** Who decides that a unit goes, since when, by whose word and why. */
export interface ModeNow {
  readonly mode: DispatchMode;
  readonly since: Instant;
  readonly by?: string;
  readonly reason?: string;
}

/** Nobody has said anything yet: a dispatcher presses. */
export async function readMode({ db, city, incident }: Pick<House, 'db' | 'city' | 'incident'>): Promise<ModeNow> {
  const { rows: [row] } = await sql<ModeNow>`select mode, since, by_name as by, reason from dispatch_mode
    where city = ${city.id} and incident = ${incident.id}`.execute(db);
  return row ?? { mode: 'recommended', since: incident.startedAt };
}

/** On record with who switched and why. When this resolves, no server carries out anything by itself that it had not begun. */
export async function switchMode({ city, incident, clock }: House, trx: Kysely<any>, actor: Actor, mode: DispatchMode, reason: string): Promise<ModeNow> {
  const at = clock.now();
  await sql`insert into dispatch_mode (city, incident, mode, since, by_id, by_name, reason)
    values (${city.id}, ${incident.id}, ${mode}, ${at}, ${actor.id}, ${actor.name}, ${reason})
    on conflict (city, incident) do update set mode = excluded.mode, since = excluded.since, by_id = excluded.by_id,
      by_name = excluded.by_name, reason = excluded.reason`.execute(trx);
  await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'switchDispatchMode', facts: { mode, reason } });
  await notify(trx, { city: city.id, kind: 'board' });
  return { mode, since: at, by: actor.name, reason };
}
