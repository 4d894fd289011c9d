import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { step } from './step.js';

/** What the built pages are made of; a change in any of these builds them again. They share vocabularies and triage with the server. */
const SOURCES = ['web', 'words', 'package-lock.json', 'src', 'tools/words'];

/**
 * Builds `web/` into `dist/web` when their sources are not the ones it was built from.
 * @param {string} root @param {string} node the project's own Node
 */
export async function ensureScreens(root, node) {
  if (!existsSync(path.join(root, 'web'))) return;
  const stamp = path.join(root, 'dist', 'web', '.built-from');
  const now = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const outDir = path.join(root, 'dist', 'web');
  await step('Building the screens', node, [vite, 'build', path.join(root, 'web'), '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
    env: process.env,
  });
  writeFileSync(stamp, now);
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const start = path.join(root, source);
    if (existsSync(start)) addFile(hash, root, start);
  }
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} root @param {string} file */
function addFile(hash, root, file) {
  let names;
  try {
    names = readdirSync(file).sort();
  } catch {
    hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file));
    return;
  }
  for (const name of names) if (name !== 'node_modules') addFile(hash, root, path.join(file, name));
}
