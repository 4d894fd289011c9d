import { clockTime, formatInstant, startOfDay, DAY_MS, type Instant } from '../base/index.ts';
import { storyLine, type JourneyEvent, type Story } from '../journey/index.ts';
import { LINK_KINDS, PATHWAYS } from '../policy/index.ts';
import { ACUITIES } from '../triage/index.ts';
import { centile, reached } from './ambulances.ts';
import type { CallFigures } from './calls.ts';
import type { ClosedFigures } from './unit-closed.ts';
import type { Entry, Journey, Rehearsal } from './rehearsal.ts';

/** A day in figures, the same bytes for the same seed: no clock of the machine, no locale, rows in fixed order. */
export function reportDay(rehearsal: Rehearsal, horizon: Instant): string {
  const journeys = [...rehearsal.journeys.values()];
  const stories = journeys.map(({ story }) => story);
  const events = journeys.flatMap(({ entries }) => entries.map(({ event }) => event));
  const open = stories.filter(({ closed }) => !closed);
  const onTime = stories.filter(({ links }) => links.every(({ missed }) => missed.length === 0));
  return [
    `requests ${stories.length + rehearsal.refusedRequests.length}, refused at intake ${rehearsal.refusedRequests.length}, events ${rehearsal.events}`,
    '',
    table(['', ...ACUITIES, 'all'], PATHWAYS.map((pathway) => {
      const some = stories.filter(({ decision }) => decision.pathway === pathway);
      return [pathway, ...ACUITIES.map((acuity) => String(some.filter(({ decision }) => decision.acuity === acuity).length)), String(some.length)];
    })),
    '',
    table(['step', 'done', 'on time', 'median', 'p90'], LINK_KINDS.flatMap((kind) => linkRow(kind, stories))),
    '',
    ...ambulances(journeys),
    `closed      ${counted(stories.flatMap(({ closed }) => (closed ? [closed.outcome] : [])))}`,
    `open        ${open.length}${open.length > 0 ? ` at ${formatInstant(horizon)}, each with an owner and a deadline` : ''}`,
    `on time     ${share(onTime.length, stories.length)} of journeys without a missed deadline`,
    `escalated   ${counted(events.flatMap((event) => (event.type === 'DeadlineMissed' ? [`${event.link} to ${event.told.role}`] : [])))}`,
    `re-pathed   ${counted(events.flatMap((event) => (event.type === 'RequestDecided' && event.because !== 'received' ? [event.because] : [])))}`,
    `looked again ${counted([...rehearsal.waits].flatMap(([code, times]) => Array<string>(times).fill(code)))}`,
    '',
    brokenLines(rehearsal),
  ].join('\n');
}

export function brokenLines(rehearsal: Rehearsal): string {
  const { breaches } = rehearsal;
  return [
    `broken promises ${breaches.length}`,
    ...breaches.slice(0, 50).flatMap(({ at, promise, seen, journey }) => [
      `  ${promise}: ${seen}, at ${formatInstant(at)}`,
      `    ${storyLine(rehearsal.journeys.get(journey)!.story)}`,
    ]),
    ...(breaches.length > 50 ? [`  and ${breaches.length - 50} more`] : []),
  ].join('\n');
}

/** From the first call until a crew is with the patient, by acuity: a unit that was taken on its way starts no new wait. */
function ambulances(journeys: readonly Journey[]): readonly string[] {
  const waits = journeys.flatMap(({ entries }) => reached(entries));
  const rows = ACUITIES.flatMap((acuity): string[][] => {
    const seconds = waits.filter((wait) => wait.acuity === acuity).map((wait) => wait.seconds).sort((a, b) => a - b);
    if (seconds.length === 0) return [];
    const within = (minutes: number): string => share(seconds.filter((wait) => wait <= minutes * 60).length, seconds.length);
    return [[`crew with ${acuity}`, String(seconds.length), within(8), within(15), duration(centile(seconds, 0.5)), duration(centile(seconds, 0.9)), duration(seconds.at(-1)!)]];
  });
  if (rows.length === 0) return [];
  const turned = journeys.flatMap(({ entries }) => entries.flatMap(({ event }) => (event.type === 'UnitDiverted' ? [event.exchanged ? 'exchanged for a nearer one' : 'taken for a worse case'] : [])));
  return [table(['120', 'reached', 'in 8 min', 'in 15 min', 'median', 'p90', 'longest'], rows), '', `turned round ${counted(turned)}`];
}

