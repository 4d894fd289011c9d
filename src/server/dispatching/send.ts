import { accept, refuse, type Result } from '../../base/index.ts';
import { missionRuns, together, type Aid, type Answered, type CallAnswer } from '../../dispatch/index.ts';
import { mayDo, whereabouts, type Story } from '../../journey/index.ts';
import { conflict, maySee, notAllowed, notFound, Refused, type Actor } from '../../people/index.ts';
import { ACUITIES } from '../../triage/index.ts';
import type { DispatchBoard } from './board.ts';
import type { Picture } from './picture.ts';
import type { House } from '../house.ts';
import { readStory } from '../journeys/store.ts';
import { doneBefore, perform, performTogether, type Act, type Asked } from '../journeys/play.ts';

/** What a dispatcher presses: the answer of the board, or a unit of their own choice, which may be on its way to somebody else. */
export interface Press {
  readonly journey: string;
  readonly unit?: string;
  /** The mission or journey that unit is on its way to: whoever takes it from there has seen that it is. */
  readonly takenFrom?: string;
}

/** Everything is decided anew when somebody was faster; after that the dispatcher looks for themselves. */
const LOOKS_MAX = 4;
/** What another's press between the look and the write is refused with. */
const OVERTAKEN: ReadonlySet<string> = new Set(['boardMoved', 'takenMeanwhile', 'unitTaken', 'unitAlreadySent', 'noUnitSent', 'noUnitAsked', 'patientReached']);

/**
 * One press: a unit goes, and where it comes from somebody else, that person has another one or an owner in the same step.
 * @throws Refused 409 when it cannot be; the board says what can
 */
export async function sendFromBoard(house: House, board: DispatchBoard, actor: Actor, press: Press, key: string): Promise<Story> {
  const { journey, unit } = press;
  const story = await readStory(house.db, house.city.id, journey);
  if (!story || !maySee(actor, whereabouts(story, house.city))) throw notFound();
  if (!mayDo(actor, 'sendUnit', story, house.city)) throw notAllowed();
  const asked: Asked = { key, actor, journey, what: { type: 'sendUnit', ...(unit !== undefined && { unit }) } };
  for (let looks = 1; ; looks += 1) {
    const before = await doneBefore(house, asked);
    if (before) return before;
    const picture = await board.fresh();
    const acts = actsOf(picture, press, actor, house);
    try {
      if (!acts) return await perform(house, actor, journey, { type: 'sendUnit', ...(unit !== undefined && { unit }) }, key);
      if (!acts.ok) throw conflict(acts.refusal);
      return (await performTogether(house, acts.value, asked, asSeen(picture, acts.value))).get(journey)!;
    } catch (error) {
      // The same press twice at once: the second finds a unit sent, and with the next look that it sent it.
      const decided = acts && !acts.ok && looks > 1;
      if (looks === LOOKS_MAX || decided || !wasOvertaken(error)) throw error;
    } finally {
      board.moved();
    }
  }
}

export function wasOvertaken(error: unknown): boolean {
  return error instanceof Refused && error.refusals.some(({ code }) => OVERTAKEN.has(code));
}

/** Undefined: this is no call of the board, and its own story says why not. */
function actsOf(picture: Picture, { journey, unit, takenFrom }: Press, actor: Actor, house: House): Result<readonly Act[]> | undefined {
  const call = [...picture.calls.values()].find(({ id }) => id === journey);
  const answer = call && picture.answers.get(call.mission!.id);
  if (!call || !answer) return undefined;
  const now = unitNow(call);
  if (now !== undefined && (unit === undefined || unit === now)) return refuse('unitAlreadySent', { unit: now });
  if (answer.unit !== undefined && answer.unit !== now && (unit === undefined || unit === answer.unit)) return accept(actsTogether(picture, answer, actor, house));
  if (unit === undefined) {
    const kept = answer.shortfalls.find(({ code }) => code === 'keptForEmergencies');
    if (kept) return refuse('unitKept', { unit: String(kept.facts!['unit']) });
    // Guards can let a crew through: where every road is closed, the one that would be there first is still sent.
    return answer.shortfalls.some(({ code }) => code === 'noRoad') ? undefined : refuse('noUnitFree');
  }
  return ownChoice(picture, call, unit, takenFrom, actor, house);
}

