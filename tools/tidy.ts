/**
 * The house rules as a test: `npm run tidy`. Every complaint says what was found, why it matters and what to do; ends with 1
 * when there is one. The rules stand in `tools/tidy/law.ts`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatComplaint, type Files } from './tidy/complaint.ts';
import { complaintsAbout } from './tidy/complaints.ts';

const root = path.dirname(import.meta.dirname);
const files = readTree(root, listFiles(root));
const complaints = complaintsAbout(files);
for (const complaint of complaints) process.stdout.write(`${formatComplaint(complaint)}\n`);
process.stdout.write(complaints.length === 0 ? `The house is tidy: ${files.size} files.\n` : `${complaints.length} to tidy in ${files.size} files.\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** What is or would be committed: new files are judged before they are, and nothing that is ignored is. */
function listFiles(folder: string): string[] {
  // Git refuses a clone that belongs to another account, as in a container; reading names harms nobody.
  const list = ['-c', `safe.directory=${folder}`, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout, stderr, error } = spawnSync('git', list, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status === 0) return stdout.split('\0').filter((name) => name !== '');
  process.stderr.write(`The house rules ask git which files belong to the project, and it said: ${error?.message ?? stderr.trim()}. Run this in a clone.\n`);
  process.exit(2);
}

function readTree(folder: string, names: readonly string[]): Files {
  // Deleted, and not committed yet: already gone.
  return new Map(names.filter((name) => existsSync(path.join(folder, name))).map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return [name, text.includes('\0') ? '' : text];
  }));
}
