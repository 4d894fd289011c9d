import { sql, type Kysely } from 'kysely';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../../base/index.ts';
import { callState, evolveCall, gaps, HAND_OVER_LATE_MS, lineAt, passTime, type CallEvent } from '../../hotline/index.ts';
import { putOff, saveCall, takeDueCalls } from '../../hotline/store.ts';
import { trueChance } from '../chance.ts';
import type { House } from '../house.ts';
import { escalateOwed, nextOwner, notice } from '../journeys/owed.ts';
import { notify } from '../journeys/store.ts';
import { openRefusalCase } from '../refusals/open.ts';
import { openRounds, type Rounds } from '../rounds.ts';
import { messageOf } from '../start-problem.ts';
import { linesOf, onLine } from './on-line.ts';
import { lockRoster, readHandOvers, readMatters, readShifts, type LineOf } from './rows.ts';

/** Ten seconds are counted to the second. */
const RINGS_EVERY_MS = 500;
const ROSTERS_EVERY_MS = 30_000;
const AT_ONCE = 200;
/** A gap is looked for so far ahead, and its ward has until a day before it begins. */
export const LOOK_AHEAD_MS = 7 * DAY_MS;
const BEFORE_GAP_MS = DAY_MS;
/** Found when it is nearer than that: so long, then the district; its people have to be reached, asked and to come. */
const NEAR_GAP_MS = 30 * MINUTE_MS;
/** A call-back that is late is told on this often: somebody waits by a telephone. */
const CALL_BACK_TOLD_MS = 10 * MINUTE_MS;

/** A call that fails is looked at again after so long. */
const PUT_OFF_MS = 30_000;

type Look = Pick<House, 'db' | 'city' | 'incident'> & { readonly at: () => Instant; readonly log?: (line: string) => void };

export function openCallLine(house: House): Rounds {
  const { db, incident, clock, log } = house;
  // Whose lines have to be answered follows the counterparts of now.
  const look: Look = { db, get city() { return house.city; }, incident, at: clock.now, log };
  let rostersAt = 0;
  return openRounds(async () => {
    try {
      await passCallTime(look);
      if (Date.now() - rostersAt < ROSTERS_EVERY_MS) return;
      rostersAt = Date.now();
      await watchRosters(look);
    } catch (error) {
      log(`The call line waits for another look: ${messageOf(error)}`);
    }
  }, RINGS_EVERY_MS);
}

/**
 * Rings the next telephone, owes what rang out, tells on what is owed too long. What is due is read from rows, so it is done after a
 * kill as well, and once, on whichever of several servers looks first.
 */
export async function passCallTime(look: Look): Promise<number> {
  const { db, city, at, log = () => undefined } = look;
  let moved = 0;
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await db.transaction().execute(async (trx) => {
      const due = await takeDueCalls(trx as never, city.id, at(), AT_ONCE);
      for (const stored of due) {
        await sql`savepoint one_call`.execute(trx);
        await passOne(trx, look, stored).catch(async (error: unknown) => {
          await sql`rollback to savepoint one_call`.execute(trx);
          await putOff(trx as never, city.id, stored.id, at() + PUT_OFF_MS);
          log(`The call ${stored.id} waits for another look: ${messageOf(error)}`);
        });
      }
      return due.length;
    });
    moved += taken;
  }
  if (moved > 0) await notify(db, { city: city.id, kind: 'calls' });
  return moved;
}

async function passOne(trx: Kysely<any>, { city, incident, at }: Look, { call, version, district, incident: of }: Awaited<ReturnType<typeof takeDueCalls>>[number]): Promise<void> {
  const now = at();
  const { reachable, owner } = await onLine(trx, city, { city: city.id, incident: incident.id }, call.line, now);
  let event: CallEvent | undefined;
  if (callState(call) === 'callBackOwed') {
    const told = call.owner?.role === 'hotline' ? { role: 'city', scope: 'city' } as const : nextOwner(call.owner?.role ?? '', district ?? '');
    // The person who owes it goes on owing it by name; somebody above them knows.
    event = { type: 'CallBackToldOn', owner: { ...told, ...(call.owner?.name && { name: call.owner.name }) }, callBackDueAt: now + CALL_BACK_TOLD_MS };
    // Nobody answered and nobody called back: for the person on the telephone that is a door that stayed shut.
    if (call.toldOn === 0 && !call.answered && city.institutions.has(call.line)) {
      await openRefusalCase(trx, { city, incident: { id: of } }, { institution: call.line, source: 'callUnanswered', call: call.id, ...(call.journey && { journey: call.journey }), at: now, reportedBy: { role: 'system' } });
    }
    await notice(trx, city.id, of, { audience: told.scope, code: 'callBackOverdue', facts: { about: call.id, line: call.line, rangAt: call.ringingAt, toldOn: call.toldOn + 1 } }, now);
  } else {
    event = passTime(call, reachable, owner, now);
    if (event?.type === 'CallMissed' || event?.type === 'CallLeftOpen') await notice(trx, city.id, of, { audience: event.owner.scope, code: 'callBackOwed', facts: { about: call.id, line: call.line, rangAt: call.ringingAt } }, now);
  }
  await saveCall(trx as never, city.id, version, (event && evolveCall(call, event, now)) ?? call);
}

