/**
 * The house rules as lists: what a reader may want to look up or change stands here, how it is checked stands beside it.
 * ARCHITECTURE.md prints the same floors; when the two differ, that is a complaint too.
 */

/** Imports go down only. Rooms of one floor are neighbours and never call each other. */
export const FLOORS: readonly (readonly string[])[] = [
  /* 0 */ ['base'],
  /* 1 */ ['city', 'people', 'triage'],
  /* 2 */ ['policy'],
  /* 3 */ ['hotline', 'panels', 'requests', 'dispatch', 'appointments', 'trips', 'passes', 'reception', 'clinic', 'consults'],
  /* 4 */ ['journey'],
  /* 5 */ ['interop'],
  /* 6 */ ['server', 'drill'],
  /* 7 */ ['main.ts', 'serve.ts', 'inputs.ts', 'decide-cli.ts', 'policy-cli.ts', 'policy-diff-lines.ts', 'wrap.ts', 'incident-cli.ts', 'replay-cli.ts', 'roads-cli.ts'],
];

/** Below this floor nothing touches the world: no clock, no chance, no disk, no network. From here on things run. */
export const RUNNING_FLOOR = 6;

/** In `drill/` an hour is rehearsed, not waited for: the same seed must give the same day, so it has no clock and no dice either. */
export const REHEARSED_ROOMS: readonly string[] = ['drill'];

/** The files of a room that may touch the world, and who opens them. */
export const SERVICE_ENTRANCES: readonly string[] = ['store.ts', 'routes.ts'];
/** What is told is written in the statement that makes it true: every store may open this one. */
export const OUTBOX = 'src/people/store.ts';
export const LOADER = 'load.ts';

/** Whose door is not `index.ts`, and why. */
export const OTHER_DOORS: Readonly<Record<string, string>> = {
  // Rehearsing is a command; nothing but the command line opens it.
  drill: 'cli.ts',
};

/** What a pure file may use of others: they compute, and nothing else. */
export const PURE_PACKAGES: readonly string[] = ['zod', 'yaml'];

/** The only file that reads the environment: settings are an argument everywhere else. */
export const READS_ENVIRONMENT: readonly string[] = ['src/main.ts'];

/**
 * What a screen takes from `src/` besides types: vocabularies and the questions of triage, which are asked before there is a
 * line. Everything else a screen shows was decided by the server.
 */
export const SCREEN_VALUES: readonly string[] = [
  'src/triage/index.ts',
  'src/policy/index.ts',
  'src/reception/index.ts',
  // Fetched alone, and only when a finding is named: no old phone should load the tables of triage for its names.
  'src/triage/findings.ts',
  // What is pressed next in a vehicle where no network reaches: the rooms' own order of steps, and none of their other rules.
  'src/trips/ride.ts',
  'src/dispatch/mission.ts',
  'src/dispatch/etimes.ts',
  // A pass is read where no network reaches.
  'src/passes/index.ts',
  // The lists a question is put together from.
  'src/consults/index.ts',
  // For whom seats are kept back: asked before anything is sent.
  'src/appointments/appointment.ts',
  // Where alarm and red begin on a picture of the safe gap, and the gaps a form of enrolment offers.
  'src/appointments/safe-gap.ts',
];

/** A name that says nothing collects everything. */
export const EMPTY_FOLDER_NAMES: readonly string[] = ['utils', 'util', 'common', 'helpers', 'helper', 'misc', 'lib'];

export const LINES_MAX = 400;

/** Longer than that, with the lines each may have and the reason. Numbers go down, never up. */
export const LONG_FILES: Readonly<Record<string, { readonly linesMax: number; readonly because: string }>> = {
  'web/shared/codes.ts': { linesMax: Infinity, because: 'written by tools/words.ts: a line for each sentence' },
};

/** What no file in the repository says. `tools/tidy` itself has to, and is left out. */
export const FORBIDDEN_TEXTS: readonly { readonly pattern: RegExp; readonly what: string; readonly why: string; readonly todo: string }[] = [
  {
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
    what: 'is a note to finish later',
    why: 'A promise that is only half kept has to be seen by its users, not by whoever greps.',
    todo: 'Finish it, or say under "Not here yet" in the room\'s README what is missing.',
  },
  {
    pattern: /@ts-(?:ignore|nocheck)\b/,
    what: 'turns the compiler off',
    why: 'The next mistake on this line would reach a person who needs care.',
    todo: 'Give it its true type; where a library is wrong, @ts-expect-error with the reason.',
  },
  {
    pattern: /(?<![\w.~})])\/(?:work|root|home|Users)\/(?=[\w.<])/,
    what: 'names a folder of one machine',
    why: 'It exists nowhere else: the next clone fails here.',
    todo: 'Name it relative to the repository, or take it from a setting.',
  },
  {
    pattern: /registry\.(?:npmjs|npmmirror|yarnpkg)\.|"resolved": "https?:|^\s*(?:@\w+:)?registry\s*=/m,
    what: 'names a package registry',
    why: 'Every city installs from its own; a fixed one is a city that cannot install.',
    todo: 'Leave it to the settings of npm (omit-lockfile-registry-resolved for the lock file).',
  },
  {
    pattern: /\b(?:Claude|Anthropic|ChatGPT|OpenAI|Copilot|LLMs?|[Ss]ubagents?|helper-\d+)\b/,
    what: 'does not belong to the product',
    why: 'The repository speaks of care and of the people who give it, never of how it was written.',
    todo: 'Say it in the words of DICTIONARY.md, or leave it out.',
  },
];
