import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { COMMAND_ROLES, viewFor } from '../../journey/index.ts';
import { covers, invalid, notAllowed, Refused, type Actor, type Role } from '../../people/index.ts';
import type { Channel, Intake } from '../../requests/index.ts';
import { intakeOf, type IntakeBody } from '../../requests/routes.ts';
import { addressLimit } from '../address-limit.ts';
import type { House } from '../house.ts';
import type { IntakeDesk } from './intake.ts';
import { keyOf } from './request-key.ts';
import { actorOf } from '../sign-in/index.ts';

/** Who asks says how the request came in. */
export const CHANNEL: Readonly<Partial<Record<Role, Channel>>> = {
  hotline: 'hotline', dispatcher: 'hotline', committee: 'committee', familyDoctor: 'panel',
};

/** Everybody may ask without signing in: whoever needs care does not register first. */
export const PUBLIC: Actor = { id: 'public', name: 'Resident', role: 'resident', scope: 'journey:' };

/** These are never turned away for coming too often. */
const NEVER_SHED: ReadonlySet<Intake['need']> = new Set(['emergency', 'severeIllness', 'obstetrics']);

export type SubmitRoute = (request: FastifyRequest, reply: FastifyReply, body: z.output<typeof IntakeBody>) => Promise<object>;

/** @param perMinute how many requests one address may send; a whole compound can share one */
export function submitRoute(house: House, desk: IntakeDesk, perMinute: number): SubmitRoute {
  const { city, clock } = house;
  const limit = addressLimit(perMinute);
  return async (request, reply, body) => {
    const key = keyOf(request);
    const actor = actorOf(request) ?? PUBLIC;
    if (!COMMAND_ROLES.submitRequest.includes(actor.role)) throw notAllowed();
    if (actor.role === 'resident') {
      const waitSeconds = limit(request.ip, Date.now());
      if (waitSeconds > 0 && body.findings.length === 0 && !NEVER_SHED.has(body.need)) {
        throw new Refused(429, [{ code: 'tooManyRequests', facts: { seconds: waitSeconds } }], waitSeconds);
      }
    }
    refuseForeignPlace(house, actor, body);
    const { story, token } = await desk.submit(actor, intakeOf(body, CHANNEL[actor.role] ?? 'resident'), key);
    // The resident sees their own request; staff see it as their role does.
    const viewer = actor.role === 'resident' ? { ...actor, scope: `journey:${story.id}` } : actor;
    reply.status(201);
    return { at: clock.now(), journey: viewFor(viewer, story, city), token };
  };
}

/** A committee and a family doctor ask for their own town; a point far outside the city is a mistake on the map. */
export function refuseForeignPlace({ city }: House, actor: Actor, { town, point }: Pick<z.output<typeof IntakeBody>, 'town' | 'point'>): void {
  const district = city.towns.get(town)?.district;
  const own = actor.role === 'resident' || actor.scope === 'city'
    || covers(actor.scope, { district: district ?? '', town, journey: '', institutions: [], cars: [] });
  if (district !== undefined && !own) throw new Refused(403, [{ code: 'townNotYours', field: 'town' }]);
  const { west, east, south, north } = city.bounds;
  if (point && (point.lon < west || point.lon > east || point.lat < south || point.lat > north)) {
    throw invalid([{ code: 'pointOutsideCity', field: 'point' }]);
  }
}
