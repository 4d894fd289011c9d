import type { Instant } from '../base/index.ts';
import type { Acuity, Vitals } from '../triage/index.ts';
import type { AssignReason, Note, Shortfall } from './board.ts';

/**
 * Status times of a unit's mission, in their order, after NEMSIS eTimes (`NEMSIS_ETIMES` in etimes.ts). Our own show where minutes
 * are lost when a compound is locked: at the gate, until it was opened, until the committee let them out, until the car was clean.
 */
export const MISSION_STEPS = [
  'acknowledged', 'enRoute', 'staged', 'atScene', 'atGate', 'gateOpened', 'atPatient', 'aboard', 'released', 'leftScene',
  'atDestination', 'handedOver', 'decontaminated', 'inService', 'atStation',
] as const;
export type MissionStep = (typeof MISSION_STEPS)[number];
export type MissionTime = MissionStep | 'sent' | 'stoodDown';

/** One unit for one patient: asked for, sent, and followed until it is back in service. */
export interface Mission {
  readonly id: string;
  readonly acuity: Acuity;
  readonly town: string;
  readonly askedAt: Instant;
  /** When this patient was first without a unit: one that was lost on the way makes nobody younger. Absent: `askedAt`. */
  readonly firstAskedAt?: Instant;
  /** How often a unit on its way was taken for somebody worse. */
  readonly unitsLost?: number;
  /** The special car that carries this patient: the unit drives towards it, and takes them over on the way. */
  readonly meets?: string;
  readonly unit?: string;
  readonly etaSeconds?: number;
  /** How sure `etaSeconds` is: guessed from the distance, or of a unit that was sent although no open road was known. */
  readonly estimated?: true;
  readonly noWayOpen?: true;
  /** Why this unit, as it was shown when it was sent. */
  readonly reasons?: readonly Note<AssignReason>[];
  readonly aid?: Aid;
  /** A dispatcher chose this unit against the board's answer: the board does not change it for a nearer one. */
  readonly chosen?: true;
  readonly times: Readonly<Partial<Record<MissionTime, Instant>>>;
  readonly stoodDown?: true;
  /** The call that goes on for this one as well; this one is over. */
  readonly joined?: string;
  /** Calls that ended in this one. */
  readonly joinedBy?: readonly string[];
  /** Calls that somebody looked at and said: not the same. */
  readonly apartFrom?: readonly string[];
}

/** Districts: whose unit it is, and where the patient is. */
export interface Aid {
  readonly from: string;
  readonly to: string;
}

/** What is remembered with a unit that is sent: between which districts it helps out, and why this one, as it was shown then. */
export interface SentWith {
  readonly aid?: Aid;
  readonly reasons?: readonly Note<AssignReason>[];
  readonly shortfalls?: readonly Note<Shortfall>[];
  /** A dispatcher's own choice, against the board's answer. */
  readonly chosen?: true;
}

export type DispatchEvent =
  | { readonly type: 'UnitAsked'; readonly mission: string; readonly acuity: Acuity; readonly town: string; readonly meets?: string }
  | ({ readonly type: 'UnitSent'; readonly mission: string; readonly unit: string; readonly etaSeconds: number; readonly estimated?: true; readonly noWayOpen?: true } & SentWith)
  /** `at`: when it was pressed, where that was before it could be sent. */
  | { readonly type: 'MissionReported'; readonly mission: string; readonly unit: string; readonly step: MissionStep; readonly at?: Instant }
  | { readonly type: 'MissionStoodDown'; readonly mission: string; readonly unit?: string; readonly reason: string }
  /** The unit turned round to another journey. `exchanged`: this patient gets another one in the same step, and lost nothing. */
  | { readonly type: 'UnitDiverted'; readonly mission: string; readonly unit: string; readonly to: string; readonly exchanged?: true; readonly reason?: string }
  /** Two calls about one patient: this one ends, the journey named goes on … */
  | { readonly type: 'CallJoined'; readonly mission: string; readonly into: string }
  /** … and says whose call it took in. */
  | { readonly type: 'CallTakenIn'; readonly mission: string; readonly from: string; readonly askedAt: Instant }
  | { readonly type: 'CallKeptApart'; readonly mission: string; readonly other: string };

