import type { Text } from '../../../../src/base/index.ts';
import { CODE_LENGTH, codeOf, faultOf, isRevoked, jwsIn, numberOfCode, readPass, SCANNED_MAX, type PassAnswerOffline, type PassKind } from '../../../../src/passes/index.ts';
import { post, Problem } from '../../../shared/api.ts';
import { cityNow } from '../../../shared/clock.ts';
import type { TrustAnswer } from '../../data/contract.ts';
import { comesBack, newItem, press } from '../../data/outbox.ts';

/** `unknown`: no pass of this code; `seenElsewhere`: shown far away a moment ago; `noNetwork`: a code says nothing without one; `notACode`: typed wrong. */
export type Answer = PassAnswerOffline | 'unknown' | 'seenElsewhere' | 'noNetwork' | 'notACode' | 'emergency';

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

/** A scanned pass is signed and long; a typed one is a code. Whatever is neither was scanned off something else. */
export const isScanned = (text: string): boolean => jwsIn(text) !== undefined || faultOf(text) !== 'notAPass' || codeOf(text).length > 2 * CODE_LENGTH || /[:/]/.test(text);

/**
 * What this phone can say by itself: everything of a scanned pass, of a typed code only that it was withdrawn.
 * @returns undefined where nothing was ever fetched, or the page has no cryptography
 */
export async function alone(text: string, trust: TrustAnswer | undefined, district: string | undefined, names: (code: string) => Text | undefined): Promise<Shown | undefined> {
  // A phone whose clock fell back is at least as late as its list.
  const at = Math.max(cityNow(), trust?.at ?? 0);
  const revoked = trust && bytesOf(trust.revoked);
  if (!isScanned(text)) {
    const code = codeOf(text);
    return { answer: numberOfCode(code) === undefined ? 'notACode' : revoked && isRevoked(revoked, code) ? 'withdrawn' : 'noNetwork', at, alone: true };
  }
  if (!trust || !globalThis.crypto?.subtle) return undefined;
  const { answer, claims: signed } = await readPass(text, { keys: trust.keys, revoked: bytesOf(trust.revoked) }, at, district);
  // Whoever has a key that was given up writes any name.
  const claims = answer === 'keyGivenUp' ? undefined : signed;
  const [from, to] = [claims?.from && names(claims.from), claims?.to && names(claims.to)];
  return {
    answer, at, alone: true,
    ...(claims && { name: claims.name, kind: claims.kind, validFrom: claims.validFrom, validTo: claims.validTo }), ...(from && { fromTown: from }), ...(to && { toInstitution: to }),
  };
}

/** Half a megabyte is unpacked once for a list, not for everybody who stands and waits. */
let unpacked: { readonly text: string; readonly bytes: Uint8Array } | undefined;
function bytesOf(text: string): Uint8Array {
  if (unpacked?.text !== text) unpacked = { text, bytes: Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) };
  return unpacked.bytes;
}

/** Asks the server, which knows of other checkpoints. Without a line the look is kept and sent later, with what the officer was told. */
export async function ask(text: string, told: Shown | undefined, actor: string): Promise<Shown | undefined> {
  const pass = isScanned(text) ? { jws: text.slice(0, SCANNED_MAX) } : { code: codeOf(text) };
  try {
    const answered = await Promise.race([post<Omit<Shown, 'alone'>>('/api/passes/check', pass), after(PATIENCE_MS)]);
    return { ...answered, alone: false };
  } catch (problem) {
    if (problem instanceof Problem && !comesBack(problem)) throw problem;
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
