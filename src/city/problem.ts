/** One thing wrong in a city's files: where it stands, and what to do about it. */
export interface CityProblem {
  readonly file: string;
  /** 1 is the first line; a problem of the whole file stands on line 1. */
  readonly line: number;
  readonly field?: string;
  readonly code: ProblemCode;
  readonly message: string;
}

export type ProblemCode =
  | 'fileMissing' | 'fileEmpty' | 'fileTooLarge' | 'fileUnreadable' | 'unknownFile' | 'malformed'
  | 'missing' | 'unknownKey' | 'wrongType' | 'outOfRange' | 'unknownValue'
  | 'duplicate' | 'unknownReference' | 'outsideBounds'
  | 'noEmergencyCounterpart' | 'capabilityHole' | 'noUnit' | 'noCar' | 'nobodySees' | 'idNotFolder' | 'cannotServe' | 'overlappingPeriods' | 'periodBackwards'
  | 'closureWithoutEnd' | 'closureWithoutStandIn' | 'standInCannot' | 'tooManyProblems';

/** A file with more mistakes than this is not mistyped but the wrong file; the rest of the list would bury the rest of the city. */
const PROBLEMS_PER_FILE_MAX = 200;

/** File by file, top to bottom, the way a person repairs them. */
export function inReadingOrder(problems: readonly CityProblem[]): CityProblem[] {
  const sorted = [...problems].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const perFile = new Map<string, number>();
  return sorted.flatMap((problem) => {
    const count = (perFile.get(problem.file) ?? 0) + 1;
    perFile.set(problem.file, count);
    if (count <= PROBLEMS_PER_FILE_MAX) return [problem];
    if (count > PROBLEMS_PER_FILE_MAX + 1) return [];
    const { file, line } = problem;
    const message = `more than ${PROBLEMS_PER_FILE_MAX} problems in this file: the rest is not listed; is it the right file?`;
    return [{ file, line, code: 'tooManyProblems' as const, message }];
  });
}

/** The report a planner reads in the terminal: one line per problem, `file:line  field: what is wrong and what to do`. */
export function formatProblems(problems: readonly CityProblem[]): string {
  if (problems.length === 0) return 'No problems found.\n';
  const places = problems.map(({ file, line }) => `${file}:${line}`);
  const width = Math.max(...places.map((place) => place.length));
  const lines = problems.map(({ field, code, message }, i) =>
    `${places[i]!.padEnd(width)}  ${field ? `${field}: ` : ''}${message} [${code}]`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${lines.join('\n')}\n${count}; the city is not used until none is left.\n`;
}
