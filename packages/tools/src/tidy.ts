/**
 * Small laws of the tree that no linter knows. Each names its replacement.
 *
 * What Biome can hold is held there, while one types: no Promise.race in chan, no clock and no chance in the workers and
 * the simulator (biome.json), functions of at most 70 lines.
 */
import type { Problem } from "./problem.ts";
import { linesOf } from "./tree.ts";

interface Ban {
  /** Which files it looks at. */
  readonly files: RegExp;
  /** What must not be there. Found anywhere in the text; the problem names the line where it starts. */
  readonly pattern: RegExp;
  readonly text: string;
  /** Files that may, and why. */
  readonly except?: ReadonlyMap<string, string>;
}

const sources = /^packages\/.*\.(ts|cts|mts|cjs|mjs|js)$/;
const tests = /^packages\/[^/]+\/test\/.*\.ts$/;
const everything = /\.(ts|cts|mts|cjs|mjs|js|json|md|ya?ml|go|sh|sql)$|^[^/]+$/;

/** Timers in tests that hope for nothing. */
const timersInTests: ReadonlyMap<string, string> = new Map([
  ["packages/broker/test/contract/dead-letters.ts", "asks again and again until the queues are empty"],
  [
    "packages/broker/test/contract/queues.ts",
    "asks again until the queue has expired; each question lengthens its life",
  ],
  ["packages/chan/test/js.test.ts", "that a timer fires at all is the law"],
]);

const chanceAllowed: ReadonlyMap<string, string> = new Map([
  [
    "packages/chan/src/scheduler.ts",
    "where chance comes in: Go's select chooses uniformly, a bubble gives it a seed",
  ],
  ["packages/chan/src/testing/bubble.ts", "what a bubble without a seed takes"],
]);

const errorsDropped: ReadonlyMap<string, string> = new Map([
  [
    "packages/sim/src/play.ts",
    "a queue of runs: the caller of a run gets its error, the next one in line only its end",
  ],
]);

/** Ceilings of files that are longer than the rule; they may shrink. */
const longFiles: ReadonlyMap<string, number> = new Map([["packages/broker/src/wire/methods.ts", 300]]);

const bans: readonly Ban[] = [
  {
    files: sources,
    pattern: /\b(?:TODO|FIXME|XXX)\b/g,
    text: "work that is left: do it, or describe it in an issue",
  },
  {
    files: tests,
    pattern: /\bsetTimeout\((?:[^;]*?,\s*)?[\d_]+\s*[,)]/g,
    text: "a sleep in a test hopes for the best: use chan's bubble, or wait for the event itself",
    except: timersInTests,
  },
  {
    files: tests,
    pattern:
      /(?<!\bconst inCi = \w+)\.skipIf\(process\.env\.SHORT_TESTS|\binCi\(\s*(["'`])(?:(?!\1).)*(?<!\bin CI\))\1/g,
    text: 'what `npm test` leaves to CI says so: const inCi = test.skipIf(process.env.SHORT_TESTS === "1"), and titles that end with "in CI)"',
  },
  {
    files: /^packages\/[^/]+\/src\//,
    pattern: /\bcatch\s*(?:\([^)]*\)\s*)?\{\s*\}|\.catch\(\(\) => (?:\{\s*\}|undefined)\)/g,
    text: "an error is swallowed: handle it, or say in a comment beside it why it does not matter",
    except: errorsDropped,
  },
  {
    files: /^pnpm-lock\.yaml$/,
    pattern: /tarball: *['"]?https?:/g,
    text: "the lock file names a server: install again with the default registry's plain entries",
  },
  {
    files: everything,
    pattern: /(?<=^|[\s"'`(=:])\/(?:work|home|root|Users)\/\w/gm,
    text: "a path of one machine: write it from the repository's root",
  },
  {
    files: everything,
    pattern: /(?<![\w./-])shared\//g,
    text: "there is no such folder: say it here, or link a document",
  },
];

/** Lines that a file may have, by what it is. The first that fits counts. */
const limits: readonly { readonly files: RegExp; readonly lines: number }[] = [
  { files: /^packages\/v\d+\/src\/worker\.ts$/, lines: 120 },
  { files: /^packages\/v\d+\/src\/main\.ts$/, lines: 40 },
  { files: /^packages\/[^/]+\/src\/.*\.ts$/, lines: 250 },
  { files: tests, lines: 500 },
];

/** What is wrong with one file. A ban is lifted by a comment on the line or the line above only where it asks for one. */
export function tidyFile(file: string, text: string): Problem[] {
  const lines = linesOf(text);
  const problems = bans
    .filter((ban) => ban.files.test(file) && !ban.except?.has(file))
    .flatMap(({ pattern, text: what }) =>
      [...text.matchAll(pattern)].map((match) => ({ file, line: lineAt(text, match.index), text: what })),
    )
    .filter((it) => !isExplained(lines, it));
  const limit =
    longFiles.get(file) ?? limits.find((it) => it.files.test(file))?.lines ?? Number.POSITIVE_INFINITY;
  // Region markers are for the chapters; they make no file longer.
  const length = lines.filter((line) => !/^\s*\/\/ #(end)?region\b/.test(line)).length;
  if (length > limit) {
    problems.push({
      file,
      line: limit + 1,
      text: `${length} lines, at most ${limit}: split it, one job per file`,
    });
  }
  return [...problems, ...chance(file, lines)].sort((a, b) => a.line - b.line);
}

/** Chance needs a reason in a comment: a run that cannot be repeated cannot be explained. */
function chance(file: string, lines: readonly string[]): Problem[] {
  if (!sources.test(file) || chanceAllowed.has(file)) return [];
  return lines.flatMap((line, index) => {
    const code = line.replace(/\/\/.*$/, "");
    if (!/\bMath\.random\b/.test(code) || /^\s*\*/.test(line) || hasComment(lines, index)) return [];
    return [
      { file, line: index + 1, text: "Math.random without a reason: take a seed, or say why in a comment" },
    ];
  });
}

function isExplained(lines: readonly string[], { line, text }: Problem): boolean {
  return text.startsWith("an error is swallowed") && hasComment(lines, line - 1);
}

/** A comment at the end of the line, or on the one above. */
function hasComment(lines: readonly string[], index: number): boolean {
  return /\/\/|\*\//.test(lines[index] ?? "") || /^\s*(?:\/\/|\*\/|\/\*|\*)/.test(lines[index - 1] ?? "");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
