/** The Go files beside the chapters: vetted when `go` is on the PATH. */
import { execFile } from "node:child_process";
import { basename, dirname, join } from "node:path";
import type { Problem } from "./problem.ts";
import { filesUnder } from "./tree.ts";

interface Outcome {
  readonly missing: boolean;
  /** Empty when all is well. */
  readonly output: string;
}

export async function checkGo(root: string): Promise<{ problems: Problem[]; notes: Problem[] }> {
  const files = filesUnder(root, "packages").filter((path) => /^packages\/[^/]+\/go\/.*\.go$/.test(path));
  const problems: Problem[] = [];
  for (const program of programs(files)) {
    const [file = ""] = program;
    const { missing, output } = await vet(root, program);
    if (missing) {
      const text = `go is not on the PATH: ${files.length} Go files were not vetted`;
      return { problems, notes: [{ file, line: 1, text }] };
    }
    problems.push(...problemsOf(file, output));
  }
  return { problems, notes: [] };
}

/** A file directly under go/ is a program of its own; the files of a folder below it are one program. */
function programs(files: readonly string[]): string[][] {
  const together = new Map<string, string[]>();
  for (const file of files) {
    const key = dirname(file).endsWith("/go") ? file : dirname(file);
    together.set(key, [...(together.get(key) ?? []), file]);
  }
  return [...together.values()];
}

function problemsOf(first: string, output: string): Problem[] {
  if (output === "") return [];
  const found = output.split("\n").flatMap((line) => {
    const [, name, at, text] = /([^/\s]+\.go):(\d+):(?:\d+:)? (.*)$/.exec(line) ?? [];
    return at === undefined
      ? []
      : [{ file: `${dirname(first)}/${name}`, line: Number(at), text: `go vet: ${text}` }];
  });
  return found.length > 0
    ? found
    : [{ file: first, line: 1, text: `go vet: ${output.trim().split("\n").at(-1)}` }];
}

function vet(root: string, program: readonly string[]): Promise<Outcome> {
  const [first = ""] = program;
  const names = program.map((it) => basename(it));
  // Its cache stays in the clone: a machine may have a home folder that cannot be written.
  const env = {
    ...process.env,
    GO111MODULE: "off",
    GOFLAGS: "",
    GOCACHE: join(root, "node_modules/.cache/go"),
  };
  return new Promise((resolve) => {
    execFile("go", ["vet", ...names], { cwd: join(root, dirname(first)), env }, (error, stdout, stderr) => {
      resolve({ missing: error?.code === "ENOENT", output: error ? `${stdout}${stderr}` : "" });
    });
  });
}
