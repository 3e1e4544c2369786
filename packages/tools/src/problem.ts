/** One thing that is wrong and what to do about it. Every tool of this package reports these and nothing else. */
export interface Problem {
  /** Path from the repository's root, with forward slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, then what to do, in one line. */
  readonly text: string;
}

/** `docs/select.md:12: what is wrong: what to do`, a form that editors make a link of. */
export function format({ file, line, text }: Problem): string {
  return `${file}:${line}: ${text}`;
}

/** Prints each problem on a line of stderr. Returns the exit code: 0 when there is none. */
export function report(problems: readonly Problem[]): 0 | 1 {
  for (const problem of problems) console.error(format(problem));
  return problems.length === 0 ? 0 : 1;
}
