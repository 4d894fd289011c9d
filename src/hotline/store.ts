import type { Kysely } from 'kysely';
import type { Instant } from '../base/index.ts';
import { callState, type Call } from './call.ts';
import { nextAt } from './decide.ts';

export interface HotlineTables {
  call: {
    city: string; id: string; incident: string; version: number; line: string; district: string | null; state: string; due_at: number | null; next_at: number | null; rang_at: number;
    answered_at: number | null; missed_at: number | null; abandoned: boolean; owner_name: string | null; journey: string | null; exchange_call: string | null; call: Call;
  };
}
type Db = Kysely<HotlineTables>;
export interface StoredCall {
  readonly call: Call;
  readonly version: number;
}

/** Whose calls: all of the city, those of a district's lines, or those of one institution's line. */
export type CallScope = { readonly district?: string; readonly line?: string };

const projected = (call: Call) => ({
  state: callState(call), due_at: callState(call) === 'callBackOwed' ? call.callBackDueAt! : null, next_at: nextAt(call) ?? null, rang_at: call.ringingAt, answered_at: call.answered?.at ?? null, missed_at: call.missedAt ?? null,
  abandoned: call.abandoned ?? false, owner_name: call.owner?.name ?? null, journey: call.journey ?? null, line: call.line, call: JSON.stringify(call) as unknown as Call,
});

/** @param exchangeCall the telephone system's own id of it; @returns false when that call is here already */
export async function addCall(db: Db, city: string, incident: string, district: string | undefined, call: Call, exchangeCall?: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.insertInto('call')
    .values({ city, id: call.id, incident, version: 1, district: district ?? null, exchange_call: exchangeCall ?? null, ...projected(call) })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** @param lock held until the transaction is over: whoever presses while it rings on to the next telephone waits for that, and is not told that somebody took it */
export async function findCall(db: Db, city: string, id: string, scope: CallScope, lock = false): Promise<StoredCall | undefined> {
  return db.selectFrom('call').select(['call', 'version']).where('city', '=', city).where('id', '=', id)
    .$if(scope.district !== undefined, (query) => query.where('district', '=', scope.district!))
    .$if(scope.line !== undefined, (query) => query.where('line', '=', scope.line!))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
}

/** Held until the transaction is over: reports of one call that come together are heard one after the other. */
export async function findExchangeCall(db: Db, city: string, incident: string, exchangeCall: string): Promise<StoredCall | undefined> {
  return db.selectFrom('call').select(['call', 'version']).where('city', '=', city).where('incident', '=', incident).where('exchange_call', '=', exchangeCall).forUpdate().executeTakeFirst();
}

/** One conditional write: of two who pick up, one has the call. @returns false when it has moved on since it was read */
export async function saveCall(db: Db, city: string, version: number, call: Call, district?: string | null): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('call').set({ version: version + 1, ...projected(call), ...(district !== undefined && { district }) })
    .where('city', '=', city).where('id', '=', call.id).where('version', '=', version).executeTakeFirst();
  return numUpdatedRows === 1n;
}

const OPEN_MAX = 500;
const ENDED_MAX = 100;

/** Who waits, however long, first those whose telephone rings now; the last that are talked; and the last that ended since `since`. On the worst day tens of thousands have: nobody reads them here. */
export async function listCalls(db: Db, city: string, scope: CallScope, since: Instant): Promise<readonly Call[]> {
  const own = db.selectFrom('call').select('call').where('city', '=', city)
    .$if(scope.district !== undefined, (query) => query.where('district', '=', scope.district!))
    .$if(scope.line !== undefined, (query) => query.where('line', '=', scope.line!));
  // A call that was answered and that nobody ended waits for nobody: hundreds of them hide no telephone that rings, and no debt.
  const [waiting, answered, ended] = await Promise.all([
    own.where('state', 'in', ['ringing', 'callBackOwed']).orderBy('state', 'desc').orderBy('rang_at').limit(OPEN_MAX).execute(),
    own.where('state', '=', 'answered').orderBy('rang_at', 'desc').limit(OPEN_MAX).execute(),
    own.where('state', '=', 'ended').where('rang_at', '>=', since).orderBy('rang_at', 'desc').limit(ENDED_MAX).execute(),
  ]);
  return [...waiting, ...answered, ...ended].map(({ call }) => call);
}

/** Calls to which time does something now, each for one server alone until its transaction is over. */
export async function takeDueCalls(db: Db, city: string, at: Instant, most: number): Promise<readonly (StoredCall & { readonly id: string; readonly incident: string; readonly district: string | null })[]> {
  return db.selectFrom('call').select(['id', 'call', 'version', 'incident', 'district']).where('city', '=', city).where('next_at', '<=', at).orderBy('next_at').limit(most).forUpdate().skipLocked().execute();
}

/** One that fails is looked at again later, and holds up nobody behind it. */
export async function putOff(db: Db, city: string, id: string, until: Instant): Promise<void> {
  await db.updateTable('call').set({ next_at: until }).where('city', '=', city).where('id', '=', id).execute();
}

/** What a hand-over takes along: everything of a line that somebody talks on or is owed, held until it is over. */
export async function takeOpenCalls(db: Db, city: string, line: string): Promise<readonly StoredCall[]> {
  return db.selectFrom('call').select(['call', 'version']).where('city', '=', city).where('line', '=', line).where('state', '<>', 'ended').orderBy('id').forUpdate().execute();
}
