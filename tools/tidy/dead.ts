import type { Complaint, Files } from './complaint.ts';
import { OTHER_DOORS } from './law.ts';
import { resolve, roomOf } from './source.ts';

/** What is run, opened or read by name; everything else lives because one of these leads to it. */
const PRODUCT_ROOTS = [/^src\/main\.ts$/, /^web\/[^/]+\/index\.html$/, /^(?:bench|tools|bin)\/[^/]+\.(?:ts|js)$/, /\.config\.ts$/, /^package\.json$/];
const TEST = /\.test\.tsx?$/;
const LIVES_BY_USE = /^(?:src|web|tools|tests|bench|bin)\/.*\.(?:ts|tsx|js|css|svg|png)$/;

/**
 * Files that nothing leads to, and files that only their own tests still lead to.
 * A file is named by a relative path in quotes, whether imported, styled or started; or from the root, in package.json and in
 * settings. Wrongly taken for alive is the smaller error: wrongly dead, and somebody deletes what is needed.
 */
export function checkDead(files: Files): Complaint[] {
  const product = reach(files, (path) => !TEST.test(path) && PRODUCT_ROOTS.some((root) => root.test(path)));
  const tested = reach(files, (path) => TEST.test(path) || product.has(path));
  return [...files.keys()].filter((path) => LIVES_BY_USE.test(path) && !TEST.test(path) && !product.has(path)).flatMap((path) => {
    const complaint = { file: path, line: 1, why: 'Whoever reads it believes that it happens.' };
    if (!tested.has(path)) return [{ ...complaint, found: 'leads nowhere: nothing opens this file.', todo: 'Use it or delete it.' }];
    if (path.startsWith('tests/') || isDoor(path)) return [];
    return [{ ...complaint, found: 'is opened by tests alone.', todo: 'Use it in the product, delete it together with its test, or, if it only helps tests, move it to tests/.' }];
  });
}

function reach(files: Files, isRoot: (path: string) => boolean): ReadonlySet<string> {
  const seen = new Set([...files.keys()].filter(isRoot));
  for (const path of seen) for (const next of named(path, files)) seen.add(next);
  return seen;
}

function named(path: string, files: Files): string[] {
  const text = files.get(path) ?? '';
  const relative = [...text.matchAll(/["'`](\.{1,2}\/[^"'`\n]+)["'`]/g)].map(([, written]) => resolve(path, written!));
  const fromRoot = path === 'package.json' || path.endsWith('.config.ts') ? text.match(/[\w./-]+\.[a-z]+/g) ?? [] : [];
  return [...relative, ...fromRoot].filter((other) => files.has(other));
}

/** Every room has one, also where nobody above has come in yet; what only stands behind it still has to be of use to someone. */
function isDoor(path: string): boolean {
  const room = roomOf(path);
  return room !== undefined && path === `src/${room}/${OTHER_DOORS[room] ?? 'index.ts'}`;
}
