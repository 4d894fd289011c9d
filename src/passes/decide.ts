import { accept, HOUR_MS, refuse, within, type Instant, type Result } from '../base/index.ts';
import type { Pass, PassEvent } from './pass.ts';

/**
 * A pass outlives its visit by this much: being stopped on the way home because treatment took long is the worse error
 * than a pass that is valid for an evening too long.
 */
const RETURN_MARGIN_MS = 12 * HOUR_MS;
/** A pass already issued still serves a visit that it outlives by this much: treatment, and the way home. */
const RETURN_MARGIN_MS_MIN = 6 * HOUR_MS;

export interface PassOrder {
  readonly id: string;
  readonly code: string;
  readonly fromTown: string;
  readonly toInstitution: string;
  /** The expected start of the visit; without a slot, now. */
  readonly visitAt: Instant;
}

export function issuePass(existing: Pass | undefined, order: PassOrder, at: Instant): Result<PassEvent> {
  if (existing && !existing.revoked && existing.toInstitution === order.toInstitution && existing.validTo >= order.visitAt + RETURN_MARGIN_MS_MIN) {
    return refuse('passAlreadyIssued', { code: existing.code });
  }
  const { visitAt, ...pass } = order;
  return accept({
    type: 'PassIssued',
    pass: { ...pass, validFrom: at, validTo: Math.max(visitAt, at) + RETURN_MARGIN_MS },
  });
}

export function revokePass(pass: Pass | undefined, reason: string): Result<PassEvent> {
  if (!pass) return refuse('noPass');
  if (pass.revoked) return refuse('alreadyRevoked', { code: pass.code });
  if (!reason.trim()) return refuse('reasonMissing', undefined, 'reason');
  return accept({ type: 'PassRevoked', pass: pass.id, reason });
}

export type PassAnswer = 'valid' | 'notYetValid' | 'expired' | 'withdrawn' | 'wrongArea' | 'unknown';

/**
 * What the officer at the roadblock is told. Never a dead end: everything but `valid` names whom to call (in words).
 * @param district where the checkpoint stands; absent: not asked
 */
export function checkPass(pass: (Pick<Pass, 'validFrom' | 'validTo'> & { readonly areas?: readonly string[]; readonly revoked?: unknown }) | undefined, at: Instant, district?: string): PassAnswer {
  if (!pass) return 'unknown';
  if (pass.revoked) return 'withdrawn';
  if (!within({ from: pass.validFrom, to: pass.validTo }, at)) return at < pass.validFrom ? 'notYetValid' : 'expired';
  return pass.areas && district !== undefined && !pass.areas.includes(district) ? 'wrongArea' : 'valid';
}
