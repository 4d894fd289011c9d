import { accept, refuse, type Result } from '../base/index.ts';
import { missionRuns, waitsSince, type DispatchEvent, type Mission } from './mission.ts';

/** A call as the question "is it the same one?" sees it. */
export interface AskedCall {
  readonly journey: string;
  readonly mission: Mission | undefined;
  /** The request is over: advised, brought, withdrawn. */
  readonly closed?: boolean;
}

/**
 * A dispatcher says that two calls are about one patient: `call` ends, `into` goes on for both. One event for each story.
 * Joining two people by mistake leaves one without help; missing a duplicate sends a unit for nothing. So nothing is joined
 * without a person, and never a call whose unit runs.
 */
export function joinCall(call: AskedCall, into: AskedCall): Result<{ readonly ends: DispatchEvent; readonly goesOn: DispatchEvent }> {
  if (call.journey === into.journey) return refuse('sameCall', undefined, 'into');
  const refused = whyOver(call) ?? whyOver(into);
  if (refused) return refuse(refused, undefined, 'into');
  if (missionRuns(call.mission)) return refuse('unitAlreadySent', { unit: call.mission!.unit! });
  return accept({
    ends: { type: 'CallJoined', mission: call.mission!.id, into: into.journey },
    goesOn: { type: 'CallTakenIn', mission: into.mission!.id, from: call.journey, askedAt: waitsSince(call.mission!) },
  });
}

/** The hint "perhaps the same" goes away for these two; asked twice it is the same answer. */
export function keepApart(call: AskedCall, other: string): Result<DispatchEvent> {
  if (call.journey === other) return refuse('sameCall', undefined, 'other');
  const refused = whyOver(call);
  if (refused) return refuse(refused);
  if (call.mission!.apartFrom?.includes(other)) return refuse('alreadyKeptApart', undefined, 'other');
  return accept({ type: 'CallKeptApart', mission: call.mission!.id, other });
}

/** Only open calls for a unit can be told together: one that ended or never asked has nothing to join. */
function whyOver({ mission, closed }: AskedCall): 'noUnitAsked' | 'callJoined' | 'callOver' | undefined {
  if (!mission) return 'noUnitAsked';
  if (mission.joined !== undefined) return 'callJoined';
  const over = closed || mission.stoodDown || mission.times.handedOver !== undefined;
  return over ? 'callOver' : undefined;
}
