import type { TravelTables } from '../city/index.ts';
import { missionRuns } from '../dispatch/index.ts';
import { travellerOf, type Decision } from '../policy/index.ts';
import { caseOf, type DecidedBecause } from '../requests/index.ts';
import { hasSetOut } from '../trips/index.ts';
import { differencesBetween } from './differences.ts';
import { decideAgain, settle } from './step.ts';
import { isAtHome, openLink, type Story } from './story.ts';
import { Telling } from './telling.ts';
import type { Told, World } from './world.ts';

/** The rules alone, asked without what is open or closed today: a difference between them is the rules' and nothing else's. */
export interface RulesAsked {
  /** Those the standing decision was made under; absent when nobody has them any more. */
  readonly before?: World['decide'] | undefined;
  readonly now: World['decide'];
}

/**
 * What is in force has changed: the same facts are put to the policy of now. Undefined when the person is not concerned, or
 * when what was decided for them is under way and is brought to its end as it was decided, the way home included.
 */
export function askAgain(story: Story, world: World, rules: RulesAsked): Told | undefined {
  if (story.closed || hasBegun(story) || !isConcerned(story, world, rules)) return undefined;
  const { transport } = world.decide(caseOf(story.request, world.at), story.excluded);
  if (vehicleComes(story, transport, world.at)) return undefined;
  return decidedAgain(story, world, 'policyChanged');
}

/** A shorter way is no reason to send somebody elsewhere than they were told, until it is shorter by this much. Synthetic. */
const WORTH_TELLING_SECONDS = 15 * 60;

/** From the middle of a town to an institution, as whoever is decided so travels; undefined where the roads know nothing. */
export type RoadSeconds = (town: string, institution: string, decision: Decision) => number | undefined;

export const roadSeconds = (tables: TravelTables): RoadSeconds => (town, institution, { pathway, transport }) =>
  tables[travellerOf(pathway, transport)].seconds(town, institution);

/**
 * Something stands on the roads, or no longer. Who is still at home and can no longer be brought where they were to go, or would
 * now go much nearer, is asked again; undefined for everybody else. A unit that is on its way to them comes all the same, and
 * drives to the new place; whoever has left home is turned round by nobody.
 */
export function askForRoads(story: Story, world: World, seconds: RoadSeconds): Told | undefined {
  const { request, excluded, decision, closed } = story;
  if (closed || hasBegun(story) || decision.institution === undefined) return undefined;
  const now = world.decide(caseOf(request, world.at), excluded);
  if (now.institution === undefined || now.institution === decision.institution) return undefined;
  const [was, is] = [seconds(request.town, decision.institution, now), seconds(request.town, now.institution, now)];
  if (was === undefined || is === undefined || is === Infinity || was < is + WORTH_TELLING_SECONDS) return undefined;
  return decidedAgain(story, world, 'roadsChanged');
}

/**
 * Somebody else answers for their town. Both are asked about the same facts at the same moment, so a difference is the counterparts' and nothing
 * else's; undefined when it makes none, or when what was decided is under way.
 */
export function askForCounterparts(story: Story, world: World, before: World['decide']): Told | undefined {
  const { request, excluded, decision, closed } = story;
  if (closed || hasBegun(story) || decision.institution === undefined) return undefined;
  const care = caseOf(request, world.at);
  const [was, is] = [before(care, excluded), world.decide(care, excluded)];
  if (is.institution === undefined || is.institution === was.institution || is.institution === decision.institution) return undefined;
  return vehicleComes(story, is.transport, world.at) ? undefined : decidedAgain(story, world, 'counterpartsChanged');
}

function decidedAgain(story: Story, world: World, because: DecidedBecause): Told {
  const telling = new Telling(story, world);
  telling.running = openLink(story);
  decideAgain(telling, because);
  settle(telling);
  return telling.told();
}

/** They have left home, were received, or a doctor is with them: a new rule does not reach into a journey that runs. */
function hasBegun(story: Story): boolean {
  const onTheLine = story.decision.pathway === 'remote' && story.visit?.doctor !== undefined;
  return !isAtHome(story) || story.arrival?.receivedAt !== undefined || onTheLine;
}

function isConcerned({ request, excluded, decision, decidedAt }: Story, world: World, { before, now }: RulesAsked): boolean {
  if (!before) return differencesBetween(decision, world.decide(caseOf(request, world.at), excluded)).length > 0;
  const [was, is] = [before(caseOf(request, decidedAt), excluded), now(caseOf(request, world.at), excluded)];
  return was.institution !== is.institution || differencesBetween(was, is).length > 0;
}

/**
 * On its way to them, and no better one would come instead. Calling a car back from somebody who waits for it is worse than one
 * ride that the new rule would not have ordered.
 */
function vehicleComes({ mission, out }: Story, transport: Decision['transport'], at: number): boolean {
  if (missionRuns(mission)) return true;
  const carComes = out !== undefined && hasSetOut(out, at);
  return carComes && transport !== 'specialCar' && transport !== 'ambulance';
}
