import type { Refusal } from '../base/index.ts';

/**
 * A room's answer "no" on its way to whoever asked by HTTP: the status, and what a person has to change, all at once.
 * Thrown in `routes.ts`; the server turns it into a problem document with the words of the reader's language.
 */
export class Refused extends Error {
  readonly statusCode: number;
  readonly refusals: readonly [Refusal, ...Refusal[]];
  /** Asking again before this many seconds have passed is of no use. */
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, refusals: readonly [Refusal, ...Refusal[]], retryAfterSeconds?: number) {
    super(refusals[0].code);
    this.name = 'Refused';
    this.statusCode = statusCode;
    this.refusals = refusals;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const notSignedIn = (): Refused => new Refused(401, [{ code: 'notSignedIn' }]);
export const notAllowed = (): Refused => new Refused(403, [{ code: 'notAllowed' }]);
/** Also the answer for what lies outside the scope: whether it exists is nobody else's business. */
export const notFound = (): Refused => new Refused(404, [{ code: 'notFound' }]);
export const conflict = ({ also = [], ...refusal }: Refusal): Refused => new Refused(409, [refusal, ...also]);
export const invalid = (refusals: readonly [Refusal, ...Refusal[]]): Refused => new Refused(400, refusals);
