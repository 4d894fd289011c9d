import { accept, HOUR_MS, refuse, SECOND_MS, type Instant, type Result } from '../base/index.ts';
import { BY_TELEPHONE, callState, type Call, type CallEvent, type CallOwner, type Rung } from './call.ts';

/** Published answer targets are 10 s for 95 % of calls; who is not answered by then hears the next telephone, not silence. */
export const SECOND_PERSON_AFTER_MS = 10 * SECOND_MS;
export const DISTRICT_AFTER_MS = 30 * SECOND_MS;
/** Rung out. Longer ringing keeps a person waiting who could be owed a call-back with a deadline instead. */
export const RINGS_OUT_AFTER_MS = 90 * SECOND_MS;

/** No call takes so long: nobody has said how it ended. A call-back too many costs a minute, a caller whose line broke has nobody else. Synthetic. */
export const TALKED_OUT_MS = 2 * HOUR_MS;

/** Who could pick up now: by the roster, or by nobody's name where the roster has a hole. */
export interface Reachable {
  readonly dutyPerson?: { readonly name: string; readonly phone: string };
  readonly secondPerson?: { readonly name: string; readonly phone: string };
}

/** Whose telephone rings so long after the first ring. A hole in the roster, or no second person, costs nobody a second: it rings in the district. */
export function rungAt(call: Pick<Call, 'ringingAt'>, at: Instant, { dutyPerson, secondPerson }: Reachable): Rung {
  const rings = at - call.ringingAt;
  if (dutyPerson && rings < SECOND_PERSON_AFTER_MS) return 'dutyPerson';
  return dutyPerson && secondPerson && rings < DISTRICT_AFTER_MS ? 'secondPerson' : 'district';
}

/**
 * What time has done to a call: it rings at the next telephone, or it has rung out and is owed. A server that slept does not
 * pretend: whom it did not ring in time is not said to have been rung.
 */
export function passTime(call: Call, reachable: Reachable, owner: CallOwner, at: Instant): CallEvent | undefined {
  const state = callState(call);
  if (state === 'answered' && at - call.answered!.at >= TALKED_OUT_MS) {
    // What became a request is owed by its owner.
    return call.journey === undefined ? { type: 'CallLeftOpen', owner } : { type: 'CallEnded' };
  }
  if (state !== 'ringing') return undefined;
  if (at - call.ringingAt >= RINGS_OUT_AFTER_MS) return { type: 'CallMissed', owner };
  const whom = rungAt(call, at, reachable);
  if (call.rings.at(-1)?.whom === whom) return undefined;
  return { type: 'RangAt', whom, ...(whom === 'dutyPerson' ? reachable.dutyPerson : whom === 'secondPerson' ? reachable.secondPerson : undefined) };
}

/** When time does something to this call next; undefined for one that waits for nothing. */
export function nextAt(call: Call): Instant | undefined {
  const state = callState(call);
  if (state === 'callBackOwed') return call.callBackDueAt;
  if (state === 'answered') return call.answered!.at + TALKED_OUT_MS;
  if (state !== 'ringing') return undefined;
  const last = call.rings.at(-1)?.whom;
  const after = last === undefined ? 0 : last === 'dutyPerson' ? SECOND_PERSON_AFTER_MS : last === 'secondPerson' ? DISTRICT_AFTER_MS : RINGS_OUT_AFTER_MS;
  return call.ringingAt + after;
}

export type CallCommand =
  | { readonly type: 'answer' }
  | { readonly type: 'miss' }
  | { readonly type: 'end' }
  | { readonly type: 'link'; readonly journey: string }
  | { readonly type: 'callBack'; readonly reached: boolean };

/** @param owner who owes the call-back when this call was missed */
export function decideCall(call: Call, command: CallCommand, by: { readonly id: string; readonly name: string }, owner: CallOwner): Result<CallEvent> {
  const state = callState(call);
  switch (command.type) {
    case 'answer':
      if (call.answered && call.answered.by !== BY_TELEPHONE) return refuse('callTaken', { by: call.answered.name ?? call.answered.by });
      if (state === 'callBackOwed') return refuse('callRungOut');
      if (state === 'ended') return refuse('callEnded');
      return accept({ type: 'CallAnswered', by: by.id, name: by.name });
    case 'miss':
      if (state !== 'ringing') return refuse('callNotRinging');
      return accept({ type: 'CallMissed', owner });
    case 'end':
      if (state === 'ringing') return refuse('callNotAnswered');
      if (state === 'callBackOwed') return refuse('callBackOwed');
      if (state === 'ended') return refuse('callEnded');
      return accept({ type: 'CallEnded' });
    case 'link':
      if (!command.journey.trim()) return refuse('journeyMissing', undefined, 'journey');
      return accept({ type: 'CallLinked', journey: command.journey });
    case 'callBack':
      if (state !== 'callBackOwed') return refuse('noCallBackOwed');
      return accept({ type: 'CalledBack', by: by.id, reached: command.reached });
  }
}

/** Who can wait least first: ringing, then call-backs by deadline, then calls being talked, then what is over. */
export function byUrgency(a: Call, b: Call): number {
  const rank = { ringing: 0, callBackOwed: 1, answered: 2, ended: 3 } as const;
  const [stateA, stateB] = [callState(a), callState(b)];
  const key = (call: Call): number => call.callBackDueAt ?? call.ringingAt;
  return rank[stateA] - rank[stateB] || (stateA === 'ended' ? key(b) - key(a) : key(a) - key(b)) || a.id.localeCompare(b.id);
}
