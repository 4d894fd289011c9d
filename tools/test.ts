/**
 * `npm test`: everything that has to hold, one stage after the other, each with its progress, and one line at the end that
 * counts them all. `npm test -- unit browser` runs only the stages named.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const BIN = path.join(ROOT, 'node_modules', '.bin');

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly what: string;
  run(): Promise<Count>;
}

const STAGES: readonly Stage[] = [
  { name: 'types', what: 'types, of the product and of the screens', run: async () => sum(await one('tsc', ['--noEmit', '-p', '.']), await one('tsc', ['--noEmit', '-p', 'web'])) },
  { name: 'tidy', what: 'the house rules', run: () => one('node', ['tools/tidy.ts']) },
  { name: 'unit', what: 'units, promises and words', run: () => vitest('unit') },
  { name: 'server', what: 'the server, on a real PostgreSQL', run: () => vitest('server') },
  { name: 'drills', what: 'the drills, and a random day', run: drills },
  { name: 'launch', what: 'starting, stopping and being killed', run: () => vitest('launch') },
  { name: 'browser', what: 'journeys in a browser', run: () => vitest('browser') },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; there are: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

let total: Count = { passed: 0, failed: 0 };
for (const stage of STAGES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const started = performance.now();
  console.log(`\n── ${stage.name}: ${stage.what}`);
  const count = await stage.run();
  total = sum(total, count);
  console.log(`── ${stage.name}: ${said(count)} in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
console.log(`\n${said(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function said({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}

function sum(...counts: readonly Count[]): Count {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }));
}

/** A command that is one test: it passes when it exits with 0. */
async function one(command: string, args: readonly string[]): Promise<Count> {
  const passed = (await run(command, args)) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

/** A project of `vitest.config.ts`. A runner that crashed, or ran nothing, counts as one failure more. */
async function vitest(project: string): Promise<Count> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'greenlane-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const code = await run('vitest', ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
    const count = countOf(report);
    return count.failed === 0 && (code !== 0 || count.passed === 0) ? { ...count, failed: 1 } : count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countOf(report: string): Count {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
    // A file that cannot even be loaded holds no test that could fail.
    const failed = numFailedTests || (numFailedTestSuites ? 1 : 0);
    return { passed: numPassedTests ?? 0, failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function drills(): Promise<Count> {
  const random = ['--city', 'zhengzhou', '--seed', '7', '--hours', '24', '--requests', '1000'];
  return sum(await one('node', ['src/main.ts', 'drill', '--all']), await one('node', ['src/main.ts', 'drill', ...random]));
}

/** Resolves with the exit code; what the command prints is seen as it prints it. */
function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const program = command === 'node' ? process.execPath : path.join(BIN, command);
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      console.error(`${command} did not start: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
