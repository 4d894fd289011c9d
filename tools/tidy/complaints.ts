import type { Complaint, Files } from './complaint.ts';
import { checkDead } from './dead.ts';
import { checkImports } from './imports.ts';
import { checkPurity } from './pure.ts';
import { checkRooms } from './rooms.ts';
import { readSource } from './source.ts';
import { checkTests } from './tests.ts';
import { checkLengths, checkTexts } from './texts.ts';

/** Everything in the tree that breaks a rule of the house, by file and line. Pure: the tree comes in, complaints go out. */
export function complaintsAbout(files: Files): Complaint[] {
  const sources = [...files].flatMap(([path, text]) => readSource(path, text) ?? []);
  return [
    ...sources.flatMap((source) => [...checkImports(source), ...checkPurity(source), ...checkTests(source)]),
    ...checkRooms(files),
    ...checkDead(files),
    ...checkTexts(files),
    ...checkLengths(files),
  ].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
