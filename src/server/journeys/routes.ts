import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recommendCar } from '../../trips/index.ts';
import { recommend, type FreeUnit } from '../../dispatch/index.ts';
import { mayReadConversation, viewFor, wantedFor, whereabouts, type Command, type JourneyView, type Story } from '../../journey/index.ts';
import { codeIn, conflict, maySee, mustBe, notFound, notSignedIn, Refused, ROLES, type Actor } from '../../people/index.ts';
import { addressOf, ANSWERED_ELSEWHERE, COMMAND_BODIES } from './commands.ts';
import type { DispatchBoard } from '../dispatching/board.ts';
import type { Picture } from '../dispatching/picture.ts';
import { sendFromBoard } from '../dispatching/send.ts';
import type { Errands } from './errands.ts';
import { lookUp, seatedAs } from './free-things.ts';
import type { House } from '../house.ts';
import { listStories } from './list.ts';
import { joinCalls } from '../dispatching/join-calls.ts';
import { readEvents, readStory } from './store.ts';
import type { PassSigner } from '../passes/keys.ts';
import { passQr } from '../passes/signing.ts';
import { perform } from './play.ts';
import { keyOf } from './request-key.ts';
import { actorOf } from '../sign-in/index.ts';
import { freeSlots } from '../../appointments/store.ts';

const Params = z.strictObject({ id: z.string().min(1).max(40) });
const Listing = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'), limit: z.coerce.number().int().min(1).max(500).default(200),
});

export interface JourneyDeps {
  readonly house: House;
  readonly errands: Errands;
  readonly signer: PassSigner;
  readonly dispatch: DispatchBoard;
}

export function registerJourneyRoutes(app: FastifyInstance, { house, errands, signer, dispatch }: JourneyDeps): void {
  const { city, clock, db } = house;
  const who = (request: FastifyRequest): Actor => mustBe(actorOf(request), ROLES);

  /** A story in this actor's scope; whether others exist is nobody else's business. */
  const storyFor = async (actor: Actor, id: string): Promise<Story> => {
    const story = await readStory(db, city.id, id);
    if (!story || !maySee(actor, whereabouts(story, city))) throw notFound();
    return story;
  };
  const idOf = (request: FastifyRequest): string => (request.params as z.output<typeof Params>).id;

  app.get('/api/journeys', { schema: { tags: ['journeys'], summary: 'What is mine: late first, then by acuity and deadline', querystring: Listing } }, async (request) => {
    const actor = who(request);
    const { state, limit } = request.query as z.output<typeof Listing>;
    const stories = await listStories(house, actor, state, limit);
    return { at: clock.now(), journeys: stories.map((story) => viewFor(actor, story, city)) };
  });

  app.get('/api/journeys/:id', { schema: { tags: ['journeys'], summary: 'One journey and everything that happened', params: Params } }, async (request) => {
    const actor = who(request);
    const story = await storyFor(actor, idOf(request));
    const journey = viewFor(actor, story, city);
    const events = await readEvents(db, city.id, story.id);
    // Facts of an event can say what is wrong with the person: who may not read that learns what happened, not what was in it.
    const timeline = events.map(({ seq, at, by, type, data }) => ({ seq, at, by, type, facts: mayRead(actor, journey, type) ? factsOf(data) : {} }));
    return { at: clock.now(), journey, timeline };
  });

  app.get('/api/my', { schema: { tags: ['journeys'], summary: 'The resident\'s own request' } }, async (request) => {
    const actor = actorOf(request);
    if (!actor || actor.role !== 'resident') throw notSignedIn();
    const story = await storyFor(actor, codeIn(actor, 'journey') ?? '');
    return { at: clock.now(), journey: viewFor(actor, story, city) };
  });

  /** A press that concerns other people's stories as well is done with them, or not at all. */
  const carryOut = (actor: Actor, id: string, command: Command, key: string): Promise<Story> => {
    if (command.type === 'joinCall') return joinCalls(house, actor, id, command.into, key);
    if (command.type === 'sendUnit') return sendFromBoard(house, dispatch, actor, { journey: id, ...(command.unit !== undefined && { unit: command.unit }) }, key);
    return perform(house, actor, id, command, key).catch((error: unknown) => whenTurnedRound(house, actor, id, error));
  };

  for (const [type, body] of Object.entries(COMMAND_BODIES)) {
    if (ANSWERED_ELSEWHERE.has(type)) continue;
    app.post(`/api/journeys/:id/${addressOf(type)}`, {
      schema: { tags: ['journeys'], summary: `Command ${type}`, params: Params, body },
    }, async (request) => {
      const actor = who(request);
      const key = keyOf(request);
      const given = Object.fromEntries(Object.entries(request.body as object).filter(([, value]) => value !== undefined));
      const id = idOf(request);
      const command = { type, ...given } as Command;
      const story = await carryOut(actor, id, command, key);
      errands.kick([id]);
      return { at: clock.now(), journey: viewFor(actor, story, city) };
    });
  }

  app.get('/api/journeys/:id/candidates', { schema: { tags: ['journeys'], summary: 'What could be sent or booked now, recommended first', params: Params } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher', 'committee', 'district', 'hotline', 'ward']);
    const story = await storyFor(actor, idOf(request));
    const at = clock.now();
    const command = CHOICES[story.links.find(({ state }) => state === 'open')?.kind ?? ''];
    if (!command) return { at, units: [], cars: [], slots: [] };
    const wanted = wantedFor(command, story, at);
    const free = await lookUp(db, city, wanted, story, at, house.travel.seconds);
    const ride = command.type === 'assignCar' ? story[command.leg] : undefined;
    return {
      at,
      units: wanted.things === 'units' ? boardFirst(await dispatch.now(), story, recommend(free.units, story.decision.acuity), house) : [],
      cars: ride ? recommendCar(free.cars, ride) : [],
      slots: wanted.things === 'slots'
        ? (await freeSlots(db, city.id, wanted.institution, wanted.service, wanted.window, await seatedAs(db, city.id, story, at))).slice(0, 20)
        : [],
    };
  });

  app.get('/api/journeys/:id/pass', { schema: { tags: ['passes'], summary: 'The pass to show at a roadblock', params: Params } }, async (request) => {
    const actor = mustBe(actorOf(request), ['resident', 'committee', 'driver', 'hotline', 'district']);
    const { pass, request: { person, companion } } = await storyFor(actor, idOf(request));
    if (!pass) throw notFound();
    const { code, validFrom, validTo, fromTown: from, toInstitution: to } = pass;
    const jws = await signer.sign({ code, kind: 'patient', name: person.name, from, to, validFrom, validTo });
    // Whoever goes with them has the same way, window and code: withdrawn or let through together.
    const beside = companion?.trim() ? await signer.sign({ code, kind: 'companion', name: companion.trim().slice(0, 60), from, to, validFrom, validTo }) : undefined;
    const qrSvg = await passQr(jws);
    return {
      at: clock.now(), code: pass.code, jws, qrSvg, ...(beside !== undefined && { companion: { name: companion!.trim(), jws: beside, qrSvg: await passQr(beside) } }), validFrom: pass.validFrom, validTo: pass.validTo, revoked: pass.revoked !== undefined,
      fromTown: city.towns.get(pass.fromTown)?.name, toInstitution: city.institutions.get(pass.toInstitution)?.name,
    };
  });
}

