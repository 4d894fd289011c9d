/** One broken rule: where, what was found, why it matters and what to do about it. */
export interface Complaint {
  readonly file: string;
  /** From 1; 1 also for what concerns the whole file. */
  readonly line: number;
  readonly found: string;
  readonly why: string;
  readonly todo: string;
}

/** The tree under judgement: path from the root, with `/`, to its text. A picture is there with an empty text. */
export type Files = ReadonlyMap<string, string>;

export function formatComplaint({ file, line, found, why, todo }: Complaint): string {
  return `${file}:${line}  ${found}\n    ${why}\n    ${todo}`;
}
