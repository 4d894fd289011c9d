import type { Text } from '../base/index.ts';
import type { ProblemCode } from './read-said.ts';

/** One thing wrong in a policy file: where it stands, what it is, and what to do about it. */
export interface PolicyProblem {
  readonly file: string;
  /** Both from 1; a problem of the whole file stands at 1, 1. */
  readonly line: number;
  readonly column: number;
  readonly code: ProblemCode;
  readonly message: Text;
}

/** One line for each: `file:line:column what is wrong; what to do`. */
export function formatPolicyProblems(problems: readonly PolicyProblem[]): Text {
  const lines = (language: keyof Text): string => problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message[language]}`).join('\n');
  return { zh: lines('zh'), en: lines('en') };
}