/** Everybody whose unit closed. */
export function reportClosed({ people, placed, longestGapHours, offered, home, optimalityGap }: ClosedFigures): string {
  return `${placed} of ${people} placed, longest gap ${longestGapHours} h, ${offered} with place, owner, deadline and vehicle, ${home} treated and home; plan at most ${(100 * optimalityGap).toFixed(2)} % from the best`;
}

/** A day of calls beside a normal one. */
export function reportCalls(many: CallFigures, normal: CallFigures): string {
  const row = (name: string, { calls, trips, elsewhereAtOnce, reached: waits }: CallFigures): string[] => [
    name, String(calls), String(trips), String(elsewhereAtOnce),
    ...(['I', 'II'] as const).flatMap((acuity) => {
      const found = waits[acuity];
      return found ? [String(found.patients), `${found.medianMinutes} min`, `${found.p90Minutes} min`] : ['0', '-', '-'];
    }),
  ];
  return table(['', 'calls', 'trips', 'elsewhere at once', 'I reached', 'median', 'p90', 'II reached', 'median', 'p90'], [row('that day', many), row('a normal day', normal)]);
}

function linkRow(kind: (typeof LINK_KINDS)[number], stories: readonly Story[]): string[][] {
  const done = stories.flatMap(({ links }) => links.filter((link) => link.kind === kind && link.state === 'done'));
  if (done.length === 0) return [];
  const seconds = done.map(({ openedAt, doneAt }) => (doneAt! - openedAt!) / 1000).sort((a, b) => a - b);
  const onTime = done.filter(({ missed }) => missed.length === 0).length;
  return [[kind, String(done.length), share(onTime, done.length), duration(centile(seconds, 0.5)), duration(centile(seconds, 0.9))]];
}

const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')}` : `${Math.round(hours / 24)} d`;
}

/** `12 (release to district 7, treat to district 5)`, the most frequent first. */
function counted(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const parts = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value, count]) => `${value} ${count}`);
  return parts.length === 0 ? '0' : `${values.length} (${parts.join(', ')})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ').trimEnd();
  return [head, ...rows].map(line).join('\n');
}

/** Every event of a journey, one per line: when, by whom, what. Ids of the rooms are left out, people never stand on it. */
export function timeline(entries: readonly Entry[], start: Instant): string {
  return entries.map(({ at, by, event }) => {
    const day = Math.floor((startOfDay(at) - startOfDay(start)) / DAY_MS);
    return `  ${day === 0 ? '   ' : `+${day}d`} ${clockTime(at)}  ${by.padEnd(11)} ${event.type}${facts(event)}`;
  }).join('\n');
}

const SHOWN = ['link', 'leg', 'step', 'institution', 'unit', 'car', 'because', 'ground', 'reason', 'outcome', 'findings'] as const;

function facts(event: JourneyEvent): string {
  const known = event as unknown as Readonly<Record<string, unknown>>;
  const shown = SHOWN.flatMap((name) => (known[name] === undefined || String(known[name]) === '' ? [] : [String(known[name])]));
  const told = event.type === 'DeadlineMissed' ? ` -> ${event.told.role}` : '';
  const owner = event.type === 'LinkOpened' ? ` ${event.owner.role} by ${clockTime(event.dueAt)}` : '';
  return `${shown.length > 0 ? ` ${shown.join(' ')}` : ''}${owner}${told}`;
}
