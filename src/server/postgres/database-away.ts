import { codeOf, messageOf } from '../start-problem.ts';

/** What the operating system says when nobody answers. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What PostgreSQL says: stopped, crashed, starting up, too many connections, a standby that has not taken over yet. */
const NOT_NOW = new Set(['57P01', '57P02', '57P03', '53300', '25006']);
/** What the driver says, which gives these no code. */
const CUT_OFF = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/**
 * True when the database is away, and not the work wrong: whoever asked may send the same again. Whether a change that was
 * under way has been stored is not known then; its key finds out.
 */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return UNREACHABLE.has(code) || NOT_NOW.has(code) || code.startsWith('08') || CUT_OFF.test(messageOf(error));
}
