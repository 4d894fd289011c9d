import type { Instant } from '../base/index.ts';

/** The city's medical line, or the line that a designated institution publishes for its towns. */
export const CITY_LINE = 'medicalLine';

/**
 * One call, from the first ring to the moment nothing is owed any more. A call that nobody took is not over: it is owed a
 * call-back, with a deadline.
 */
export interface Call {
  readonly id: string;
  /** `medicalLine`, or the code of the institution whose line rang. */
  readonly line: string;
  readonly phone: string;
  readonly callerName?: string;
  readonly ringingAt: Instant;
  readonly answered?: { readonly at: Instant; readonly by: string };
  readonly missedAt?: Instant;
  readonly endedAt?: Instant;
  readonly callBackDueAt?: Instant;
  readonly callBacks: readonly { readonly at: Instant; readonly by: string; readonly reached: boolean }[];
  /** The request this call became or was about. */
  readonly journey?: string;
}

export type CallState = 'ringing' | 'answered' | 'callBackOwed' | 'ended';

export type CallEvent =
  | { readonly type: 'CallRang'; readonly id: string; readonly line: string; readonly phone: string; readonly callerName?: string }
  | { readonly type: 'CallAnswered'; readonly by: string }
  | { readonly type: 'CallMissed'; readonly callBackDueAt: Instant }
  | { readonly type: 'CallEnded' }
  | { readonly type: 'CallLinked'; readonly journey: string }
  | { readonly type: 'CalledBack'; readonly by: string; readonly reached: boolean; readonly callBackDueAt?: Instant };

export function evolveCall(call: Call | undefined, event: CallEvent, at: Instant): Call | undefined {
  if (event.type === 'CallRang') {
    const { id, line, phone, callerName } = event;
    return { id, line, phone, ...(callerName && { callerName }), ringingAt: at, callBacks: [] };
  }
  if (!call) return undefined;
  switch (event.type) {
    case 'CallAnswered':
      return { ...call, answered: { at, by: event.by } };
    case 'CallMissed':
      return { ...call, missedAt: at, callBackDueAt: event.callBackDueAt };
    case 'CallEnded':
      return { ...call, endedAt: at };
    case 'CallLinked':
      return { ...call, journey: event.journey };
    case 'CalledBack': {
      const { callBackDueAt: _paid, ...rest } = call;
      const callBacks = [...call.callBacks, { at, by: event.by, reached: event.reached }];
      return event.callBackDueAt === undefined ? { ...rest, callBacks, endedAt: at } : { ...rest, callBacks, callBackDueAt: event.callBackDueAt };
    }
  }
}

export function callState(call: Call): CallState {
  if (call.endedAt !== undefined) return 'ended';
  if (call.callBackDueAt !== undefined) return 'callBackOwed';
  return call.answered ? 'answered' : 'ringing';
}
