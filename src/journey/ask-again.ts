import { missionRuns } from '../dispatch/index.ts';
import type { Decision } from '../policy/index.ts';
import { caseOf } from '../requests/index.ts';
import { carWindow, rideRuns } from '../trips/index.ts';
import { differencesBetween } from './differences.ts';
import { decideAgain, settle } from './step.ts';
import { isAtHome, type Story } from './story.ts';
import { Telling } from './telling.ts';
import type { Told, World } from './world.ts';

/**
 * What is in force has changed: the same facts are put to the policy of now. Undefined when the person is not concerned, or
 * when what was decided for them is under way and is brought to its end as it was decided, the way home included.
 */
export function askAgain(story: Story, world: World): Told | undefined {
  if (story.closed || hasBegun(story)) return undefined;
  const decision = world.decide(caseOf(story.request, world.at), story.excluded);
  if (differencesBetween(story.decision, decision).length === 0) return undefined;
  if (vehicleComes(story, decision, world.at)) return undefined;
  const telling = new Telling(story, world);
  decideAgain(telling, 'policyChanged');
  settle(telling);
  return telling.told();
}

/** They have left home, were received, or a doctor is with them: a new rule does not reach into a journey that runs. */
function hasBegun(story: Story): boolean {
  return !isAtHome(story) || story.arrival?.receivedAt !== undefined || story.visit?.doctor !== undefined;
}

/**
 * On its way to them, and no better one would come instead. Calling a car back from somebody who waits for it is worse than one
 * ride that the new rule would not have ordered.
 */
function vehicleComes({ mission, out }: Story, { transport }: Decision, at: number): boolean {
  if (missionRuns(mission)) return true;
  const carComes = out !== undefined && rideRuns(out) && (out.times.atDoor !== undefined || carWindow(out, at).from <= at);
  return carComes && transport !== 'specialCar' && transport !== 'ambulance';
}