/** The board's answer before all others, also when that unit is on its way to somebody who can wait. */
function boardFirst({ answers, units }: Picture, { mission, request }: Story, free: readonly FreeUnit[], { city, travel }: House): readonly FreeUnit[] {
  const answer = answers.get(mission?.id ?? '');
  const unit = units.find((each) => each.unit === answer?.unit);
  if (!answer || !unit) return free;
  const { equipment, negativePressure } = unit;
  const patient = request.point ?? city.towns.get(request.town)?.centre;
  const estimated = patient && travel.seconds.estimates?.(unit.place, patient) && ({ estimated: true } as const);
  return [{ unit: unit.unit, etaSeconds: answer.etaSeconds!, ...estimated, equipment, negativePressure }, ...free.filter((each) => each.unit !== unit.unit)];
}

/** Which command the open link waits for a choice in. */
const CHOICES: Readonly<Record<string, Command>> = {
  sendUnit: { type: 'sendUnit' }, assignCar: { type: 'assignCar', leg: 'out' }, returnCar: { type: 'assignCar', leg: 'back' },
  slot: { type: 'bookSlot' },
};

/** What weighs one patient against others is for those who weigh them. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(['UnitDiverted', 'CallJoined', 'CallTakenIn', 'CallKeptApart']);
const WEIGHS: ReadonlySet<string> = new Set(['dispatcher', 'city', 'district', 'system']);

function mayRead(actor: Actor, { clinical }: JourneyView, type: string): boolean {
  const { role } = actor;
  if (type === 'MessageSent' || type === 'CallOffered') return mayReadConversation(actor);
  if (ABOUT_OTHERS.has(type)) return WEIGHS.has(role);
  return clinical !== undefined || FACTS_FOR_ALL.has(type);
}

const FACTS_FOR_ALL: ReadonlySet<string> = new Set([
  'LinkOpened', 'LinkDone', 'DeadlineMissed', 'UnitSent', 'MissionReported', 'CarAssigned', 'RideReported', 'RideCancelled',
  'TravelStarted', 'ArrivedAtDoor', 'Received',
]);

/** The request itself, decisions and plans stand in the journey already and would be told twice. */
function factsOf(event: { readonly type: string }): object {
  const { type: _, request: __, decision: ___, links: ____, reasons: _____, shortfalls: ______, ...facts } = event as Record<string, unknown> & { type: string };
  return facts;
}

/** A crew without a network does not know that its unit was taken for somebody else: whoever is with the patient must hear more than "not found". */
async function whenTurnedRound({ db, city }: House, { role, scope }: Actor, id: string, error: unknown): Promise<never> {
  const wasTheirs = role === 'crew' && error instanceof Refused && error.statusCode === 404
    && (await readEvents(db, city.id, id)).some(({ data }) => data.type === 'UnitSent' && scope === `unit:${data.unit}`);
  throw wasTheirs ? conflict({ code: 'unitTurnedRound' }) : error;
}
