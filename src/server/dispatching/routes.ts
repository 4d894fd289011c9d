import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DISPATCH_MODES } from '../../dispatch/index.ts';
import { postUnit } from '../../dispatch/store.ts';
import { viewFor } from '../../journey/index.ts';
import { codeField, invalid, mustBe, notFound, type Actor } from '../../people/index.ts';
import { writeAudit } from '../audit.ts';
import type { DispatchBoard } from './board.ts';
import { switchMode } from './mode.ts';
import { placeOfCall } from './picture.ts';
import { sendFromBoard, type Press } from './send.ts';
import { viewBoard } from './view.ts';
import type { Errands } from '../journeys/errands.ts';
import type { House } from '../house.ts';
import { notify } from '../journeys/store.ts';
import { once } from '../journeys/once.ts';
import { keyOf } from '../journeys/request-key.ts';
import { actorOf } from '../sign-in/index.ts';

const SendBody = z.strictObject({
  journey: codeField, unit: codeField,
  takenFrom: codeField.optional().describe('The journey or mission the unit is on its way to, when it is: whoever takes it has seen that'),
});
const ModeBody = z.strictObject({ mode: z.enum(DISPATCH_MODES), reason: z.string().trim().min(1).max(300) });
const MoveBody = z.strictObject({ unit: codeField, post: codeField });
const RouteQuery = z.strictObject({ journey: codeField, unit: codeField });

/** The 120 board: seen by whoever sends and whoever answers for the city, pressed by dispatchers. */
export function registerBoardRoutes(app: FastifyInstance, { house, board, errands }: { readonly house: House; readonly board: DispatchBoard; readonly errands: Errands }): void {
  const { city, clock, incident, travel } = house;
  const tags = ['dispatch'];
  const viewer = (request: FastifyRequest): Actor => mustBe(actorOf(request), ['dispatcher', 'city', 'district']);

  app.get('/api/board', { schema: { tags, summary: 'The whole queue decided at once: who should get which unit and why, or what is missing' } }, async (request) => {
    const actor = viewer(request);
    return viewBoard(house, await board.now(), actor);
  });

  app.post('/api/board/send', { schema: { tags, summary: 'One press: the unit goes, and who it is taken from has another or an owner in the same step', body: SendBody } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher']);
    const { journey, unit, takenFrom } = request.body as z.output<typeof SendBody>;
    if (!city.units.has(unit)) throw invalid([{ code: 'unknownUnit', field: 'unit', facts: { unit } }]);
    const story = await sendFromBoard(house, board, actor, { journey, unit, ...(takenFrom !== undefined && { takenFrom }) } satisfies Press, keyOf(request));
    errands.kick([journey]);
    return { at: clock.now(), journey: viewFor(actor, story, city) };
  });

  app.post('/api/board/mode', { schema: { tags, summary: 'Who decides that a unit goes: a dispatcher, or on the worst day the board by itself', body: ModeBody } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher', 'city']);
    const { mode, reason } = request.body as z.output<typeof ModeBody>;
    const answer = await once(house, request, actor, async (trx) => ({ at: clock.now(), mode: await switchMode(house, trx, actor, mode, reason) }));
    board.moved();
    return answer;
  });

  app.post('/api/board/moves', { schema: { tags, summary: 'A unit stands by elsewhere from now on; its crew sees where', body: MoveBody } }, async (request) => {
    const actor = mustBe(actorOf(request), ['dispatcher']);
    const { unit, post } = request.body as z.output<typeof MoveBody>;
    const unknown = [
      ...(city.units.has(unit) ? [] : [{ code: 'unknownUnit', field: 'unit', facts: { unit } }]),
      ...(city.stations.has(post) ? [] : [{ code: 'unknownPost', field: 'post', facts: { post } }]),
    ];
    if (unknown[0]) throw invalid([unknown[0], ...unknown.slice(1)]);
    const answer = await once(house, request, actor, async (trx) => {
      await postUnit(trx, city.id, unit, post);
      await writeAudit(trx, city.id, incident.id, { at: clock.now(), by: actor, what: 'moveUnit', facts: { unit, post } });
      await notify(trx, { city: city.id, kind: 'units' });
      return { at: clock.now(), unit, post };
    });
    board.moved();
    return answer;
  });

  app.get('/api/board/route', { schema: { tags, summary: 'The way of one unit to one call, for the map', querystring: RouteQuery } }, async (request) => {
    const actor = viewer(request);
    const { journey, unit } = request.query as z.output<typeof RouteQuery>;
    const picture = await board.now();
    const from = (await viewBoard(house, picture, actor)).units.find((each) => each.unit === unit);
    const story = picture.stories.get(journey);
    const [kind, district] = actor.scope.split(':');
    if (!from || !story || (kind === 'district' && city.towns.get(story.request.town)?.district !== district)) throw notFound();
    const at = clock.now();
    const drive = travel.travel(from.place, placeOfCall(story, city), at, 'ambulance');
    if ('why' in drive) return { at, seconds: null, source: 'roads', noWayOpen: true };
    const { seconds } = drive;
    return drive.estimated ? { at, seconds, source: 'estimate' } : { at, seconds, source: 'roads', line: drive.shape.map(({ lon, lat }) => [lon, lat]) };
  });
}
