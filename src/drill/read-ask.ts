import { parseInstant } from '../base/index.ts';
import { readCase } from '../policy/index.ts';
import { CHANNELS, type Channel, type Intake } from '../requests/index.ts';
import { VITAL_RANGE } from '../triage/index.ts';

/** Fields that `readCase` reads, and how their text becomes a value. */
const NUMBERS: ReadonlySet<string> = new Set(['ageYears', 'ageMonths']);
const LISTS: ReadonlySet<string> = new Set(['groups', 'findings', 'notKnown']);
const CASE_WORDS: ReadonlySet<string> = new Set(['town', 'sex', 'patientKind', 'need', 'test', 'mobility', 'ownInstitution']);
const VITALS: ReadonlySet<string> = new Set([...Object.keys(VITAL_RANGE), 'consciousness', 'airOrOxygen', 'saturationTargetSetBy']);
const OWN_WORDS = ['channel', 'name', 'phone', 'address', 'complaint', 'companion', 'medicine', 'lastSessionAt', 'medicineDaysLeft', 'compound'] as const;
const REQUIRED = ['need', 'town'] as const;

export const ASK_FIELDS: readonly string[] = [...CASE_WORDS, ...NUMBERS, ...LISTS, ...VITALS, ...OWN_WORDS];

export interface Field {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** One request as a drill writes it. Reports every wrong field with its own line. */
export function readAsk(
  fields: readonly Field[], requestName: string, line: number, problem: (line: number, message: string) => void,
): { readonly intake: Intake; readonly compound?: string } | undefined {
  const given = new Map<string, Field>();
  let sound = true;
  const wrong = (at: number, message: string): void => {
    sound = false;
    problem(at, message);
  };
  for (const field of fields) {
    if (!ASK_FIELDS.includes(field.name)) wrong(field.line, `"${field.name}" is not a field of a request; known are ${ASK_FIELDS.join(', ')}`);
    else if (given.has(field.name)) wrong(field.line, `${field.name} is written twice; keep one`);
    else given.set(field.name, field);
  }
  for (const name of REQUIRED) if (!given.has(name)) wrong(line, `${requestName} has no ${name}; write it indented below "asks"`);
  const text = (name: string): string | undefined => given.get(name)?.text;
  const lineOf = (name: string): number => given.get(name)?.line ?? line;

  const vitals: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  for (const [name, { text: value }] of given) {
    if (VITALS.has(name)) vitals[name] = numberOr(value);
    else if (NUMBERS.has(name)) input[name] = numberOr(value);
    else if (LISTS.has(name)) input[name] = value.split(/[,\s]+/).filter(Boolean);
    else if (CASE_WORDS.has(name)) input[name] = value;
  }
  const read = readCase({ ...input, vitals });
  if ('problems' in read) {
    for (const { field, message } of read.problems) {
      const name = field.replace('vitals.', '');
      if (given.has(name)) wrong(lineOf(name), `${name} ${message}`);
    }
  }
  const channel = text('channel') ?? 'resident';
  if (!(CHANNELS as readonly string[]).includes(channel)) wrong(lineOf('channel'), `channel is "${channel}"; write one of ${CHANNELS.join(', ')}`);
  const session = text('lastSessionAt');
  const lastSessionAt = session === undefined ? undefined : parseInstant(session);
  if (session !== undefined && lastSessionAt === undefined) wrong(lineOf('lastSessionAt'), `lastSessionAt is "${session}"; write it like 2022-11-24 07:00`);
  const days = text('medicineDaysLeft');
  if (days !== undefined && !/^\d{1,3}$/.test(days)) wrong(lineOf('medicineDaysLeft'), `medicineDaysLeft is "${days}"; write whole days`);
  if ('problems' in read || !sound) return undefined;
  const { ageMonths, sex, town, instant: _instant, ...care } = read.care;
  const compound = text('compound');
  const intake: Intake = {
    ...care,
    channel: channel as Channel,
    town: town!,
    address: text('address') ?? 'as known to the committee',
    person: { name: text('name') ?? `Patient ${requestName}`, phone: text('phone') ?? '000', ...(ageMonths !== undefined && { ageMonths }), ...(sex && { sex }) },
    ...(text('complaint') && { complaint: text('complaint')! }),
    ...(text('companion') && { companion: text('companion')! }),
    ...(text('medicine') && { medicine: text('medicine')! }),
    ...(lastSessionAt !== undefined && { lastSessionAt }),
    ...(days !== undefined && { medicineDaysLeft: Number(days) }),
  };
  return { intake, ...(compound !== undefined && { compound }) };
}

/** What is no number stays the text it was, so that the complaint can quote it. */
const numberOr = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
