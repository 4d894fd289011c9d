import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { City } from './city.ts';
import { inReadingOrder, type CityProblem, type ProblemCode } from './problem.ts';
import { CITY_FILES, OPTIONAL_FILES, readCity, type CityFile } from './read.ts';

export { readRoads } from './roads/extract/load.ts';
export { importRoads, loadRoads, roadsFile, saveRoads } from './roads/load.ts';
export { importInThread, openRoads, type OpenRoads } from './roads/thread/load.ts';

/** A city of ten million needs about 100 kB a file; a file of megabytes is something else that was put there by mistake. */
const FILE_BYTES_MAX = 1_000_000;

export type LoadedCity = { readonly city: City } | { readonly problems: readonly CityProblem[] };

/** Reads `cities/ID/`: the city, or every problem in it at once. Never throws for what is in the files. */
export function loadCity(dir: string): LoadedCity {
  const problems: CityProblem[] = [];
  const texts = new Map<CityFile, string>();
  const fingerprint = createHash('sha256');
  const problem = (file: string, code: ProblemCode, message: string): void => {
    problems.push({ file, line: 1, code, message });
  };

  let present: readonly string[];
  try {
    present = readdirSync(dir);
  } catch (error) {
    problem(dir, 'fileMissing', `no city can be read there (${reasonOf(error)}): give the folder that holds city.yaml`);
    return { problems };
  }
  for (const file of present) {
    const known = (CITY_FILES as readonly string[]).includes(file);
    if (known || !/\.(ya?ml|json|csv)$/i.test(file)) continue;
    problem(file, 'unknownFile', `is not read: rename it to one of ${CITY_FILES.join(', ')}, or remove it`);
  }
  for (const file of CITY_FILES) {
    if (!present.includes(file)) {
      if (!OPTIONAL_FILES.includes(file)) problem(file, 'fileMissing', 'the file is missing: add it');
      continue;
    }
    try {
      const path = join(dir, file);
      const { size } = statSync(path);
      if (size > FILE_BYTES_MAX) {
        problem(file, 'fileTooLarge', `has ${size} bytes, more than ${FILE_BYTES_MAX}: is it the right file?`);
        continue;
      }
      const bytes = readFileSync(path);
      fingerprint.update(`${file}\0${bytes.length}\0`).update(bytes);
      texts.set(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      problem(file, 'fileUnreadable', `cannot be read (${reasonOf(error)}): it must be a UTF-8 text file that this program may open`);
    }
  }
  const read = readCity(texts, fingerprint.digest('hex').slice(0, VERSION_LENGTH), basename(resolve(dir)));
  if ('city' in read && problems.length === 0) return read;
  return { problems: inReadingOrder([...problems, ...('problems' in read ? read.problems : [])]) };
}

const VERSION_LENGTH = 12;

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'unknown';
}
