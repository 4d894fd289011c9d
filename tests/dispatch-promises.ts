/** What must hold of units, calls and stories after whatever happened, read from the database and from the events alone. */
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../src/server/index.ts';
import { missionRuns } from '../src/dispatch/index.ts';
import { beginStory, evolve, openLink, type JourneyEvent, type Story } from '../src/journey/index.ts';

/** Each promise that is broken, in words; none when all hold. `atRest`: the board has carried out everything it could. */
export async function brokenOnTheFloor({ pool }: Database, { atRest }: { readonly atRest: boolean }): Promise<readonly string[]> {
  const broken: string[] = [];
  const client = await pool.connect();
  try {
    // One picture of everything: what is written meanwhile is in all of it or in none.
    await client.query('begin isolation level repeatable read read only');
    const stories = (await client.query<{ id: string; state: string; story: Story }>('select id, state, story from journey')).rows;
    const units = (await client.query<{ unit: string; mission: string | null; journey: string | null }>('select unit, mission, journey from unit_state')).rows;
    const events = (await client.query<{ journey: string; seq: number; at: number; data: JourneyEvent }>('select journey, seq, happened_at as at, data from event order by journey, seq')).rows;
    await client.query('commit');

    const storyOf = new Map(stories.map(({ id, story }) => [id, story]));
    for (const { id, story } of stories) {
      const open = story.links.filter(({ state }) => state === 'open');
      if (!story.closed && (open.length !== 1 || !open[0]!.owner.scope || open[0]!.dueAt === undefined)) broken.push(`${id} has no owner or no deadline`);
      if (!missionRuns(story.mission)) continue;
      const row = units.find(({ unit }) => unit === story.mission!.unit);
      if (row?.mission !== story.mission!.id || row.journey !== id) broken.push(`${id} believes it has ${story.mission!.unit}, which is with ${row?.journey ?? 'nobody'}`);
    }
    for (const { unit, mission, journey } of units) {
      if (mission === null || journey === 'before') continue;
      const held = storyOf.get(journey!)?.mission;
      if (held?.id !== mission || held.unit !== unit || !missionRuns(held)) broken.push(`${unit} is held by ${mission} of ${journey}, which does not have it`);
    }
    const eventsOf = Map.groupBy(events, ({ journey }) => journey);
    for (const { id, story } of stories) if (!isDeepStrictEqual(replayed(eventsOf.get(id) ?? [], story), story)) broken.push(`${id} is not what its events say`);
    if (atRest) broken.push(...emergenciesBehind(stories.flatMap(({ story }) => (story.closed ? [] : [story])), units));
  } finally {
    client.release();
  }
  return broken;
}

function replayed(events: readonly { readonly seq: number; readonly at: number; readonly data: JourneyEvent }[], { city, incident }: Story): Story | undefined {
  const [received, decided, ...later] = events;
  if (received?.data.type !== 'RequestReceived' || decided?.data.type !== 'RequestDecided' || events.some(({ seq }, index) => seq !== index + 1)) return undefined;
  const first = beginStory(received.data, decided.data.decision, { city, incident }, received.at);
  const story = later.reduce((before, { data, at }) => evolve(before, data, at), first);
  // As it is stored: a key without a value is no key.
  return JSON.parse(JSON.stringify(story)) as Story;
}

/** A patient who has lost this many gives the next one up to level I alone. */
const UNITS_LOST_MAX = 3;

function emergenciesBehind(stories: readonly Story[], units: readonly { readonly mission: string | null }[]): readonly string[] {
  const rank = ({ decision }: Story): number => ['I', 'II', 'III', 'IV'].indexOf(decision.acuity);
  const waiting = stories.filter((story) => rank(story) <= 1 && openLink(story)?.kind === 'sendUnit');
  const free = units.filter(({ mission }) => mission === null).length;
  const mayGive = (story: Story, to: Story): boolean =>
    missionRuns(story.mission) && !story.mission!.chosen && story.mission!.times.atPatient === undefined && story.mission!.times.aboard === undefined
    && rank(story) > rank(to) && (rank(to) === 0 || (story.mission!.unitsLost ?? 0) < UNITS_LOST_MAX);
  return waiting.flatMap((story) => [
    ...(free > 0 ? [`${story.id} waits while a unit is free`] : []),
    ...stories.filter((other) => mayGive(other, story)).map(({ id }) => `${story.id} (${story.decision.acuity}) waits while a unit drives to ${id}`),
  ]);
}
