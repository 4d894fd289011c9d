import { z } from 'zod';
import { appointmentBodies } from '../../appointments/routes.ts';
import { clinicBodies } from '../../clinic/routes.ts';
import { dispatchBodies } from '../../dispatch/routes.ts';
import type { CommandType } from '../../journey/index.ts';
import { passBodies } from '../../passes/routes.ts';
import { receptionBodies } from '../../reception/routes.ts';
import { requestBodies } from '../../requests/routes.ts';
import { tripBodies } from '../../trips/routes.ts';

/** Commands of the flow itself that a person gives. */
const flowBodies = {
  startTravel: z.strictObject({}),
  reportHome: z.strictObject({}),
  confirmHome: z.strictObject({}),
};

/** What only the software itself may say, and what has an address of its own. */
type Spoken = Exclude<CommandType, 'submitRequest' | 'missDeadline' | 'askPolicyAgain' | 'tellCohort' | 'divertUnit' | 'identify' | 'mergeInto' | 'takeInRequest' | 'takeInCall' | 'approveRide' | 'replanRide' | 'loseCar'>;

/** The body of every command a person can give to a journey, each written in the room that answers it. */
export const COMMAND_BODIES: Readonly<Record<Spoken, z.ZodType>> = {
  ...requestBodies, ...dispatchBodies, ...tripBodies, ...appointmentBodies, ...passBodies, ...receptionBodies, ...clinicBodies,
  ...flowBodies,
};

/** Answered at the desk that asks the running plan of the day. */
export const ANSWERED_ELSEWHERE: ReadonlySet<string> = new Set(['assignCar']);

/** `sendUnit` → `send-unit`. */
export function addressOf(command: string): string {
  return command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