export type DispatchCommand =
  /** Somebody has become an emergency in a special car: a unit is asked to meet it. */
  | { readonly type: 'meetCar' }
  | ({ readonly type: 'sendUnit'; readonly unit?: string } & SentWith)
  /** Only together with `sendUnit` on the other journey: no unit turns round to nobody. */
  | { readonly type: 'divertUnit'; readonly to: string; readonly exchanged?: boolean; readonly reason?: string }
  /** A dispatcher says that two calls are about one patient: this one ends, together with `takeInCall` on the other. */
  | { readonly type: 'joinCall'; readonly into: string }
  | { readonly type: 'takeInCall'; readonly from: string; readonly askedAt: Instant; readonly findings: readonly string[]; readonly vitals: Vitals }
  | { readonly type: 'keepApart'; readonly other: string }
  | { readonly type: 'reportMission'; readonly step: MissionStep; readonly at?: Instant }
  /** A breakdown, a wrong turn of the day: this unit does not come, another is asked for. */
  | { readonly type: 'standDownUnit'; readonly reason: string };

export function evolveMission(mission: Mission | undefined, event: DispatchEvent, at: Instant): Mission | undefined {
  switch (event.type) {
    case 'UnitAsked':
      return { id: event.mission, acuity: event.acuity, town: event.town, askedAt: at, times: {}, ...(event.meets !== undefined && { meets: event.meets }), ...(mission && goesOn(mission, at)) };
    case 'UnitSent': {
      const { unit, etaSeconds, estimated, noWayOpen, aid, reasons, chosen } = event;
      return mission && {
        ...withoutUnit(mission), unit, etaSeconds, ...(estimated && { estimated }), ...(noWayOpen && { noWayOpen }), times: { sent: at },
        ...(aid && { aid }), ...(reasons && { reasons }), ...(chosen && { chosen }),
      };
    }
    case 'MissionReported':
      return mission && { ...mission, times: { ...mission.times, [event.step]: event.at ?? at } };
    case 'MissionStoodDown':
      return mission && { ...mission, stoodDown: true, times: { ...mission.times, stoodDown: at } };
    case 'UnitDiverted':
      return mission && { ...withoutUnit(mission), ...(!event.exchanged && { unitsLost: (mission.unitsLost ?? 0) + 1 }) };
    case 'CallJoined':
      return mission && { ...mission, joined: event.into };
    case 'CallTakenIn':
      return mission && {
        ...mission, joinedBy: [...(mission.joinedBy ?? []), event.from],
        ...(event.askedAt < waitsSince(mission) && { firstAskedAt: event.askedAt }),
      };
    case 'CallKeptApart':
      return mission && { ...mission, apartFrom: [...(mission.apartFrom ?? []), event.other] };
  }
}

/**
 * What is kept when a unit is asked for again. The wait goes on as long as nobody fetched the patient and the call did not end
 * in between: a unit broken down or taken is asked for anew in the same breath.
 */
function goesOn(mission: Mission, at: Instant): Partial<Mission> {
  const { times, firstAskedAt = mission.askedAt, unitsLost, joinedBy, apartFrom } = mission;
  const sameWait = times.aboard === undefined && (times.stoodDown === undefined || times.stoodDown === at);
  return {
    ...(sameWait && firstAskedAt !== at && { firstAskedAt }), ...(sameWait && unitsLost !== undefined && { unitsLost }),
    ...(joinedBy && { joinedBy }), ...(apartFrom && { apartFrom }),
  };
}

function withoutUnit({ unit: _unit, etaSeconds: _eta, estimated: _guess, noWayOpen: _closed, reasons: _reasons, aid: _aid, chosen: _chosen, ...rest }: Mission): Mission {
  return { ...rest, times: {} };
}

/** Since when this patient has waited for a unit: what the queue is ordered by. */
export function waitsSince({ firstAskedAt, askedAt }: Mission): Instant {
  return firstAskedAt ?? askedAt;
}

/** A unit belongs to its mission from the moment it is sent until it says it is in service again. */
export function missionRuns(mission: Mission | undefined): boolean {
  return mission?.unit !== undefined && !mission.stoodDown && mission.times.inService === undefined;
}