/** What of the rosters nobody may leave as it is, written down with its owner long before somebody calls into it; and told on. */
export async function watchRosters(look: Look): Promise<number> {
  const { db, city, incident, at } = look;
  const of: LineOf = { city: city.id, incident: incident.id };
  const now = at();
  const [shifts, handOvers, matters] = await Promise.all([readShifts(db, of, now, now + LOOK_AHEAD_MS), readHandOvers(db, of, now), readMatters(db, of)]);
  let changed = 0;
  for (const institution of new Set([...linesOf(city, now), ...shifts.map((shift) => shift.institution), ...matters.map((matter) => matter.institution)])) {
    const found = mattersOf(institution, shifts, handOvers, now);
    const standing = matters.filter((matter) => matter.institution === institution);
    // Most rosters of most rounds are as they were: only what differs is looked at again, under its lock.
    if (sameMatters(found, standing, now)) continue;
    changed += await db.transaction().execute((trx) => reconcile(trx, look, institution));
  }
  const told = await escalateOwed(db, city.id, 'duty_matter', now);
  if (changed + told > 0) await notify(db, { city: city.id, kind: 'calls' });
  return changed + told;
}

type Found = { readonly kind: 'gap' | 'notHandedOver'; readonly from: Instant; readonly to: Instant };

function mattersOf(institution: string, shifts: Parameters<typeof lineAt>[0], handOvers: Parameters<typeof lineAt>[1], at: Instant): readonly Found[] {
  const { notHandedOver, responsible } = lineAt(shifts, handOvers, institution, at);
  const late = notHandedOver && responsible && at >= responsible.to + HAND_OVER_LATE_MS;
  return [
    ...gaps(shifts, institution, { from: at, to: at + LOOK_AHEAD_MS }).map(({ from, to }): Found => ({ kind: 'gap', from, to })),
    ...(late ? [{ kind: 'notHandedOver', from: responsible.to, to: notHandedOver.to } as const] : []),
  ];
}

type Standing = Found & { readonly id: string };

/** A gap that runs, or whose far end lies beyond what is looked at, is the same gap a moment later. */
function sameMatters(found: readonly Found[], standing: readonly Found[], at: Instant): boolean {
  const same = (one: Found, other: Found): boolean =>
    one.kind === other.kind && (one.from === other.from || (other.from < at && one.from <= at)) && other.to >= one.to && other.to - one.to < HOUR_MS;
  return found.length === standing.length && found.every((one) => standing.some((other) => same(one, other)));
}

async function reconcile(trx: Kysely<any>, { city, incident, at }: Look, institution: string): Promise<number> {
  const of: LineOf = { city: city.id, incident: incident.id };
  const district = city.institutions.get(institution)?.district ?? '';
  await lockRoster(trx, of, institution);
  const now = at();
  const [shifts, handOvers, before] = await Promise.all([readShifts(trx, of, now, now + LOOK_AHEAD_MS, institution), readHandOvers(trx, of, now, institution), readMatters(trx, of, institution)]);
  const found = mattersOf(institution, shifts, handOvers, now);
  const left: Standing[] = [...before];
  let changed = 0;
  const kept = found.map((one): { one: Found; as: Standing | undefined } => {
    const index = left.findIndex((other) => other.kind === one.kind && other.from < one.to && other.to > one.from);
    return { one, as: index < 0 ? undefined : left.splice(index, 1)[0] };
  });
  for (const { id } of left) {
    await sql`delete from duty_matter where city = ${city.id} and id = ${id}`.execute(trx);
    changed++;
  }
  for (const { one, as } of kept) {
    const ward = one.kind === 'gap' && one.from > now;
    const owner = ward ? { role: 'ward', scope: `institution:${institution}` } : nextOwner('ward', district);
    const dueAt = Math.max(one.from - BEFORE_GAP_MS, now + NEAR_GAP_MS);
    const to = one.to + (one.to === now + LOOK_AHEAD_MS ? HOUR_MS : 0);
    if (!as) {
      await sql`insert into duty_matter (city, id, incident, institution, district, kind, starts_at, ends_at, owner_role, owner_scope, due_at)
        values (${city.id}, ${`D${trueChance.code(9)}`}, ${incident.id}, ${institution}, ${district}, ${one.kind}, ${one.from}, ${to}, ${owner.role}, ${owner.scope}, ${dueAt})
        on conflict do nothing`.execute(trx);
      await notice(trx, city.id, incident.id, { audience: owner.scope, code: 'lineNotCovered', facts: { about: institution, what: one.kind, startsAt: one.from } }, now);
      changed++;
    } else if (one.from > Math.max(now, as.from)) {
      // Its near end was filled: what is left is further away, and its ward's again.
      await sql`update duty_matter set starts_at = ${one.from}, ends_at = ${to}, owner_role = ${owner.role}, owner_scope = ${owner.scope}, due_at = ${dueAt}, missed_count = 0 where city = ${city.id} and id = ${as.id}`.execute(trx);
      changed++;
    } else {
      await sql`update duty_matter set ends_at = ${to} where city = ${city.id} and id = ${as.id}`.execute(trx);
    }
  }
  return changed;
}
