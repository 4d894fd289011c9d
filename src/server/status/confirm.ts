import type { Instant } from '../../base/index.ts';
import { codeIn, conflict, notFound, type Actor } from '../../people/index.ts';
import { notice } from '../../people/store.ts';
import { writeAudit } from '../audit.ts';
import type { House } from '../house.ts';
import { withFreshLooks } from '../journeys/play.ts';
import { notify } from '../journeys/store.ts';
import { isSamePerson } from '../sign-in/same-person.ts';
import { apply, behindTheLock, decideOn, LOOKS_MAX, type Reported } from './report.ts';
import { endMatter, takeMatter, type Matter } from './store.ts';

/**
 * The second person closes it, or says why not. Behind the same lock as every report, so that what was true when it was asked for is asked
 * again now: a stand-in that closed meanwhile stands in for nobody.
 * @throws Refused
 */
export async function confirmClosing(house: House, id: string, actor: Actor, at: Instant): Promise<Reported> {
  const { city, db, board, incident } = house;
  const answer = await withFreshLooks(() => db.transaction().execute(async (trx): Promise<Reported> => {
    const latest = await behindTheLock(trx, city);
    const { asked, askedName } = await findClosing(trx, house, id, actor);
    if (await isSamePerson(trx, city.id, { id: asked.reportedBy, name: askedName }, actor)) throw conflict({ code: 'secondPersonIsFirst', facts: {} });
    const { reportedAt: _, since, ...said } = asked;
    const { status } = decideOn(house, latest, { type: 'reportStatus', ...said, since: Math.max(since, at), instant: at, confirmedBy: actor.id });
    await endMatter(trx, city.id, incident.id, 'closing', asked.institution, asked.service);
    await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'confirmClosing', facts: { ...status, askedName, confirmedName: actor.name } });
    await notice(trx, city.id, incident.id, { audience: `institution:${asked.institution}`, code: 'closingConfirmed', facts: { service: asked.service, by: actor.name } }, at);
    return { status, waits: false, asked: await apply(trx, house, latest, status) };
  }), LOOKS_MAX);
  await board.reload();
  return answer;
}

/** It stays open, and the ward reads why. */
export async function declineClosing(house: House, id: string, actor: Actor, reason: string, at: Instant): Promise<void> {
  const { city, db, board, incident } = house;
  await db.transaction().execute(async (trx) => {
    await behindTheLock(trx, city);
    const { asked, askedName } = await findClosing(trx, house, id, actor);
    await endMatter(trx, city.id, incident.id, 'closing', asked.institution, asked.service);
    await writeAudit(trx, city.id, incident.id, { at, by: actor, what: 'declineClosing', facts: { ...asked, askedName, declinedName: actor.name, reason } });
    await notice(trx, city.id, incident.id, { audience: `institution:${asked.institution}`, code: 'closingDeclined', facts: { service: asked.service, by: actor.name, reason } }, at);
    await notify(trx, { city: city.id, kind: 'status' });
  });
  await board.reload();
}

async function findClosing(trx: House['db'], { city, incident }: House, id: string, actor: Actor): Promise<Matter & { readonly asked: NonNullable<Matter['asked']> }> {
  const matter = await takeMatter(trx, city.id, incident.id, id);
  const district = codeIn(actor, 'district');
  if (!matter?.asked || (district !== undefined && district !== matter.district)) throw notFound();
  return { ...matter, asked: matter.asked };
}
