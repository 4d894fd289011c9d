import type { Instant } from '../base/index.ts';
import type { Owner } from '../people/index.ts';
import { heard, NOTHING_HEARD, type ExchangeFacts, type ExchangeNews } from './exchange.ts';

/** The city's medical line, or the line that a designated institution publishes for its towns. */
export const CITY_LINE = 'medicalLine';

/** Whose telephone a call rings at. */
export type Rung = 'dutyPerson' | 'secondPerson' | 'district';

/** What happened, not what was planned: written down when it rang there. */
export interface Ring {
  readonly at: Instant;
  readonly whom: Rung;
  readonly name?: string;
  readonly phone?: string;
}

/** Who owes the call-back: a role in a scope, and the person by name where the roster knows one. */
export interface CallOwner extends Owner {
  readonly name?: string;
}

/**
 * One call, from the first ring to the moment nothing is owed any more. A call that nobody took is not over: it is owed a
 * call-back, with an owner and a deadline.
 */
export interface Call {
  readonly id: string;
  /** `medicalLine`, or the code of the institution whose line rang. */
  readonly line: string;
  /** Empty where the caller withheld it. */
  readonly phone: string;
  readonly callerName?: string;
  readonly ringingAt: Instant;
  readonly rings: readonly Ring[];
  /** `by` is who pressed at a desk, or `telephone` where only the telephone system knows. */
  readonly answered?: { readonly at: Instant; readonly by: string; readonly name?: string };
  readonly missedAt?: Instant;
  /** They hung up before anybody answered. */
  readonly abandoned?: true;
  readonly endedAt?: Instant;
  readonly callBackDueAt?: Instant;
  readonly owner?: CallOwner;
  /** Why a call-back is owed that nobody missed: it got worse after the doctor had answered, or a call was answered and nobody said how it ended. */
  readonly because?: 'worse' | 'leftOpen';
  /** How often the call-back was told on because its deadline passed. */
  readonly toldOn: number;
  readonly callBacks: readonly { readonly at: Instant; readonly by: string; readonly reached: boolean }[];
  /** The request this call became or was about. */
  readonly journey?: string;
  readonly handedTo120?: { readonly at: Instant; readonly by: string; readonly journey: string };
  /** What the telephone system has said of it. */
  readonly exchange?: ExchangeFacts;
}

export type CallState = 'ringing' | 'answered' | 'callBackOwed' | 'ended';

export type CallEvent =
  | { readonly type: 'CallRang'; readonly id: string; readonly line: string; readonly phone: string; readonly callerName?: string }
  | { readonly type: 'RangAt'; readonly whom: Rung; readonly name?: string; readonly phone?: string }
  | { readonly type: 'ExchangeSaid'; readonly news: ExchangeNews; readonly owner: CallOwner }
  | { readonly type: 'CallAnswered'; readonly by: string; readonly name?: string }
  | { readonly type: 'CallMissed'; readonly owner: CallOwner }
  /** Nobody rang: somebody has to ring them. */
  | { readonly type: 'CallBackAsked'; readonly id: string; readonly line: string; readonly phone: string; readonly callerName: string; readonly journey: string; readonly because: 'worse'; readonly owner: CallOwner }
  | { readonly type: 'CallLeftOpen'; readonly owner: CallOwner }
  | { readonly type: 'CallBackToldOn'; readonly owner: CallOwner; readonly callBackDueAt: Instant }
  | { readonly type: 'CallTakenOver'; readonly owner: CallOwner }
  | { readonly type: 'CallEnded' }
  | { readonly type: 'CallLinked'; readonly journey: string }
  | { readonly type: 'HandedTo120'; readonly by: string; readonly journey: string }
  | { readonly type: 'CalledBack'; readonly by: string; readonly reached: boolean };

/** A missed call may be a heart attack: too early a call-back costs a minute, too late a one costs a life. */
export const CALL_BACK_WITHIN_MS = 600_000;
/** Who answered where only the telephone system knows it: whoever sits there may still say "that was me". */
export const BY_TELEPHONE = 'telephone';

