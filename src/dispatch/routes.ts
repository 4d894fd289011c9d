import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '../base/index.ts';
import type { City } from '../city/index.ts';
import { codeField, mustBe, type Actor } from '../people/index.ts';
import { MISSION_STEPS } from './mission.ts';
import { listUnits } from './store.ts';

/** Bodies of the commands this room answers. */
export const dispatchBodies = {
  sendUnit: z.strictObject({ unit: codeField.optional() }),
  reportMission: z.strictObject({ step: z.enum(MISSION_STEPS) }),
  joinCall: z.strictObject({ into: codeField }),
  keepApart: z.strictObject({ other: codeField }),
  standDownUnit: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
};

export interface DispatchDeps {
  readonly db: Parameters<typeof listUnits>[0];
  readonly city: City;
  readonly at: () => Instant;
  readonly actorOf: (request: FastifyRequest) => Actor | undefined;
}

/** The board: every unit, where it belongs and what it is doing. */
export function registerDispatchRoutes(app: FastifyInstance, { db, city, at, actorOf }: DispatchDeps): void {
  app.get('/api/units', { schema: { tags: ['dispatch'], summary: 'Every ambulance unit and its mission' } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher', 'city', 'crew']);
    const rows = await listUnits(db, city.id);
    const units = rows.flatMap(({ unit: id, mission, journey, since }) => {
      const unit = city.units.get(id);
      const station = unit && city.stations.get(unit.station);
      if (!unit || !station) return [];
      // A crew chooses its unit from the list; what the others are doing is not its business.
      const busy = actor.role === 'crew' ? { free: mission === null } : { ...(mission && journey && { mission, journey }) };
      return [{
        id, station: station.code, stationName: station.name, point: station.place, equipment: unit.equipment,
        negativePressure: unit.negativePressure, since, ...busy,
      }];
    });
    return { at: at(), units };
  });
}
