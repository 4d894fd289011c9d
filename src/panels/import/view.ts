import type { Instant } from '../../base/index.ts';
import type { ImportProblem } from './read.ts';

/** `POST /api/panels/import`: what was done, or with `dryRun` what would be. */
export interface ImportView {
  readonly at: Instant;
  readonly dryRun: boolean;
  readonly team: string;
  readonly rows: number;
  /** Only of a dry run: otherwise they are a refusal, and nothing is stored. */
  readonly problems: readonly (ImportProblem & { readonly detail?: string })[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly cameBack: number;
  /** Another team answers for them and has been asked: at most 200 names. */
  readonly transfers: readonly Named[];
  readonly transfersTotal: number;
  /** On the list and not in the file; they stay until a person says otherwise: at most 200 names. */
  readonly missing: readonly Named[];
  readonly missingTotal: number;
  /** Without a telephone number: the committee was asked to find out. */
  readonly withoutPhone: number;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}
