import type { Instant } from '../base/index.ts';
import type { KnockFound, KnockWhy } from './contact.ts';
import type { DayRow } from './day-list.ts';
import type { Member } from './member.ts';
import type { Reason, SessionAtRisk, Why } from './reasons.ts';
import type { Medicine } from './member.ts';
import type { Team } from './team.ts';

/** A member as staff see them; the key by which rooms know them stays inside. */
export type MemberFace = Omit<Member, 'key'>;

/** "Dr Li is calling since 14:02." */
export interface Calling {
  readonly by: string;
  readonly name: string;
  readonly since: Instant;
  readonly until: Instant;
}

export interface DayListRow {
  readonly member: MemberFace;
  /** Why, the most pressing first: it puts the row where it stands. */
  readonly why: readonly Reason[];
  readonly medicines: readonly Medicine[];
  readonly medicineDaysLeft?: number;
  readonly session?: SessionAtRisk;
  readonly calling?: Calling;
  /** What an area lock owes them and is not done. */
  readonly plans: readonly PlanView[];
}

/** `GET /api/panels/day-list` */
export interface DayListView {
  readonly at: Instant;
  readonly teams: readonly Team[];
  readonly rows: readonly DayListRow[];
  /** Rows there are; `rows` begins at `from`. */
  readonly total: number;
  readonly from: number;
  /** Everybody the teams answer for. */
  readonly members: number;
  /** How many rows stand where they stand because of each reason. */
  readonly because: Readonly<Partial<Record<Why, number>>>;
  /** Another team asks for a yes or no of ours, or waits for one of its own. */
  readonly transfers: readonly MemberFace[];
  /** Whether somebody is still on the list of the last import is for a person to say. */
  readonly questions: readonly MemberFace[];
}

/** `GET /api/panels/members?q=` */
export interface MemberListView {
  readonly at: Instant;
  readonly teams: readonly Team[];
  readonly members: readonly MemberFace[];
  readonly total: number;
  readonly from: number;
}

/** `GET /api/panels/members/:id` */
export interface MemberView {
  readonly at: Instant;
  readonly member: MemberFace;
  readonly team: Team;
  readonly why: readonly Reason[];
  readonly medicines: readonly Medicine[];
  readonly session?: SessionAtRisk;
  readonly calling?: Calling;
  readonly plans: readonly PlanView[];
}

/** `GET /api/panels/knocks`: `{ at, knocks }`, the most urgent first. */
export interface KnockView {
  readonly id: string;
  readonly member: string;
  readonly name: string;
  readonly phone: string;
  readonly town: string;
  readonly address: string;
  readonly groups: Member['groups'];
  readonly conditions: Member['conditions'];
  readonly team: Team;
  readonly why: KnockWhy;
  readonly askedAt: Instant;
  readonly dueAt: Instant;
  readonly late: boolean;
  /** Who has been told that it is late. */
  readonly told?: string;
  readonly done?: { readonly at: Instant; readonly by: string; readonly found: KnockFound; readonly note?: string };
}

/** What is owed to a person in a locked area. */
export const PLAN_NEEDS = ['refill', 'session', 'visit', 'call'] as const;
export type PlanNeed = (typeof PLAN_NEEDS)[number];
/** `waiting` for the worker, `open` with an owner who has to do something, `done`. */
export type PlanState = 'waiting' | 'open' | 'done';

/** What came of it, or why it is not done. */
export const PLAN_OUTCOMES = [
  'asked', 'askedBefore', 'lasts', 'notBefore', 'callThem', 'spokenWith', 'left', 'sessionBooked', 'underWay', 'seriesOver', 'sessionNotPlaced', 'sessionNotPlanned', 'couldNotAsk',
] as const;
export type PlanOutcome = (typeof PLAN_OUTCOMES)[number];

export interface PlanView {
  readonly lock: string;
  readonly member: string;
  readonly need: PlanNeed;
  readonly state: PlanState;
  readonly outcome?: PlanOutcome;
  readonly owner: { readonly role: string; readonly scope: string };
  readonly dueAt: Instant;
  readonly late: boolean;
  readonly journey?: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** `GET /api/areas/locks`: `{ at, locks }`, those in force first. */
export interface LockView {
  readonly id: string;
  /** `entered` by somebody, or what it follows from: `restriction:X…`, `policy:…`. */
  readonly source: string;
  readonly towns: readonly string[];
  readonly from: Instant;
  readonly until?: Instant;
  readonly reason: string;
  readonly by: string;
  readonly enteredAt: Instant;
  /** By when everybody has to have a plan. */
  readonly plansDueAt: Instant;
  readonly endedAt?: Instant;
  /** The hour has passed and somebody had none: district and city were told then. */
  readonly toldAt?: Instant;
  /** People in it with a recurring need; how many of them have a plan for all of it, and for how many all of it is done. */
  readonly people: number;
  readonly planned: number;
  readonly done: number;
  /** Who not, and why: at most 200, the most urgent first. */
  readonly open: readonly (PlanView & { readonly name: string; readonly phone: string; readonly town: string })[];
}

export function face({ key: _inside, ...member }: Member): MemberFace {
  return member;
}

export function rowView({ member, ...row }: DayRow, calling: Calling | undefined, plans: readonly PlanView[]): DayListRow {
  return { member: face(member), ...row, ...(calling && { calling }), plans };
}