export function evolveCall(call: Call | undefined, event: CallEvent, at: Instant): Call | undefined {
  if (event.type === 'CallRang') {
    const { id, line, phone, callerName } = event;
    return { id, line, phone, ...(callerName && { callerName }), ringingAt: at, rings: [], toldOn: 0, callBacks: [] };
  }
  if (event.type === 'CallBackAsked') {
    const { type: _type, ...asked } = event;
    return { ...asked, ringingAt: at, rings: [], toldOn: 0, callBacks: [], callBackDueAt: at + CALL_BACK_WITHIN_MS };
  }
  if (!call) return undefined;
  switch (event.type) {
    case 'RangAt': {
      const { type: _type, ...ring } = event;
      return { ...call, rings: [...call.rings, { at, ...ring }] };
    }
    case 'ExchangeSaid':
      return settled({ ...call, exchange: heard(call.exchange ?? NOTHING_HEARD, event.news) }, event.owner);
    case 'CallAnswered':
      // What the telephone system said of the time stays true when somebody says that it was them.
      return { ...call, answered: { at: call.answered?.at ?? at, by: event.by, ...(event.name && { name: event.name }) } };
    case 'CallMissed':
      return owed(call, at, event.owner);
    case 'CallLeftOpen':
      return { ...call, because: 'leftOpen', callBackDueAt: at + CALL_BACK_WITHIN_MS, owner: call.owner ?? event.owner };
    case 'CallBackToldOn':
      return { ...call, owner: event.owner, callBackDueAt: event.callBackDueAt, toldOn: call.toldOn + 1 };
    case 'CallTakenOver':
      return { ...call, owner: event.owner };
    case 'CallEnded':
      return { ...call, endedAt: at };
    case 'CallLinked':
      return { ...call, journey: event.journey };
    case 'HandedTo120':
      return { ...call, journey: event.journey, handedTo120: { at, by: event.by, journey: event.journey } };
    case 'CalledBack': {
      const callBacks = [...call.callBacks, { at, by: event.by, reached: event.reached }];
      // Nobody picked up: still owed. The debt ends when a human has been reached, never by trying.
      if (!event.reached) return { ...call, callBacks, callBackDueAt: at + CALL_BACK_WITHIN_MS };
      const { callBackDueAt: _paid, ...rest } = call;
      return { ...rest, callBacks, endedAt: at };
    }
  }
}

export function callState(call: Call): CallState {
  if (call.endedAt !== undefined) return 'ended';
  if (call.callBackDueAt !== undefined) return 'callBackOwed';
  return call.answered ? 'answered' : 'ringing';
}

const owed = (call: Call, missedAt: Instant, owner: CallOwner): Call =>
  ({ ...call, missedAt, callBackDueAt: missedAt + CALL_BACK_WITHIN_MS, owner: call.owner ?? owner });

/**
 * The call as everything the telephone system said makes it, in whatever order it came. Somebody spoke with the caller: that
 * outweighs every report that nobody did. Nobody did: the earliest such report begins the debt, unless it has been worked on since.
 */
function settled(call: Call, owner: CallOwner): Call {
  const { ringing, answered, missed, ended, phone, line } = call.exchange!;
  const begun = Math.min(...[ringing, answered?.at, missed, ended].filter((each) => each !== undefined));
  const { abandoned: _abandoned, ...rest } = call;
  const known: Call = { ...rest, phone: phone ?? call.phone, line: line?.line ?? call.line, ringingAt: begun };
  const spoken = call.answered?.by !== undefined && call.answered.by !== BY_TELEPHONE ? call.answered : answered && { at: answered.at, by: BY_TELEPHONE, ...(answered.name && { name: answered.name }) };
  if (spoken) {
    const { missedAt: _missed, callBackDueAt: _due, owner: _owner, ...free } = known;
    const end = Math.min(call.endedAt ?? Infinity, ended ?? Infinity);
    return { ...free, answered: spoken, ...(end < Infinity && { endedAt: end }) };
  }
  const over = missed === undefined ? ended : Math.min(missed, ended ?? missed);
  if (over === undefined) return known;
  // `ended` with no `missed`, or before it: the caller gave up.
  const gaveUp = ended !== undefined && (missed === undefined || ended < missed) ? { abandoned: true as const } : {};
  if (call.callBacks.length > 0 || call.toldOn > 0 || call.endedAt !== undefined) return { ...known, ...gaveUp, missedAt: over };
  return { ...owed(known, over, owner), ...gaveUp };
}
