/**
 * From a fresh clone to a running command: installs what is missing, then hands over to the project's own Node.
 *
 * Plain JavaScript that Node 20 understands, with no import from node_modules: nothing is installed yet when this runs.
 * The version of Node that the project is written for arrives as the npm package `node`, and everything after this file
 * runs on that one.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './launch/install.js';
import { ensureScreens } from './launch/screens.js';
import { StepFailed } from './launch/step.js';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PARENT_CHECK_MS = 500;

/**
 * Runs `node <script> <args>` on the project's own Node and ends this process with the same exit code.
 * @param {string} script path from the project's root, for example `src/main.ts`
 * @param {string[]} args
 * @param {{ screens?: boolean }} [options] `screens`: also build the screens when their sources changed
 */
export async function launch(script, args, options = {}) {
  try {
    const node = await ensureInstalled(ROOT);
    if (options.screens) await ensureScreens(ROOT, node);
    process.exitCode = await run(node, [path.join(ROOT, script), ...args]);
  } catch (problem) {
    if (!(problem instanceof StepFailed)) throw problem;
    process.stderr.write(`${problem.message}\n`);
    process.exitCode = 1;
  }
}

/** @param {string} node @param {string[]} args @returns {Promise<number>} the exit code */
function run(node, args) {
  return new Promise((resolve, reject) => {
    // The fourth channel is what tells the child that we are gone, however we went: `kill -9` closes it too.
    const child = spawn(node, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        PATH: `${path.join(ROOT, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(ROOT, 'node_modules', '.cache', 'compiled'),
      },
    });
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, () => child.kill(signal));
    const watch = watchParent(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15));
    });
  });
}

/**
 * npm passes signals on, but when npm itself is killed nobody tells us. Only under npm: whoever starts this file from a
 * shell may well want it to outlive that shell (`nohup`).
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  return setInterval(() => {
    if (process.env.npm_lifecycle_event && ancestors() !== before) onGone();
  }, PARENT_CHECK_MS).unref();
}

/**
 * npm runs a script through `sh -c`, and where that shell stays (dash) it outlives npm, so its parent is the one to watch.
 * Where there is no /proc the shell becomes the script and our own parent is npm.
 * @param {number} pid
 */
function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

if (process.argv[1] && existsSync(process.argv[1]) && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [script, ...args] = process.argv.slice(2);
  if (script) await launch(script, args);
  else process.stderr.write('usage: node tools/launch.js <script.ts> [arguments]\n');
}
