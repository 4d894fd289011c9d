import type { Refusal } from '../base/index.ts';
import type { Acuity } from '../triage/index.ts';
import { decideAgain } from './step.ts';
import { isAtHome, openLink, type Link, type Story } from './story.ts';
import type { Telling } from './telling.ts';

/** The policy says who fetches the person instead. Where it names nobody the step stays the committee's, and says so. */
export function noCar(telling: Telling): Refusal | undefined {
  const { story } = telling;
  if (openLink(story)?.kind !== 'assignCar') return { code: 'carNotWanted' };
  if (story.decision.transportElse === undefined) return { code: 'noOtherTransport' };
  telling.tell({ type: 'CarUnavailable', by: telling.world.actor.id });
  decideAgain(telling, 'noCar');
  return undefined;
}

/**
 * A car after all. Whoever is no emergency and has no unit yet is taken back from 120: there they stand behind every
 * emergency, and on a bad day that is for hours. A unit that was sent comes.
 */
export function carFound(telling: Telling): Refusal | undefined {
  if (!waitsForWantOfCar(telling.story)) return { code: 'carNotWanted' };
  telling.tell({ type: 'CarFound', by: telling.world.actor.id });
  decideAgain(telling, 'carFound');
  return telling.story.decision.transport === 'specialCar' ? undefined : { code: 'carNotWanted' };
}

/** At home, to be seen without being an emergency, and 120 has nobody to send yet: only because no car could be found. */
export function waitsForWantOfCar(story: Story): boolean {
  const tried = story.excluded.some(({ cause }) => cause === 'noCar');
  return tried && openLink(story)?.kind === 'sendUnit' && story.decision.pathway === 'visit' && isAtHome(story);
}

/**
 * How many deadlines for a car pass before 120 is asked by itself. Level IV gives the district, who is told of the first, half
 * as long again to find one: 120 serves IV last, so asking early seldom brings anybody sooner, and fills the queue in which worse
 * cases are sought. Level III may turn while it waits: a ride of 120 too many is the smaller error. Chosen by us.
 */
const MISSED_UNTIL_STAND_IN: Readonly<Record<Acuity, number>> = { I: 1, II: 1, III: 1, IV: 2 };

/** @param link as it stands after the missed deadline. */
export function standInIsDue({ decision }: Story, link: Link): boolean {
  return link.kind === 'assignCar' && decision.transportElse !== undefined && link.missed.length >= MISSED_UNTIL_STAND_IN[decision.acuity];
}
