import { MINUTE_MS, parseInstant, startOfDay, type Instant } from '../base/index.ts';
import { SERVICES, type Service, type ServiceStatus } from '../city/index.ts';
import { LINK_KINDS, type LinkKind } from '../policy/index.ts';
import { REFUSAL_GROUNDS, type RefusalGround } from '../reception/index.ts';
import { GATE_GROUNDS, type GateGround } from '../trips/index.ts';
import type { Lowered } from '../triage/index.ts';
import { SERIES_SERVICES } from '../appointments/index.ts';
import { EXPECTED_OF_CALLS, EXPECTED_OF_UNIT, EXPECTED_THINGS, type Calls, type Drill, type DrillProblem, type Expectation, type ExpectedThing } from './drill.ts';
import { readAsk, type Field } from './read-ask.ts';

type Draft = { -readonly [K in 'closures' | 'full' | 'asks' | 'worse' | 'lowered' | 'late' | 'refused' | 'shut' | 'expected']: Drill[K][number][] } & { calls?: NonNullable<Drill['calls']>; closedUnit?: NonNullable<Drill['closedUnit']> };

const CLOSURE_REASONS = ['disinfection', 'staffQuarantined', 'cordon', 'capacity', 'works', 'other'] as const;
const HEADER = ['city', 'policy', 'start', 'seed'] as const;
const SENTENCES = 'city, policy, start, seed, closed, full, at, late, refused, shut, calls, unit, expect';

