import { accept, MINUTE_MS, refuse, SECOND_MS, type Instant, type Result } from '../base/index.ts';
import { callState, type Call, type CallEvent } from './call.ts';

/** Published answer targets are 10 s for 95 % of calls; who is not answered by then hears the next telephone, not silence. */
export const SECOND_PERSON_AFTER_MS = 10 * SECOND_MS;
export const DISTRICT_AFTER_MS = 30 * SECOND_MS;
/** Rung out. Longer ringing keeps a person waiting who could be owed a call-back with a deadline instead. */
export const RINGS_OUT_AFTER_MS = 90 * SECOND_MS;
/** A missed call may be a heart attack: too early a call-back costs a minute, too late a one costs a life. */
export const CALL_BACK_WITHIN_MS = 10 * MINUTE_MS;

/** Where a ringing call rings now. */
export type Rung = 'dutyPerson' | 'secondPerson' | 'district';

export function rungAt(call: Pick<Call, 'ringingAt'>, at: Instant): Rung {
  const rings = at - call.ringingAt;
  if (rings < SECOND_PERSON_AFTER_MS) return 'dutyPerson';
  return rings < DISTRICT_AFTER_MS ? 'secondPerson' : 'district';
}

export type CallCommand =
  | { readonly type: 'answer' }
  | { readonly type: 'miss' }
  | { readonly type: 'end' }
  | { readonly type: 'link'; readonly journey: string }
  | { readonly type: 'callBack'; readonly reached: boolean };

export function decideCall(call: Call, command: CallCommand, by: string, at: Instant): Result<CallEvent> {
  const state = callState(call);
  switch (command.type) {
    case 'answer':
      if (call.answered) return refuse('callTaken', { by: call.answered.by });
      if (state === 'callBackOwed') return refuse('callRungOut');
      if (state === 'ended') return refuse('callEnded');
      return accept({ type: 'CallAnswered', by });
    case 'miss':
      if (state !== 'ringing') return refuse('callNotRinging');
      return accept({ type: 'CallMissed', callBackDueAt: at + CALL_BACK_WITHIN_MS });
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
      // Nobody picked up: still owed. The debt ends when a human has been reached, never by trying.
      return accept({ type: 'CalledBack', by, reached: command.reached, ...(!command.reached && { callBackDueAt: at + CALL_BACK_WITHIN_MS }) });
  }
}

/** Who can wait least first: ringing, then call-backs by deadline, then calls being talked, then what is over. */
export function byUrgency(a: Call, b: Call): number {
  const rank = { ringing: 0, callBackOwed: 1, answered: 2, ended: 3 } as const;
  const [stateA, stateB] = [callState(a), callState(b)];
  const key = (call: Call): number => call.callBackDueAt ?? call.ringingAt;
  return rank[stateA] - rank[stateB] || (stateA === 'ended' ? key(b) - key(a) : key(a) - key(b)) || a.id.localeCompare(b.id);
}
