import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { step, StepFailed } from './step.js';

const OLDEST_NODE = 20;

/**
 * Makes `node_modules` agree with `package-lock.json` and returns the path of the project's own Node.
 * @param {string} root @returns {Promise<string>}
 */
export async function ensureInstalled(root) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new StepFailed(`Node ${process.versions.node} is too old to install Greenlane: use Node ${OLDEST_NODE} or later.`);
  }
  const node = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!isInstalled(root)) await npm(root, 'Installing the parts (npm ci)', ['ci']);
  if (!runs(node)) {
    // Someone's npm settings may refuse install scripts; they are what puts Node and PostgreSQL in place.
    await npm(root, 'Putting Node and PostgreSQL in place (npm rebuild)', ['rebuild']);
  }
  if (!runs(node)) {
    throw new StepFailed(
      'The npm package `node` is there but its program is not: npm refused its install script. ' +
        'Run `npm ci --ignore-scripts=false` in this folder and start again.',
    );
  }
  return node;
}

/**
 * npm writes what it really installed into `node_modules/.package-lock.json`, as its last act; comparing with that is
 * right after an aborted install, a changed branch and an `npm install` by hand alike, where a stamp of ours would not be.
 * Parts for other platforms are optional and may be missing.
 * @param {string} root
 */
export function isInstalled(root) {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.keys(wanted).every((name) => {
      if (name === '') return true;
      const [want, have] = [wanted[name], found[name]];
      return have ? have.version === want.version && have.integrity === want.integrity : Boolean(want.optional || want.devOptional || want.peer);
    });
  } catch {
    return false;
  }
}

/** @param {string} node */
function runs(node) {
  return existsSync(node) && spawnSync(node, ['--version']).status === 0;
}

/** @param {string} root @param {string} title @param {string[]} args */
function npm(root, title, args) {
  // npm replaces node_modules, so it must not itself run on the Node that lies in there.
  const inside = path.join(root, 'node_modules');
  const outside = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(inside));
  const flags = ['--ignore-scripts=false', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
  const script = process.env.npm_execpath;
  const onNode = process.execPath.startsWith(inside) ? 'node' : process.execPath;
  const [command, first] = script && script.endsWith('.js') ? [onNode, [script]] : ['npm', []];
  return step(title, command, [...first, ...args, ...flags], {
    cwd: root,
    env: { ...process.env, PATH: outside.join(path.delimiter) },
    shell: process.platform === 'win32',
  });
}