/** The dispatcher knows something the board does not. It is done, unless somebody in danger of life would pay for it. */
function ownChoice(picture: Picture, call: Story, unit: string, takenFrom: string | undefined, actor: Actor, house: House): Result<readonly Act[]> {
  const from = [...picture.calls.values()].find((other) => unitNow(other) === unit);
  if (from && takenFrom !== from.id && takenFrom !== from.mission!.id) return refuse('unitTaken', { unit }, 'unit');
  const meantFor = [...picture.calls.values()].find(({ mission }) => picture.answers.get(mission!.id)?.unit === unit);
  const worse = [from, meantFor].find((other) => other && other !== call && isWorse(other, call));
  if (worse) return refuse('unitNeededMore', { unit, acuity: worse.decision.acuity }, 'unit');
  const before = unitNow(call);
  return accept([
    ...(before === undefined ? [] : [{ actor, journey: call.id, command: { type: 'standDownUnit', reason: 'replaced' } as const }]),
    ...(from ? [{ actor, journey: from.id, command: { type: 'divertUnit', to: call.id, reason: 'dispatcher' } as const }] : []),
    { actor, journey: call.id, command: { type: 'sendUnit', unit, chosen: true, ...aidOf(unit, call, house) } as const },
  ]);
}

const isWorse = (a: Story, b: Story): boolean => rank(a) < rank(b) && rank(a) <= ACUITIES.indexOf('II');
const rank = ({ decision }: Story): number => ACUITIES.indexOf(decision.acuity);

export const unitNow = ({ mission }: Story): string | undefined => (missionRuns(mission) ? mission!.unit : undefined);

/** The calls that change together with this answer. */
export function missionsTogether({ calls, answers }: Picture, { mission }: CallAnswer): readonly string[] {
  return together(new Map<string, Answered>([...calls].map(([id, story]) => {
    const now = unitNow(story);
    return [id, { answer: answers.get(id)!, ...(now !== undefined && { unitNow: now }) }];
  })), mission);
}

/** All that has to be done with this answer, each unit given back before any is sent. */
export function actsTogether(picture: Picture, answer: CallAnswer, actor: Actor, house: House): readonly Act[] {
  const changes = missionsTogether(picture, answer).map((mission) => ({ story: picture.calls.get(mission)!, answer: picture.answers.get(mission)! }));
  const givenBack = changes.flatMap(({ story, answer: { unit } }): Act[] => {
    const now = unitNow(story);
    if (now === undefined) return [];
    const taker = changes.find((other) => other.answer.unit === now)?.story;
    if (!taker) return [{ actor, journey: story.id, command: { type: 'standDownUnit', reason: 'nearerUnit' } }];
    const reason = isWorse(taker, story) ? 'worseCase' : 'nearerUnit';
    return [{ actor, journey: story.id, command: { type: 'divertUnit', to: taker.id, reason, ...(unit !== undefined && { exchanged: true }) } }];
  });
  const sent = changes.flatMap(({ story, answer: { unit, reasons, shortfalls } }): Act[] =>
    (unit === undefined ? [] : [{ actor, journey: story.id, command: { type: 'sendUnit', unit, reasons, shortfalls, ...aidOf(unit, story, house) } }]));
  return [...givenBack, ...sent];
}

/** A unit of another district than the patient's: both districts see it. */
function aidOf(unit: string, { request }: Story, { city }: House): { readonly aid?: Aid } {
  const from = city.stations.get(city.units.get(unit)?.station ?? '')?.district;
  const to = city.towns.get(request.town)?.district;
  return from === undefined || to === undefined || from === to ? {} : { aid: { from, to } };
}

/** The stories still are what the picture showed: another unit, a new mission or an end means that it has to be decided anew. */
export function asSeen(picture: Picture, acts: readonly Act[]): (locked: ReadonlyMap<string, Story>) => void {
  return (locked) => {
    for (const { journey } of acts) {
      const [then, now] = [picture.stories.get(journey), locked.get(journey)!];
      const same = then && !now.closed && then.mission?.id === now.mission?.id && unitNow(then) === unitNow(now) && then.decision.acuity === now.decision.acuity;
      if (!same) throw conflict({ code: 'boardMoved' });
    }
  };
}
