import type { Text } from '../../../../src/base/index.ts';
import { isRevoked, QR_PREFIX, readPass, type PassAnswerOffline, type PassKind } from '../../../../src/passes/index.ts';
import { post, Problem } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import type { TrustAnswer } from '../../data/contract.ts';
import { newItem, press } from '../../data/outbox.ts';

/** `unknown`: no pass of this code; `seenElsewhere`: shown far away a moment ago; `noNetwork`: a code says nothing without one. */
export type Answer = PassAnswerOffline | 'unknown' | 'seenElsewhere' | 'noNetwork' | 'emergency';

/** What the officer is shown of one pass. */
export interface Shown {
  readonly answer: Answer;
  readonly at: number;
  /** Said by this phone alone, from what it has kept. */
  readonly alone: boolean;
  readonly name?: string;
  readonly kind?: PassKind;
  readonly fromTown?: Text;
  readonly toInstitution?: Text;
  readonly validFrom?: number;
  readonly validTo?: number;
}

/** A line that has not answered by now is none: somebody stands and waits. */
const PATIENCE_MS = 5_000;

/** A scanned pass is signed and long; a typed one is a code. */
export const isScanned = (text: string): boolean => text.includes('.') || text.startsWith(QR_PREFIX);

/**
 * What this phone can say by itself: everything of a scanned pass, of a typed code only that it was withdrawn.
 * @returns undefined where nothing was ever fetched, or the page has no cryptography
 */
export async function alone(text: string, trust: TrustAnswer | undefined, district: string | undefined, names: (code: string) => Text | undefined): Promise<Shown | undefined> {
  const at = cityNow();
  const revoked = trust && Uint8Array.from(atob(trust.revoked), (character) => character.charCodeAt(0));
  if (!isScanned(text)) return { answer: revoked && isRevoked(revoked, text) ? 'withdrawn' : 'noNetwork', at, alone: true };
  if (!trust || !globalThis.crypto?.subtle) return undefined;
  const { answer, claims } = await readPass(text, { keys: trust.keys, revoked: revoked! }, at, district);
  const [from, to] = [claims?.from && names(claims.from), claims?.to && names(claims.to)];
  return {
    answer, at, alone: true,
    ...(claims && { name: claims.name, kind: claims.kind, validFrom: claims.validFrom, validTo: claims.validTo }), ...(from && { fromTown: from }), ...(to && { toInstitution: to }),
  };
}

/** Asks the server, which knows of other checkpoints. Without a line the look is kept and sent later, with what the officer was told. */
export async function ask(text: string, told: Shown | undefined, actor: string): Promise<Shown | undefined> {
  const pass = isScanned(text) ? { jws: text } : { code: text.toUpperCase() };
  try {
    const answered = await Promise.race([post<Omit<Shown, 'alone'>>('/api/passes/check', pass), after(PATIENCE_MS)]);
    return { ...answered, alone: false };
  } catch (problem) {
    if (problem instanceof Problem && problem.status !== 0) throw problem;
    const item = newItem(actor, 'checkpoint.checked', told?.name ?? ('code' in pass ? pass.code : undefined));
    await press({ ...item, kind: 'command', path: '/api/passes/check', body: { ...pass, at: told?.at ?? item.at, told: (told?.answer ?? 'noNetwork') as string } });
    return undefined;
  }
}

/** Somebody who is very ill is let through at once. It is written down when it can be; nobody waits for that. */
export async function letThrough(actor: string): Promise<void> {
  const item = newItem(actor, 'checkpoint.very-ill', undefined);
  await press({ ...item, kind: 'command', path: '/api/passes/check', body: { emergency: true, at: item.at } });
}

const after = (ms: number): Promise<never> => new Promise((_resolve, reject) => setTimeout(() => reject(new Problem(0, 'noLine', '')), ms));
