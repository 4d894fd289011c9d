import type { Instant, Text } from '../base/index.ts';
import type { RefusalCase } from './refusal.ts';
import type { RefusalRecord } from './refusal-record.ts';

/** A case as somebody on duty sees it. An institution reads what is said of it, and of whoever said it their role alone. */
export interface RefusalCaseView extends RefusalCase {
  readonly aboutName: Text;
  readonly nextName?: Text;
  readonly ownerName: Text;
  readonly reports: readonly { readonly at: Instant; readonly role: string; readonly name?: string; readonly ground?: string }[];
  /** Who has the person now, and everybody who had their next step, in order, with its times. */
  readonly person?: { readonly holder: string; readonly holderName: Text; readonly closed: boolean; readonly desks: readonly DeskView[] };
  readonly may: readonly ('take' | 'state' | 'decide' | 'sendOn')[];
}

export interface DeskView {
  readonly role: string;
  readonly name: Text;
  readonly step: string;
  readonly from: Instant;
  readonly until?: Instant;
  readonly done: boolean;
  /** How often the deadline passed meanwhile. */
  readonly missed: number;
}

export interface RefusalsAnswer {
  readonly at: Instant;
  /** Worst first. */
  readonly refusals: readonly RefusalCaseView[];
  readonly records: readonly (RefusalRecord & { readonly name: Text })[];
  readonly statements: readonly StatementView[];
}

/** What an institution says to the public of its record; a second person of the district publishes it. */
export interface StatementView {
  readonly institution: string;
  readonly name: Text;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
  readonly publishedAt?: Instant;
  readonly publishedBy?: string;
}

/** `GET /api/refusals/record`, for everybody. */
export interface PublishedRecord {
  readonly at: Instant;
  readonly since: Instant;
  readonly institutions: readonly (RefusalRecord & { readonly name: Text; readonly statement?: string })[];
  readonly gates: number;
  /** Of periods that are over and whose rows about people are destroyed, the latest first. */
  readonly earlier: readonly (RefusalRecord & { readonly name: Text; readonly statement?: string; readonly endedAt: Instant })[];
}
