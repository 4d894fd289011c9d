import type { Complaint, Files } from './complaint.ts';
import { FORBIDDEN_TEXTS, LINES_MAX, LONG_FILES } from './law.ts';

/** The rules have to name what they forbid. */
const NAMES_THE_FORBIDDEN = /^tools\/tidy/;

/** What no file says, whatever its kind. */
export function checkTexts(files: Files): Complaint[] {
  return [...files].filter(([path]) => !NAMES_THE_FORBIDDEN.test(path)).flatMap(([file, text]) =>
    // Most files hold none of them: one look at the whole before a look at each line.
    FORBIDDEN_TEXTS.filter(({ pattern }) => pattern.test(text)).flatMap(({ pattern, what, why, todo }) =>
      text.split('\n').flatMap((line, index) => {
        const found = pattern.exec(line)?.[0].trim();
        return found === undefined ? [] : [{ file, line: index + 1, found: `"${found}" ${what}.`, why, todo }];
      })));
}

/** Files of code and style that nobody can hold in the head at once. */
export function checkLengths(files: Files): Complaint[] {
  return [...files].filter(([path]) => /\.(?:ts|tsx|js|css)$/.test(path)).flatMap(([file, text]) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    const linesMax = LONG_FILES[file]?.linesMax ?? LINES_MAX;
    if (lines <= linesMax) return [];
    return [{
      file, line: linesMax + 1, found: `has ${lines} lines; at most ${linesMax}.`,
      why: 'A file with two subjects hides the second one.',
      todo: 'Find the second subject and give it a file with its name.',
    }];
  });
}
