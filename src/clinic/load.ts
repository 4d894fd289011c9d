import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { ClinicBook } from './book.ts';
import { readBook } from './read-book.ts';

/** Where the book of this program lies. */
export const CLINIC_RULES_DIR = path.join(import.meta.dirname, '../../clinic-rules');

let own: ClinicBook | undefined;

/** The book that came with this program, read once. */
export function clinicBook(): ClinicBook {
  own ??= loadClinicBook(CLINIC_RULES_DIR);
  return own;
}

/**
 * @throws Error that names every problem of both files at once: a clinic with half its rules is worse than one that does not open
 */
export function loadClinicBook(dir: string): ClinicBook {
  const of = (file: string): unknown => parse(readFileSync(path.join(dir, file), 'utf8'), { uniqueKeys: true });
  const read = readBook(of('rules.yaml'), of('formulary.yaml'));
  if ('book' in read) return read.book;
  throw new Error(`The rules of the cloud clinic have to be corrected:\n${read.problems.map(({ file, where, what }) => `${file}: ${where}: ${what}`).join('\n')}`);
}
