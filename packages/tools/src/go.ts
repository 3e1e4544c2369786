/** The Go files beside the chapters: vetted, file by file, when `go` is on the PATH. */
import { execFile } from "node:child_process";
import { basename, dirname, join } from "node:path";
import type { Problem } from "./problem.ts";
import { filesUnder } from "./tree.ts";

interface Outcome {
  readonly missing: boolean;
  readonly output: string;
}

/** Each file is a program of its own, so each is vetted alone. */
export async function checkGo(root: string): Promise<{ problems: Problem[]; notes: Problem[] }> {
  const files = filesUnder(root, "packages").filter((path) => /^packages\/[^/]+\/go\/[^/]+\.go$/.test(path));
  const problems: Problem[] = [];
  for (const file of files) {
    const { missing, output } = await vet(root, file);
    if (missing)
      return {
        problems,
        notes: [{ file, line: 1, text: `go is not on the PATH: ${files.length} Go files not vetted` }],
      };
    for (const line of output.split("\n")) {
      const [, at, text] = /\.go:(\d+):(?:\d+:)? (.*)$/.exec(line) ?? [];
      if (at !== undefined) problems.push({ file, line: Number(at), text: `go vet: ${text}` });
    }
  }
  return { problems, notes: [] };
}

function vet(root: string, file: string): Promise<Outcome> {
  const env = { ...process.env, GO111MODULE: "off", GOFLAGS: "" };
  return new Promise((resolve) => {
    execFile(
      "go",
      ["vet", basename(file)],
      { cwd: join(root, dirname(file)), env },
      (error, stdout, stderr) => {
        resolve({ missing: error?.code === "ENOENT", output: error ? `${stdout}${stderr}` : "" });
      },
    );
  });
}
