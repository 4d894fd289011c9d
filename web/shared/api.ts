import { setClock } from './clock.ts';
import { language, t } from './words.ts';

/** What the server says when it will not do something (RFC 9457), with the sentence a person reads. */
export class Problem extends Error {
  /** 0: no answer came. */
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, code: string, sentence: string, fields: readonly FieldProblem[] = []) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
  /** Both from 1, where the field is a text of many lines. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * One thing a person means to do, once. The key is made when they mean it and stays the same through every retry, so a line
 * that breaks after the server has heard us does not send two ambulances.
 */
export interface Intent {
  readonly key: string;
}

/** `crypto.randomUUID` is missing on a page without TLS, as inside a hospital; random values are always there. */
export function newIntent(): Intent {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { key: [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

export interface SendOptions {
  readonly intent?: Intent;
  /** Called once when an answer is late, so that the page can say that it still tries. */
  readonly onSlow?: () => void;
  /** The body is a text of this kind and sent as it is. */
  readonly type?: 'text/csv';
}

const ATTEMPTS = 3;
const ATTEMPT_MS = 20_000;
const SLOW_MS = 3_000;
const PAUSE_MS = 1_500;
/** The server or something before it was not there; anything else is an answer. */
const NOT_THERE = new Set([502, 503, 504]);

export function get<T>(path: string): Promise<T> {
  return send<T>('GET', path, undefined, {});
}

export function post<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
  return send<T>('POST', path, body, { intent: newIntent(), ...options });
}

export function put<T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> {
  return send<T>('PUT', path, body, { intent: newIntent(), ...options });
}

async function send<T>(method: string, path: string, body: unknown, { intent, onSlow, type }: SendOptions): Promise<T> {
  const slow = setTimeout(() => onSlow?.(), SLOW_MS);
  try {
    for (let attempt = 1; ; attempt++) {
      const response = await once(method, path, body, intent, type);
      const goOn = response === undefined || NOT_THERE.has(response.status);
      if (!goOn) return await read<T>(response);
      // A phone that knows it has no network is told at once; waiting would only cost the person time.
      if (attempt === ATTEMPTS || !navigator.onLine) throw noAnswer(response?.status ?? 0);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  } finally {
    clearTimeout(slow);
  }
}

async function once(method: string, path: string, body: unknown, intent: Intent | undefined, type: SendOptions['type']): Promise<Response | undefined> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ATTEMPT_MS);
  try {
    return await fetch(path, {
      method,
      signal: abort.signal,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'accept-language': language(),
        ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
        ...(intent && { 'idempotency-key': intent.key }),
      },
      ...(body !== undefined && { body: type ? String(body) : JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text().catch(() => '');
  const answer = parse(text);
  if (response.ok) {
    if (isRecord(answer) && typeof answer['at'] === 'number') setClock(answer['at']);
    return answer as T;
  }
  const problem = isRecord(answer) ? answer : {};
  const sentence = problem['detail'] ?? problem['title'];
  const code = typeof problem['code'] === 'string' ? problem['code'] : 'server';
  throw new Problem(
    response.status, code,
    typeof sentence === 'string' ? sentence : t(response.status === 401 ? 'problem.signedOut' : 'problem.server', phones),
    Array.isArray(problem['errors']) ? (problem['errors'] as FieldProblem[]) : [],
  );
}

/** Whom to call instead; the page sets the real numbers as soon as it knows them. */
let phones: { readonly number: string } = { number: '120' };
export function setHelpNumber(number: string): void {
  phones = { number };
}

function noAnswer(status: number): Problem {
  return navigator.onLine
    ? new Problem(status, 'unreachable', t('problem.unreachable', phones))
    : new Problem(0, 'offline', t('problem.offline', phones));
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
