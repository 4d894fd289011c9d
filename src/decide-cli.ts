/**
 * The command body of `greenlane decide`: text in, text out, exit code back. `main.ts` reads the arguments and the
 * environment; nothing here does.
 */
import type { Readable, Writable } from 'node:stream';
import type { Text } from './base/index.ts';
import type { City } from './city/index.ts';
import { InputProblem, languageOf, openCity, openProven } from './inputs.ts';
import { decide, duplicateKeys, readCase } from './policy/index.ts';
import type { CompiledPolicy, Decision } from './policy/index.ts';

export interface DecideCommand {
  /** An id, or the path of a file. */
  readonly policy: string;
  /** An id, or the path of a folder. */
  readonly city?: string | undefined;
  /** `en` (the default) or `zh-CN`. */
  readonly lang?: string | undefined;
}

/** A case has a few hundred characters. A line of a million is no case, and is read past without being kept. */
const LONGEST_LINE_BYTES = 1_000_000;
const BATCH_CHARACTERS = 64 * 1_024;
const NEWLINE = 10;

/**
 * One case per line in, one decision per line out, in order.
 * @returns 0, or 2 when the policy or the city is not there; lines that are no case are answered, not failures.
 */
export async function runDecide(command: DecideCommand, stdin: Readable, stdout: Writable, stderr: Writable = process.stderr): Promise<number> {
  let answer: ReturnType<typeof answerWith>;
  let say = languageOf();
  try {
    say = languageOf(command.lang);
    const city = command.city === undefined ? undefined : openCity(command.city);
    answer = answerWith(openProven(command.policy, (notice) => void stderr.write(say(notice))).compiled, city, say);
  } catch (problem) {
    if (!(problem instanceof InputProblem)) throw problem;
    stderr.write(`${say(problem.said)}\n`);
    return 2;
  }

  let closed = false;
  const stop = (): void => void (closed = true);
  stdout.on('error', stop).on('close', stop);
  let batch = '';
  const flush = async (): Promise<void> => {
    const text = batch;
    batch = '';
    if (text !== '' && !closed && !stdout.write(text)) await drained(stdout);
  };
  for await (const line of linesOf(stdin)) {
    if (closed) break;
    const answered = answer(line);
    if (answered !== undefined) batch += `${answered}\n`;
    if (batch.length >= BATCH_CHARACTERS) await flush();
  }
  await flush();
  stdout.off('error', stop).off('close', stop);
  return 0;
}

/** Until the reader has caught up, or has gone. */
function drained(stdout: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of DRAIN_ENDS) stdout.off(event, done);
      resolve();
    };
    for (const event of DRAIN_ENDS) stdout.on(event, done);
  });
}

const DRAIN_ENDS = ['drain', 'close', 'error'] as const;

/** Lines as bytes arrive; `undefined` stands for a line too long to be a case. */
async function* linesOf(stdin: Readable): AsyncGenerator<string | undefined> {
  let parts: Buffer[] = [];
  let length = 0;
  let dropped = false;
  const keep = (part: Buffer): void => {
    length += part.length;
    if (length > LONGEST_LINE_BYTES) {
      dropped = true;
      parts = [];
    } else if (!dropped) parts.push(part);
  };
  const finish = (): string | undefined => {
    const line = dropped ? undefined : Buffer.concat(parts).toString('utf8');
    [parts, length, dropped] = [[], 0, false];
    return line;
  };
  for await (const piece of stdin) {
    const chunk: Buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (length > 0) yield finish();
}

/** A larger whole number would come back as another one. */
const isExact = (id: number): boolean => !Number.isInteger(id) || Number.isSafeInteger(id);

/** More than this is noise: a line with a thousand unknown keys is one mistake, not a thousand. */
const FIELDS_MAX = 20;

/** JSON on one line for every reader: some take U+2028 and U+2029 for the end of a line, too. */
function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
}

function answerWith(policy: CompiledPolicy, city: City | undefined, say: (text: Text) => string) {
  return (line: string | undefined): string | undefined => {
    if (line === undefined) return problem(null, 'tooLong', `this line is longer than ${LONGEST_LINE_BYTES} bytes; send one case per line`);
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text === '') return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return problem(null, 'notJson', 'this line is not JSON; send one case per line, such as {"id":"1","need":"fever"}');
    }
    const given = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
    const id = typeof given === 'string' || (typeof given === 'number' && isExact(given)) ? given : null;
    const read = readCase(value);
    const fields = 'problems' in read ? [...read.problems] : [];
    for (const key of duplicateKeys(text)) fields.push({ field: key.slice(0, 40), message: 'stands here twice; keep the one that is true' });
    if (id === null && given !== undefined && given !== null) fields.push({ field: 'id', message: 'has to be text, or a number small enough to be exact; send it as text' });
    if ('care' in read) {
      const { town } = read.care;
      if (city && town !== undefined && !city.towns.has(town)) {
        fields.push({ field: 'town', message: `is "${town}", which ${city.name.en} does not have; correct it, or leave it out` });
      }
      const own = read.care.ownInstitution;
      if (city && own !== undefined && !city.institutions.has(own)) {
        fields.push({ field: 'ownInstitution', message: `is "${own}", which ${city.name.en} does not have; correct it, or leave it out` });
      }
      if (fields.length === 0) return oneLine(plain(id, decide(policy, read.care, city ? { city } : {}), city, say));
    }
    const named = fields.slice(0, FIELDS_MAX);
    const more = fields.length > named.length ? `; and ${fields.length - named.length} more` : '';
    return problem(id, 'notACase', named.map(({ field, message }) => `${field} ${message}`.trim()).join('; ') + more, named);
  };
}

function problem(id: string | number | null, code: string, message: string, fields: readonly unknown[] = []): string {
  return oneLine({ id, problem: { code, message, fields } });
}

/** A decision in the words of the command's contract. */
function plain(id: string | number | null, decision: Decision, city: City | undefined, say: (text: Text) => string) {
  const { policyInForce, acuity, pathway, priority, venueKind, transport, closedLoop, entry, links } = decision;
  const institution = decision.institution === undefined ? undefined : city?.institutions.get(decision.institution);
  return {
    id, policyInForce, acuity, pathway, priority,
    venue: institution?.name.zh ?? venueKind,
    ...(city && { venueKind, institution: institution ? { code: institution.code, name: institution.name } : null }),
    transport, ...(decision.transportElse && { transportElse: decision.transportElse }), closedLoop, entry, links,
    reasons: decision.reasons.map(({ clause, text }) => ({ clause, text: say(text) })),
    ruledOut: decision.ruledOut.map(({ option, clause, text }) => ({ option, clause, text: say(text) })),
    byAppointment: decision.byAppointment,
    greenChannel: decision.greenChannel,
    ...(decision.safeguards.length > 0 && { safeguards: decision.safeguards }),
    fired: decision.fired,
    missing: decision.missing,
    tableVersion: decision.tableVersion,
    policy: decision.policy,
    ...(decision.city && { city: decision.city }),
  };
}
