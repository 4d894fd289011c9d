import { sql, type Kysely } from 'kysely';
import { CITY_LINE, evolveCall } from '../../hotline/index.ts';
import { addCall } from '../../hotline/store.ts';
import { trueChance } from '../chance.ts';
import { notice } from '../journeys/owed.ts';
import { notify, type Entry } from '../journeys/store.ts';

/**
 * It got worse after the doctor had answered, and the medicine is still on its way: no doctor waits for this visit any more, so the medical
 * line owes them a call, with an hour by which somebody has spoken with them. Where what they said makes it an emergency, 120 has them already.
 */
export async function oweWorse(trx: Kysely<any>, city: string, entries: readonly Entry[]): Promise<void> {
  for (const { story: { id, incident, closed, decision, request, visit }, events, at } of entries) {
    const said = events.some((event) => event.type === 'MessageSent' && event.from === 'person' && (event.worse || event.heard !== undefined));
    if (!said || visit?.answeredAt === undefined || closed || decision.acuity === 'I' || decision.acuity === 'II') continue;
    const { rows } = await sql`select from call where city = ${city} and journey = ${id} and state = 'callBackOwed'`.execute(trx);
    if (rows.length > 0) continue;
    const call = evolveCall(undefined, {
      type: 'CallBackAsked', id: `K${trueChance.code(9)}`, line: CITY_LINE, phone: request.proxy?.phone ?? request.person.phone, callerName: request.person.name, journey: id, because: 'worse',
      owner: { role: 'hotline', scope: 'city' },
    }, at)!;
    await addCall(trx, city, incident, undefined, call);
    await notice(trx, city, incident, { audience: 'city', code: 'callBackOwed', facts: { about: call.id, line: CITY_LINE, rangAt: at } }, at);
    await notify(trx, { city, kind: 'calls' });
  }
}
