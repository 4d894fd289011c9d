/**
 * The house rules as a test: `npm run tidy`. Every complaint says what was found, why it matters and what to do; ends with 1
 * when there is one. The rules stand in `tools/tidy/law.ts`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatComplaint, type Files } from './tidy/complaint.ts';
import { complaintsAbout } from './tidy/complaints.ts';

const root = path.dirname(import.meta.dirname);
const files = readTree(root);
const complaints = complaintsAbout(files);
for (const complaint of complaints) process.stdout.write(`${formatComplaint(complaint)}\n`);
process.stdout.write(complaints.length === 0 ? `The house is tidy: ${files.size} files.\n` : `${complaints.length} to tidy in ${files.size} files.\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** What is or would be committed: new files are judged before they are, and nothing that is ignored is. */
function readTree(folder: string): Files {
  // Git refuses a clone that belongs to another account, as in a container; reading names harms nobody.
  const list = ['-c', `safe.directory=${folder}`, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', list, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
  return new Map(paths.filter((name) => name !== '' && existsSync(path.join(folder, name))).map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return [name, text.includes('\0') ? '' : text];
  }));
}
