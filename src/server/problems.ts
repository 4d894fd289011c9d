import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language, Refusal } from '../base/index.ts';
import { Refused } from '../people/index.ts';
import { isDatabaseAway } from './postgres/database-away.ts';
import { readSentences } from './words.ts';

/** RFC 9457, with a stable code and every wrong field at once. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** `line` and `column` (both from 1) where the field is a text of many lines. */
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly detail: string; readonly line?: number; readonly column?: number }[];
}

const SENTENCES: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: readSentences('en', 'server'),
  'zh-CN': readSentences('zh-CN', 'server'),
};

/** Facts that are sentences themselves come in both languages: the Chinese one under the name with `Zh`. */
function fact(facts: Refusal['facts'], name: string, language: Language): string | number | undefined {
  return (language === 'zh-CN' ? facts?.[`${name}Zh`] : undefined) ?? facts?.[name];
}

/** A code without a sentence of its own is still answered in the reader's language, with the code in it. */
export function sentence(code: string, facts: Refusal['facts'], language: Language): string {
  const words = SENTENCES[language];
  const text = words.get(code) ?? words.get('refused') ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(name === 'code' ? code : (fact(facts, name, language) ?? '…')));
}

/** English unless the reader asks for Chinese: programs that ask for nothing read English. */
export function languageOf(request: FastifyRequest): Language {
  return /^\s*zh\b/i.test(request.headers['accept-language'] ?? '') ? 'zh-CN' : 'en';
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, status: number, refusals: readonly [Refusal, ...Refusal[]], retryAfterSeconds?: number): FastifyReply {
  const language = languageOf(request);
  const [{ code, facts }] = refusals;
  const errors = refusals.filter(({ field }) => field !== undefined)
    .map(({ field, code: own, facts: told }) => ({
      field: field!, code: own, detail: sentence(own, told, language),
      ...(typeof told?.['line'] === 'number' && typeof told['column'] === 'number' && { line: told['line'], column: told['column'] }),
    }));
  const problem: Problem = {
    type: `/problems/${code}`, title: sentence(`status.${status}`, undefined, language), status, code,
    detail: sentence(code, facts, language), ...(errors.length > 0 && { errors }),
  };
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.status(status).header('content-type', 'application/problem+json; charset=utf-8').header('content-language', language).send(JSON.stringify(problem));
}

/** A database that was restarted is back in seconds; a standby takes a little longer. */
const AGAIN_AFTER_SECONDS = 5;

/** What the framework itself refuses, in our codes. */
const FRAMEWORK: Readonly<Record<number, string>> = {
  400: 'bodyUnreadable', 404: 'notFound', 405: 'notFound', 413: 'bodyTooLarge', 414: 'bodyTooLarge', 415: 'bodyNotJson', 431: 'bodyTooLarge',
};

/** Every error ends here: a refusal with its own words, everything unforeseen with an apology and a line in the log. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: (line: string) => void): FastifyReply {
  if (error instanceof Refused) return sendProblem(request, reply, error.statusCode, error.refusals, error.retryAfterSeconds);
  if (isDatabaseAway(error)) return sendProblem(request, reply, 503, [{ code: 'databaseAway' }], AGAIN_AFTER_SECONDS);
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500) return sendProblem(request, reply, status, [{ code: FRAMEWORK[status] ?? 'refused' }]);
  // The route's pattern, never the address or the body: those can name people.
  log(`${request.method} ${request.routeOptions.url ?? '?'} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return sendProblem(request, reply, status === 503 ? 503 : 500, [{ code: 'serverFailed' }]);
}
