/**
 * The command line, and the only file that reads the environment and wires floor 6.
 * A command's code is loaded when it is asked for: `decide` needs no web server and `--help` needs nothing at all.
 */
import { Command, InvalidArgumentError } from 'commander';
import { readSettings, SETTINGS_HELP } from './server/settings.ts';
import { StartProblem } from './server/start-problem.ts';

const wholeNumber = (min: number, max: number) => (text: string): number => {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`);
  return value;
};

const program = new Command('greenlane')
  .description('Keeps care reachable while a city restricts movement: a request for care becomes treated care.')
  .showHelpAfterError('Run with --help to see what is possible.')
  .addHelpText(
    'after',
    `
Start here:
  $ greenlane serve
      the whole system on http://localhost:4600
  $ echo '{"id":"1","need":"fever","ageYears":2}' | greenlane decide --policy zhengzhou-2022-11-25
      one case in, one decision with its reasons out
  $ greenlane drill A01
      rehearse one journey and print it as a line

Before a city or an announcement goes live:
  $ greenlane city check cities/zhengzhou
  $ greenlane policy check policies/zhengzhou-2022-11-25.yaml
  $ greenlane policy diff standing-rules zhengzhou-2022-11-25`,
  );

program
  .command('serve')
  .description('run the whole system: PostgreSQL, the web server and the screens')
  .addHelpText(
    'after',
    `
Settings, as environment variables:
${SETTINGS_HELP.map(([name, standard, meaning]) => `  ${name.padEnd(22)} ${standard.padEnd(17)} ${meaning}`).join('\n')}

Example:
  $ PORT=8080 GREENLANE_DATA=/srv/greenlane greenlane serve

Ctrl-C stops everything that was started here and nothing else; the next start finds all data again.`,
  )
  .action(async () => {
    const settings = readSettings(process.env, process.cwd());
    const { serve } = await import('./serve.ts');
    // Whatever a library may still hold open, everything of ours is stopped now.
    process.exit(await serve(settings));
  });

const incident = program.command('incident').description('periods of restrictions, and what was collected about people for them');

incident
  .command('list')
  .description('every incident in the database, with the number of rows kept about people')
  .action(async () => {
    const { runIncidentList } = await import('./incident-cli.ts');
    process.exitCode = await runIncidentList(readSettings(process.env, process.cwd()), process.stdout);
  });

incident
  .command('destroy <id>')
  .description('delete everything that was collected about people for one incident, for good')
  .option('--yes-destroy <id>', 'the same id again: without it nothing is deleted, only counted')
  .addHelpText(
    'after',
    `
Stop the server first if the incident is still running; it is ended by this, and the next start begins a new one.

Example:
  $ greenlane incident destroy zhengzhou-2022-11-25-0907 --yes-destroy zhengzhou-2022-11-25-0907`,
  )
  .action(async (id: string, { yesDestroy }: { yesDestroy?: string }) => {
    const { runIncidentDestroy } = await import('./incident-cli.ts');
    process.exitCode = await runIncidentDestroy(readSettings(process.env, process.cwd()), { id, confirmed: yesDestroy }, process.stdout);
  });

program
  .command('decide')
  .description('read one case per JSON line on standard input, print one decision per line, in the same order')
  .requiredOption('--policy <policy>', 'the policy in force: an id of policies/, or the path of a file')
  .option('--city <city>', 'a name in cities/, or the path of a folder: decides a named institution instead of a kind')
  .option('--lang <language>', 'language of the reasons: zh-CN or en', 'zh-CN')
  .addHelpText(
    'after',
    `
Example:
  $ echo '{"id":"7","need":"haemodialysis","ageYears":61,"patientKind":"greenCode"}' | greenlane decide --policy zhengzhou-2022-11-25 --city zhengzhou --lang en

Only "need" must be there; what is missing takes the more urgent branch. A line that is no case gets {"id","problem"}.`,
  )
  .action(async (options: { policy: string; city?: string; lang: string }) => {
    const { runDecide } = await import('./decide-cli.ts');
    process.exitCode = await runDecide(options, process.stdin, process.stdout);
  });

program
  .command('replay <journey>')
  .description('each decision of a journey beside the one that another policy would have made')
  .requiredOption('--policy <file>', 'the other policy: a file, a name in policies/, a version the city keeps (id@version), or standing-rules')
  .option('--lang <language>', 'language of the reasons: zh-CN or en', 'zh-CN')
  .addHelpText(
    'after',
    `
Example:
  $ greenlane replay Rk3v9x2m7q --policy policies/shanghai-2022-03-28.yaml --lang en

It reads the database of the settings (DATABASE_URL, GREENLANE_DATA); the journey stays as it is. A server that runs on a data folder
of its own answers the same at /api/journeys/ID/replay.`,
  )
  .action(async (journey: string, { policy, lang }: { policy: string; lang: string }) => {
    const { runReplay } = await import('./replay-cli.ts');
    process.exitCode = await runReplay(readSettings(process.env, process.cwd()), { journey, policy, lang }, process.stdout, process.stderr);
  });

program
  .command('drill [names...]')
  .description('rehearse journeys: the named drills, all of them, or a random day')
  .option('--all', 'every drill in drills/')
  .option('--city <id>', 'a name in cities/')
  .option('--policy <id>', 'a name in policies/')
  .option('--seed <number>', 'the same seed gives the same day', wholeNumber(0, 2 ** 32 - 1))
  .option('--hours <number>', 'length of the rehearsed time', wholeNumber(1, 24 * 60))
  .option('--requests <number>', 'how many people ask for care in that time', wholeNumber(1, 1_000_000))
  .option('--start <instant>', 'when the rehearsed time begins, ISO 8601; the policy\'s first day without it')
  .option('--roads <file>', 'drive on these roads: prepared ones (DATA/roads/CITY.roads) or an extract (.osm.pbf); estimated without it')
  .option('--verbose', 'every event with its time')
  .addHelpText(
    'after',
    `
Examples:
  $ greenlane drill A01
  $ greenlane drill --all
  $ greenlane drill --city zhengzhou --seed 7 --hours 24 --requests 5000`,
  )
  .action(async (names: string[], options: object) => {
    const { runDrill } = await import('./drill/cli.ts');
    process.exitCode = await runDrill({ names, ...options });
  });

const city = program.command('city').description('cities as data');

city
  .command('check <folder>')
  .description('name every mistake in a city, with file, line and what to do')
  .addHelpText('after', '\nExample:\n  $ greenlane city check cities/zhengzhou')
  .action(async (folder: string) => {
    const [{ loadCity }, { formatProblems }] = await Promise.all([import('./city/load.ts'), import('./city/index.ts')]);
    const loaded = loadCity(folder);
    const problems = 'problems' in loaded ? loaded.problems : [];
    process.stdout.write(formatProblems(problems));
    process.exitCode = problems.length === 0 ? 0 : 1;
  });

city
  .command('roads <extract>')
  .description('take the roads of an OpenStreetMap extract, so that travel times are driven and not estimated')
  .requiredOption('--city <city>', 'whose roads: a name in cities/, or the path of a folder')
  .addHelpText(
    'after',
    `
The result is kept in the data folder (GREENLANE_DATA). An extract that is damaged, has no roads or lies elsewhere is refused,
and the roads that were there before stay.

Example:
  $ greenlane city roads henan-latest.osm.pbf --city zhengzhou`,
  )
  .action(async (extract: string, options: { city: string }) => {
    const { runCityRoads } = await import('./roads-cli.ts');
    const { dataDir } = readSettings(process.env, process.cwd());
    process.exitCode = await runCityRoads({ extract, city: options.city, dataDir }, process.stdout);
  });

const policy = program.command('policy').description('announcements as data: proven before they are announced');
const screen = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  columns: process.stdout.columns as number | undefined,
};
const LANGUAGE_OPTION = ['--lang <language>', 'language of the sentences: en or zh-CN', 'en'] as const;
const POLICY_NAMED = 'an id of policies/, or the path of a file';

policy
  .command('check <policy...>')
  .description('walk every combination of facts and name each that is left without care, with the clause and the smallest example')
  .option('--city <city>', 'also whether its institutions can do what the policy sends there: a name in cities/, or a folder')
  .option(...LANGUAGE_OPTION)
  .option('--json', 'print for programs instead of for people: a line for each policy')
  .addHelpText(
    'after',
    `
A policy is ${POLICY_NAMED}. Exit code 0: nothing is found. 1: something is, or the file cannot be read.

Examples:
  $ greenlane policy check policies/zhengzhou-2022-11-25.yaml --city zhengzhou
  $ greenlane policy check policies/*.yaml
  $ greenlane policy check draft.yaml --json | jq .findings`,
  )
  .action(async (named: string[], options: { city?: string; lang: string; json?: boolean }) => {
    const { runPolicyCheck } = await import('./policy-cli.ts');
    process.exitCode = runPolicyCheck(named, options, screen);
  });

policy
  .command('diff <first> <second>')
  .description('who is treated differently under the second, as classes of people in words, over every combination of facts')
  .option('--city <city>', 'also count a drilled day there: a name in cities/, or a folder')
  .option('--seed <number>', 'the same seed gives the same day', wholeNumber(0, 2 ** 32 - 1))
  .option('--requests <number>', 'how many people ask for care on that day', wholeNumber(1, 1_000_000))
  .option(...LANGUAGE_OPTION)
  .option('--all', 'every class, also where only one of the two holds')
  .option('--json', 'print for programs instead of for people')
  .addHelpText(
    'after',
    `
Each is ${POLICY_NAMED}; "standing-rules" is what holds without an announcement.
Exit code 0: nobody is treated or told otherwise. 1: somebody is. 2: one of them is not there.

Examples:
  $ greenlane policy diff zhengzhou-2022-11-25 draft.yaml
  $ greenlane policy diff standing-rules zhengzhou-2022-11-25 --city zhengzhou --seed 7 --requests 5000`,
  )
  .action(async (first: string, second: string, options: { city?: string; seed?: number; requests?: number; lang: string; all?: boolean; json?: boolean }) => {
    const { runPolicyDiff } = await import('./policy-cli.ts');
    process.exitCode = runPolicyDiff(first, second, options, screen);
  });

policy
  .command('read <policy>')
  .description('a policy in words: for each measure whom it concerns, what follows, and who acts on it')
  .option(...LANGUAGE_OPTION)
  .addHelpText('after', '\nExample:\n  $ greenlane policy read zhengzhou-2022-11-25 --lang zh-CN')
  .action(async (named: string, options: { lang: string }) => {
    const { runPolicyRead } = await import('./policy-cli.ts');
    process.exitCode = runPolicyRead(named, options, screen);
  });

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
  if (problem.code !== 'EPIPE') throw problem;
});

try {
  await program.parseAsync();
} catch (problem) {
  if (!(problem instanceof StartProblem)) throw problem;
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
}
