import type { Instant } from '../base/index.ts';

/** Permission to move, out and back, for one person and a window. No illness stands on it, and no trip. */
export interface Pass {
  readonly id: string;
  /** Short enough to read over a telephone. */
  readonly code: string;
  readonly fromTown: string;
  readonly toInstitution: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly issuedAt: Instant;
  readonly revoked?: { readonly at: Instant; readonly reason: string };
}

/** The committee's yes: this person may go out. At acuity I and II nobody asks for it. */
export interface Release {
  readonly at: Instant;
  readonly by: string;
}

export type PassEvent =
  | { readonly type: 'Released'; readonly by: string }
  | { readonly type: 'PassIssued'; readonly pass: Omit<Pass, 'issuedAt' | 'revoked'> }
  | { readonly type: 'PassRevoked'; readonly pass: string; readonly reason: string };

export type PassCommand =
  | { readonly type: 'release' }
  | { readonly type: 'revokePass'; readonly reason: string };

export function evolvePass(pass: Pass | undefined, event: PassEvent, at: Instant): Pass | undefined {
  switch (event.type) {
    case 'Released':
      return pass;
    case 'PassIssued':
      return { ...event.pass, issuedAt: at };
    case 'PassRevoked':
      return pass && { ...pass, revoked: { at, reason: event.reason } };
  }
}
