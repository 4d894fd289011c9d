import type { Instant, Text } from '../base/index.ts';
import type { Owner } from '../people/index.ts';
import type { HandOver } from './hand-over.ts';
import type { Shift } from './roster.ts';

/** What nobody may leave as it is: a gap in the roster, or a shift that ended without a hand-over. */
export interface DutyMatter {
  readonly id: string;
  readonly kind: 'gap' | 'notHandedOver';
  readonly from: Instant;
  readonly to: Instant;
  readonly owner: Owner;
  readonly dueAt: Instant;
  readonly missed: number;
}

/** The line of one institution. */
export interface DutyView {
  readonly at: Instant;
  readonly institution: string;
  readonly name: Text;
  /** The number people call; absent until the institution has named it. */
  readonly publicNumber?: string;
  readonly answers?: Shift;
  /** Owns what is open and owed until somebody else has signed. */
  readonly responsible?: Shift;
  readonly notHandedOver?: Shift;
  /** From a week ago to a week ahead. */
  readonly shifts: readonly Shift[];
  /** Still to come, or running. */
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
  readonly matters: readonly DutyMatter[];
  readonly handOvers: readonly HandOver[];
  /** Calls that are open or owed: what goes over with a hand-over. */
  readonly open: number;
}

/** One row of the overview of all lines. */
export type DutyRow = Pick<DutyView, 'institution' | 'name' | 'publicNumber' | 'answers' | 'responsible' | 'notHandedOver' | 'gaps' | 'matters'> & { readonly district: string; readonly owed: number };
export interface DutyOverview { readonly at: Instant; readonly lines: readonly DutyRow[] }

/** What a roster from a table would do, or has done; nothing is entered while one row is wrong. */
export interface RosterImportView {
  readonly at: Instant;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly problems: readonly { readonly line: number; readonly column: number; readonly code: string; readonly detail: string }[];
  /** What stays uncovered between the first and the last shift of the table and what stood before. */
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
}

/** One line in one hour of the city's clock, or in all hours asked for. Times to answer are milliseconds. */
export interface CallCount {
  readonly rang: number;
  readonly answered: number;
  readonly within10s: number;
  /** The caller hung up before anybody answered. */
  readonly abandoned: number;
  /** Nobody answered, whoever ended it. */
  readonly missed: number;
  /** Owed a call-back at this moment. */
  readonly owed: number;
  readonly medianMs?: number;
  readonly p95Ms?: number;
}
export interface LineFigures extends CallCount {
  readonly line: string;
  readonly name: Text;
  readonly hours: readonly (CallCount & { readonly hour: Instant })[];
}
export interface CallFigures {
  readonly at: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly all: CallCount;
  readonly lines: readonly LineFigures[];
}

/** What the telephone system is told of each event it reports. */
export interface CallNewsView {
  readonly at: Instant;
  readonly call: string;
  readonly line: string;
  readonly state: string;
  /** This very message was here before, and nothing was done twice. */
  readonly seen: boolean;
  /** Whom to ring, and how long after the first ring, where the telephone system rings them itself. */
  readonly ring: readonly { readonly whom: string; readonly afterMs: number; readonly name?: string; readonly phone?: string }[];
}