/** Reads one drill: it, or every mistake in it with its line and what to write. The form is told in `drills/README.md`. */
export function readDrill(file: string, text: string): { readonly drill: Drill } | { readonly problems: readonly DrillProblem[] } {
  const problems: DrillProblem[] = [];
  const problem = (line: number, message: string): void => void problems.push({ file, line, message });
  const lines = text.split(/\r?\n/);
  const header = new Map<string, string>();
  const draft: Draft = { closures: [], full: [], asks: [], worse: [], lowered: [], late: [], refused: [], shut: [], expected: [] };

  // The start is needed to understand "at 08:05", wherever in the file it stands.
  const startText = lines.map((line) => /^start\s+(.+?)\s*$/.exec(line)?.[1]).find((found) => found !== undefined);
  const start = startText === undefined ? undefined : parseInstant(startText);
  const asked: { readonly at: Instant; readonly name: string; readonly line: number; readonly fields: Field[] }[] = [];

  let title = '';
  let open: Field[] | undefined;
  for (const [index, raw] of lines.entries()) {
    const number = index + 1;
    if (!raw.trim()) continue;
    if (raw.startsWith('#')) {
      title ||= raw.replace(/^#+\s*/, '').trim();
      continue;
    }
    if (/^\s/.test(raw)) {
      const [name = '', ...rest] = raw.trim().split(/\s+/);
      if (!open) problem(number, 'an indented line belongs below "at … asks"; remove the spaces or move it there');
      else if (rest.length === 0) problem(number, `${name} has no value; write it behind the name`);
      else open.push({ name, text: rest.join(' '), line: number });
      continue;
    }
    open = undefined;
    const [keyword = '', ...words] = raw.trim().split(/\s+/);
    const rest = words.join(' ');
    if ((HEADER as readonly string[]).includes(keyword)) {
      if (header.has(keyword)) problem(number, `${keyword} is written twice; keep one`);
      else if (!rest) problem(number, `${keyword} has no value`);
      header.set(keyword, rest);
      if (keyword === 'start' && rest && parseInstant(rest) === undefined) problem(number, `start is "${rest}"; write it like 2022-11-25 08:00`);
      if (keyword === 'seed' && !/^\d{1,9}$/.test(rest)) problem(number, `seed is "${rest}"; write a whole number`);
    } else if (keyword === 'at') {
      open = readAt(rest, number, start, asked, draft, problem);
    } else if (!readSentence(keyword, rest, number, draft, problem)) {
      problem(number, `no sentence begins with "${keyword}"; write one of ${SENTENCES}`);
    }
  }
  for (const name of HEADER) if (!header.has(name)) problem(1, `${name} is missing; write "${name} …" at the top`);
  for (const { at, name, line, fields } of asked) {
    const read = readAsk(fields, name, line, problem);
    if (read) draft.asks.push({ at, name, ...read, line });
  }
  checkNames(asked, draft, problem);
  if (problems.length > 0 || start === undefined) return { problems: problems.sort((a, b) => a.line - b.line) };
  const name = file.replace(/^.*\//, '').split(/[-.]/)[0]!;
  return {
    drill: {
      name, title, city: header.get('city')!, policy: header.get('policy')!, start, seed: Number(header.get('seed')), ...draft,
    },
  };
}

type Report = (line: number, message: string) => void;

/** `at 08:05 R1 asks` opens the fields below it; `at 08:40 R1 worse strokeSigns` and `at 08:50 R1 lowered III because …` stand alone. */
function readAt(
  rest: string, line: number, start: Instant | undefined,
  asked: { at: Instant; name: string; line: number; fields: Field[] }[], draft: Draft, problem: Report,
): Field[] | undefined {
  const match = /^((?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}) (R\d+) (asks|worse|lowered)(?: (.+))?$/.exec(rest);
  if (!match) {
    problem(line, 'is not understood; write "at 08:05 R1 asks", "at 08:40 R1 worse strokeSigns" or "at 08:40 R1 lowered III because …"');
    return undefined;
  }
  const [, time = '', name = '', verb, words] = match;
  const at = instantOf(time, start);
  if (at === undefined) problem(line, `"${time}" is no time of a day; write 00:00 to 23:59, with the date if it is another day`);
  else if (start !== undefined && at < start) problem(line, `"${time}" is before the start`);
  if (verb === 'asks') {
    if (words) problem(line, `"${words}" belongs indented on the lines below`);
    const fields: Field[] = [];
    asked.push({ at: at ?? 0, name, line, fields });
    return fields;
  }
  if (verb === 'lowered') {
    const [, acuity, reason = ''] = /^(II|III|IV) because (.+)$/.exec(words ?? '') ?? [];
    if (!acuity) problem(line, 'is not understood; write "at 08:40 R1 lowered III because tender when pressed"');
    draft.lowered.push({ at: at ?? 0, name, acuity: (acuity ?? 'IV') as Lowered['acuity'], reason, line });
    return undefined;
  }
  const findings = (words ?? '').split(/[,\s]+/).filter(Boolean);
  if (findings.length === 0) problem(line, 'says that it got worse, and not how; write findings behind "worse"');
  draft.worse.push({ at: at ?? 0, name, findings, line });
  return undefined;
}

function instantOf(time: string, start: Instant | undefined): Instant | undefined {
  if (time.length > 5) return parseInstant(time);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59) return undefined;
  return startOfDay(start ?? 0) + (hours * 60 + minutes) * MINUTE_MS;
}

function readSentence(keyword: string, rest: string, line: number, draft: Draft, problem: Report): boolean {
  const word = <T extends string>(value: string, known: readonly T[], what: string): T => {
    if (!(known as readonly string[]).includes(value)) problem(line, `"${value}" is no ${what}; write one of ${known.join(', ')}`);
    return value as T;
  };
  switch (keyword) {
    case 'closed': {
      const match = /^(\S+) (\S+) from (.+?) until (.+?) because (\S+) stand-in (\S+)$/.exec(rest);
      if (!match) {
        problem(line, 'is not understood; write "closed INSTITUTION SERVICE from 2022-11-25 00:00 until 2022-11-26 24:00 because disinfection stand-in INSTITUTION"');
        return true;
      }
      const [, institution = '', service = '', from = '', until = '', because = '', standIn = ''] = match;
      const [since, to] = [parseInstant(from), parseInstant(until)];
      if (since === undefined || to === undefined) problem(line, 'has a time that cannot be read; write it like 2022-11-25 00:00');
      else if (since >= to) problem(line, 'ends before it begins; change "until"');
      draft.closures.push({
        institution, service: word(service, SERVICES, 'service'), state: 'closed', since: since ?? 0, until: to ?? 0,
        reason: word<NonNullable<ServiceStatus['reason']>>(because, CLOSURE_REASONS, 'reason of a closure'), standIn, reportedBy: 'drill', reportedAt: since ?? 0,
      });
      return true;
    }
    case 'full': {
      const [institution = '', service = '', ...more] = rest.split(' ');
      if (!service || more.length > 0) problem(line, 'is not understood; write "full INSTITUTION SERVICE"');
      else draft.full.push({ institution, service: word<Service>(service, SERVICES, 'service') });
      return true;
    }
    case 'late': {
      const match = /^(R\d+) (\S+) by (\d{1,4}) minutes$/.exec(rest);
      if (!match) problem(line, 'is not understood; write "late R1 release by 10 minutes"');
      else draft.late.push({ name: match[1]!, link: word<LinkKind>(match[2]!, LINK_KINDS, 'step'), minutes: Number(match[3]), line });
      return true;
    }
    case 'refused': {
      const [name = '', ground = '', ...more] = rest.split(' ');
      if (!ground || more.length > 0) problem(line, 'is not understood; write "refused R1 noTestResult"');
      else draft.refused.push({ name, ground: word<RefusalGround>(ground, REFUSAL_GROUNDS, 'ground of a refusal'), line });
      return true;
    }
    case 'shut': {
      const match = /^(R\d+) (\S+) for (\d{1,4}) minutes$/.exec(rest);
      if (!match) problem(line, 'is not understood; write "shut R1 cameFromHospital for 20 minutes"');
      else draft.shut.push({ name: match[1]!, ground: word<GateGround>(match[2]!, GATE_GROUNDS, 'ground of a gate'), minutes: Number(match[3]), line });
      return true;
    }
    case 'calls': {
      const match = /^(\d{1,5}) in (\d{1,2}) hours one trip in (\d{1,2}) beside (\d{1,5}) one trip in (\d{1,2})$/.exec(rest);
      const [count = 0, hours = 0, oneTripIn = 0, normally = 0, normalTrip = 0] = (match ?? []).slice(1).map(Number);
      const sound = match && [count, hours, oneTripIn, normally, normalTrip].every((value) => value > 0);
      if (!sound) problem(line, 'is not understood; write "calls 2400 in 24 hours one trip in 10 beside 200 one trip in 2"');
      if (draft.calls) problem(line, 'calls are written twice; keep one line');
      const normal: Calls = { count: normally, hours, oneTripIn: normalTrip };
      draft.calls = { count, hours, oneTripIn, normal };
      return true;
    }
    case 'unit': {
      const match = /^(\S+) (\S+) of (\d{1,4}) people one seat in (\d{1,2}) free elsewhere$/.exec(rest);
      if (!match) problem(line, 'is not understood; write "unit ZZ-H-005 haemodialysis of 300 people one seat in 3 free elsewhere"');
      const [institution = '', service = '', count = '1', free = '1'] = (match ?? []).slice(1);
      draft.closedUnit = { institution, service: match ? word(service, SERIES_SERVICES, 'service of series') : 'haemodialysis', count: Math.max(1, Number(count)), oneFreeIn: Math.max(1, Number(free)) };
      return true;
    }
    case 'expect': {
      const [name = '', what = '', ...value] = rest.split(' ');
      if (value.length === 0) problem(line, 'is not understood; write "expect R1 acuity II"');
      else draft.expected.push({ name, what: word<ExpectedThing>(what, name === 'calls' ? EXPECTED_OF_CALLS : name === 'unit' ? EXPECTED_OF_UNIT : EXPECTED_THINGS, 'thing to expect'), value: value.join(' '), line } satisfies Expectation);
      return true;
    }
    default:
      return false;
  }
}

/** R1 is who asks first, R2 who asks next: so are they called in the lines that are printed. */
function checkNames(asked: readonly { readonly at: Instant; readonly name: string; readonly line: number }[], draft: Draft, problem: Report): void {
  if (draft.calls && asked.length > 0) problem(asked[0]!.line, 'stands beside a day of calls, whose requests have no names; write a drill of its own for it');
  if (asked.length === 0 && !draft.calls && !draft.closedUnit) problem(1, 'nobody asks for care; write "at 08:05 R1 asks" and the request below it');
  for (const [index, { name, at, line }] of asked.entries()) {
    if (name !== `R${index + 1}`) problem(line, `is called ${name}; requests are called R1, R2, … in the order they are written, so this is R${index + 1}`);
    if (index > 0 && at < asked[index - 1]!.at) problem(line, 'asks earlier than the request before it; write requests in the order of their times');
  }
  const known = new Set(asked.map(({ name }) => name));
  for (const { name, line } of [...draft.worse, ...draft.lowered, ...draft.late, ...draft.refused, ...draft.shut, ...draft.expected]) {
    if (name === 'unit') {
      if (!draft.closedUnit) problem(line, 'speaks of a unit, and no line names one; write "unit ZZ-H-005 haemodialysis of 300 people …"');
      continue;
    }
    if (name === 'calls' ? !draft.calls : !known.has(name)) problem(line, name === 'calls' ? 'speaks of calls, and no line says how many; write "calls 2400 in 24 hours …"' : `speaks of ${name}, and no ${name} asks for care`);
  }
  if (draft.expected.length === 0) problem(1, 'expects nothing, so it could not fail; write "expect R1 line …"');
}
