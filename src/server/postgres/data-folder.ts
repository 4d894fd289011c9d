import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf, StartProblem } from '../start-problem.ts';

/** Raised when what lies in the data folder can no longer be read by the code that came before. */
const FORMAT = 1;

/**
 * Enough for a fresh database and its log with room to write. Refusing to start on a nearly full disk is the smaller
 * mistake: PostgreSQL that runs out of disk stops in the middle of the day instead.
 */
const FREE_MEGABYTES_MIN = 300;

/** One folder after the other: `recursive` of Node never returns where the system takes no new folders, as in `/proc`. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(path.dirname(dir));
  mkdirSync(dir);
}

/**
 * Makes `dir` ready to hold the database: there, writable, with room, and of this version.
 * @throws StartProblem with what to do
 */
export function prepareDataFolder(dir: string): void {
  const elsewhere = 'or set GREENLANE_DATA to a folder that can be written to';
  try {
    makeFolder(dir);
    const probe = path.join(dir, `.write-test-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const why: Record<string, string> = {
      EACCES: 'this user may not write there; give it the permission',
      EPERM: 'this user may not write there; give it the permission',
      EROFS: 'that disk is read-only; mount it writable',
      ENOTDIR: 'part of that path is a file, not a folder; move the file away',
      EEXIST: 'there is a file of that name; move it away',
      ENOENT: 'no folder can be made there; choose a place on a disk',
      ENOSPC: 'the disk is full; free some space',
    };
    throw new StartProblem(`Cannot use the data folder ${dir}: ${why[codeOf(error) ?? ''] ?? messageOf(error)}, ${elsewhere}.`);
  }
  const disk = statfsSync(dir);
  const freeMegabytes = Math.floor((disk.bavail * disk.bsize) / 2 ** 20);
  if (freeMegabytes < FREE_MEGABYTES_MIN) {
    throw new StartProblem(
      `Only ${freeMegabytes} MB are free on the disk of the data folder ${dir}, and at least ${FREE_MEGABYTES_MIN} MB are needed: free some space, ${elsewhere}.`,
    );
  }
  checkFormat(dir);
}

/** Whether a server has kept its data here. Looks, and makes nothing. */
export function holdsDatabase(dir: string): boolean {
  return existsSync(path.join(dir, 'postgres', 'PG_VERSION'));
}

function checkFormat(dir: string): void {
  const file = path.join(dir, 'greenlane-data.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw new StartProblem(`Cannot read ${file}: ${messageOf(error)}; make it readable and start again.`);
    writeFileSync(file, `${JSON.stringify({ format: FORMAT })}\n`);
    return;
  }
  const format = /"format"\s*:\s*(\d+)/.exec(text)?.[1];
  if (format !== String(FORMAT)) {
    throw new StartProblem(
      `The data folder ${dir} was written by another version of Greenlane (format ${format ?? 'unknown'}, this version reads ${FORMAT}): start that version, or set GREENLANE_DATA to an empty folder.`,
    );
  }
}
